"""The order of results by itself; `tests/commands/review/test_laws.py` has its laws."""

from __future__ import annotations

import pytest

from vendorgate.comparison.standing import NOTHING_WRONG, way, weigh
from vendorgate.model.vocabulary import Decision, Outcome

Met = list[tuple[Decision, Decision]]


@pytest.mark.parametrize("outcome", ["pass", "not_applicable"])
def test_nothing_is_wrong_whatever_the_severity(outcome: Outcome) -> None:
    assert weigh(outcome, "error", False) == weigh(outcome, "note", False) == NOTHING_WRONG


def test_what_stops_a_merge_weighs_most_then_the_outcome_then_the_severity() -> None:
    ascending = [
        weigh("pass", "error", True),
        weigh("waived", "error", False),
        weigh("unknown", "warning", False),
        weigh("fail", "note", False),
        weigh("fail", "warning", False),
        weigh("fail", "error", False),
        weigh("waived", "note", True),
        weigh("unknown", "note", True),
        weigh("unknown", "error", True),
        weigh("fail", "note", True),
    ]
    for index, one in enumerate(ascending):
        assert [way(one, other, ()) for other in ascending] == [-1] * index + [0] + [1] * (len(ascending) - index - 1)


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        ([("pass", "fail")], 1),
        ([("fail", "unknown")], -1),
        ([("fail", "fail")], 0),
        ([("fail", "pass"), ("pass", "unknown")], 1),
        ([], 0),
    ],
)
def test_of_equal_standings_requirements_decide(met: Met, expected: int) -> None:
    standing = weigh("fail", "error", True)
    assert way(standing, standing, met) == expected


def test_where_standings_differ_requirements_do_not_matter() -> None:
    worse, better = weigh("fail", "error", True), weigh("fail", "warning", False)
    assert way(better, worse, [("fail", "pass")]) == 1
    assert way(worse, better, [("pass", "fail")]) == -1


def test_where_nothing_is_wrong_requirements_do_not_matter() -> None:
    assert way(NOTHING_WRONG, NOTHING_WRONG, [("pass", "fail")]) == 0
