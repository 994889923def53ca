"""`apply` gives what json-logic-js gives, over a grid of operators and awkward arguments.

`reference.json` is what json-logic-js 2.0.5 gave; `reference.js` records it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vendorgate.logic import STANDARD, UNKNOWN, Json, LogicError, apply

REFERENCE: dict[str, Any] = json.loads((Path(__file__).parent / "reference.json").read_text(encoding="utf-8"))
VALUES: list[Any] = REFERENCE["values"]
MOST: list[Any] = REFERENCE["most"]
FEW: list[Any] = REFERENCE["few"]
THROWS = {"throws": True}
DIVERGENCES: dict[str, str] = {
    '{"substr": ["text", 0, "-1"]}': "there, a length that is a text is appended to another length",
    '{"min": [1, {"and": []}]}': "there, the conjunction of nothing is `undefined`, which JSON does not have",
    '{"missing": ["a", ["nope", "default"]]}': "there, a key is evaluated as the arguments of `var`",
    '{"missing_some": [1, "nope"]}': "there, a text counts as as many keys as it has letters",
    '{"missing_some": [1, [["a", "nope"]]]}': "there, a list of keys inside a list of keys counts as one key",
}
"""Rules that come to something else, and why: accidents of the reference on arguments that make no sense."""


def recorded(cell: Any) -> Any:
    """A recorded result as a value."""
    if isinstance(cell, list):
        return [recorded(item) for item in cell]
    if isinstance(cell, dict) and cell.keys() == {"number"}:
        return float(cell["number"].replace("Infinity", "inf"))
    return cell


def cells(row: str | list[Any]) -> list[Any]:
    """A row of the grid; one of truths is written as a text of T and F."""
    return [letter == "T" for letter in row] if isinstance(row, str) else row


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values, in which true is not 1, and NaN is NaN."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return float(one) == float(other) or (math.isnan(one) and math.isnan(other))
    return type(one) is type(other) and bool(one == other)


def given(rule: Json, data: Json) -> Any:
    try:
        return apply(rule, json.loads(json.dumps(data)))  # no two lists are the same one
    except LogicError:
        return THROWS


def differences(table: Iterator[tuple[Any, Any, Any]]) -> list[str]:
    """Where a result is not the recorded one."""
    found = []
    for rule, data, cell in table:
        if cell == THROWS:
            continue  # a JavaScript exception: each kind has a test of its own
        value = given(rule, data)
        if not same(value, recorded(cell)):
            found.append(f"{json.dumps(rule)} of {json.dumps(data)}: {value!r}, not {recorded(cell)!r}")
    return found


def variables(*names: str) -> list[Json]:
    return [{"var": name} for name in names]


@pytest.mark.parametrize("operator", REFERENCE["unary"])
def test_an_operator_with_one_argument_gives_what_the_reference_gives(operator: str) -> None:
    row = cells(REFERENCE["unary"][operator])
    table = (({operator: variables("a")}, {"a": a}, cell) for a, cell in zip(VALUES, row, strict=True))
    assert differences(table) == []


@pytest.mark.parametrize("operator", REFERENCE["binary"])
def test_an_operator_with_two_arguments_gives_what_the_reference_gives(operator: str) -> None:
    table = (
        ({operator: variables("a", "b")}, {"a": a, "b": b}, cell)
        for a, row in zip(MOST, REFERENCE["binary"][operator], strict=True)
        for b, cell in zip(MOST, cells(row), strict=True)
    )
    assert differences(table) == []


@pytest.mark.parametrize("operator", REFERENCE["ternary"])
def test_an_operator_with_three_arguments_gives_what_the_reference_gives(operator: str) -> None:
    table = (
        ({operator: variables("a", "b", "c")}, {"a": a, "b": b, "c": c}, cell)
        for a, rows in zip(FEW, REFERENCE["ternary"][operator], strict=True)
        for b, row in zip(FEW, rows, strict=True)
        for c, cell in zip(FEW, cells(row), strict=True)
    )
    assert differences(table) == []


def operator_of(rule: Json) -> str:
    return next(iter(rule)) if isinstance(rule, dict) and len(rule) == 1 else "no operator"


OPERATORS = sorted({operator_of(case[0]) for case in REFERENCE["cases"]})


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_rule_gives_what_the_reference_gives(operator: str) -> None:
    table = (
        (rule, data[0] if data else REFERENCE["data"], cell)
        for rule, cell, *data in REFERENCE["cases"]
        if operator_of(rule) == operator and json.dumps(rule) not in DIVERGENCES
    )
    assert differences(table) == []


def test_the_reference_is_the_implementation_that_the_standard_points_to() -> None:
    assert REFERENCE["source"].startswith("json-logic-js 2.0.5")


@pytest.mark.parametrize("rule", DIVERGENCES)
def test_a_divergence_from_the_reference_is_one(rule: str) -> None:
    (cell,) = (cell for other, cell, *_ in REFERENCE["cases"] if json.dumps(other) == rule)
    assert not same(given(json.loads(rule), REFERENCE["data"]), recorded(cell))


THROWING = [pytest.param(rule, id=json.dumps(rule)) for rule, cell, *_ in REFERENCE["cases"] if cell == THROWS]


@pytest.mark.parametrize("rule", THROWING)
def test_what_the_reference_refuses_has_a_result_or_is_refused(rule: Json) -> None:
    refused = given(rule, REFERENCE["data"]) == THROWS
    assert refused or operator_of(rule) in STANDARD


def test_the_product_of_nothing_is_one_where_the_reference_throws() -> None:
    assert apply({"*": []}) == 1


def test_an_unknown_operator_is_refused_even_where_it_is_never_reached() -> None:
    with pytest.raises(LogicError, match="unknown operator `nope`"):
        apply({"or": [True, {"nope": 1}]})


def test_a_rule_nested_too_deeply_is_refused() -> None:
    rule: Json = True
    for _ in range(100_000):
        rule = {"!": rule}
    with pytest.raises(LogicError, match=r"^the rule is nested too deeply$"):
        apply(rule)


def test_an_unknown_in_the_data_is_refused() -> None:
    data: Any = {"a": UNKNOWN}
    with pytest.raises(LogicError, match=r"^an unknown in the data$"):
        apply({"var": "a"}, data)


def test_no_data_is_null() -> None:
    assert apply({"var": ""}) is None
    assert apply({"var": "a"}) is None


def test_one_list_is_equal_to_itself_and_to_no_other() -> None:
    shared: Json = [1]
    assert apply({"===": [{"var": "a"}, {"var": "b"}]}, {"a": shared, "b": shared}) is True
    assert apply({"==": [{"var": "a"}, {"var": "b"}]}, {"a": [1], "b": [1]}) is False
