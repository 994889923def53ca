"""A list that is written out is looked into as one that is not, whatever stands in it and whatever is looked for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import share
from vendorgate.logic import GENERAL, UNKNOWN, Compiler, Json, Literal, Operation, Sequence, Unknown, Value, parse

SCALARS = st.one_of(
    st.none(), st.booleans(), st.sampled_from([0, 1, 1.0, -0.0, float("nan"), "1", "", "a", "ab"]), st.just("true")
)
VALUES: st.SearchStrategy[Any] = SCALARS | st.lists(SCALARS | st.lists(SCALARS, max_size=1), max_size=3)
LISTS: st.SearchStrategy[Any] = st.lists(VALUES, max_size=4)


def read(path: str) -> Any:
    return lambda data, context: context[path]


COMPILER: Compiler[dict[str, Value]] = Compiler(GENERAL, missing=UNKNOWN, read=read)


def answer(name: str, first: Value, second: Literal | Sequence | Operation, context: dict[str, Value]) -> Value:
    looked_for = Operation("var", (Literal("first"),))
    return COMPILER.compile(Operation(name, (looked_for, second)))(None, {"first": first, **context})


@pytest.mark.parametrize("name", ["in", "subset", "disjoint"])
@settings(max_examples=share(2000), deadline=None)
@given(first=VALUES | st.just(UNKNOWN), values=LISTS)
def test_what_is_written_out_is_what_is_read(name: str, first: Value, values: list[Json]) -> None:
    written = Sequence(tuple(Literal(value) for value in values))
    beside = answer(name, first, written, {})
    apart = answer(name, first, Operation("var", (Literal("list"),)), {"list": values})
    assert (beside is apart) if isinstance(apart, Unknown) else (beside == apart and type(beside) is type(apart))


@pytest.mark.parametrize("rule", [{"in": [[1], [[1], [1]]]}, {"in": [[1], [{"merge": [[1]]}]]}])
def test_lists_in_a_list_are_equal_to_themselves_alone(rule: Any) -> None:
    assert COMPILER.compile(parse(rule))(None, {}) is False


@pytest.mark.parametrize("name", ["in", "subset", "disjoint"])
def test_one_argument_alone_is_looked_for_in_nothing(name: str) -> None:
    one = Operation(name, (Literal("a"),))
    if name == "in":
        assert COMPILER.compile(one)(None, {}) is False
    else:
        with pytest.raises(TypeError):
            COMPILER.compile(one)(None, {})


@pytest.mark.parametrize("found", [UNKNOWN, 3])
def test_unknown_beside_a_value_that_is_written_out_stays_unknown(found: Value) -> None:
    rule = parse({"==": [{"var": "first"}, 3]})
    assert COMPILER.compile(rule)(None, {"first": found}) is (UNKNOWN if found is UNKNOWN else True)
