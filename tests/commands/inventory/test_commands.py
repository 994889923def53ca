"""`vendorgate inventory` and `inventory diff` as people type them: exit codes, mistakes, what is compared."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from tests.golden.registered import INPUTS, REGISTERS

JUDGED = INPUTS[2:]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The insurer, to be changed."""
    shutil.copytree(REGISTERS, tmp_path / "r")
    return tmp_path / "r"


def inventory(folder: Path, *arguments: str) -> Ended:
    return vendorgate("inventory", *arguments, *JUDGED, folder=folder)


def kept(folder: Path, name: str, *arguments: str, view: str = "subprocessors") -> str:
    """A register, kept as JSON."""
    found = inventory(folder, *arguments, "--view", view, "--format", "json")
    assert found.code in (0, 2), found.stderr
    (folder.parent / name).write_text(found.stdout, "utf-8")
    return str(folder.parent / name)


def diff(folder: Path, old: str, new: str, *more: str) -> Ended:
    return vendorgate("inventory", "diff", old, new, *more, folder=folder)


def edit(folder: Path, old: str, new: str, path: str = "letters/vendorgate.yaml") -> None:
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


# The register.


def test_command_need_not_be_named(folder: Path) -> None:
    named = inventory(folder, "list", "letters", "--view", "ropa")
    assert inventory(folder, "letters", "--view", "ropa").stdout == named.stdout
    assert named.code == 0


def test_manifests_in_folders_that_are_called_as_commands_are_reached_by_a_path(folder: Path) -> None:
    for name in ("diff", "list"):
        (folder / "letters").rename(folder / name)
        found = inventory(folder, f"./{name}", "--view", "ropa")
        assert found.code == 0, found.stderr
        assert "letters / sort-letters" in found.stdout
        (folder / name).rename(folder / "letters")


@pytest.mark.parametrize(("when", "code"), [("missing", 1), ("never", 0)])
def test_what_is_missing_ends_with_1_where_that_is_asked_for(when: str, code: int, folder: Path) -> None:
    assert inventory(folder, "letters", "--view", "systems", "--fail-when", when).code == code


def test_what_nothing_requires_may_be_missing(folder: Path) -> None:
    edit(folder, "      erasure_period: ten years after the claim is closed\n", "")
    view = folder / "own.yaml"
    view.write_text(
        "{version: 1, name: own, title: O, law: [x], rows: usage,"
        " columns: [{id: a, title: A, from: [usage.attributes.erasure_period]}]}",
        "utf-8",
    )
    found = inventory(folder, "letters", "--view", "own.yaml", "--fail-when", "missing")
    assert found.code == 0
    assert "0 of 2 cells filled, 2 missing\n" in found.stdout


def test_mistakes_of_view_and_bundle_are_said_together_and_nothing_is_printed(folder: Path) -> None:
    (folder / "own.yaml").write_text("version: 1\nname: own\n", "utf-8")
    edit(folder, "covered: soc2_type2", "covered: soc2_typ2", "policies/rules.yaml")
    found = inventory(folder, "letters", "--view", "own.yaml", "--output", "json=out.json")
    assert (found.code, found.stdout) == (2, "")
    for words in ("`columns` is missing", "`title` is missing", "did you mean `soc2_type2`?"):
        assert words in found.stderr
    assert json.loads((folder / "out.json").read_text("utf-8"))["schema"] == "vendorgate.problems/1"


def test_view_that_is_not_there_is_refused_with_the_nearest(folder: Path) -> None:
    found = inventory(folder, "letters", "--view", "subprocesors")
    assert (found.code, found.stdout) == (2, "")
    assert "did you mean `subprocessors`?" in found.stderr
    assert "no such file" in inventory(folder, "letters", "--view", "./nowhere.yaml").stderr


def test_view_is_an_input_that_no_report_overwrites(folder: Path) -> None:
    shutil.copy(REGISTERS.parents[2] / "src/vendorgate/inventory/views/ropa.yaml", folder / "own.yaml")
    found = inventory(folder, "letters", "--view", "own.yaml", "--output", "html=own.yaml")
    assert found.code == 2
    assert "--output html=own.yaml: would overwrite an input" in found.stderr


