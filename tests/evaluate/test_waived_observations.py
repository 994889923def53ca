"""A waiver with a fingerprint is of the reasons that were there: what was observed is one of them, its day is none."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Final

import pytest

from tests.evaluate.test_observed import ATTESTED, CLAIMED, DAY, OFF, ON, judged
from tests.world import Part
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result

RULE: Final = {"===": [{"var": "usage.settings.keeps"}, "nothing"]}
THIRTY: Final = {"settings": {"keeps": "30 days"}}
SEVEN: Final = {"settings": {"keeps": "7 days"}}


def only(evaluation: Evaluation) -> Result:
    return evaluation.results[0]


def print_of(folder: Path, usage: Part, *observations: Part, rule: Part = RULE) -> str:
    result = only(judged(folder / "before", rule, usage, *observations))
    assert result.outcome in ("fail", "unknown")
    return fingerprint(result.policy, result.subject, result.requirements)


def waived(folder: Path, mark: str, usage: Part, *observations: Part, rule: Part = RULE, **more: object) -> Result:
    waivers = [{"policy": "p", "fingerprint": mark}]
    return only(judged(folder / "after", rule, usage, *observations, waivers=waivers, **more))


@pytest.mark.parametrize(
    ("observed", "later", "outcome"),
    [
        (THIRTY, {**THIRTY, "observed": "2026-11-20"}, "waived"),
        (THIRTY, {**THIRTY, "source": "GET /v2"}, "waived"),
        (THIRTY, {**THIRTY, "max_age_days": 7}, "waived"),
        (THIRTY, {**THIRTY, **ATTESTED}, "waived"),
        (THIRTY, SEVEN, "fail"),
        ({**THIRTY, **ATTESTED}, {**SEVEN, **ATTESTED}, "fail"),
        (THIRTY, {"settings": {"keeps": 30}}, "fail"),
    ],
)
def test_a_waiver_holds_as_long_as_what_was_observed_is_the_same(
    observed: Part, later: Part, outcome: str, tmp_path: Path
) -> None:
    mark = print_of(tmp_path, {}, {"observed": "2026-11-01", **observed})
    result = waived(tmp_path, mark, {}, {"observed": "2026-11-22", **later})
    assert result.outcome == outcome
    assert [one.breaches[0].rule for one in result.void] == ([] if outcome == "waived" else ["fingerprint"])


def test_a_waiver_of_a_claim_is_void_once_something_else_is_observed(tmp_path: Path) -> None:
    mark = print_of(tmp_path, THIRTY)
    assert waived(tmp_path, mark, THIRTY).outcome == "waived"
    assert waived(tmp_path, mark, THIRTY, THIRTY).outcome == "waived"
    assert waived(tmp_path, mark, THIRTY, SEVEN).outcome == "fail"


def test_a_waiver_of_what_was_observed_is_void_once_it_is_too_old_and_the_claim_is_another(tmp_path: Path) -> None:
    mark = print_of(tmp_path, SEVEN, THIRTY)
    later = DAY + datetime.timedelta(days=10)
    assert waived(tmp_path, mark, SEVEN, THIRTY, as_of=later).outcome == "waived"
    old = {**THIRTY, "observed": "2026-09-01"}
    assert waived(tmp_path, mark, SEVEN, old).outcome == "fail"


def test_a_waiver_of_what_is_not_known_is_void_once_it_is_observed(tmp_path: Path) -> None:
    required = {"bundle": {"observations": {"required": ["alpha"]}}}
    result = only(judged(tmp_path / "before", ON, CLAIMED, **required))
    mark = fingerprint(result.policy, result.subject, result.requirements)
    assert result.outcome == "unknown"
    assert waived(tmp_path, mark, CLAIMED, rule=ON, **required).outcome == "waived"
    assert waived(tmp_path, mark, OFF, rule=ON, **required).outcome == "waived"
    assert waived(tmp_path, mark, CLAIMED, OFF, rule=ON, **required).outcome == "fail"
    assert waived(tmp_path, mark, CLAIMED, CLAIMED, rule=ON, **required).outcome == "pass"
