"""`vendorgate plan` as people type it: how far it looks, how it ends, and what it refuses."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, Ended, process, vendorgate
from tests.commands.plan.worlds import day, world, write

ENDING = {"kind": "baa", "signed": day(-30), "expires": day(9)}
FILES = world({"require": [{"agreement": "baa"}]}, agreements=[ENDING])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An agreement ends on the ninth day, and a result starts to block on the tenth."""
    write(tmp_path, FILES)
    return tmp_path


def plan(folder: Path, *more: str, as_of: str = day(0)) -> Ended:
    inputs = ("--policies", "policies", "--registry", "registry")
    return vendorgate("plan", *inputs, "--as-of", as_of, *more, folder=folder)


def until(ended: Ended) -> str:
    found = re.search(r"(?:block|changes) by (\d{4}-\d\d-\d\d)", ended.stdout)
    assert found, ended
    return found.group(1)


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ((), day(90)),
        (("--within", "2w"), day(14)),
        (("--within", "1d"), day(1)),
        (("--until", day(12)), day(12)),
        (("--until", "2028-02-29"), "2028-02-29"),
        (("--within", "36525d"), day(36525)),
        (("--within", "5d", "--fail-within", "8d"), day(8)),
        (("--within", "9d", "--fail-within", "8d"), day(9)),
        (("--until", day(5), "--fail-within", "8d"), day(8)),
    ],
)
def test_looks_as_far_ahead_as_it_should(given: tuple[str, ...], last: str, folder: Path) -> None:
    assert until(plan(folder, *given)) == last


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((), 0),
        (("--fail-within", "9d"), 0),
        (("--fail-within", "10d"), 1),
        (("--within", "5d", "--fail-within", "10d"), 1),
        (("--fail-within", "10d", "--format", "ics"), 1),
        (("--fail-within", "10d", "--format", "json"), 1),
    ],
)
def test_exit_code_is_one_where_something_starts_to_block_in_time(
    given: tuple[str, ...], code: int, folder: Path
) -> None:
    assert plan(folder, *given).code == code


def test_what_blocks_already_does_not_start_to(tmp_path: Path) -> None:
    write(tmp_path, world({"require": [False]}))
    ended = plan(tmp_path, "--fail-within", "30d")
    assert (ended.code, ended.stdout.splitlines()[0].startswith("FAIL: ")) == (0, True)
    assert ended.stdout.splitlines()[-1] == f"PASS: no result will start to block by {day(30)}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--until", "2028-02-30"), "`2028-02-30` is not a day; write it as YYYY-MM-DD"),
        (("--until", "2027-02-29"), "`2027-02-29` is not a day"),
        (("--until", "2028-03-01T00:00:00+02:00"), "is not a day"),
        (("--until", "2028-03-01Z"), "is not a day"),
        (("--until", "20280301"), "is not a day"),
        (("--until", "tomorrow"), "is not a day"),
        (("--until", ""), "`` is not a day"),
        (("--until", day(0)), f"--until {day(0)} is not after the day that is judged by, {day(0)}"),
        (("--until", day(-1)), "is not after the day that is judged by"),
        (("--until", "2128-02-12"), "is more than a century (36525d) after"),
        (("--within", "90"), "`90` is no span of time; write it in days or weeks, as 90d or 2w"),
        (("--within", "3m"), "is no span of time"),
        (("--within", "-3d"), "is no span of time"),
        (("--within", "36526d"), "`36526d` is longer than a century (36525d)"),
        (("--within", "0d"), "--within 0d leaves no day to look at"),
        (("--fail-within", "0w"), "--fail-within 0d leaves no day to look at"),
        (("--fail-within", "soon"), "is no span of time"),
        (("--within", "9d", "--until", day(9)), "--within and --until exclude each other"),
        (("--fail-on", "never"), "--fail-on never is laxer than the bundle's fail_on: error"),
        (("--format", "isc"), "'isc' is not one of 'text', 'json', 'csv', 'ics'"),
        (("--output", "isc=a"), "did you mean `ics`?"),
        (("--output", "sarif=a"), "write FORMAT=PATH, with a format of text, json, csv, ics"),
        (("--output", "ics=vendorgate.yaml"), "would overwrite an input"),
        (("--output", "ics=missing/a.ics"), "cannot be written"),
        (("nowhere.yaml",), "nowhere.yaml"),
        (("policies",), "policies"),
        (("*.json",), "no manifest matches"),
        (("--witin", "9d"), "no such option `--witin`; did you mean `--within`?"),
    ],
)
def test_bad_input_ends_with_two_and_says_what_is_wrong(given: tuple[str, ...], said: str, folder: Path) -> None:
    ended = plan(folder, *given)
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert len(list(folder.iterdir())) == 3


