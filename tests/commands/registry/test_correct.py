"""`registry correct`: from a template that is refused as it is to a cell, its reading and a line of the changelog."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.command import ROOT, Ended, vendorgate
from tests.commands.action.test_metadata import has_schema
from tests.commands.registry.keeping import ALPHA, BETA, DAY, FILES, PAGE, write
from tests.commands.registry.test_confirm import lines
from vendorgate.model.correction import CorrectedCell, CorrectionFile
from vendorgate.model.registry import CellFile
from vendorgate.model.vocabulary import DIMENSIONS

NAME: Final = "alpha.hipaa_baa.correction.yaml"
FILLED: Final[dict[str, Any]] = {
    "version": 1,
    "offering": "alpha",
    "says": {
        "hipaa_baa": {
            "value": "yes_public",
            "verified": "2026-03-01",
            "source": f"{PAGE}#baa",
            "note": 'says "yes"',
        }
    },
    "dimensions": {"hipaa_baa": {"value": "yes_sales_gated", "tier": "enterprise", "note": 'says "yes"'}},
    "source": "https://vendor.example/baa",
    "read_on": "2026-11-27",
    "by": "reader@example.org",
    "why": "Sales offers it",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def begin(folder: Path, *arguments: str) -> Ended:
    return vendorgate("registry", "correct", *arguments, folder=folder)


def apply(folder: Path, correction: dict[str, Any] | str, *arguments: str) -> Ended:
    text = correction if isinstance(correction, str) else yaml.safe_dump(correction, sort_keys=False)
    (folder / "c.yaml").write_text(text, encoding="utf-8")
    return vendorgate("registry", "correct", "--apply", "c.yaml", "--as-of", DAY, *arguments, folder=folder)


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in FILLED.items() if name != key}


def file(folder: Path, name: str) -> str:
    return (folder / "registry-snapshot" / name).read_bytes().decode("utf-8")


# The template.


def test_template_says_what_the_cell_says_and_asks_for_the_rest(folder: Path) -> None:
    ended = begin(folder, "alpha", "hipaa_baa")
    assert ended.code == 0, ended.stderr
    assert f"next: fill it in, then: vendorgate registry correct --apply {NAME}\n" in ended.stdout
    written = yaml.safe_load((folder / NAME).read_text(encoding="utf-8"))
    assert written["says"]["hipaa_baa"]["source"] == f"{PAGE}#baa"
    assert written["dimensions"]["hipaa_baa"] == {"value": "yes_public", "note": 'says "yes"'}
    assert {name for name, value in written.items() if value == ""} == {"source", "read_on", "by", "why"}


def test_template_as_it_is_written_is_refused_line_by_line(folder: Path) -> None:
    begin(folder, "alpha", "hipaa_baa")
    text = (folder / NAME).read_text(encoding="utf-8")
    ended = apply(folder, text, "--yes")
    assert ended.code == 2
    number = {name: text.split("\n").index(f'{name}: ""') + 1 for name in ("source", "read_on", "by", "why")}
    for line in number.values():
        assert f"--> c.yaml:{line}:" in ended.stderr
    assert "it should say what it says" in ended.stderr
    assert file(folder, "offerings/alpha.yaml") == ALPHA


def test_template_that_is_filled_in_is_applied(folder: Path) -> None:
    begin(folder, "alpha", "hipaa_baa", "--into", "x.yaml")
    text = (folder / "x.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("dimensions:\n")
    rest = rest.replace("yes_public", '"no"').replace('read_on: ""', "read_on: 2026-11-27")
    ended = apply(folder, f"{head}dimensions:\n{rest.replace(': ' + chr(34) * 2, ': https://v.example/')}", "--yes")
    assert ended.code == 0, ended.stderr
    assert yaml.safe_load(file(folder, "offerings/alpha.yaml"))["dimensions"]["hipaa_baa"]["value"] == "no"


def test_template_of_what_the_registry_does_not_state_begins_with_unclear(folder: Path) -> None:
    assert begin(folder, "beta", "gdpr_dpa", "--into", "x.yaml").code == 0
    written = yaml.safe_load((folder / "x.yaml").read_text(encoding="utf-8"))
    assert (written["says"], written["dimensions"]) == ({"gdpr_dpa": None}, {"gdpr_dpa": {"value": "unclear"}})
    filled = {**FILLED, **written, "source": PAGE, "read_on": "2026-11-27", "by": "a", "why": "b"}
    filled["dimensions"] = {"gdpr_dpa": {"value": "no"}}
    assert apply(folder, filled, "--yes").code == 0
    cell = yaml.safe_load(file(folder, "offerings/beta.yaml"))["dimensions"]["gdpr_dpa"]
    assert (cell["value"], cell["source"], str(cell["verified"])) == ("no", PAGE, "2026-11-27")


def test_template_never_takes_the_place_of_a_file(folder: Path) -> None:
    (folder / NAME).write_text("mine", encoding="utf-8")
    assert begin(folder, "alpha", "hipaa_baa").code == 2
    assert (folder / NAME).read_text(encoding="utf-8") == "mine"


def test_template_can_be_of_the_snapshot_that_came_with_vendorgate(tmp_path: Path) -> None:
    assert begin(tmp_path, "openai-api", "gpai_cop").code == 0
    assert (tmp_path / "openai-api.gpai_cop.correction.yaml").is_file()
    ended = apply(tmp_path, FILLED, "--yes")
    assert ended.code == 2
    assert 'cp -r "$(vendorgate registry path)" registry-snapshot' in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "0 words, where an offering and a dimension are meant"),
        (("alpha",), "1 words, where an offering and a dimension are meant"),
        (("alhpa", "hipaa_baa"), "did you mean `alpha`?"),
        (("alpha", "hipaa"), "did you mean `hipaa_baa`?"),
        (("alpha", "hipaa_baa", "--yes"), "--yes without --apply"),
        (("alpha", "hipaa_baa", "--apply", "c.yaml"), "--apply beside a cell"),
        (("--apply", "c.yaml", "--yes", "--dry-run"), "--dry-run and --yes exclude each other"),
        (("--apply", "missing.yaml"), "no such file"),
    ],
)
def test_what_is_meant_is_asked(arguments: tuple[str, ...], message: str, folder: Path) -> None:
    ended = begin(folder, *arguments)
    assert (ended.code, ended.stdout) == (2, "")
    assert message in ended.stderr


# What is applied.


def test_cell_is_changed_its_reading_recorded_and_every_other_line_stays(folder: Path) -> None:
    ended = apply(folder, {**FILLED, "quote": "on request", "archived": "https://web.archive.org/x"}, "--yes")
    assert ended.code == 0, ended.stderr
    changed = lines(ALPHA, file(folder, "offerings/alpha.yaml"))
    assert [line for line in changed if line.startswith("-")] == [
        "-    value: yes_public",
        "-    verified: 2026-03-01   # by phone",
        f'-    source: "{PAGE}#baa"',
    ]
    assert "+    verified: 2026-11-27   # by phone" in changed
    assert "+    value: yes_sales_gated" in changed
    assert "+    tier: enterprise" in changed
    assert "+    archived: https://web.archive.org/x" in changed
    cell = yaml.safe_load(file(folder, "offerings/alpha.yaml"))["dimensions"]["hipaa_baa"]
    assert cell["readings"][0].keys() == {"on", "by", "quote_sha256", "archived"}
    assert file(folder, "offerings/beta.yaml") == BETA


def test_key_that_is_taken_out_is_taken_out_and_an_old_copy_with_it(folder: Path) -> None:
    alpha = ALPHA.replace("    note: ", "    archived: https://web.archive.org/old\n    note: ")
    write(folder, {**FILES, "offerings/alpha.yaml": alpha})
    says = {**FILLED["says"]["hipaa_baa"], "archived": "https://web.archive.org/old"}
    filled = {**FILLED, "says": {"hipaa_baa": says}, "dimensions": {"hipaa_baa": {"value": "no"}}}
    assert apply(folder, filled, "--yes").code == 0
    cell = yaml.safe_load(file(folder, "offerings/alpha.yaml"))["dimensions"]["hipaa_baa"]
    assert cell.keys() == {"value", "verified", "source", "readings"}


def test_what_changes_is_shown_before_it_is_written(folder: Path) -> None:
    for arguments in ((), ("--dry-run",)):
        ended = apply(folder, FILLED, *arguments, "--format", "json")
        assert ended.code == 0, ended.stderr
        fields = {field["field"] for cell in json.loads(ended.stdout)["cells"] for field in cell["fields"]}
        assert fields == {"value", "verified", "source", "tier", "readings"}
        assert file(folder, "offerings/alpha.yaml") == ALPHA
        assert "nothing is written" in ended.stderr


@pytest.mark.parametrize(
    ("correction", "messages"),
    [
        (without("source"), ["`source` is missing"]),
        (without("read_on"), ["`read_on` is missing"]),
        (without("by"), ["`by` is missing"]),
        ({**FILLED, "source": "paper"}, ["not an address that anybody can open", "source: paper"]),
        ({**FILLED, "source": "https://web.archive.org/web/1/https://v.example"}, ["a copy, and no primary source"]),
        ({**FILLED, "read_on": "2026-11-29"}, ["2026-11-29 is after 2026-11-28"]),
        ({**FILLED, "read_on": "2026-02-30"}, ["`2026-02-30` is not a day"]),
        ({**FILLED, "read_on": "2026-02-28"}, ["2026-02-28 is before 2026-03-01, when the cell was last verified"]),
        ({**FILLED, "archived": "file:///x"}, ["archived: file:///x"]),
        ({**FILLED, "quote": "a\u202eb"}, ["U+202E"]),
        ({**FILLED, "by": "a\nb"}, ["nobody's name"]),
        ({**FILLED, "offering": "alhpa"}, ["no offering `alhpa`", "did you mean `alpha`?"]),
        ({**FILLED, "dimensions": {"gdpr_dpa": {"value": "no"}}}, ["not the dimension that `says` has"]),
        ({**FILLED, "dimensions": {**FILLED["dimensions"], "gdpr_dpa": {"value": "no"}}}, ["c.yaml:"]),
        ({**FILLED, "dimensions": {"hipaa_baa": {"value": "no", "verified": "2026-11-27"}}}, ["key `verified`"]),
        ({**FILLED, "dimensions": {"hipaa_baa": {"value": "no", "tier": "gold"}}}, ["`gold`", "tier: gold"]),
        (
            {**FILLED, "dimensions": {"hipaa_baa": {"value": "no", "scope": {"lifecycle": {"only": ["gaa"]}}}}},
            ["did you mean `ga`?", "- gaa"],
        ),
        (
            {**FILLED, "dimensions": {"hipaa_baa": {"value": "no", "conditions": [{"covred": "gdpr_dpa"}]}}},
            ["covred", "c.yaml:"],
        ),
        (
            {**FILLED, "says": {"hipaa_baa": {**FILLED["says"]["hipaa_baa"], "note": "x"}}},
            ["of `note` by now", "note: x"],
        ),
        ({**FILLED, "says": {"hipaa_baa": None}}, ["the registry states a cell by now"]),
        ({**FILLED, "extra": 1}, ["unknown key `extra`"]),
        ("[]", ["c.yaml:1:1"]),
        ("a: [", ["c.yaml:"]),
    ],
)
def test_mistake_is_told_with_its_line_and_nothing_is_written(
    correction: dict[str, Any] | str, messages: list[str], folder: Path
) -> None:
    ended = apply(folder, correction, "--yes")
    assert (ended.code, ended.stdout) == (2, "")
    for message in messages:
        assert message in ended.stderr
    assert "--> c.yaml:" in ended.stderr
    assert file(folder, "offerings/alpha.yaml") == ALPHA
    assert file(folder, "CHANGELOG.md") == FILES["CHANGELOG.md"]


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    wrong = {**FILLED, "source": "paper", "read_on": "2026-11-29", "quote": " ", "dimensions": FILLED["says"]}
    stderr = apply(folder, {**wrong, "dimensions": {"hipaa_baa": {"value": "x", "scope": {"models": {}}}}}).stderr
    for message in ("an address", "a day to come", "neither `only` nor `except`"):
        assert message in stderr


# The changelog.

_LINE: Final = (
    "- `hipaa_baa` of alpha: Sales offers it. Source: <https://vendor.example/baa>, read on 2026-11-27."
    " Corrected by Example Ltd.\n"
)
CHANGELOGS: Final = [
    (
        "# Changelog\n\nHello.\n\n## 2026-11-01\n\n- old\n",
        f"# Changelog\n\nHello.\n\n## {DAY}\n\n{_LINE}\n## 2026-11-01\n\n- old\n",
    ),
    (
        f"# Changelog\n\n## {DAY}\n\n- first\n  goes on\n\n## 2026-11-01\n\n- old\n",
        f"# Changelog\n\n## {DAY}\n\n- first\n  goes on\n{_LINE}\n## 2026-11-01\n\n- old\n",
    ),
    (f"# Changelog\n\n## {DAY}\n\n- first\n", f"# Changelog\n\n## {DAY}\n\n- first\n{_LINE}"),
    (f"# Changelog\n\n## {DAY}", f"# Changelog\n\n## {DAY}\n\n{_LINE}"),
    ("# Changelog\n", f"# Changelog\n\n## {DAY}\n\n{_LINE}"),
    ("", f"# Changelog of the registry\n\n## {DAY}\n\n{_LINE}"),
]


@pytest.mark.parametrize(("before", "after"), CHANGELOGS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_changelog_credits_it_below_the_heading_of_the_day(before: str, after: str, ending: str, folder: Path) -> None:
    path = folder / "registry-snapshot" / "CHANGELOG.md"
    path.write_bytes(before.replace("\n", ending).encode("utf-8"))
    assert apply(folder, {**FILLED, "credit": "Example Ltd"}, "--yes").code == 0
    expected = after.replace("\n", ending) if ending in before.replace("\n", ending) else after
    assert file(folder, "CHANGELOG.md") == expected


def test_without_a_changelog_one_is_begun(folder: Path) -> None:
    (folder / "registry-snapshot" / "CHANGELOG.md").unlink()
    assert apply(folder, FILLED, "--yes").code == 0
    assert file(folder, "CHANGELOG.md").startswith(f"# Changelog of the registry\n\n## {DAY}\n\n- `hipaa_baa` of alpha")


def test_nobody_is_named_who_does_not_wish_it(folder: Path) -> None:
    ended = apply(folder, FILLED, "--yes")
    assert "CHANGELOG.md will name nobody" in ended.stderr
    assert "reader@example.org" not in file(folder, "CHANGELOG.md")
    assert "Corrected by" not in file(folder, "CHANGELOG.md")


def test_what_contributors_write_means_nothing_but_itself(folder: Path) -> None:
    hostile = "[x](https://evil.example) <b> @everyone `tick` | # no\n## Heading"
    filled = {**FILLED, "why": hostile, "credit": "A <script> @me", "source": "https://vendor.example/<b>`x`"}
    assert apply(folder, filled, "--yes").code == 0
    text = file(folder, "CHANGELOG.md")
    assert "\n## Heading" not in text
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "<script>" not in text
    assert "<https://vendor.example/%3Cb%3E%60x%60>" in text
    assert "](https://evil" not in text


def test_changelog_and_cell_are_written_together_or_not_at_all(folder: Path) -> None:
    (folder / "registry-snapshot" / "CHANGELOG.md").write_bytes(b"\xff")
    ended = apply(folder, FILLED, "--yes")
    assert (ended.code, file(folder, "offerings/alpha.yaml")) == (2, ALPHA)
    assert "CHANGELOG.md:1:1" in ended.stderr


def test_index_is_renewed_where_there_is_one(folder: Path) -> None:
    assert vendorgate("registry", "index", folder=folder).code == 0
    assert apply(folder, FILLED, "--yes").code == 0
    assert vendorgate("registry", "verify", folder=folder).code == 0


# What has to agree.


def test_corrected_cell_has_every_field_of_a_cell_but_those_of_its_reading() -> None:
    of_the_reading = {"verified", "source", "archived", "readings"}
    assert set(CorrectedCell.__struct_fields__) == set(CellFile.__struct_fields__) - of_the_reading


FORM: Final = ROOT / ".github" / "ISSUE_TEMPLATE" / "registry-correction.yml"


def test_form_of_a_correction_is_one_that_github_takes() -> None:
    has_schema("vendor.github-issue-forms", FORM)


def test_form_asks_for_what_a_correction_needs() -> None:
    fields = {one["id"]: one for one in yaml.safe_load(FORM.read_text(encoding="utf-8"))["body"] if "id" in one}
    required = {id for id, one in fields.items() if one.get("validations", {}).get("required")}
    assert {"source", "read_on", "says", "dimensions", "offering", "dimension"} <= required
    assert fields["dimension"]["attributes"]["options"] == list(DIMENSIONS)
    assert fields.keys() - {"dimension", "confirmed"} <= set(CorrectionFile.__struct_fields__)
