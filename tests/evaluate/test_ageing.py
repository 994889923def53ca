"""Evidence that soon counts no longer is told as far as passes rest on it, once a run."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import noticed
from tests.world import AS_OF, judge
from vendorgate import Gate

COVERED = {"covered": "hipaa_baa"}
REGISTRY = "`vendorgate registry update` looks for newer evidence"


def days_ago(days: int) -> str:
    return (AS_OF - datetime.timedelta(days=days)).isoformat()


def cell(age: int, **more: Any) -> dict[str, Any]:
    return {"value": "yes_public", "verified": days_ago(age), **more}


def told(folder: Path, rule: Any, cells: dict[str, Any], **world: Any) -> list[str]:
    usage = {"data": ["phi"], **world.pop("usage", {})}
    found = judge(folder, {"dimensions": cells}, {"require": [rule]}, usage, agreements=[], **world)
    return noticed(found.notices)


@pytest.mark.parametrize(
    ("age", "until"),
    [(334, None), (335, "2026-12-23, 30 days left"), (364, "2026-11-24, 1 day left"),
     (365, "2026-11-23, today is its last day"), (366, None)],
)  # fmt: skip
def test_evidence_of_a_pass_is_told_from_thirty_days_before_it_is_too_old(
    age: int, until: str | None, tmp_path: Path
) -> None:
    expected = (
        f"note evidence-ends-soon: a pass rests on evidence of hipaa_baa of alpha that counts until {until}; {REGISTRY}"
    )
    assert told(tmp_path, COVERED, {"hipaa_baa": cell(age)}) == ([] if until is None else [expected])


def test_what_the_vendor_ends_is_told_too(tmp_path: Path) -> None:
    (found,) = told(tmp_path, COVERED, {"hipaa_baa": cell(1, valid_until="2026-12-01")})
    assert "counts until 2026-12-01, 8 days left;" in found


def test_many_cells_are_told_together_and_those_that_end_first_are_named(tmp_path: Path) -> None:
    cells = {"hipaa_baa": cell(340), "gdpr_dpa": cell(350), "soc2_type2": cell(350), "iso_27001": cell(345)}
    rule = {"and": [{"covered": name} for name in cells]}
    (found,) = told(tmp_path, rule, cells, usage={"fallbacks": ["beta"]}, others={"beta": {"dimensions": cells}})
    assert found == (
        "note evidence-ends-soon: passes rest on evidence of 8 cells that ends soon, the first until 2026-12-08,"
        f" 15 days left: soc2_type2 of alpha, gdpr_dpa of alpha, soc2_type2 of beta and 5 more; {REGISTRY}"
    )


def test_a_cell_that_passes_of_two_accounts_rest_on_is_told_once(tmp_path: Path) -> None:
    usage = {"fallbacks": [{"offering": "alpha", "account": "b"}]}
    assert len(told(tmp_path, COVERED, {"hipaa_baa": cell(350)}, usage=usage)) == 1
    assert told(tmp_path, COVERED, {"hipaa_baa": cell(1)}, usage=usage) == []


@pytest.mark.parametrize(
    ("rule", "cells"),
    [
        ({"covered": "gdpr_dpa"}, {"hipaa_baa": cell(350), "gdpr_dpa": cell(1)}),
        ({"or": [{"covered": "gdpr_dpa"}, COVERED]}, {"hipaa_baa": cell(350), "gdpr_dpa": cell(1)}),
        ({"and": [COVERED, False]}, {"hipaa_baa": cell(350)}),
        ({"!": COVERED}, {"hipaa_baa": {**cell(350), "value": "no"}}),
        ({"or": [COVERED, True]}, {"hipaa_baa": {"value": "yes_public"}}),
        ({"or": [COVERED, True]}, {}),
    ],
)
def test_evidence_that_no_pass_rests_on_is_not_told(rule: Any, cells: dict[str, Any], tmp_path: Path) -> None:
    assert told(tmp_path, rule, cells) == []


def test_evidence_of_a_waived_result_is_not_told(tmp_path: Path) -> None:
    found = told(tmp_path, {"and": [COVERED, False]}, {"hipaa_baa": cell(350)}, waivers=[{"expires": "2027-12-31"}])
    assert [one for one in found if "evidence-ends-soon" in one] == []


def test_the_limit_of_the_bundle_counts(tmp_path: Path) -> None:
    assert told(tmp_path, COVERED, {"hipaa_baa": cell(350)}, demands={"max_evidence_age_days": 720}) == []
    assert len(told(tmp_path, COVERED, {"hipaa_baa": cell(80)}, demands={"max_evidence_age_days": 90})) == 1


def test_of_cells_of_ours_it_is_told_where_they_stand(tmp_path: Path) -> None:
    judge(tmp_path, {"dimensions": {}}, {"require": [COVERED]}, {"data": ["phi"]}, agreements=[])
    (tmp_path / "policies/offerings").mkdir()
    overlay = {"extends": "alpha", "dimensions": {"hipaa_baa": cell(350)}}
    (tmp_path / "policies/offerings/a.yaml").write_text(json.dumps(overlay))
    found = Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=AS_OF)
    (notice,) = noticed(found.notices)
    assert notice == (
        "note evidence-ends-soon: a pass rests on evidence of hipaa_baa of alpha that counts until 2026-12-08,"
        ' 15 days left; read the sources again, and say in `verified` when @ a "verified": "2025-12-08"'
    )
