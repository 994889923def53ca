"""`vendorgate registry site`: pages in which nothing of an input is markup, written whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.command import ROOT, Ended, process, vendorgate
from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate.commands.registry.site import searching
from vendorgate.commands.registry.site.changelog import credited, html_of
from vendorgate.commands.registry.site.facts import told
from vendorgate.commands.registry.site.pairs import pairs
from vendorgate.commands.registry.site.questions import slugs
from vendorgate.gate import Gate
from vendorgate.load.files import folder
from vendorgate.snapshots import read_snapshot

HOSTILE: Final = (
    "<script>hacked=1</script> \"'><img src=x onerror=hacked=1> \u202egnp.exe \x07 {{ 7*7 }} `tick` " + "w" * 300
)
CELL: Final = {
    "value": "yes_public",
    "verified": "2026-07-05",
    "confidence": "high",
    "source": "https://a.example/soc2",
}
LIMITED: Final = {
    **CELL,
    "note": HOSTILE,
    "source": "javascript:hacked=1",
    "archived": "https://user:secret@a.example/",
    "geography": HOSTILE,
    "scope": {"models": {"only": [f"m-{number}" for number in range(9)]}, "features": {"except": [HOSTILE]}},
    "conditions": [{"agreement": "baa"}, {"==": [{"var": "usage.settings.a"}, HOSTILE]}],
    "facts": {HOSTILE: HOSTILE, "retention_days": 30, "opt_out": True},
    "scoped_facts": [{"scope": {"models": {"only": ["m-1"]}}, "facts": {"retention_days": None}}],
    "readings": [{"on": "2026-07-06", "by": HOSTILE, "archived": "data:text/html,x"}],
}
CHANGELOG: Final = f"""\
# Changelog

## 2026-11-01

