"""Truth tables of the operators that decide with unknown arguments, in full.

What is expected comes from possible worlds: every unknown is true or false, and what all worlds agree on is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any

import pytest

from vendorgate.logic import GENERAL, SOME_FALSE, SOME_TRUE, UNKNOWN, Compiler, Json, Value, parse, truth_of

Truth = bool | None
"""None is unknown."""

TRUTHS: tuple[Truth, ...] = (True, False, None)
NAMES = {True: "T", False: "F", None: "U"}


def evaluate(rule: Json, data: Json = None) -> Value:
    return Compiler(GENERAL, missing=UNKNOWN).compile(parse(rule))({} if data is None else data, None)


def leaf(truth: Truth, name: str) -> Json:
    """A rule of this truth; an unknown one has a name of its own and so a world of its own."""
    return {"var": name} if truth is None else truth


def leaves(truths: Iterable[Truth]) -> list[Json]:
    return [leaf(truth, f"unknown_{index}") for index, truth in enumerate(truths)]


def in_all_worlds(truths: Sequence[Truth], meaning: Callable[[Sequence[bool]], bool]) -> Truth:
    choices = [(True, False) if truth is None else (truth,) for truth in truths]
    results = {meaning(world) for world in product(*choices)}
    return results.pop() if len(results) == 1 else None


def rows(*lengths: int) -> list[Any]:
    found = [row for length in lengths for row in product(TRUTHS, repeat=length)]
    return [pytest.param(row, id="".join(NAMES[truth] for truth in row) or "empty") for row in found]


def first_choice(world: Sequence[bool]) -> bool:
    """What `if` comes to: null, which is falsy, where no condition holds and there is no else."""
    rest = list(world)
    while len(rest) > 1:
        condition, result, *rest = rest
        if condition:
            return result
    return bool(rest) and rest[0]


@pytest.mark.parametrize("row", rows(1, 2, 3))
def test_and_is_known_where_all_worlds_agree(row: tuple[Truth, ...]) -> None:
    assert truth_of(evaluate({"and": leaves(row)})) is in_all_worlds(row, all)


@pytest.mark.parametrize("row", rows(1, 2, 3))
def test_or_is_known_where_all_worlds_agree(row: tuple[Truth, ...]) -> None:
    assert truth_of(evaluate({"or": leaves(row)})) is in_all_worlds(row, any)


@pytest.mark.parametrize("operator", ["!", "not"])
@pytest.mark.parametrize("row", rows(1))
def test_not_is_known_where_its_argument_is(operator: str, row: tuple[Truth, ...]) -> None:
    assert truth_of(evaluate({operator: leaves(row)})) is in_all_worlds(row, lambda world: not world[0])


@pytest.mark.parametrize("row", rows(1))
def test_double_negation_is_the_truth_of_its_argument(row: tuple[Truth, ...]) -> None:
    assert truth_of(evaluate({"!!": leaves(row)})) is in_all_worlds(row, lambda world: world[0])


@pytest.mark.parametrize("operator", ["if", "?:"])
@pytest.mark.parametrize("row", rows(1, 2, 3, 4, 5))
def test_if_is_known_where_all_worlds_agree(operator: str, row: tuple[Truth, ...]) -> None:
    assert truth_of(evaluate({operator: leaves(row)})) is in_all_worlds(row, first_choice)


def elements(row: Sequence[Truth]) -> Json:
    """A list whose elements have a `p` of these truths, none where it is unknown."""
    return {"list": [{} if truth is None else {"p": truth} for truth in row]}


QUANTIFIERS: dict[str, Callable[[Sequence[bool]], bool]] = {
    "all": lambda world: bool(world) and all(world),  # the standard's `all` is false of an empty list
    "some": any,
    "none": lambda world: not any(world),
}


@pytest.mark.parametrize("operator", QUANTIFIERS)
@pytest.mark.parametrize("row", rows(0, 1, 2, 3))
def test_a_quantifier_is_known_where_all_worlds_agree(operator: str, row: tuple[Truth, ...]) -> None:
    result = evaluate({operator: [{"var": "list"}, {"var": "p"}]}, elements(row))
    assert truth_of(result) is in_all_worlds(row, QUANTIFIERS[operator])


@pytest.mark.parametrize("operator", [*QUANTIFIERS, "map", "filter", "reduce"])
def test_an_iteration_over_an_unknown_list_is_unknown(operator: str) -> None:
    assert evaluate({operator: [{"var": "list"}, {"var": "p"}]}) is UNKNOWN


@pytest.mark.parametrize("row", rows(0, 1, 2, 3))
def test_the_truth_of_a_filtered_list_is_known_where_all_worlds_agree(row: tuple[Truth, ...]) -> None:
    result = evaluate({"filter": [{"var": "list"}, {"var": "p"}]}, elements(row))
    assert truth_of(result) is in_all_worlds(row, any)
    assert isinstance(result, list) is (None not in row)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"and": [{"var": "u"}, 0]}, SOME_FALSE),
        ({"and": [0, {"var": "u"}]}, 0),
        ({"and": [{"var": "u"}, ""]}, SOME_FALSE),
        ({"and": ["a", {"var": "u"}]}, UNKNOWN),
        ({"and": ["a", "b"]}, "b"),
        ({"or": [{"var": "u"}, "a"]}, SOME_TRUE),
        ({"or": ["a", {"var": "u"}]}, "a"),
        ({"or": [[], {"var": "u"}]}, UNKNOWN),
        ({"or": [0, ""]}, ""),
        ({"if": [{"var": "u"}, "a", "a"]}, "a"),
        ({"if": [{"var": "u"}, "a", "b"]}, SOME_TRUE),
        ({"if": [{"var": "u"}, 0, ""]}, SOME_FALSE),
        ({"if": [{"var": "u"}, 1, 1.0]}, 1),
        ({"if": [{"var": "u"}, 1, True]}, SOME_TRUE),
        ({"if": [{"var": "u"}, [1], [1]]}, SOME_TRUE),
        ({"if": [{"var": "u"}, 0]}, SOME_FALSE),
        ({"if": [{"var": "u"}, None]}, None),
        ({"if": [{"var": "u"}, "a", {"var": "v"}, "a", "a"]}, "a"),
        ({"if": [{"var": "u"}, "a", {"var": "v"}, "b", "a"]}, SOME_TRUE),
        ({"if": [{"var": "u"}, {"or": [{"var": "v"}, 1]}, "a"]}, SOME_TRUE),
        ({"if": [True, "a", {"var": "u"}]}, "a"),
        ({"if": [False, {"var": "u"}, "b"]}, "b"),
    ],
)
def test_which_value_stays_open_where_only_truth_is_certain(rule: Json, value: Value) -> None:
    result = evaluate(rule)
    assert result is value or (result == value and type(result) is type(value))


@pytest.mark.parametrize(
    "rule",
    [
        {"==": [{"var": "u"}, 1]},
        {"!=": [1, {"var": "u"}]},
        {"==": [{"var": "u"}, {"var": "u"}]},
        {"<": [1, {"var": "u"}, 3]},
        {"in": [{"var": "u"}, ["a"]]},
        {"in": ["a", ["a", {"var": "u"}]]},
        {"cat": ["a", {"var": "u"}]},
        {"+": [1, {"var": "u"}]},
        {"merge": [[1], {"var": "u"}]},
        {"subset": [["a"], {"var": "u"}]},
        {"disjoint": [{"var": "u"}, []]},
        {"matches": [{"var": "u"}, "*"]},
        {"log": {"var": "u"}},
        {"+": [{"and": [{"var": "u"}, 0]}, 1]},
    ],
)
def test_every_other_operator_is_unknown_with_one_unknown_argument(rule: Json) -> None:
    assert evaluate(rule) is UNKNOWN


def test_a_list_with_an_unknown_item_is_true_and_nothing_more_is_known_of_it() -> None:
    assert evaluate([1, {"var": "u"}]) is SOME_TRUE
    assert evaluate({"!!": [[1, {"var": "u"}]]}) is True


def test_a_mapped_list_with_an_unknown_item_is_true() -> None:
    assert evaluate({"map": [{"var": "list"}, {"var": "p"}]}, elements([True, None])) is SOME_TRUE
    assert evaluate({"map": [{"var": "list"}, {"var": "p"}]}, elements([True, False])) == [True, False]


@pytest.mark.parametrize(("data", "value"), [({}, False), ({"a": None}, True), ({"a": 0}, True), ({"b": 1}, False)])
def test_known_turns_unknown_into_an_answer(data: Json, value: bool) -> None:
    assert evaluate({"known": "a"}, data) is value


def test_an_unknown_refuses_to_be_a_condition_in_python() -> None:
    with pytest.raises(TypeError, match="truth_of"):
        bool(UNKNOWN)