def test_no_day_is_after_the_last_one(folder: Path) -> None:
    ended = plan(folder, as_of="9999-12-01")
    assert (ended.code, ended.stdout) == (2, "")
    assert "--within 90d after 9999-12-01 is after the last day of the calendar, 9999-12-31" in ended.stderr
    assert (
        "--fail-within 40d after" in plan(folder, "--within", "30d", "--fail-within", "40d", as_of="9999-12-01").stderr
    )
    assert until(plan(folder, "--within", "30d", as_of="9999-12-01")) == "9999-12-31"


def test_every_mistake_of_the_inputs_is_told(folder: Path) -> None:
    register = json.loads((folder / "policies" / "agreements.yaml").read_text(encoding="utf-8"))
    register["agreements"][0]["expires"] = "2028-02-30"
    register["agreements"].append({"kind": "bba", "offerings": [], "status": "executed"})
    (folder / "policies" / "agreements.yaml").write_text(json.dumps(register), encoding="utf-8")
    ended = plan(folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "policies/agreements.yaml:1" in ended.stderr
    assert "2028-02-30" in ended.stderr
    assert "bba" in ended.stderr


def test_a_register_that_is_too_large_is_refused(folder: Path) -> None:
    register = {"version": 1, "agreements": [{**ENDING, "status": "executed", "offerings": ["a"]}] * 200_000}
    (folder / "policies" / "agreements.yaml").write_text(json.dumps(register), encoding="utf-8")
    ended = plan(folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "more than 16 MiB" in ended.stderr


def test_without_a_manifest_the_one_here_is_planned(folder: Path) -> None:
    assert plan(folder).stdout == plan(folder, "vendorgate.yaml").stdout
    (folder / "vendorgate.yaml").unlink()
    assert "no vendorgate.yaml or vendorgate.yml here" in plan(folder).stderr


def test_several_manifests_are_planned_together(folder: Path) -> None:
    other = (folder / "vendorgate.yaml").read_text(encoding="utf-8").replace("clinic", "other")
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    report = json.loads(plan(folder, "*.yaml", "--format", "json").stdout)
    assert [one["project"] for one in report["turns"]] == ["other", "clinic"]


def test_reports_are_written_beside_the_one_that_is_printed(folder: Path) -> None:
    outputs = [word for name in ("text", "json", "csv", "ics") for word in ("--output", f"{name}=out.{name}")]
    assert plan(folder, *outputs).code == 0
    for name in ("text", "json", "csv", "ics"):
        assert (folder / f"out.{name}").read_bytes().decode("utf-8") == plan(folder, "--format", name).stdout


def test_command_is_listed_and_explains_itself(folder: Path) -> None:
    assert "plan" in vendorgate("--help", folder=folder).stdout
    help = vendorgate("plan", "--help", folder=folder).stdout
    assert all(option in help for option in ("--within", "--until", "--fail-within", "--fail-on", "--as-of"))


def test_the_day_is_today_where_nobody_says(folder: Path) -> None:
    before = datetime.datetime.now(datetime.timezone.utc).date()
    inputs = ("--policies", "policies", "--registry", "registry")
    report = json.loads(vendorgate("plan", *inputs, "--format", "json", folder=folder).stdout)
    assert report["as_of"] in {str(before), str(datetime.datetime.now(datetime.timezone.utc).date())}


@pytest.mark.parametrize("format", ["text", "json", "csv", "ics"])
def test_a_plan_imports_nothing_heavy(format: str) -> None:
    arguments = ("plan", "examples/newsletter/vendorgate.yaml", "--as-of", "2026-11-24", "--format", format)
    command = (sys.executable, "-X", "importtime", "-m", "vendorgate", *arguments)
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    names = set(re.findall(r"^import time: .*\| +(\S+)$", ended.stderr, re.MULTILINE))
    assert not names & {"icalendar", "requests", "rich", "jinja2", "ruamel"}


def test_a_check_imports_nothing_of_it() -> None:
    command = (sys.executable, "-X", "importtime", "-m", "vendorgate", "check", "examples/newsletter/vendorgate.yaml")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "vendorgate.commands.plan" not in ended.stderr


def test_same_inputs_give_the_same_bytes_everywhere(folder: Path) -> None:
    arguments = ("plan", "--policies", "policies", "--registry", "registry", "--as-of", day(0), "--format", "ics")
    settings = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    ]
    runs = [process(*arguments, folder=folder, environment=one) for one in settings]
    assert len({(run.code, run.stdout) for run in runs}) == 1
