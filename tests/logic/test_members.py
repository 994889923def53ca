"""Questions over a list of which not everything is known: an answer stands where every completion gives it."""

from __future__ import annotations

import itertools
import math

import pytest

from vendorgate.logic import UNKNOWN, Json
from vendorgate.logic.members import (
    QUANTIFIERS,
    Drawn,
    Held,
    Range,
    compared,
    distinct,
    told_apart,
)

TRUTHS = (True, False, None)
PLAIN = {
    "some": lambda truths: any(truths),
    "none": lambda truths: not any(truths),
    "all": lambda truths: bool(truths) and all(truths),
}
"""What the quantifiers are of a list that is known; `all` is false of an empty one, as the standard has it."""


def _known(held: tuple[Held, ...]) -> list[list[bool]]:
    """Every list that it can be."""
    ways = [[(m, t) for m in _ways(member) for t in _ways(truth)] for member, truth in held]
    return [[truth for member, truth in way if member] for way in itertools.product(*ways)]


def _ways(truth: bool | None) -> tuple[bool, ...]:
    return (True, False) if truth is None else (truth,)


def _agreed(found: set[bool]) -> bool | None:
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("name", QUANTIFIERS)
@pytest.mark.parametrize("size", range(4))
def test_a_quantifier_answers_exactly_where_every_completion_agrees(name: str, size: int) -> None:
    for held in itertools.product(itertools.product((True, None), TRUTHS), repeat=size):
        expected = _agreed({PLAIN[name](truths) for truths in _known(held)})
        assert QUANTIFIERS[name](held, False) is expected, held


@pytest.mark.parametrize("name", QUANTIFIERS)
@pytest.mark.parametrize("size", range(3))
def test_elements_of_which_nothing_is_known_may_come_on_top(name: str, size: int) -> None:
    for held in itertools.product(itertools.product((True, None), TRUTHS), repeat=size):
        more = [[], [True], [False], [True, False]]
        expected = _agreed({PLAIN[name]([*truths, *others]) for truths in _known(held) for others in more})
        assert QUANTIFIERS[name](held, True) is expected, held


def test_values_that_differ_in_type_are_counted_as_several() -> None:
    values: tuple[Json, ...] = (
        True,
        1,
        1.0,
        "1",
        "true",
        None,
        [],
        {},
        [1],
        [True],
        {"a": 1},
        {"a": True},
        2**53 + 1,
        2.0**53,
    )
    assert distinct([Drawn(True, value, 5) for value in values], False) == Range(13, 13)


def test_lists_and_objects_are_told_apart_by_what_they_say() -> None:
    assert told_apart([1, {"a": [2]}]) == told_apart([1, {"a": [2]}])
    assert told_apart([1, 2]) != told_apart([2, 1])


def test_an_unknown_value_may_be_one_that_is_known_or_another_one_for_each_element() -> None:
    assert distinct([Drawn(True, "a", 9), Drawn(True, UNKNOWN, 2)], False) == Range(1, 3)
    assert distinct([Drawn(True, UNKNOWN, 2)], False) == Range(1, 2)


def test_an_element_that_may_not_be_in_the_list_may_add_its_value() -> None:
    assert distinct([Drawn(True, "a", 1), Drawn(False, "b", 1), Drawn(False, "a", 1)], False) == Range(1, 2)
    assert distinct([Drawn(False, UNKNOWN, 2)], False) == Range(0, 2)


def test_more_elements_have_no_bound() -> None:
    assert distinct([], True) == Range(0, math.inf)
    assert distinct([Drawn(True, "a", 1)], True) == Range(1, math.inf)


RANGES = [Range(low, high) for low in range(4) for high in range(low, 4)]
PLAINLY = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


@pytest.mark.parametrize("name", PLAINLY)
def test_a_comparison_answers_exactly_where_the_whole_range_agrees(name: str) -> None:
    for left, right in itertools.product(RANGES, repeat=2):
        pairs = itertools.product(range(int(left.low), int(left.high) + 1), range(int(right.low), int(right.high) + 1))
        assert compared(name, (left, right)) is _agreed({PLAINLY[name](*pair) for pair in pairs}), (left, right)
    assert compared("===", (Range(1, 1), Range(1, 1))) is True
    assert compared("!==", (Range(1, 1), Range(1, 1))) is False


@pytest.mark.parametrize(
    ("high", "expected"), [(2, True), (3, None), (math.inf, None)], ids=["inside", "across", "without bound"]
)
def test_between_asks_for_both_sides(high: float, expected: bool | None) -> None:
    assert compared("<=", (Range(1, 1), Range(1, high), Range(2, 2))) is expected


def test_between_fails_where_one_side_does() -> None:
    assert compared("<", (Range(1, 1), Range(1, math.inf), Range(2, 2))) is None
    assert compared("<", (Range(3, 3), Range(1, math.inf), Range(2, 2))) is None
    assert compared("<", (Range(1, 1), Range(5, math.inf), Range(2, 2))) is False
