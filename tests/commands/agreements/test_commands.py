"""`vendorgate agreements` as people use it: what it prints, how it ends, what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.command import Ended, process, vendorgate
from tests.commands.agreements.world import NEEDS_BAA, agreement, manifest, run, write
from tests.golden.test_golden import CONTROL

REGISTER = [
    agreement(reference="L-1", expires="2026-12-01", projects=["p"]),
    agreement("dpa", offerings=["alpha*", "alhpa"], reference="L-2"),
    agreement("zdr", status="pending", signed=None, offerings=["beta"]),
]
HOSTILE = "<b>|`x` \x1b[31m\u202eevil ##[error] @team =1+1 " + "x" * 300


LISTED = """\
offering            kind  state     last day    left    projects  reference  no.  place
alpha               baa   in force  2026-12-01  8 days  p         L-1        1    policies/agreements.yaml:5
alpha               dpa   in force  no end              *         L-2        2    policies/agreements.yaml:18
alpha-eu            dpa   in force  no end              *         L-2        2    policies/agreements.yaml:18
beta                zdr   pending   no end              *                    3    policies/agreements.yaml:28
none matches alhpa  dpa   in force  no end              *         L-2        2    policies/agreements.yaml:18

3 of 3 agreements as of 2026-11-23: 2 in force, 1 pending
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, REGISTER, [NEEDS_BAA], [manifest(), manifest("q")])
    return tmp_path


def document(ended: Ended, kind: str, folder: Path) -> Any:
    """The JSON that was printed, held to its schema."""
    value = json.loads(ended.stdout)
    inputs = ("--policies", "policies", "--registry", "registry")
    schema = vendorgate("schema", kind, *inputs, folder=folder)
    jsonschema_rs.Draft7Validator(json.loads(schema.stdout)).validate(value)
    return value


def test_list_needs_no_manifest(folder: Path) -> None:
    ended = run(folder, "list")
    assert ended.code == 0
    assert ended.stdout == LISTED


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["--offering", "alpha"], ["baa", "dpa"]),
        (["--offering", "beta", "--offering", "alpha-eu"], ["dpa", "zdr"]),
        (["--kind", "baa"], ["baa"]),
        (["--within", "8d"], ["baa"]),
        (["--within", "1w"], []),
        (["--kind", "nda"], []),
    ],
)
def test_list_shows_what_is_asked_for(arguments: list[str], shown: list[str], folder: Path) -> None:
    ended = run(folder, "list", "--format", "json", *arguments)
    assert ended.code == 0
    assert [row["kind"] for row in document(ended, "agreements-list", folder)["rows"]] == shown


def test_list_counts_usages_of_the_given_manifests(folder: Path) -> None:
    rows = document(run(folder, "list", "0.yaml", "1.yaml", "--format", "json"), "agreements-list", folder)["rows"]
    assert [row["usages"] for row in rows] == [1, 2, 0, 0, 0]
    assert "usages" in run(folder, "list", "0.yaml").stdout.splitlines()[0]


def test_list_as_csv_has_a_row_for_each_offering(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(folder, "list", "--format", "csv").stdout)))
    assert [row["offering"] or row["glob_without_offering"] for row in rows] == [
        "alpha", "alpha", "alpha-eu", "beta", "alhpa",
    ]  # fmt: skip
    assert {row["as_of"] for row in rows} == {"2026-11-23"}


def test_check_fails_as_soon_as_a_finding_is_severe_enough(folder: Path) -> None:
    ended = run(folder, "check", "0.yaml", "--format", "json")
    assert ended.code == 1
    report = document(ended, "agreements-check", folder)
    assert report["verdict"] == "fail"
    assert report["summary"] == {"agreements": 3, "subjects": 1, "error": 1, "warning": 1, "note": 4, "blocking": 1}
    assert run(folder, "check", "0.yaml", "--fail-on", "never").code == 0
    assert run(folder, "check", "0.yaml", "--fail-on", "note").stdout.splitlines()[-1].startswith("FAIL: 3 agreements")


@pytest.mark.parametrize(("level", "code"), [("note", 1), ("warning", 1), ("error", 0), ("never", 0)])
def test_check_takes_the_threshold_that_is_asked_for(level: str, code: int, tmp_path: Path) -> None:
    write(tmp_path, [agreement(expires="2026-11-24")])
    assert run(tmp_path, "check", "0.yaml", "--fail-on", level).code == code


def test_check_without_a_register_tells_which_claims_results_rely_on(tmp_path: Path) -> None:
    write(tmp_path, None, [NEEDS_BAA], [manifest("p", {"agreements": ["baa"]})])
    ended = run(tmp_path, "check", "0.yaml")
    assert ended.code == 0
    assert ended.stdout.startswith("warning[claim-only]: usage `u` of `p` with alpha")
    assert "0 agreements" in ended.stdout


