"""`vendorgate init` where a manifest is here: one more usage, and nothing else of it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.command import ROOT, vendorgate
from tests.commands.init.folder import snapshot, strictly
from tests.thoroughness import part, share
from vendorgate.commands.init.draft import Draft
from vendorgate.commands.init.holding import Holding
from vendorgate.commands.init.interview import Given, Interview
from vendorgate.commands.init.manifest_text import in_order, manifest_text
from vendorgate.commands.init.present import with_usage
from vendorgate.errors import VendorgateError
from vendorgate.frame.defaults import today
from vendorgate.gate import Gate
from vendorgate.load.files import shipped
from vendorgate.rewriting.edits import Unclear

USAGE = ("--usage", "drafts", "--offering", "openai-api", "--data", "public")
HERE = """\
# Who reads this may write it.
version: 1
project: 'clinic'   # ours
owner: a@example.org
usages:
    - id: one
      offering: openai-api
      data: [public]   # nothing else

    - id: two
      offering: openai-api
      data:
        - public
# the end
"""


@pytest.mark.parametrize("name", ["vendorgate.yaml", "vendorgate.yml"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_usage_stands_behind_the_last_one(tmp_path: Path, name: str, ending: str, mark: str) -> None:
    (tmp_path / name).write_bytes((mark + HERE).replace("\n", ending).encode())
    ended = vendorgate("init", *USAGE, folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert f"adding a usage to {name} of project `clinic`" in ended.stderr
    assert ended.stdout.startswith(f"added to {name}:\n  - id: drafts\n    offering: openai-api\n    data: [public]\n")
    assert "usage `drafts` passes" in ended.stdout
    new = "\n    - id: drafts\n      offering: openai-api\n      data: [public]\n"
    expected = (mark + HERE).replace("# the end", f"{new}# the end").replace("\n", ending)
    assert (tmp_path / name).read_bytes() == expected.encode()
    assert [*snapshot(tmp_path)] == [name]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--offering", "openai-api", "--data", "public"), "--usage is missing"),
        (
            ("--offering", "openai-api", "--data", "public"),
            "for example: vendorgate init --usage usage-3 --offering openai-api --data public --model gpt-5.2",
        ),
        (("--usage", "two", *USAGE[2:]), "--usage: the manifest has a usage `two`"),
        ((*USAGE, "--project", "clinics"), "--project: vendorgate.yaml says `clinic`"),
        ((*USAGE, "--owner", "b@example.org"), "--owner: vendorgate.yaml says `a@example.org`"),
        ((*USAGE, "--data", "phl"), "did you mean `phi`?"),
    ],
)
def test_what_does_not_fit_changes_nothing(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    (tmp_path / "vendorgate.yaml").write_text(HERE, encoding="utf-8")
    before = snapshot(tmp_path)
    ended = vendorgate("init", *arguments, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert snapshot(tmp_path) == before


def test_project_and_owner_may_be_said_again(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text(HERE, encoding="utf-8")
    same = ("--project", "clinic", "--owner", "a@example.org")
    assert vendorgate("init", *USAGE, *same, folder=tmp_path).code == 0


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"vendorgate.yaml": "mine"}, "vendorgate.yaml:1:1"),
        ({"vendorgate.yaml": HERE.replace("[public]", "[pubic]")}, "did you mean `public`?"),
        ({"vendorgate.yaml": HERE, "vendorgate.yml": HERE}, "vendorgate.yml"),
    ],
)
def test_manifest_that_a_check_does_not_take_stays(tmp_path: Path, files: dict[str, str], words: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = snapshot(tmp_path)
    ended = vendorgate("init", *USAGE, folder=tmp_path)
    assert ended.code == 2
    assert words in ended.stderr
    assert snapshot(tmp_path) == before


def test_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert vendorgate("init", *USAGE, folder=tmp_path).code == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_link_to_a_manifest_stays_one_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real" / "m.yaml"
    real.parent.mkdir()
    real.write_text(HERE, encoding="utf-8")
    real.chmod(0o640)
    (tmp_path / "vendorgate.yaml").symlink_to(real)
    assert vendorgate("init", *USAGE, folder=tmp_path).code == 0
    assert (tmp_path / "vendorgate.yaml").is_symlink()
    assert "id: drafts" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640


def test_list_that_is_an_anchor_for_others_gets_nothing(tmp_path: Path) -> None:
    text = (
        "version: 1\nproject: p\nusages:\n  - {id: one, offering: openai-api, data: &d [public]}\n"
        "  - id: two\n    offering: openai-api\n    data: *d\n"
    )
    (tmp_path / "vendorgate.yaml").write_text(text, encoding="utf-8")
    assert vendorgate("init", *USAGE, folder=tmp_path).code == 0
    assert (tmp_path / "vendorgate.yaml").read_text(encoding="utf-8").startswith(text)


MANIFESTS = sorted(
    path
    for folder in (ROOT / "tests", ROOT / "examples")
    for pattern in ("vendorgate.y*ml", "manifest.yaml")
    for path in folder.rglob(pattern)
    if "usages" in path.read_text(encoding="utf-8")
)
ADDED: Any = {"id": "added-by-init", "offering": "openai-api", "data": ["phi"], "settings": {"a": "no", "b": 1.5}}


def test_there_are_manifests_to_add_to() -> None:
    assert len(MANIFESTS) > 100


@pytest.mark.parametrize("path", part(MANIFESTS), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_byte_of_a_manifest_stays(path: Path) -> None:
    data = path.read_bytes()
    try:
        before = strictly(data)
    except AssertionError:  # one that must be refused
        return
    if not isinstance(before, dict) or not isinstance(before.get("usages"), list):
        return
    after = with_usage(str(path), data, ADDED)
    assert strictly(after) == {**before, "usages": [*before["usages"], ADDED]}
    inserted = len(after) - len(data)
    is_kept = any(after[:at] + after[at + inserted :] == data for at in range(len(data) + 1))
    assert is_kept or not before["usages"], "one insertion alone"


def test_flow_that_goes_on_is_refused_or_right() -> None:
    for text in ("{version: 1, project: p, usages: []\n}\n", "{version: 1, project: p, usages: [\n]}\n"):
        assert strictly(with_usage("m", text.encode(), ADDED))["usages"] == [ADDED]


def test_what_cannot_be_added_is_printed(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text(HERE, encoding="utf-8")
    with mock.patch("vendorgate.commands.init.present.changed", side_effect=Unclear):
        ended = vendorgate("init", *USAGE, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "  - id: drafts\n    offering: openai-api\n" in ended.stderr
    assert "nothing can be added without a change of the rest" in ended.stderr
    assert (tmp_path / "vendorgate.yaml").read_text(encoding="utf-8") == HERE


TEXTS = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        "no",
        "~",
        "1.10",
        "2026-01-01",
        "a: b",
        "# c",
        "\u202e",
        "a\nversion: 2",
        "- x",
        "[a",
        "&a",
        "*a",
        "!!x",
        "é",
        '"',
    ]
)


def mostly(*good: str, any: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[str]:
    """One of some words, and now and then any text."""
    return st.integers(0, 11).flatmap(lambda number: any if number == 0 else st.sampled_from(good))


ANSWERS = st.fixed_dictionaries(
    {"offering": mostly("openai-api", "claude-bedrock", "unlisted"), "data": mostly("phi", "public, pii")},
    optional={
        "project": mostly("p", "a.b_c-1"),
        "owner": TEXTS,
        "id": mostly("u", "no"),
        "vendor": TEXTS,
        "purpose": TEXTS,
        "endpoints": mostly("responses", "messages", "chat completions"),
        "models": TEXTS,
        "subjects": mostly("us", "uk,de"),
        "region": mostly("us", "global"),
        "cloud_region": mostly("us-east-1", "US East 1"),
        "environment": mostly("staging", "development"),
        "lifecycle": mostly("preview", "ga"),
        "account": mostly("eu", "a-1"),
        "tier": mostly("free", "enterprise"),
        "agreements": mostly("baa", "baa,dpa"),
    },
)
SETTINGS = st.lists(st.tuples(TEXTS, mostly("true", "3", '"3"', "a: b", "#", "1.5")).map("=".join), max_size=3)
USUAL = {"project": "p", "id": "u"}


@pytest.fixture(scope="module")
def holding() -> Holding:
    return Holding(Gate(shipped("policies"), shipped("registry-snapshot")), today())


@settings(max_examples=share(150), deadline=None)
@given(answers=ANSWERS, named=SETTINGS)
def test_any_answers_give_a_file_that_says_them_or_are_refused(
    holding: Holding, answers: dict[str, str], named: list[str]
) -> None:
    try:
        draft = Interview(holding, Given(answers, tuple(named), USUAL), None).run()
    except VendorgateError:
        return
    event("taken")
    says: dict[str, Any] = {"version": 1, **draft.about, "usages": [in_order(draft.usage)]}
    new = manifest_text(draft, holding.offering(draft)).encode()
    assert strictly(new) == says
    for field, text in answers.items():
        value = {**draft.about, **draft.usage}[field]
        assert value == (text if isinstance(value, str) else [word.strip() for word in text.split(",") if word.strip()])
    assert len(draft.usage.get("settings", {})) == len({one.partition("=")[0].strip() for one in named})  # type: ignore[arg-type]
    held = holding.read(new, "m")
    if draft.usage.get("offering") == "unlisted" and "vendor" not in draft.usage:
        assert "`unlisted` without a `vendor`" in str(held.advice)
    else:
        assert held.problems == ()
        added = with_usage("m", HERE.encode(), in_order(draft.usage))
        assert strictly(added) == {
            **strictly(HERE.encode()),
            "usages": [*strictly(HERE.encode())["usages"], *says["usages"]],
        }


def test_draft_of_nothing_is_no_manifest(holding: Holding) -> None:
    assert Draft().manifest() == {"version": 1, "usages": [{}]}
    assert holding.held(Draft()).problems == ()
