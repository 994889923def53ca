"""Manifests with mistakes hide nothing of the others, in whatever command judges several, and every report says so."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import msgspec
import pytest

from tests.cli.test_words import COMMANDS
from tests.command import ROOT, Ended, vendorgate
from tests.commands.push.world import standing_by
from tests.workbooks import texts
from vendorgate.commands.agreements.check_document import AgreementsCheck
from vendorgate.commands.agreements.list_document import AgreementsList
from vendorgate.commands.agreements.report_document import AgreementsReport
from vendorgate.commands.impact.document import ImpactReport
from vendorgate.commands.plan.document import PlanReport
from vendorgate.commands.push.document import PushReport
from vendorgate.commands.registry.due.document import RegistryDue
from vendorgate.commands.waiver.document import WaiversReport
from vendorgate.inventory.document import InventoryReport

BROKEN: Final = "broken/vendorgate.yaml"
GOOD: Final = "good/vendorgate.yaml"
SEVERAL: Final = {
    "plan": PlanReport,
    "impact": ImpactReport,
    "agreements list": AgreementsList,
    "agreements check": AgreementsCheck,
    "agreements report": AgreementsReport,
    "waiver list": WaiversReport,
    "push ciso-assistant": PushReport,
    "registry due": RegistryDue,
    "inventory list": InventoryReport,
}
"""Commands that judge several manifests beside `check` and `review`, with the type of their document."""
ALL_OR_NOTHING: Final = {
    "waiver add": ("--all", "--reason", "r", "--approved-by", "a", "--expires", "2026-12-31"),
    "waiver prune": (),
}
"""Commands that change waivers for all that is judged, and nothing where something is not."""
MORE: Final = {"impact": ("--to", "next"), "plan": ("--fail-within", "90d")}


def formats(command: str) -> tuple[str, ...]:
    (option,) = [one for one in COMMANDS[command].params if "--format" in one.opts]
    return tuple(option.type.choices)  # type: ignore[attr-defined]


FORMATS: Final = [(command, format) for command in SEVERAL for format in formats(command)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An insurer with two manifests, of which one names a data class that there is not."""
    folder = tmp_path_factory.mktemp("several")
    own = ROOT / "examples" / "own-bundle"
    shutil.copytree(own / "policies", folder / "policies")
    shutil.copytree(ROOT / "registry-snapshot", folder / "next")
    text = (own / "vendorgate.yaml").read_text("utf-8")
    for name, written in ((GOOD, text), (BROKEN, text.replace("letters]", "lettres]").replace("claims", "others"))):
        (folder / name).parent.mkdir()
        (folder / name).write_text(written, "utf-8")
    return folder


def ended(folder: Path, command: str, *arguments: str) -> Ended:
    more = (*MORE.get(command, ()), "--as-of", "2026-11-24")
    with standing_by(command) as where:
        return vendorgate(*command.split(), *arguments, *more, *where, folder=folder)


def test_every_command_that_judges_several_is_here() -> None:
    having = {name for name, one in COMMANDS.items() if any(p.name == "manifests" for p in one.params)}
    assert having == {*SEVERAL, *ALL_OR_NOTHING, "check", "review", "verify", "evidence pack"}


@pytest.mark.parametrize("command", ALL_OR_NOTHING)
def test_what_changes_waivers_for_all_changes_none_where_one_is_not_judged(command: str, folder: Path) -> None:
    path = folder / "policies" / "waivers.yaml"
    before = path.read_bytes()
    found = ended(folder, command, ".", *ALL_OR_NOTHING[command])
    assert (found.code, found.stdout) == (2, "")
    assert "`lettres` is not a data class" in found.stderr
    assert path.read_bytes() == before
    assert ended(folder, command, GOOD, *ALL_OR_NOTHING[command], "--dry-run").code in (0, 1)


@pytest.mark.parametrize(("command", "format"), FORMATS)
def test_every_format_begins_with_what_was_not_judged_and_tells_of_the_others(
    command: str, format: str, folder: Path
) -> None:
    found = ended(folder, command, ".", "--format", format)
    alone = ended(folder, command, GOOD, "--format", format)
    assert found.code == 2
    told = texts(found.stdout.encode("utf-8", "surrogateescape")) if format == "xlsx" else found.stdout
    assert "lettres" in told
    assert "lettres" in found.stderr or format == "text"
    assert f"not judged: 1 of 2 manifests: {BROKEN}" in found.stderr
    assert alone.code in (0, 1)
    assert len(found.stdout) > len(alone.stdout)