@pytest.mark.parametrize("command", ["list", "report"])
def test_without_a_register_there_is_nothing_to_show(command: str, tmp_path: Path) -> None:
    write(tmp_path, None)
    ended = run(tmp_path, command, "0.yaml")
    assert (ended.code, ended.stdout) == (2, "")
    assert "no agreements register in the bundle" in ended.stderr
    assert "write agreements.yaml in the folder of your policies" in ended.stderr


def test_an_empty_register_is_a_register(tmp_path: Path) -> None:
    write(tmp_path, [])
    assert run(tmp_path, "list").stdout == "0 of 0 agreements as of 2026-11-23\n"
    assert run(tmp_path, "check", "0.yaml").code == 0
    assert run(tmp_path, "report", "0.yaml").stdout.startswith("0 terminations tried")
    ended = run(tmp_path, "report", "0.yaml", "--terminate", "L-1")
    assert (ended.code, ended.stdout) == (2, "")
    assert "the register is empty" in ended.stderr


def test_report_tells_who_loses_what(folder: Path) -> None:
    ended = run(folder, "report", "0.yaml", "1.yaml")
    assert ended.code == 0
    assert ended.stdout == (
        "without `baa` (L-1): 1 usage would be affected, 1 result would begin to block\n"
        " --> policies/agreements.yaml:5:4\n"
        "   = usage `u` with alpha, project `p`: no other `baa`\n"
        "       - error[needs-baa] worse: pass -> fail, and begins to block\n"
        "\n"
        "without `dpa` (L-2): 2 usages would be affected, but no result\n"
        " --> policies/agreements.yaml:18:4\n"
        "   = usage `u` with alpha, project `p`: no other `dpa`\n"
        "       - gdpr_dpa would no longer be covered\n"
        "   = usage `u` with alpha, project `q`: no other `dpa`\n"
        "       - gdpr_dpa would no longer be covered\n"
        "\n"
        "without these nothing would change:\n"
        "  `zdr` (no. 3): pending, so nothing would change\n"
        "\n"
        "3 terminations tried as of 2026-11-23: 2 would change something, 1 would make results block\n"
    )
    one, two, three = document(
        run(folder, "report", "0.yaml", "1.yaml", "--format", "json"), "agreements-report", folder
    )["terminations"]
    assert one["blocking"] == 1
    assert [effect["project"] for effect in one["effects"]] == ["p"]
    assert (two["blocking"], three["state"], three["effects"]) == (0, ["pending"], [])


def test_what_is_terminated_together_is_judged_together(tmp_path: Path) -> None:
    write(tmp_path, [agreement(reference="L-1"), agreement(reference="L-2"), agreement("dpa", reference="L-1")])
    alone = run(tmp_path, "report", "0.yaml").stdout
    assert "`baa` (L-1): `baa` (L-2) would take its place" in alone
    assert "`baa` (L-2): another agreement counts anyway for 1 usage" in alone
    both = run(tmp_path, "report", "0.yaml", "--terminate", "L-1", "--terminate", "2").stdout
    assert both.startswith("without `baa` (L-1), `baa` (L-2), `dpa` (L-1): 1 usage would be affected")


def test_each_kind_that_goes_is_told(tmp_path: Path) -> None:
    needs_dpa = {"id": "needs-dpa", "title": "T", "require": [{"agreement": "dpa"}]}
    write(tmp_path, [agreement(reference="L-1"), agreement("dpa", reference="L-1")], [NEEDS_BAA, needs_dpa])
    ended = run(tmp_path, "report", "0.yaml", "--terminate", "L-1")
    assert "error[needs-baa] worse: pass -> fail" in ended.stdout
    assert "error[needs-dpa] worse: pass -> fail" in ended.stdout


def test_a_fallback_and_what_is_covered_no_more_are_told(tmp_path: Path) -> None:
    rule = {"id": "p", "title": "T", "require": [{"covered": "hipaa_baa"}]}
    usage = {"offering": "alpha-eu", "fallbacks": ["alpha"]}
    write(tmp_path, [agreement(), agreement("zdr")], [rule], [manifest("p", usage)])
    ended = run(tmp_path, "report", "0.yaml", "--terminate", "2", "--format", "markdown")
    assert "| usage `u` (fallback) with alpha, project `p`: no other `zdr` (0.yaml:" in ended.stdout
    assert "hipaa\\_baa would no longer be covered<br>retention\\_zdr would no longer be covered" in ended.stdout


