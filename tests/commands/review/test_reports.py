"""Reports on a change: they agree with each other and with the exit code, fit where they go, and are written whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from markdown_it import MarkdownIt

from tests.command import ROOT, process, vendorgate
from tests.commands.review.repository import BAA, DAY, REGISTRY, Content, Repository, changed, manifest, policies, usage
from tests.documents import TEXT
from tests.golden.reviewed import review as reviewed
from vendorgate.commands.review.formats import NAMES

M = "vendorgate.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A change with one result that blocked before, and one that is new and blocks."""
    before = manifest(usage("u", "beta"))
    return changed(tmp_path, {M: before}, {M: manifest(usage("u", "beta"), usage("v", "gamma", "phi"))})


@pytest.mark.parametrize("format", NAMES)
@pytest.mark.parametrize("more", [(), ("--new-only",)], ids=["all", "new-only"])
def test_every_format_says_what_the_exit_code_says(format: str, more: tuple[str, ...], repository: Repository) -> None:
    ended = repository.review("--format", format, *more)
    assert ended.code == 1
    assert ended.stdout
    written = repository.review("--format", "text", "--output", f"{format}=report.out", *more)
    assert written.code == 1
    assert (repository.folder / "report.out").read_bytes().decode("utf-8", "surrogateescape") == ended.stdout


def test_command_line_of_the_action_works_as_it_stands(repository: Repository) -> None:
    base, head = repository.git("rev-parse", "main"), repository.git("rev-parse", "change")
    outputs = ("--output", "json=r.json", "--output", "markdown=r.md")
    inputs = ("--policies", "policies", "--registry", "registry-snapshot", "--fail-on", "warning", M)
    ended = process(
        *("review", "--base", base, "--head", head, "--new-only", "--format", "text", *outputs, *inputs),
        *("--as-of", DAY),
        folder=repository.folder,
    )
    assert ended.code == 1, ended.stderr
    report = json.loads((repository.folder / "r.json").read_text(encoding="utf-8"))
    assert report["summary"] == {
        "new": 2,
        "worse": 0,
        "better": 0,
        "fixed": 0,
        "unchanged": 2,
        "gone": 0,
        "blocking": 2,
    }
    assert base in ended.stdout
    assert "2 new" in (repository.folder / "r.md").read_text(encoding="utf-8")


def test_reports_never_overwrite_what_judges_or_is_judged(repository: Repository) -> None:
    for path in (M, "policies/rules.yaml", "registry-snapshot/new.json"):
        ended = repository.review("--output", f"json={path}")
        assert (ended.code, ended.stdout) == (2, "")
        assert "would overwrite an input" in ended.stderr
    assert repository.git("status", "--porcelain") == ""


def test_report_says_why_nothing_is_judged(repository: Repository) -> None:
    repository.commit({M: "version: 2\n"})
    (repository.folder / "old.json").write_text("old", encoding="utf-8")
    ended = repository.review("--output", "json=old.json")
    assert (ended.code, ended.stdout) == (2, "")
    report = json.loads((repository.folder / "old.json").read_text(encoding="utf-8"))
    assert (report["schema"], report["command"]) == ("vendorgate.problems/1", "vendorgate review")
    assert [path.name for path in repository.folder.glob(".old*")] == []


def test_same_change_gives_the_same_bytes(repository: Repository) -> None:
    for format in ("text", "json", "markdown"):
        arguments = ("review", "--base", "main", "--as-of", DAY, "--format", format)
        worlds = (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"},
        )
        runs = [process(*arguments, folder=repository.folder, environment=world) for world in worlds]
        assert runs[0].stdout == runs[1].stdout


def test_json_report_is_what_its_schema_says() -> None:
    ended = vendorgate("schema", "review", folder=ROOT)
    schema = jsonschema_rs.Draft7Validator(json.loads(ended.stdout), validate_formats=True)
    report = json.loads(reviewed("json"))
    schema.validate(report)
    for field in report:
        assert not schema.is_valid({key: value for key, value in report.items() if key != field}), field
    assert not schema.is_valid({**report, "extra": 1})
    # It holds every kind of thing that a review can tell, so that the schema was really asked.
    edits = report["edits"]
    assert all(report[name] for name in ("changes", "integrations", "data"))
    assert all(edits[name] for name in ("files", "edits", "registry"))


def test_counts_of_all_formats_agree() -> None:
    report = json.loads(reviewed("json"))
    counts = report["summary"]
    shown = ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "worse", "better", "fixed", "unchanged", "gone"))
    for format in ("text", "markdown"):
        waived = report["report"]["summary"]["waived"]
        assert f"{shown}; {waived} waived, {counts['blocking']} blocking" in reviewed(format)
    rows = [line for line in reviewed("markdown").splitlines() if re.match(r"\| (new|worse|unchanged|better)", line)]
    left = sum(one["blocks"] for one in report["gone"])
    assert left == 1
    assert len([row for row in rows if ", blocks |" in row]) == counts["blocking"] - left
    verbose = reviewed("text", "--verbose").splitlines()
    assert len([line for line in verbose if line.startswith("new: ")]) == counts["new"]
    assert report["report"]["summary"]["blocking"] == counts["blocking"]


