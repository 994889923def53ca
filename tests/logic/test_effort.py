"""No rule runs for long: what goes through lists within lists is refused, what grows beyond measure is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from vendorgate.logic import UNKNOWN, parse
from vendorgate.logic.compiler import Compiler
from vendorgate.logic.effort import MOST, effort
from vendorgate.logic.operators import STANDARD
from vendorgate.logic.values import LONGEST_LIST, LONGEST_TEXT

ACCUMULATOR = {"var": "accumulator"}
TWICE = [ACCUMULATOR, ACCUMULATOR]
FORTY = [*range(40)]


def value(rule: Any) -> Any:
    return Compiler[None](STANDARD, None).compile(parse(rule))(None, None)


def doubled(operator: str, times: int, start: Any) -> Any:
    return {"reduce": [[1] * times, {operator: TWICE}, start]}


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        (1, 1),
        ({"var": "a"}, 2),
        ([1, 2], 3),
        ({"some": [{"var": "a"}, {"var": ""}]}, 1 + 2 + 2),
        ({"some": [FORTY, {"var": ""}]}, 1 + 41 + 40 * 2),
        ({"some": [[], {"var": ""}]}, 1 + 1 + 2),
        ({"some": [FORTY]}, 1 + 41),
        ({"some": [FORTY, {"all": [FORTY, 1]}]}, 1 + 41 + 40 * (1 + 41 + 40)),
        ({"reduce": [FORTY, 1, {"+": [1, 2]}]}, 1 + 41 + 40 + 3),
        ({"all": [{"map": [FORTY, 1]}, 1]}, 1 + (1 + 41 + 40) + 40),
        ({"all": [{"filter": [FORTY, 1]}, 1]}, 1 + (1 + 41 + 40) + 40),
        ({"all": [{"merge": [FORTY, FORTY, 7]}, 1]}, 1 + (1 + 41 + 41 + 1) + 81),
        ({"all": [{"if": [True, FORTY, [1]]}, 1]}, 1 + (1 + 1 + 41 + 2) + 40),
        ({"all": [{"reduce": [[1], 1, []]}, 1]}, 1 + (1 + 2 + 1 + 1) + LONGEST_LIST),
        ({"all": [{"substr": ["abc", 1]}, 1]}, 1 + 3 + 1),
        ({"all": [{"in": [1, FORTY]}, 1]}, 1 + (1 + 1 + 41) + 1),
        ({"all": [{"missing": []}, 1]}, 1 + 1 + 1),
    ],
)
def test_steps_are_multiplied_within_lists_and_added_elsewhere(rule: Any, steps: int) -> None:
    assert effort(parse(rule)) == steps


def test_texts_and_lists_that_grow_beyond_measure_are_unknown() -> None:
    assert value(doubled("cat", 16, "x")) == "x" * 2**16
    assert value(doubled("cat", 300, "x")) is UNKNOWN
    assert value(doubled("merge", 13, [1])) == [1] * 2**13
    assert value(doubled("merge", 300, [1])) is UNKNOWN


def test_the_longest_ones_are_known() -> None:
    text, ones = "x" * (LONGEST_TEXT - 1), [1] * (LONGEST_LIST - 1)
    assert value({"cat": [text, 1]}) == f"{text}1"
    assert value({"cat": [text, 10]}) is UNKNOWN
    assert value({"merge": [ones, 2]}) == [*ones, 2]
    assert value({"merge": [ones, [2, 3]]}) is UNKNOWN


def test_what_may_be_tried_is_far_from_what_policies_need() -> None:
    assert effort(parse({"all": [{"var": "usage.data"}, {"in": [{"var": ""}, FORTY]}]})) * 100 < MOST