REFUSED: list[tuple[list[str], str]] = [
    (["list", "--offering", "alhpa"], "no offering `alhpa`\n  = help: did you mean `alpha`?"),
    (["list", "--kind", "bba"], "no kind of agreement `bba`\n  = help: did you mean `baa`?"),
    (["list", "--within", "soon"], "`soon` is no span of time; write it in days or weeks, as 90d or 2w"),
    (["list", "nowhere.yaml"], "no such file"),
    (["list", "policies"], "below this folder"),
    (["list", "--policies", ""], "a folder without a name"),
    (["list", "--registry", ""], "a folder without a name"),
    (["check"], "no vendorgate.yaml or vendorgate.yml here"),
    (["check", "no-*.yaml"], "no manifest matches"),
    (["check", "0.yaml", "--within", "-1d"], "is no span of time"),
    (["check", "0.yaml", "--fail-on", "info"], "Invalid value for '--fail-on'"),
    (["check", "0.yaml", "--format", "html"], "Invalid value for '--format'"),
    (["list", "--format", "sarif"], "Invalid value for '--format'"),
    (
        ["report", "0.yaml", "--terminate", "L-11"],
        "did you mean `L-1`? (a number from 1 to 3 means a place in the register)",
    ),
    (["report", "0.yaml", "--terminate", "4"], "no agreement `4` in the register"),
    (["report", "0.yaml", "--terminate", "0"], "no agreement `0` in the register"),
    (["report", "0.yaml", "--terminate", "²"], "no agreement `²` in the register"),
    (["lits"], "no such command `lits`; did you mean `list`?"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED])
def test_what_cannot_be_done_is_refused(arguments: list[str], said: str, folder: Path) -> None:
    ended = run(folder, *arguments)
    assert (ended.code, ended.stdout) == (2, "")
    assert said.replace("30d or 2w", "90d or 2w") in ended.stderr


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "a day that does not exist": ({"signed": "2026-02-30"}, "`2026-02-30` is not a day", "YYYY-MM-DD"),
    "a leap day of no leap year": ({"expires": "2100-02-29"}, "`2100-02-29` is not a day", "YYYY-MM-DD"),
    "a time zone": ({"signed": "2026-02-11T00:00:00+02:00"}, "is not a day", "YYYY-MM-DD"),
    "an end before its start": ({"expires": "2025-12-31"}, "expires on 2025-12-31, before it is signed", "correct one"),
    "a kind that does not exist": ({"kind": "bba"}, "`bba` is not a value of `kind`", "did you mean `baa`?"),
    "an unknown key": ({"ends": "2027-01-01"}, "unknown key `ends`", "known:"),
}


@pytest.mark.parametrize("command", ["list", "check", "report"])
@pytest.mark.parametrize("case", WRONG)
def test_a_register_that_is_not_valid_is_refused(command: str, case: str, tmp_path: Path) -> None:
    fields, said, help = WRONG[case]
    write(tmp_path, [{**agreement(), **fields}])
    ended = run(tmp_path, command, "0.yaml")
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert help in ended.stderr
    assert "policies/agreements.yaml:" in ended.stderr


def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    write(tmp_path, [agreement(signed="2024-02-29", expires="2028-02-29")])
    (row,) = json.loads(run(tmp_path, "list", "--format", "json").stdout)["rows"]
    assert (row["expires"], row["days_left"]) == ("2028-02-29", 463)


def test_a_hundred_thousand_agreements_are_too_many_for_a_file(tmp_path: Path) -> None:
    write(tmp_path, [agreement(reference=f"L-{place}") for place in range(100_000)])
    ended = run(tmp_path, "list")
    assert (ended.code, ended.stdout) == (2, "")
    assert "more than" in ended.stderr
    assert "let one entry stand for several by its globs" in ended.stderr


@pytest.mark.parametrize("format", ["text", "json", "markdown", "csv"])
def test_hostile_text_does_nothing_to_a_reader(format: str, tmp_path: Path) -> None:
    written = agreement("nda", reference=HOSTILE, offerings=["alpha", HOSTILE], projects=[HOSTILE, "p"])
    write(tmp_path, [written, agreement(reference=HOSTILE, expires="2026-11-24"), agreement(reference="L-2")])
    for command in ["list", "check", "report"] if format != "csv" else ["list"]:
        ended = run(tmp_path, command, "0.yaml", "--format", format)
        assert ended.code in (0, 1)
        assert not CONTROL.search(ended.stdout)
        assert not re.search(r"##\w*\[", ended.stdout)
        assert format != "markdown" or ("<b>" not in ended.stdout and "@team" not in ended.stdout)


def test_the_same_inputs_give_the_same_bytes_everywhere(folder: Path) -> None:
    worlds = [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "COLUMNS": "20"},
        {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "NO_COLOR": "1"},
    ]
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23", "--format", "json")
    for command in ("list", "check", "report"):
        runs = [process("agreements", command, "0.yaml", *inputs, folder=folder, environment=one) for one in worlds]
        assert len({(one.code, one.stdout) for one in runs}) == 1