def test_text_tells_twenty_rows_and_all_where_that_is_asked_for(folder: Path) -> None:
    usages = "".join(f"  - {{id: u{number}, offering: alpha-api, data: [pii], purpose: x}}\n" for number in range(30))
    (folder / "letters" / "vendorgate.yaml").write_text(f"version: 1\nproject: many\nusages:\n{usages}", "utf-8")
    short = inventory(folder, "letters", "--view", "ropa").stdout
    assert ("many / u19\n" in short, "many / u20\n" in short) == (True, False)
    assert "and 10 more rows (--verbose)\n" in short
    assert "30 rows, one a usage" in short
    assert "many / u29\n" in inventory(folder, "letters", "--view", "ropa", "--verbose").stdout


def test_attributes_that_registers_alone_read_are_told_in_one_notice_a_usage(folder: Path) -> None:
    found = vendorgate("check", "letters", *JUDGED, "--format", "json", folder=folder)
    before = [one["message"] for one in json.loads(found.stdout)["notices"] if one["id"] == "unread-attribute"]
    assert before
    assert all(one.endswith("; `vendorgate inventory` does") for one in before)
    edit(folder, "      since: 2026-03-01\n", "      sinse: 2026-03-01\n")
    found = vendorgate("check", "letters", *JUDGED, "--format", "json", folder=folder)
    told = [one for one in json.loads(found.stdout)["notices"] if one["id"] == "unread-attribute"]
    (one,) = [one for one in told if not one["message"].endswith("; `vendorgate inventory` does")]
    assert "sinse" in one["message"]


# What is another.


def test_nothing_is_another_in_the_same_register(folder: Path) -> None:
    old = kept(folder, "old.json", "letters", "triage")
    for format in ("text", "markdown", "json", "csv"):
        found = diff(folder, old, old, "--format", format, "--fail-when", "any")
        assert found.code == 0
    assert "nothing has changed" in diff(folder, old, old).stdout


@pytest.mark.parametrize("view", ["systems", "ropa", "subprocessors", "dora", "vendors", "dpia"])
def test_lines_that_move_and_evidence_that_is_read_again_are_no_change(view: str, folder: Path) -> None:
    old = kept(folder, "old.json", "letters", "triage", view=view)
    edit(folder, "version: 1\nproject", "version: 1\n# a comment\n\nproject")
    edit(folder, "verified: 2026-08-12", "verified: 2026-08-19", "registry/offerings/alpha-api.yaml")
    new = kept(folder, "new.json", "triage", "letters", view=view)
    assert diff(folder, old, new, "--fail-when", "any").code == 0


@pytest.mark.parametrize(("when", "codes"), [("new", (1, 0, 0)), ("any", (1, 1, 1)), ("never", (0, 0, 0))])
def test_what_is_new_gone_or_another_ends_with_1_where_that_is_asked_for(
    when: str, codes: tuple[int, int, int], folder: Path
) -> None:
    few, all = kept(folder, "few.json", "letters"), kept(folder, "all.json", "letters", "triage")
    edit(folder, "region: us", "region: de")
    moved = kept(folder, "moved.json", "letters")
    assert (
        tuple(diff(folder, *pair, "--fail-when", when).code for pair in ((few, all), (all, few), (few, moved))) == codes
    )


def test_notice_of_a_new_sub_processor_says_who_what_where_and_since_when(folder: Path) -> None:
    old = kept(folder, "old.json", "triage")
    new = kept(folder, "new.json", "triage", "letters")
    for format in ("text", "markdown"):
        shown = diff(folder, old, new, "--format", format).stdout
        for words in (
            "New",
            "Alpha",
            "Sorting of letters",
            "names, addresses, what letters say",
            "United States",
            "2026-03-01",
        ):
            assert words in shown
        assert "vendorgate.yaml" not in shown
        assert "unlisted" not in shown


def test_notice_says_how_to_object_where_the_view_does(folder: Path) -> None:
    text = (REGISTERS.parents[2] / "src/vendorgate/inventory/views/subprocessors.yaml").read_text("utf-8")
    (folder / "own.yaml").write_text(text + "notice: Object within 30 days to privacy, please\n", "utf-8")
    old = kept(folder, "old.json", "triage", view="own.yaml")
    new = kept(folder, "new.json", "triage", "letters", view="own.yaml")
    for format in ("text", "markdown"):
        assert "Object within 30 days to privacy, please" in diff(folder, old, new, "--format", format).stdout
        assert "Object within" not in diff(folder, new, new, "--format", format).stdout


