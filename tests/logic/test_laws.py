"""What holds of every rule, tried on random ones.

Knowing more never overturns what is decided; two-valued rules mean what an independent implementation says they mean.
"""

from __future__ import annotations

import json
import math
from typing import Any

import datalogic_py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import share
from vendorgate.logic import (
    GENERAL,
    STANDARD,
    UNKNOWN,
    Compiler,
    Json,
    Literal,
    LogicError,
    Node,
    Operation,
    Sequence,
    Unknown,
    apply,
    parse,
    truth_of,
    unparse,
    walk,
)

LAW = settings(derandomize=True, deadline=None, max_examples=share(500))

# Letters that are special somewhere: digits, signs, white space, beyond ASCII, beyond the basic plane, half a pair.
LETTERS = st.sampled_from([*"ab01.-+xe \n\u00a0", "é", "\U0001d11e", "\ud834"])
TEXTS = st.text(LETTERS, max_size=4)
NUMBERS = st.one_of(
    st.integers(-3, 3), st.integers(), st.floats(), st.sampled_from([0.5, -0.0, 1e21, math.nan, math.inf])
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
KEYS = st.sampled_from(["a", "b", "p", "x", "0", ""])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)

# --- Knowing more never overturns what is decided.

UNKNOWNS = ("u0", "u1", "u2")
PATHS = (*UNKNOWNS, "u0.a", "u1.0", "u2.length", "k", "k.a", "l", "l.0", "l.1.p", "l.length", "p", "")
INSIDE = ("", "p", "p.a", "0", "current", "current.p", "accumulator", "u0", "l")


