"""Routes of one offering are told apart in every report, and the name of a vendor does nothing to its reader."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.report import runner
from tests.report.evaluations import CONTROL
from tests.report.test_hostile import FORMULA, WITHOUT_COMMANDS
from tests.world import Part, judge
from vendorgate.comparison.results import keyed
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation
from vendorgate.report.identity import identities
from vendorgate.report.surroundings import Surroundings

HOSTILE = "=1+1 <b>bold</b> | ]]> %0A ::error:: \x1b[31mred \u202egnp.exe \u2028 `tick` @everyone" + "x" * 300
AROUND = Surroundings("repository", "repository")
UNLISTED: Part = {"offering": "unlisted", "vendor": "Acme"}
TWO: Part = {
    "account": "eu",
    "fallbacks": [{"offering": "alpha", "account": "us"}, UNLISTED, {"offering": "unlisted", "vendor": "Else"}],
}


def judged(folder: Path, usage: Part) -> Evaluation:
    policy: Part = {"require": [{"covered": "hipaa_baa"}]}
    return judge(folder, {"dimensions": {}}, policy, {"data": ["phi"], **usage})


def test_results_reviews_and_fingerprints_tell_accounts_and_vendors_apart(tmp_path: Path) -> None:
    results = judged(tmp_path, TWO).results
    assert len(keyed(results, {})) == len(results) == 4
    names = [one.rpartition(":")[0] for one in identities(results, AROUND)]
    assert len(set(names)) == 4
    found = {fingerprint(one.policy, one.subject, one.requirements) for one in results[1:]}
    assert len(found) == 3


def test_account_is_in_the_fingerprint_and_no_account_leaves_it_as_it_was(tmp_path: Path) -> None:
    (with_one,) = judged(tmp_path, {"account": "eu"}).results
    (without,) = judged(tmp_path, {}).results
    one, other = (fingerprint(each.policy, each.subject, each.requirements) for each in (with_one, without))
    reasons = '[[{"covered":"hipaa_baa"},"unknown",[["grade","unknown","hipaa_baa",[],[]]]]]'
    begins = f'["vendorgate.fingerprint/1","p","alpha","primary",{reasons}'
    ends = [f"{begins}]", f'{begins},"eu",null]']
    assert [other, one] == [f"sha256:{hashlib.sha256(end.encode()).hexdigest()}" for end in ends]


@pytest.mark.parametrize("format", [one for one in WITHOUT_COMMANDS if one != "intoto"])  # which tells no result
def test_every_format_says_which_account_or_vendor(format: str, tmp_path: Path) -> None:
    report = WITHOUT_COMMANDS[format](judged(tmp_path, TWO), AROUND)
    for word in ("eu", "us", "Acme", "Else"):
        assert word in report


@pytest.mark.parametrize("format", WITHOUT_COMMANDS)
def test_name_of_a_vendor_does_nothing(format: str, tmp_path: Path) -> None:
    usage: Part = {"offering": "unlisted", "vendor": HOSTILE, "recipients": [{**UNLISTED, "vendor": HOSTILE + "y"}]}
    report: str = WITHOUT_COMMANDS[format](judged(tmp_path, usage), AROUND)
    assert not CONTROL.search(report)
    assert not any(runner.read(line) for line in report.splitlines())
    if format == "csv":
        table = list(csv.reader(io.StringIO(report)))
        assert not [cell for row in table for cell in row if cell.strip(' "').startswith(FORMULA)]


def test_json_has_account_and_vendor_of_every_result(tmp_path: Path) -> None:
    report: dict[str, Any] = json.loads(WITHOUT_COMMANDS["json"](judged(tmp_path, TWO), AROUND))
    assert [(one["offering"], one["account"], one["vendor"]) for one in report["results"]] == [
        ("alpha", "eu", None),
        ("alpha", "us", None),
        ("unlisted", None, "Acme"),
        ("unlisted", None, "Else"),
    ]