def test_markdown_holds_no_markup_of_others() -> None:
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(reviewed("markdown"))
    tags = set(re.findall(r"<(/?[a-z0-9]+)", rendered))
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    own = {"h2", "h3", "p", "strong", "ul", "li", "code", "br", "details", "summary", *table}
    assert {tag.removeprefix("/") for tag in tags} <= own
    assert "@everyone" not in rendered


def test_markdown_fits_into_a_comment_and_counts_what_does_not(tmp_path: Path) -> None:
    title = "<b>|`@x` 漢" * 800
    world: dict[str, Content] = {"policies/rules.yaml": policies({**BAA, "title": title, "id": "long"})}
    usages = [usage(f"u{n}", "beta", "phi") for n in range(800)]
    repository = changed(tmp_path, {M: manifest()}, {M: manifest(*usages)}, {**REGISTRY, **world})
    text = repository.review("--format", "markdown").stdout
    assert len(text.encode("utf-8")) < 65_536
    for heading in ("New or worse", "New AI integrations"):
        section = text.partition(f"### {heading}\n")[2].partition("###")[0]
        rows = len(re.findall(r"^\| (?:new|usage)", section, re.MULTILINE))
        (more,) = re.findall(r"^and (\d+) more$", section, re.MULTILINE)
        assert rows > 20
        assert rows + int(more) == 800
    assert "800 new" in text
    assert "no agreements register in the bundle" in text


def test_what_blocks_stands_first_in_markdown(tmp_path: Path) -> None:
    after = manifest(usage("a", "gamma", "public"), usage("b", "beta", "phi"))
    text = changed(tmp_path, {M: manifest()}, {M: after}).review("--format", "markdown").stdout
    rows = re.findall(r"^\| (new[^|]*) \|", text, re.MULTILINE)
    assert rows == ["new, blocks", "new"]


def test_base_must_be_named(tmp_path: Path) -> None:
    ended = vendorgate("review", folder=tmp_path)
    assert ended.code == 2
    assert "--base" in ended.stderr


def test_readme_shows_a_review_as_it_is(tmp_path: Path) -> None:
    (found,) = re.findall(r"```console review\n\$ vendorgate (.*)\n((?:.*\n)*?)```", TEXT)
    usage, waiver = (
        re.findall(rf"^```yaml {kind}\n((?:.*\n)*?)```$", TEXT, re.MULTILINE) for kind in ("review", "review waiver")
    )
    example = ROOT / "examples" / "own-bundle"
    before = {str(path.relative_to(example)): path.read_text(encoding="utf-8") for path in example.rglob("*.yaml")}
    waivers = "policies/waivers.yaml"
    after = {M: before[M] + usage[0], waivers: before[waivers] + waiver[0]}
    changed(tmp_path, before, after, {})
    arguments, shown = found
    ended = process(*arguments.split(), folder=tmp_path)
    assert ended.code == 1, ended.stderr
    masked = re.compile(r"\b[0-9a-f]{12}\b")
    assert masked.sub("0" * 12, ended.stdout) == masked.sub("0" * 12, shown)


def test_review_of_a_large_repository_tells_what_is_new_and_counts_the_rest(tmp_path: Path) -> None:
    """Seven new results among two hundred as before: nobody reads more than two screens."""

    def text(index: int, usages: int) -> str:
        lines = [f"  - {{id: u{n}, purpose: P, offering: openai-api, data: [phi, pii]}}" for n in range(usages)]
        return "\n".join([f"version: 1\nproject: p{index}\nusages:", *lines, ""])

    before = {f"s/{index}/{M}": text(index, 1) for index in range(30)}
    repository = changed(tmp_path, before, {**before, f"s/7/{M}": text(7, 2)}, {})
    ended = vendorgate("review", "--base", "main", "--new-only", "--policies", "builtin", folder=repository.folder)
    report = json.loads(
        vendorgate(
            *("review", "--base", "main", "--new-only", "--policies", "builtin", "--format", "json"),
            folder=repository.folder,
        ).stdout
    )
    assert report["summary"]["new"] >= 7
    assert len(ended.stdout.splitlines()) < 150
    assert "s/7/vendorgate.yaml" in ended.stdout
    assert "s/8/vendorgate.yaml" not in ended.stdout
    same = [one for one in report["changes"] if one["change"] == "unchanged"]
    failing = [one for one in same if one["after"]["outcome"] in ("fail", "unknown")]
    assert f"as before: {len(failing)} results that fail or cannot be told" in ended.stdout