def variable(paths: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(paths).map(lambda path: {"var": path})


def operation(name: str, arguments: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[Any]:
    """The operation with as many arguments as it takes."""
    row = GENERAL[name]
    return st.lists(arguments, min_size=row.least, max_size=row.most or most).map(lambda found: {name: found})


def operations(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Every operator but `known`, which is there to tell unknown from known, and `var` without a default."""
    rows = [operation(name, inner) for name in GENERAL if name not in ("known", "var")]
    computed = inner.map(lambda path: {"var": [path]})
    return st.one_of(*rows, computed, st.lists(inner, max_size=3))


RULES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(variable(PATHS), variable(UNKNOWNS), variable(INSIDE), SCALARS), operations, max_leaves=12
)
# A list whose elements may lack their `p`, and a record that may lack its `a`.
PARTIAL: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "k": st.one_of(SCALARS, st.just({}), st.just({"a": 1})),
        "l": st.lists(st.one_of(SCALARS, st.just({}), st.just({"p": True}), st.just({"p": [0]})), max_size=3),
    }
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Json, Json]:
    """Data with gaps, and the same data with some of the gaps filled."""
    partial = draw(PARTIAL)
    return partial, {
        **{name: draw(VALUES) for name in UNKNOWNS if draw(st.booleans())},
        "k": filled(draw, partial["k"], "a"),
        "l": [filled(draw, item, "p") for item in partial["l"]],
    }


def filled(draw: st.DrawFn, value: Json, name: str) -> Json:
    if not isinstance(value, dict) or name in value or draw(st.booleans()):
        return value
    return {**value, name: draw(VALUES)}


def same_scalar(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and (one == other or (one != one and other != other)))


@LAW
@given(rule=RULES, world=worlds())
def test_a_decided_truth_survives_whatever_the_unknown_turns_out_to_be(rule: Json, world: tuple[Json, Json]) -> None:
    evaluate = Compiler(GENERAL, missing=UNKNOWN).compile(parse(rule))
    less, more = (evaluate(data, None) for data in world)
    if truth_of(less) is not None:
        assert truth_of(more) is truth_of(less)
    if not isinstance(less, (Unknown, list, dict)):
        assert same_scalar(less, more)


DECIDING = ("and", "or", "!", "!!", "not", "if", "?:", "all", "some", "none", "filter")


def deciding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(*(operation(name, inner, most=5) for name in DECIDING))


@LAW
@given(
    rule=st.recursive(st.one_of(variable(PATHS), variable(INSIDE), st.booleans()), deciding, max_leaves=12),
    world=worlds(),
)
def test_a_decision_of_logical_operators_survives_too(rule: Json, world: tuple[Json, Json]) -> None:
    evaluate = Compiler(GENERAL, missing=UNKNOWN).compile(parse(rule))
    less, more = (truth_of(evaluate(data, None)) for data in world)
    assert less is None or less is more


@LAW
@given(rule=RULES, data=PARTIAL)
def test_a_reader_of_the_outermost_data_means_what_property_paths_mean(rule: Json, data: dict[str, Json]) -> None:
    plain = Compiler(GENERAL, missing=UNKNOWN)

    def read(path: str) -> Any:
        return plain.compile(parse({"var": path}))

    one = plain.compile(parse(rule))(data, None)
    other = Compiler(GENERAL, missing=UNKNOWN, read=read).compile(parse(rule))(data, None)
    assert truth_of(one) is truth_of(other)


# --- Two-valued rules mean what datalogic says.
#
# datalogic implements JSON Logic with documented choices of its own (its `config` changes some of them); where they
# differ from json-logic-js, which `apply` follows and `test_standard` compares it with, no rule is generated:
#   - arithmetic that is not a number, a division by zero and `<` on what is no number are errors there, NaN here;
#   - `+` takes true and null as numbers there, parses texts alone here; `min` and `max` refuse all but numbers there;
#   - `-` and `/` take any number of arguments there, two here;
#   - `==` coerces null and booleans otherwise there and refuses lists; `===` compares lists by their elements there;
#   - an empty object is falsy there, truthy here;
#   - `cat` writes 1.0 as "1.0" there, joins nested lists without commas and has other exponents;
#   - `in` looks for texts alone in a text there, and finds "" in "", which json-logic-js does not;
#   - `substr` counts code points there, UTF-16 code units here, and ignores a start that is no whole number;
#   - `missing` takes null and an empty text for values there, for gaps here;
#   - a text has no `length` there, and `map` over one value treats it as a list of that value.
# Numbers stay small: whole ones are 64-bit integers there, doubles here.

WORDS = st.text(st.sampled_from([*"abcxyz", "é", "ß"]), min_size=1, max_size=4)
SMALL = st.one_of(st.integers(-9, 9), st.sampled_from([0.5, -1.5, 2.25]))
POINTS = st.integers(-5, 5)
FACTORS = st.sampled_from([-2, 0.5, 2, 3])


def op(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(*arguments).map(lambda found: {name: list(found)})


def several(name: str, argument: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(argument, min_size=2, max_size=3).map(lambda found: {name: found})


def branch(result: st.SearchStrategy[Any], condition: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        op("if", condition, result, result),
        op("if", condition, result, condition, result, result),
        several("and", result),
        several("or", result),
    )


def numbers(depth: int, paths: tuple[str, ...]) -> st.SearchStrategy[Any]:
    leaf = st.one_of(SMALL, variable(paths), op("var", st.just("nope.n"), SMALL))
    if depth == 0:
        return leaf
    inner = st.deferred(lambda: numbers(depth - 1, paths))
    folded = st.sampled_from(["+", "max", "min"]).map(lambda name: {name: [{"var": "current"}, {"var": "accumulator"}]})
    return st.one_of(
        leaf,
        *(several(name, inner) for name in ("+", "min", "max")),
        op("-", inner),
        op("-", inner, inner),
        op("*", inner, FACTORS),
        op("/", inner, FACTORS),
        op("%", inner, FACTORS),
        op("reduce", st.deferred(lambda: lists(depth - 1, paths)), folded, SMALL),
        branch(inner, st.deferred(lambda: conditions(depth - 1, paths))),
    )


def texts(depth: int, paths: tuple[str, ...]) -> st.SearchStrategy[Any]:
    leaf = st.one_of(WORDS, st.just({"var": "t"}), op("var", st.just("o.nope"), WORDS))
    if depth == 0 or paths == ELEMENT:
        return WORDS if paths == ELEMENT else leaf
    inner = st.deferred(lambda: texts(depth - 1, paths))
    return st.one_of(
        leaf,
        several("cat", inner),
        op("cat", inner, st.integers(-99, 99)),
        op("substr", inner, POINTS),
        op("substr", inner, POINTS, POINTS),
        branch(inner, st.deferred(lambda: conditions(depth - 1, paths))),
    )


def lists(depth: int, paths: tuple[str, ...]) -> st.SearchStrategy[Any]:
    leaf = st.one_of(st.lists(SMALL, max_size=3), st.just({"var": "l" if paths == OUTSIDE else ""}))
    if paths == ELEMENT:
        leaf = st.lists(st.one_of(SMALL, st.just({"var": ""})), max_size=3)
    if depth == 0:
        return leaf
    inner = st.deferred(lambda: lists(depth - 1, paths))
    return st.one_of(
        leaf,
        several("merge", st.one_of(inner, st.deferred(lambda: numbers(depth - 1, paths)))),
        op("map", inner, st.deferred(lambda: numbers(depth - 1, ELEMENT))),
        op("filter", inner, st.deferred(lambda: conditions(depth - 1, ELEMENT))),
    )


def conditions(depth: int, paths: tuple[str, ...]) -> st.SearchStrategy[Any]:
    if depth == 0:
        return st.one_of(st.booleans(), st.just({"var": "b"}) if paths == OUTSIDE else st.just({"var": ""}))
    number = st.deferred(lambda: numbers(depth - 1, paths))
    text = st.deferred(lambda: texts(depth - 1, paths))
    listed = st.deferred(lambda: lists(depth - 1, paths))
    inner = st.deferred(lambda: conditions(depth - 1, paths))
    body = st.deferred(lambda: conditions(depth - 1, ELEMENT))
    return st.one_of(
        *(op(name, kind, kind) for name in ("==", "!=", "===", "!==") for kind in (number, text)),
        *(op(name, kind, kind) for name in ("<", "<=", ">", ">=") for kind in (number, text)),
        *(op(name, number, number, number) for name in ("<", "<=")),
        *(op(name, kind) for name in ("!", "!!") for kind in (number, text, inner)),
        op("in", number, listed),
        op("in", WORDS, text.map(lambda rule: {"cat": ["a", rule]})),
        *(op(name, listed, body) for name in ("all", "some", "none")),
        branch(inner, inner),
    )


OUTSIDE = ("n", "o.n", "l.0")
ELEMENT = ("",)
MISSING = st.lists(st.sampled_from(["n", "t", "o.n", "o.x", "nope", "l.0", "l.9"]), max_size=4)
TYPED = st.one_of(
    *(kind(3, OUTSIDE) for kind in (numbers, texts, lists, conditions)),
    MISSING.map(lambda keys: {"missing": keys}),
    op("missing_some", st.integers(0, 4), MISSING),
)
RECORD = st.fixed_dictionaries(
    {
        "n": SMALL,
        "t": WORDS,
        "b": st.booleans(),
        "l": st.lists(SMALL, min_size=1, max_size=3),
        "o": st.fixed_dictionaries({"n": SMALL}),
    }
)


def close(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-12)
    return type(one) is type(other) and bool(one == other)


@settings(LAW, max_examples=share(1000))
@given(rule=TYPED, data=RECORD)
def test_two_implementations_agree_on_rules_whose_arguments_make_sense(rule: Json, data: Json) -> None:
    other = datalogic_py.apply(json.dumps(rule), json.dumps(data))
    assert close(apply(rule, data), other)


# --- Rules and trees.

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(SCALARS, variable((*PATHS, *INSIDE))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=3),
        st.tuples(st.sampled_from([*STANDARD, "nope"]), inner).map(lambda pair: {pair[0]: pair[1]}),
        st.tuples(st.sampled_from([*STANDARD]), st.lists(inner, max_size=4)).map(lambda pair: {pair[0]: pair[1]}),
    ),
    max_leaves=12,
)


def bare(node: Node) -> Node:
    """A tree without places: `{"!": [1]}` and `{"!": 1}` are one."""
    if isinstance(node, Literal):
        return Literal(node.value)
    if isinstance(node, Sequence):
        return Sequence(tuple(map(bare, node.items)))
    return Operation(node.name, tuple(map(bare, node.arguments)))


@LAW
@given(rule=ANYTHING)
def test_a_rule_written_from_its_tree_has_the_same_tree(rule: Json) -> None:
    written = unparse(parse(rule))
    assert repr(bare(parse(written))) == repr(bare(parse(rule)))
    assert repr(unparse(parse(written))) == repr(written)


@LAW
@given(rule=ANYTHING)
def test_every_node_is_at_its_place(rule: Json) -> None:
    for node in walk(parse(rule)):
        found: Any = rule
        for step in node.place:
            found = found[step]
        assert repr(bare(parse(found))) == repr(bare(node))


@settings(LAW, max_examples=share(2000))
@given(rule=ANYTHING, data=VALUES)
def test_a_rule_has_a_value_or_is_refused_and_nothing_else(rule: Json, data: Json) -> None:
    try:
        value = apply(rule, data)
    except LogicError:
        return
    json.dumps(value)


@pytest.mark.parametrize("count", range(5))
@pytest.mark.parametrize("operator", STANDARD)
def test_an_operator_has_a_value_or_is_refused_with_any_number_of_arguments(operator: str, count: int) -> None:
    try:
        value = apply({operator: [1] * count}, {})
    except LogicError:
        return
    json.dumps(value)