@pytest.mark.parametrize(("command", "format"), FORMATS)
def test_every_format_of_a_file_says_it_too(command: str, format: str, folder: Path, tmp_path: Path) -> None:
    printed = ended(folder, command, ".", "--format", format, "--output", f"{format}={tmp_path / 'report'}")
    assert printed.code == 2
    assert (tmp_path / "report").read_bytes() == printed.stdout.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("command", SEVERAL)
def test_document_has_what_was_not_judged_and_is_never_a_pass(command: str, folder: Path) -> None:
    report = json.loads(ended(folder, command, ".", "--format", "json").stdout)
    msgspec.convert(report, SEVERAL[command])
    (left,) = report["not_judged"]
    assert left["path"] == BROKEN
    assert left["problems"][0]["help"] == "did you mean `letters`?"
    side = report["after"] if command == "impact" else report
    assert side.get("verdict", "incomplete") == "incomplete"


@pytest.mark.parametrize("command", SEVERAL)
def test_text_begins_with_the_mistakes_and_the_last_line_counts_what_was_not_judged(command: str, folder: Path) -> None:
    lines = [one for one in ended(folder, command, ".").stdout.splitlines() if not one.startswith("when you have ")]
    assert lines[0] == "error: `lettres` is not a data class"
    assert "1 of 2 manifests not judged; " in lines[-1]


@pytest.mark.parametrize("command", SEVERAL)
def test_name_that_stands_for_nothing_is_not_judged_and_the_others_are(command: str, folder: Path) -> None:
    report = json.loads(ended(folder, command, "nowhere.yaml", GOOD, "--format", "json").stdout)
    assert [one["path"] for one in report["not_judged"]] == ["nowhere.yaml"]


@pytest.mark.parametrize("command", SEVERAL)
def test_where_no_manifest_is_valid_nothing_is_judged(command: str, folder: Path) -> None:
    found = ended(folder, command, BROKEN)
    assert (found.code, found.stdout) == (2, "")
    assert "not checked: 2 problems" in found.stderr


@pytest.mark.parametrize("command", SEVERAL)
def test_nothing_is_said_of_manifests_that_are_all_judged(command: str, folder: Path) -> None:
    assert "manifests not judged" not in ended(folder, command, GOOD).stdout


def test_agreement_that_a_manifest_with_mistakes_may_need_is_not_called_unused(folder: Path) -> None:
    inputs = ("--within", "1d", "--format", "json")
    agreement = "  - {kind: nda, offerings: [cohere-api], projects: [others-*], status: executed, signed: 2026-01-02}\n"
    register = folder / "policies" / "agreements.yaml"
    before = register.read_text("utf-8")
    try:
        register.write_text(before + agreement, "utf-8")
        ids = [
            {one["id"] for one in json.loads(ended(folder, "agreements check", name, *inputs).stdout)["findings"]}
            for name in (GOOD, ".")
        ]
    finally:
        register.write_text(before, "utf-8")
    assert "unused-agreement" in ids[0]
    assert not {"unused-agreement", "matches-nothing"} & ids[1]


def test_sarif_says_that_the_run_was_no_success_and_junit_that_it_is_an_error(folder: Path) -> None:
    run = json.loads(ended(folder, "agreements check", ".", "--format", "sarif").stdout)["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "not-judged" in {one["ruleId"] for one in run["results"]}
    tree = ElementTree.fromstring(ended(folder, "agreements check", ".", "--format", "junit").stdout)
    assert [one.get("name") for one in tree.iter("testcase") if one.find("error") is not None] == ["not-judged"]


def test_tables_have_a_row_and_calendars_an_event_of_it(folder: Path) -> None:
    for command, column in (("plan", "outcome"), ("agreements list", "state")):
        first = next(csv.DictReader(io.StringIO(ended(folder, command, ".", "--format", "csv").stdout)))
        assert first[column] == "not_judged"
        assert "`lettres` is not a data class" in first["causes" if command == "plan" else "problems"]
    calendar = ended(folder, "plan", ".", "--format", "ics").stdout.replace("\n ", "")
    assert f"SUMMARY:vendorgate: not judged: {BROKEN}" in calendar