- {HOSTILE}
- Retention of alpha, <b>thanks to</b> nobody; thanks to Somebody <script>hacked=1</script>
  and [their page](https://someone.example/).
- [x](javascript:hacked=1) [y](//elsewhere.example/x) ![i](https://elsewhere.example/i.png) <https://b.example/>

<iframe src="https://elsewhere.example/"></iframe>
"""
FILES: Final[Mapping[str, Any]] = {
    "registry/snapshot.yaml": {
        **SNAPSHOT,
        "name": HOSTILE[:200],
        "license": HOSTILE,
        "attribution": HOSTILE,
        "homepage": "javascript:hacked=1",
        "former": {"old": {"since": "2026-01-01", "instead": "beta", "note": HOSTILE}},
    },
    "registry/offerings/alpha.yaml": {
        "id": "alpha",
        **dict.fromkeys(("name", "developer", "platform", "summary", "model_family"), HOSTILE),
        "category": "first_party",
        "models": ["m-*", HOSTILE],
        "endpoints": ["chat"],
        "features": [HOSTILE],
        "aliases": [HOSTILE[:90]],
        "implies": [{"models": ["m-*"], "set": {"settings.a": HOSTILE}}],
        "signatures": {"packages": {"pypi": [HOSTILE]}, "hosts": ["a.example"]},
        "dimensions": {
            "hipaa_baa": LIMITED,
            "soc2_type2": {"value": "something_new"},
            "iso_27001": {**CELL, "value": "no"},
        },
    },
    "registry/offerings/beta.yaml": {
        "id": "beta",
        **OFFERING,
        "name": "Beta",
        "dimensions": {"hipaa_baa": CELL, "retention_zdr": {**CELL, "value": "partial"}},
    },
    "registry/offerings/gamma.yaml": {
        "id": "gamma",
        **OFFERING,
        "category": "product",
        "dimensions": {},
    },
    "policies/p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", "require": [{"covered": "hipaa_baa"}]}]},
    "policies/bundle.yaml": {"version": 1, "dimensions": {"our_question": HOSTILE}},
    "policies/offerings/beta.yaml": {
        "extends": "beta",
        "dimensions": {"our_question": CELL, "hipaa_baa": {**CELL, "value": "no", "note": "WE SAY NO"}},
    },
    "policies/offerings/own.yaml": {"id": "own", **OFFERING, "name": "Own", "category": "internal", "dimensions": {}},
}
ON: Final = ("--as-of", "2026-11-23", "--registry", "registry", "--search", "filter")
OWN: Final = ("--policies", "policies")
MARKDOWN: Final = frozenset(
    ("h2", "h3", "h4", "h5", "h6", "hr", "p", "ul", "ol", "li", "em", "strong", "code", "pre", "br")
)
TEMPLATES: Final = ROOT / "src" / "vendorgate" / "commands" / "registry" / "site" / "templates"
OURS: Final = frozenset(
    tag for path in TEMPLATES.glob("*.jinja") for tag in re.findall(r"<(\w+)", path.read_text(encoding="utf-8"))
)
"""What stands in the templates."""


FEW: Final = ("azure-openai", "claude-bedrock", "deepseek-api", "openai-api", "openrouter")
"""Offerings that ship and have something of everything."""


def few(there: Path) -> None:
    """A registry of some offerings that ship."""
    (there / "offerings").mkdir(parents=True)
    for name in ("snapshot.yaml", "CHANGELOG.md", *(f"offerings/{id}.yaml" for id in FEW)):
        shutil.copy(ROOT / "registry-snapshot" / name, there / name)


def write(home: Path, files: Mapping[str, Any] = FILES) -> Path:
    for name, value in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(json.dumps(value), encoding="utf-8")
    (home / "registry" / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return home


def site(home: Path, *more: str, output: str = "site") -> Ended:
    return vendorgate("registry", "site", "--output", output, *ON, *more, folder=home)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hostile registry with an organization's own cells, and its site."""
    home = write(tmp_path_factory.mktemp("world"))
    ended = site(home, *OWN)
    assert ended.code == 0, ended.stderr
    return home


class Read(HTMLParser):
    """A page as a browser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def pages(home: Path, output: str = "site") -> dict[str, Read]:
    there = home / output
    return {
        path.relative_to(there).as_posix(): Read(path.read_text(encoding="utf-8"))
        for path in sorted(there.rglob("*.html"))
    }


def test_there_is_a_page_for_each_thing(world: Path) -> None:
    found = pages(world).keys()
    assert {"index.html", *(f"offerings/{id}/index.html" for id in ("alpha", "beta", "gamma", "own"))} <= found
    assert {f"questions/{slug}/index.html" for slug in ("hipaa-baa", "soc2-type2", "our-question")} <= found
    assert "compare/alpha-vs-beta/index.html" in found
    assert {f"{name}/index.html" for name in ("latest", "changelog", "corrections", "about", "search")} <= found


def test_nothing_of_an_input_is_markup(world: Path) -> None:
    for name, page in pages(world).items():
        assert {tag for tag, _ in page.tags} <= OURS | MARKDOWN, name
        for tag, attributes in page.tags:
            assert not any(one.startswith("on") or one in ("style", "srcset", "srcdoc") for one in attributes), name
            if tag == "script":
                assert attributes["src"].removeprefix("../").removeprefix("../") in ("filter.js", "search.js"), name
            if tag == "input":
                assert attributes["type"] == "search"
        assert "<script>hacked=1</script>" not in name
    alpha = pages(world)["offerings/alpha/index.html"].text
    assert "<script>hacked=1</script>" in alpha
    assert "{{ 7*7 }}" in alpha


def test_no_control_character_reaches_a_page_or_the_data(world: Path) -> None:
    for path in (world / "site").rglob("*"):
        if path.is_file():
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", path.read_text(encoding="utf-8")), path


def test_only_addresses_of_the_web_become_links_and_say_nothing_of_the_reader(world: Path) -> None:
    for name, page in pages(world).items():
        for tag, attributes in page.tags:
            address = attributes.get("href", attributes.get("src", ""))
            scheme = urlsplit(address).scheme
            if tag == "a" and scheme:
                assert scheme in ("http", "https"), (name, address)
                assert attributes["rel"] == "noopener noreferrer nofollow"
                assert "@" not in urlsplit(address).netloc
            elif scheme:
                assert (tag, address) == ("link", "data:,"), (name, address)


def test_every_link_leads_somewhere(world: Path) -> None:
    anchors = {
        path.resolve(): {attributes.get("id") for _, attributes in Read(path.read_text(encoding="utf-8")).tags}
        for path in (world / "site").rglob("*.html")
    }
    lost = []
    for name, page in pages(world).items():
        for tag, attributes in page.tags:
            parts = urlsplit(attributes.get("href", attributes.get("src", "")))
            if parts.scheme or (not parts.path and not parts.fragment):
                continue
            here = world / "site" / name
            there = (here.parent / unquote(parts.path)).resolve() if parts.path else here.resolve()
            if not there.is_file() or (parts.fragment and unquote(parts.fragment) not in anchors[there]):
                lost.append((name, tag, parts.geturl()))
    assert lost == []


def test_every_page_obeys_a_policy_that_loads_nothing_from_elsewhere(world: Path) -> None:
    for name, page in pages(world).items():
        policies = [one["content"] for tag, one in page.tags if one.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, name
        assert policies[0].startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
        assert not re.search(r"https?:|unsafe|\*", policies[0])


def test_watch_outs_come_first(world: Path) -> None:
    text = pages(world)["offerings/alpha/index.html"].text
    assert text.index("Watch out: 12 of 12 answers are no clean public yes") < text.index("Vendor trust")
    assert text.index("ISO 27001") < text.index("HIPAA BAA"), "what is refused comes before what has limits"


def test_yes_with_limits_is_never_drawn_as_a_plain_one(world: Path) -> None:
    """A reader who looks at the table alone must not take it for more than it is."""
    table = (world / "site" / "index.html").read_text(encoding="utf-8")
    cells = re.findall(r'<td class="mark (\w+)"><a href="offerings/(\w+)/index.html#([\w-]+)"', table)
    looks = {(id, dimension): tone for tone, id, dimension in cells}
    assert looks["alpha", "hipaa_baa"] == "limited"
    assert looks["alpha", "iso_27001"] == "fail"
    assert looks["alpha", "soc2_type2"] == "unknown"
    assert looks["alpha", "retention_zdr"] == "not_applicable"
    assert looks["beta", "retention_zdr"] == "unknown"  # partial, and nobody says which part
    assert looks["beta", "own-our-question"] == "pass"


@pytest.mark.parametrize(
    ("cell", "bundle", "tone"),
    [
        ({}, {}, "pass"),
        ({"scope": {}}, {}, "pass"),
        ({"scope": {"lifecycle": {"only": ["ga", "preview"]}}}, {}, "limited"),
        ({"verified": "2025-11-22"}, {}, "unknown"),
        ({"verified": "2025-11-23"}, {}, "pass"),
        ({"verified": "2026-11-24"}, {}, "unknown"),
        ({"verified": None}, {}, "unknown"),
        ({"valid_until": "2026-11-22"}, {}, "unknown"),
        ({"valid_until": "2026-11-23"}, {}, "limited"),
        ({"confidence": "low"}, {"min_confidence": "medium"}, "unknown"),
        ({"confidence": None}, {"min_confidence": "medium"}, "unknown"),
        ({}, {"max_evidence_age_days": {"hipaa_baa": 30, "default": 365}}, "unknown"),
        ({"value": "yes_sales_gated", "verified": "2024-01-01"}, {}, "unknown"),
        ({"value": "no", "verified": "2024-01-01"}, {}, "fail"),
    ],
)
def test_what_a_gate_would_not_count_is_drawn_as_unknown(
    cell: dict[str, Any], bundle: dict[str, Any], tone: str, tmp_path: Path
) -> None:
    rule = {"id": "p", "title": "P", "require": [{"covered": "hipaa_baa"}]}
    usage = {"id": "u", "offering": "alpha", "data": ["phi"]}
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {"hipaa_baa": {**CELL, **cell}}},
        "policies/p.yaml": {"version": 1, "policies": [rule]},
        "policies/bundle.yaml": {"version": 1, "registry": bundle},
        "vendorgate.yaml": {"version": 1, "project": "p", "usages": [usage]},
    }
    write(tmp_path, files)
    judged = Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=AS_OF)
    assert {"pass": "pass", "limited": "pass"}.get(tone, tone) == judged.results[0].outcome, "as a check has it"
    assert site(tmp_path, *OWN).code == 0
    table = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<td class="mark {tone}"><a href="offerings/alpha/index.html#hipaa_baa"' in table


AGREED: Final = {"kind": "zdr", "offerings": ["beta"], "status": "executed", "signed": "2026-01-01", "reference": "R-1"}


@pytest.mark.parametrize(
    ("agreements", "tone"),
    [
        ([AGREED], "waived"),
        ([{**AGREED, "expires": "2026-11-22"}], "unknown"),
        ([{**AGREED, "signed": "2026-12-01"}], "unknown"),
        ([{**AGREED, "kind": "baa"}], "unknown"),
        ([{**AGREED, "offerings": ["alpha"]}], "unknown"),
        ([{**AGREED, "reference": "R-2"}], "unknown"),
        ([AGREED, {**AGREED, "kind": "baa"}], "unknown"),
        ([], "unknown"),
    ],
)
def test_contract_that_does_not_count_is_drawn_as_unknown(
    agreements: list[dict[str, Any]], tone: str, tmp_path: Path
) -> None:
    own = {"value": "yes_contract", "agreement": "R-1", "verified": "2026-10-01", "confidence": "high", "scope": {}}
    rule = {"id": "p", "title": "P", "require": [{"covered": "retention_zdr"}]}
    files = {
        **FILES,
        "policies/agreements.yaml": {"version": 1, "agreements": agreements},
        "policies/offerings/beta.yaml": {"extends": "beta", "dimensions": {"retention_zdr": own}},
        "policies/p.yaml": {"version": 1, "policies": [rule]},
        "vendorgate.yaml": {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "beta", "data": ["phi"]}]},
    }
    write(tmp_path, files)
    judged = Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=AS_OF)
    assert {"waived": "pass"}.get(tone, tone) == judged.results[0].outcome, "as a check has it"
    assert site(tmp_path, *OWN).code == 0
    table = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<td class="mark {tone}"><a href="offerings/beta/index.html#retention_zdr"' in table


def test_what_the_organization_says_is_marked_wherever_it_stands(world: Path) -> None:
    for name, page in pages(world).items():
        if "WE SAY NO" in page.text or name.startswith(("offerings/own/", "questions/our-question/")):
            assert re.search("our own|the organization's own|stated by the organization", page.text), name
    beta = (world / "site" / "offerings" / "beta" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<article id="hipaa_baa" class="cell \w+ ours"', beta)
    assert re.search(r'<article id="retention_zdr" class="cell \w+"', beta)


def test_data_in_the_shape_of_upstream_have_nothing_of_the_organization(world: Path) -> None:
    text = (world / "site" / "data.json").read_text(encoding="ascii")
    data = json.loads(text)
    assert [one["id"] for one in data["offerings"]] == ["alpha", "beta", "gamma"]
    assert data["offerings"][1]["dimensions"]["hipaa_baa"]["value"] == "yes_public"
    assert "WE SAY NO" not in text
    assert data["dimensions"] == SNAPSHOT["dimensions"]


def test_our_data_say_whose_each_cell_is(world: Path) -> None:
    data = json.loads((world / "site" / "vendorgate.json").read_text(encoding="ascii"))
    by_id = {one["offering"]["id"]: one for one in data["offerings"]}
    assert by_id["own"]["from"] == "bundle"
    assert [one["dimension"] for one in by_id["beta"]["own"]] == ["hipaa_baa", "our_question"]
    assert "own" not in by_id["alpha"]


def imported(home: Path, target: Path) -> Ended:
    return vendorgate(
        "registry", "import", str(home / "site" / "data.json"), "--registry", str(target), "--yes", folder=target.parent
    )


def test_import_into_the_snapshot_that_it_was_made_of_changes_nothing(tmp_path: Path) -> None:
    few(tmp_path / "registry")
    assert site(tmp_path, "--policies", "builtin").code == 0
    ended = imported(tmp_path, tmp_path / "registry")
    assert ended.code == 0, ended.stderr
    assert ended.stdout == "0 changes, 0 of them worse\n"
    for id in FEW:
        path = f"offerings/{id}.yaml"
        assert (tmp_path / "registry" / path).read_bytes() == (ROOT / "registry-snapshot" / path).read_bytes()


def test_import_elsewhere_takes_no_restricted_grade_for_a_whole_one(world: Path, tmp_path: Path) -> None:
    (tmp_path / "other" / "offerings").mkdir(parents=True)
    for name, value in (("snapshot", SNAPSHOT), ("offerings/else", {"id": "else", **OFFERING, "dimensions": {}})):
        (tmp_path / "other" / f"{name}.yaml").write_text(json.dumps(value), encoding="utf-8")
    ended = imported(world, tmp_path / "other")
    assert ended.code == 0, ended.stderr
    taken = read_snapshot(folder(tmp_path / "other")).offerings
    assert taken["alpha"].cells["hipaa_baa"].written.value == "unclear"
    assert taken["beta"].cells["hipaa_baa"].written.value == "yes_public"
    assert "is restricted by scope, conditions, scoped_facts, which is not read" in ended.stderr


def test_import_where_other_rules_stand_takes_no_restricted_grade(world: Path, tmp_path: Path) -> None:
    shutil.copytree(world / "registry", tmp_path / "registry")
    file = tmp_path / "registry" / "offerings" / "alpha.yaml"
    offering = json.loads(file.read_text(encoding="utf-8"))
    offering["dimensions"]["hipaa_baa"]["conditions"].pop()
    file.write_text(json.dumps(offering), encoding="utf-8")
    assert imported(world, tmp_path / "registry").code == 0
    assert read_snapshot(folder(tmp_path / "registry")).offerings["alpha"].cells["hipaa_baa"].written.value == "unclear"


def test_same_snapshot_and_day_give_the_same_bytes(world: Path, tmp_path: Path) -> None:
    words = ("registry", "site", "--output", str(tmp_path / "again"), *ON, *OWN)
    ended = process(*words, folder=world, environment={"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"})
    assert ended.code == 0, ended.stderr
    assert contents(tmp_path / "again") == contents(world / "site")


def contents(there: Path) -> dict[str, bytes]:
    return {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*") if path.is_file()}


# Where it is written.


def test_site_replaces_an_earlier_one_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    write(tmp_path)
    assert site(tmp_path, *OWN).code == 0
    assert (tmp_path / "site" / "offerings" / "own").is_dir()
    assert site(tmp_path, "--policies", "builtin").code == 0
    assert not (tmp_path / "site" / "offerings" / "own").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["policies", "registry", "site"]


def test_list_of_files_is_what_sha256sum_takes(world: Path) -> None:
    import hashlib

    lines = (world / "site" / "files.sha256").read_text(encoding="utf-8").splitlines()[1:]
    found = {name: data for name, data in contents(world / "site").items() if name != "files.sha256"}
    assert lines == [f"{hashlib.sha256(found[name]).hexdigest()}  {name}" for name in sorted(found)]


def foreign(there: Path) -> None:
    there.mkdir()
    (there / "thesis.txt").write_text("years of work", encoding="utf-8")


def added(there: Path) -> None:
    assert site(there.parent).code == 0
    (there / "CNAME").write_text("registry.example.org", encoding="utf-8")


def linked(there: Path) -> None:
    assert site(there.parent).code == 0
    (there / "more").symlink_to(there.parent / "registry")


def forged(there: Path) -> None:
    there.mkdir()
    (there / "files.sha256").write_text(f"{'0' * 64}  thesis.txt\n", encoding="utf-8")
    (there / "thesis.txt").write_text("years of work", encoding="utf-8")


def a_file(there: Path) -> None:
    there.write_text("years of work", encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (foreign, "a folder that is no site of vendorgate's"),
        (added, "a site with something else in it: CNAME"),
        (linked, "a site with something else in it: more"),
        (forged, "a folder that is no site of vendorgate's"),
        (a_file, "a file, where a folder is to be written"),
    ],
)
def test_what_no_site_has_is_never_replaced(before: Any, said: str, tmp_path: Path) -> None:
    write(tmp_path)
    before(tmp_path / "site")
    kept = contents(tmp_path)
    ended = site(tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert contents(tmp_path) == kept


def test_site_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    assert site(tmp_path).code == 0
    kept = contents(tmp_path / "site")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vendorgate.commands.registry.folder_exchange._exchange", full)
    ended = site(tmp_path, *OWN)
    assert (ended.code, ended.stdout) == (2, "")
    assert "no space left on device" in ended.stderr
    assert contents(tmp_path / "site") == kept
    assert sorted(one.name for one in tmp_path.iterdir()) == ["policies", "registry", "site"]


def test_folder_that_cannot_be_there_is_said(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = site(tmp_path, output="file/site")
    assert (ended.code, ended.stdout) == (2, "")
    assert "file is a file, where a folder is needed" in ended.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--output", "registry/site"), "registry is read, and lies there or holds it"),
        (("--output", "."), "is read, and lies there or holds it"),
        (("--output", ""), "a folder without a name"),
        (("--output", "s", "--base-url", "javascript:x"), "--base-url javascript:x: no address of a page"),
        (("--output", "s", "--contact", "mailto:x@y.example"), "no address of a page"),
        (("--output", "s", "--compare", "alpha..betta"), "did you mean `beta`?"),
        (("--output", "s", "--compare", "alpha"), "write A..B, the ids of two offerings"),
        (("--output", "s", "--compare", "alpha..alpha"), "write A..B, the ids of two offerings"),
        (("--output", "s", "--previous", "nowhere"), "no such file"),
        (("--output", "s", "--registry", "nowhere"), "no such file"),
        (("--output", "s", "--search", "best"), "'best' is not one of"),
    ],
)
def test_command_line_that_asks_for_what_cannot_be_is_refused(words: tuple[str, ...], said: str, world: Path) -> None:
    ended = vendorgate("registry", "site", *ON, *words, folder=world)
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert not (world / "s").exists()


def test_mistakes_of_the_snapshot_are_all_said_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = {"id": "alpha", **OFFERING, "dimensions": {"hipaa_baa": {**CELL, "verified": "soon", "tier": "gold"}}}
    write(tmp_path, {**FILES, "registry/offerings/alpha.yaml": wrong})
    ended = site(tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "registry/offerings/alpha.yaml" in ended.stderr
    assert "gold" in ended.stderr
    assert "soon" in ended.stderr
    assert not (tmp_path / "site").exists()


# What is in it where it is asked for.


def test_changes_since_an_earlier_snapshot_are_told_worse_first(tmp_path: Path) -> None:
    write(tmp_path)
    shutil.copytree(tmp_path / "registry", tmp_path / "before")
    beta = {**FILES["registry/offerings/beta.yaml"], "dimensions": {"hipaa_baa": {**CELL, "value": "no"}}}
    (tmp_path / "registry" / "offerings" / "beta.yaml").write_text(json.dumps(beta), encoding="utf-8")
    (tmp_path / "registry" / "offerings" / "gamma.yaml").unlink()
    assert site(tmp_path, "--previous", "before", *OWN).code == 0
    text = pages(tmp_path)["latest/index.html"].text
    assert "changes; worse" in text
    covered = "the organization's own cell stands in its place"
    assert f"worse Beta: HIPAA BAA beta changed; {covered} value yes_public no" in text
    assert "removed" in text


def test_sitemap_is_there_only_where_the_address_is_known(world: Path, tmp_path: Path) -> None:
    assert not (world / "site" / "sitemap.xml").exists()
    write(tmp_path)
    assert site(tmp_path, "--base-url", "https://registry.example.org/ai&x").code == 0
    text = (tmp_path / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://registry.example.org/ai&amp;x/offerings/beta/</loc>" in text


def test_where_corrections_go_is_said(tmp_path: Path) -> None:
    write(tmp_path)
    assert site(tmp_path, "--contact", "https://registry.example.org/issues").code == 0
    page = pages(tmp_path)["corrections/index.html"]
    assert "Send it here: https://registry.example.org/issues" in page.text


def test_without_the_package_the_search_is_a_filter_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    monkeypatch.setattr(searching, "is_there", lambda: False)
    ended = vendorgate("registry", "site", "--output", "site", *ON[:-2], folder=tmp_path)
    assert ended.code == 0
    assert "for every word: pip install 'vendorgate[site]'" in ended.stderr
    assert "search.js" not in (tmp_path / "site" / "search" / "index.html").read_text(encoding="utf-8")
    ended = site(tmp_path, "--search", "full")
    assert (ended.code, ended.stdout) == (2, "")
    assert "pagefind is not installed" in ended.stderr


def test_program_that_fails_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pagefind_bin")
    write(tmp_path)
    assert site(tmp_path).code == 0
    kept = contents(tmp_path / "site")
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho it broke >&2\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: broken)
    ended = site(tmp_path, "--search", "full")
    assert (ended.code, ended.stdout) == (2, "")
    assert "the index of words cannot be made: it broke" in ended.stderr
    assert contents(tmp_path / "site") == kept


# Comparisons and addresses.


def test_pairs_are_few_and_each_offering_has_some() -> None:
    snapshot = read_snapshot(folder(ROOT / "registry-snapshot"), rules=False)
    found = pairs([snapshot.offerings[id] for id in sorted(snapshot.offerings)])
    assert all(one < other for one, other in found)
    assert len(set(found)) == len(found) <= 8 * len(snapshot.ids)
    assert {id for pair in found for id in pair} == snapshot.ids
    assert ("azure-openai", "openai-api") in found


def test_comparison_that_is_asked_for_has_a_page_whatever_is_in_its_names(tmp_path: Path) -> None:
    offerings = {
        f"registry/offerings/{id}.yaml": {"id": id, **OFFERING, "developer": id, "category": category, "dimensions": {}}
        for id, category in (("a", "product"), ("a..b", "first_party"), ("c", "recipient"))
    }
    write(tmp_path, {"registry/snapshot.yaml": SNAPSHOT, **offerings})
    assert site(tmp_path, "--compare", "c..a..b").code == 0
    assert "compare/a..b-vs-c/index.html" in pages(tmp_path)
    assert "compare/a-vs-c/index.html" not in pages(tmp_path)
    assert "compare/a..b-vs-c/index.html" in (tmp_path / "site" / "offerings" / "c" / "index.html").read_text("utf-8")


def test_of_many_in_one_category_each_has_few_neighbours() -> None:
    """As many comparisons as offerings, times three, however many there are."""
    snapshot = read_snapshot(folder(ROOT / "registry-snapshot"), ["openai-api"], rules=False)
    (one,) = snapshot.offerings.values()
    ids = [f"o{number:03}" for number in range(201)]
    several = [replace(one, id=id, written=replace(one.written, id=id, developer=id, model_family=None)) for id in ids]
    found = pairs(several)
    assert len(found) == 3 * len(ids)
    assert ("o000", "o200") in found


def test_comparisons_whose_names_fall_together_have_pages_of_their_own(tmp_path: Path) -> None:
    ids = ("a", "a-vs-b", "b-vs-c", "c")
    offerings = {f"registry/offerings/{id}.yaml": {"id": id, **OFFERING, "name": id, "dimensions": {}} for id in ids}
    write(tmp_path, {"registry/snapshot.yaml": SNAPSHOT, **offerings})
    assert site(tmp_path).code == 0
    titles = {name: page.text for name, page in pages(tmp_path).items() if name.startswith("compare/a-vs-b-vs-c")}
    assert len(titles) == 2


def test_names_that_no_folder_could_have_are_cut(tmp_path: Path) -> None:
    ids = ("a" * 240, "b" * 240, "c" * 240)
    offerings = {f"registry/offerings/{id}.yaml": {"id": id, **OFFERING, "dimensions": {}} for id in ids}
    write(tmp_path, {"registry/snapshot.yaml": SNAPSHOT, **offerings})
    assert site(tmp_path).code == 0
    assert len([name for name in pages(tmp_path) if name.startswith("compare/a")]) == 2


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("retention_days", 30, "30 days"),
        ("retention_days", 1, "1 day"),
        ("retention_days", None, "not known"),
        ("opt_out", True, "yes"),
        ("opt_out", False, "no"),
        ("hosting_countries", {"names": ["de", "us"], "complete": True}, "DE, US (and no others)"),
        ("hosting_countries", {"names": [], "complete": False}, "none (others are not ruled out)"),
        ("certifications_listed", {"names": ["soc_2", "c5"]}, "SOC 2, C5 (others are not ruled out)"),
        ("other", ["a", 1], "a, 1"),
        ("other", [["a"], {}], "(a), (none)"),
        ("other", [], "none"),
    ],
)
def test_fact_is_told_as_people_read_it(name: str, value: Any, words: str) -> None:
    assert told(name, value) == words


@given(st.lists(st.text(max_size=12), unique=True, max_size=12))
def test_every_question_has_an_address_of_its_own(names: list[str]) -> None:
    found = slugs(names)
    assert len(set(found)) == len(names)
    assert all(re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", slug) for slug in found)


# Markdown.


def _tags(html: str) -> Iterable[tuple[str, dict[str, str]]]:
    return Read(html).tags


@given(st.text(alphabet=st.sampled_from("ab [](){}<>!*_`#-|:/\"'&\\\n\t1.@=javscript") | st.characters(), max_size=80))
def test_markdown_gives_no_markup_but_its_own(text: str) -> None:
    for tag, attributes in _tags(str(html_of(text))):
        assert tag in {*MARKDOWN, "a", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
        assert not {name for name in attributes if name.startswith("on")}
        if "href" in attributes:
            assert urlsplit(attributes["href"]).scheme in ("http", "https")
            assert attributes["rel"] == "noopener noreferrer nofollow"


def test_changelog_credits_whoever_a_correction_names() -> None:
    """As `vendorgate registry correct` writes it, lines broken wherever they are long."""
    text = "- `a` of b: It was c. Source: <https://a.example/>, read on 2026-11-01. Corrected\n  by Ann \\<b\\>.\n"
    (found,) = credited(text)
    assert "Corrected\nby Ann &lt;b&gt;." in str(html_of(found))


def test_changelog_credits_who_it_names() -> None:
    text = "- One thing; thanks to Ann.\n- Another.\n- A third, corrected by\n  the vendor itself.\n\nThanks to all.\n"
    assert credited(text) == ("One thing; thanks to Ann.", "A third, corrected by\nthe vendor itself.")