def test_document_and_table_have_the_same_changes(folder: Path) -> None:
    old = kept(folder, "old.json", "letters")
    edit(folder, "region: us", "region: de")
    new = kept(folder, "new.json", "letters", "triage")
    document = json.loads(diff(folder, old, new, "--format", "json").stdout)
    assert [row["name"] for row in document["added"]] == ["@Speech & S\u00f6hne <i>x</i>"]
    (change,) = [one for one in document["changed"] if one["id"] == "Alpha"]
    assert {"column": "place", "title": "Place of processing", "said": "United States", "says": "Germany"} in change[
        "cells"
    ]
    rows = [*csv.DictReader(io.StringIO(diff(folder, old, new, "--format", "csv").stdout))]
    changes = sum(len(one["cells"]) for one in document["changed"])
    assert [one["change"] for one in rows].count("changed") == changes
    assert [one["change"] for one in rows].count("added") == 6


def test_register_that_is_incomplete_says_nothing_is_gone_for_sure(folder: Path) -> None:
    old = kept(folder, "old.json", "letters", "triage")
    edit(folder, "data: [phi]", "data: [phl]", "triage/vendorgate.yaml")
    new = kept(folder, "new.json", "letters", "triage")
    for format in ("text", "markdown", "csv"):
        found = diff(folder, old, new, "--format", format)
        assert found.code == 2
        assert "the later register is incomplete: not judged: triage/vendorgate.yaml" in found.stdout
    document = json.loads(diff(folder, old, new, "--format", "json").stdout)
    assert document["after"]["not_judged"] == ["triage/vendorgate.yaml"]


def test_columns_that_came_and_went_are_said_and_compared_by_none(folder: Path) -> None:
    old = kept(folder, "old.json", "letters")
    text = (REGISTERS.parents[2] / "src/vendorgate/inventory/views/subprocessors.yaml").read_text("utf-8")
    (folder / "own.yaml").write_text(text.replace("id: since", "id: begun"), "utf-8")
    new = kept(folder, "new.json", "letters", view="own.yaml")
    found = diff(folder, old, new, "--fail-when", "any")
    assert found.code == 0
    assert "columns added since: begun" in found.stdout
    assert "columns taken out since: since" in found.stdout


Change = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (lambda one: one.update(schema="vendorgate.report/1"), "`vendorgate.report/1`, not `vendorgate.inventory/1`"),
        (lambda one: one.pop("schema"), "not a register: no `schema`"),
        (lambda one: one.pop("rows"), "not a vendorgate.inventory/1"),
        (lambda one: one.update(extra=1), "not a vendorgate.inventory/1"),
        (lambda one: one["rows"].append(one["rows"][0]), "stands twice"),
        (lambda one: one["rows"][0]["cells"].pop("since"), "has other columns than its view"),
        (lambda one: one["view"].update(name="ropa"), "a register of the view `subprocessors`, and one of `ropa`"),
        (lambda one: one.update(as_of="yesterday"), "not a vendorgate.inventory/1"),
    ],
)
def test_file_that_is_no_register_of_the_view_is_refused(change: Change, title: str, folder: Path) -> None:
    old = kept(folder, "old.json", "letters")
    document = json.loads(Path(old).read_text("utf-8"))
    change(document)
    (folder / "new.json").write_text(json.dumps(document), "utf-8")
    found = diff(folder, old, "new.json", "--output", "json=out.json")
    assert (found.code, found.stdout) == (2, "")
    assert title in found.stderr


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"schema": 1, "schema": 2}', "stands twice"),
        ("{} {}", "no JSON"),
        ("null", "not a register"),
        ('{"schema": "vendorgate.inventory/1", "rows": NaN}', "no JSON"),
        ("1" * 5_000, "a number that is too long"),
    ],
)
def test_file_that_is_no_json_is_refused(text: str, title: str, folder: Path) -> None:
    old = kept(folder, "old.json", "letters")
    (folder / "new.json").write_text(text, "utf-8")
    found = diff(folder, old, "new.json")
    assert (found.code, found.stdout) == (2, "")
    assert title in found.stderr


def test_registers_are_inputs_that_no_report_overwrites(folder: Path) -> None:
    old = kept(folder, "old.json", "letters")
    found = diff(folder, old, old, "--output", f"json={old}")
    assert found.code == 2
    assert "would overwrite an input" in found.stderr
