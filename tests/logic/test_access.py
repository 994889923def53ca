"""How `var`, `missing`, `missing_some` and `known` read data in which something is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from vendorgate.logic import (
    GENERAL,
    SOME_TRUE,
    UNKNOWN,
    Compiler,
    Evaluator,
    Json,
    LogicError,
    Operator,
    Value,
    constant,
    parse,
)

FACTS: dict[str, Any] = {"stated": "yes", "empty": "", "null": None, "list": [{"p": 1}, {}], "open": SOME_TRUE}


def read(path: str) -> Evaluator[object]:
    """A reader as a caller brings it: whole paths, an unknown where there is nothing."""
    return constant(FACTS.get(path, UNKNOWN))


def with_reader(rule: Json) -> Value:
    return Compiler(GENERAL, missing=UNKNOWN, read=read).compile(parse(rule))({"stated": "by the data"}, None)


def without_reader(rule: Json, data: Json) -> Value:
    return Compiler(GENERAL, missing=UNKNOWN).compile(parse(rule))(data, None)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"var": "stated"}, "yes"),
        ({"var": ["stated", "default"]}, "yes"),
        ({"var": ["null", "default"]}, None),
        ({"var": ["empty", "default"]}, ""),
        ({"var": ["nothing", "default"]}, "default"),
        ({"var": ["nothing", {"var": "stated"}]}, "yes"),
        ({"var": ["nothing", {"var": "nothing"}]}, UNKNOWN),
        ({"var": "nothing"}, UNKNOWN),
        ({"var": ["open", False]}, SOME_TRUE),
        ({"known": "stated"}, True),
        ({"known": "nothing"}, False),
        ({"known": "open"}, False),
        ({"known": ["nothing", "default"]}, False),
        ({"missing": ["stated", "null", "empty"]}, ["null", "empty"]),
        ({"missing": ["null", "nothing"]}, UNKNOWN),
        ({"missing_some": [1, ["stated", "null"]]}, []),
        ({"missing_some": [2, ["stated", "null"]]}, ["null"]),
        ({"missing_some": [1, ["stated", "nothing"]]}, UNKNOWN),
        ({"missing_some": [{"var": "nothing"}, ["stated"]]}, UNKNOWN),
        ({"missing_some": [1, {"var": "nothing"}]}, UNKNOWN),
        ({"missing_some": [1, "null"]}, ["null"]),
    ],
)
def test_a_reader_answers_for_the_outermost_data(rule: Json, value: Value) -> None:
    assert with_reader(rule) == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"map": [{"var": "list"}, {"var": ["p", "default"]}]}, [1, "default"]),
        ({"map": [[1], {"var": "stated"}]}, SOME_TRUE),
        ({"map": [[{"var": "stated"}], {"var": ""}]}, ["yes"]),
        ({"filter": [{"var": "list"}, {"known": "p"}]}, [{"p": 1}]),
    ],
)
def test_a_reader_does_not_answer_inside_an_iteration(rule: Json, value: Value) -> None:
    assert with_reader(rule) == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"var": {"var": "u"}}, UNKNOWN),
        ({"var": [{"var": "u"}, "default"]}, UNKNOWN),
        ({"var": [{"cat": ["a", ".b"]}]}, 2),
        ({"var": [{"cat": ["a", ".c"]}]}, UNKNOWN),
        ({"var": [{"cat": ["a", ".c"]}, "default"]}, "default"),
        ({"var": ["a.c", "default"]}, "default"),
        ({"var": {"cat": ""}}, {"a": {"b": 2}}),
        ({"missing": [{"var": "u"}]}, UNKNOWN),
        ({"missing": ["a", {"cat": ["a", ".b"]}]}, []),
        ({"known": "a.b"}, True),
        ({"known": "a.b.c"}, False),
    ],
)
def test_a_path_that_leads_nowhere_is_unknown(rule: Json, value: Value) -> None:
    assert without_reader(rule, {"a": {"b": 2}}) == value


def test_what_is_inside_an_unknown_is_unknown() -> None:
    assert without_reader({"reduce": [[1], {"var": "accumulator.a.b"}, {"var": "u"}]}, {}) is UNKNOWN
    assert without_reader({"reduce": [[1], {"var": ["accumulator.a", 5]}, {"var": "u"}]}, {}) is UNKNOWN


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("ab", "a.1", "b"),
        ("\U0001d11e", "a.length", 2),
        ("\U0001d11e", "a.0", "\ud834"),
        ("\U0001d11e", "a.1", "\udd1e"),
        ("é\ud834", "a.1", "\ud834"),
        ("é", "a.1", UNKNOWN),
        ("é", "a.01", UNKNOWN),
        ("ab", "a.00", UNKNOWN),
        ("ab", "a.-1", UNKNOWN),
        ("ab", "a.size", UNKNOWN),
        ("ab", "a.²", UNKNOWN),
    ],
)
def test_a_text_has_a_length_and_its_code_units_in_utf_16(text: str, path: str, value: Value) -> None:
    assert without_reader({"var": path}, {"a": text}) == value


CONTEXT: Json = {"context": []}
"""An operator that gives its context."""


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"cat": [CONTEXT]}, "c"),
        ({"cat": [CONTEXT, "!"]}, "c!"),
        ({"cat": ["!", CONTEXT]}, "!c"),
        ({"var": CONTEXT}, "by its context"),
        ({"var": [CONTEXT, "default"]}, "by its context"),
        ({"var": ["nothing", CONTEXT]}, "c"),
        ({"missing": ["c", {"if": [CONTEXT, "d", "c"]}]}, ["d"]),
        ({"missing_some": [CONTEXT, ["d"]]}, ["d"]),
        ({"missing_some": [1, [{"if": [CONTEXT, "d", "c"]}]]}, ["d"]),
        ({"map": [[CONTEXT], {"var": ""}]}, ["c"]),
        ({"map": [[1], CONTEXT]}, ["c"]),
        ({"filter": [[CONTEXT], True]}, ["c"]),
        ({"filter": [[1], CONTEXT]}, [1]),
        ({"reduce": [[CONTEXT], {"var": "current"}, 0]}, "c"),
        ({"reduce": [[1], CONTEXT, 0]}, "c"),
        ({"reduce": [[], 1, CONTEXT]}, "c"),
        ({"some": [[CONTEXT], {"==": [{"var": ""}, "c"]}]}, True),
        ({"some": [[1], {"==": [CONTEXT, "c"]}]}, True),
        ({"if": [CONTEXT, CONTEXT, 0]}, "c"),
        ({"if": [{"var": "nothing"}, CONTEXT, CONTEXT]}, "c"),
        ({"and": [CONTEXT]}, "c"),
        ({"or": [CONTEXT]}, "c"),
        ({"!": CONTEXT}, False),
        ({"!!": CONTEXT}, True),
        ([CONTEXT], ["c"]),
    ],
)
def test_the_context_reaches_what_is_inside_every_operator(rule: Json, value: Value) -> None:
    operators = {**GENERAL, "context": Operator(0, 0, lambda operation, compiler: lambda data, context: context)}
    assert Compiler(operators, missing=UNKNOWN).compile(parse(rule))({"c": "by its context", "d": None}, "c") == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"missing_some": [{"var": "one"}, ["x", "y"]]}, []),
        ({"missing_some": [1, {"var": "paths"}]}, ["z"]),
        ({"if": [{"var": "u"}, {"var": "x"}, {"var": "one"}]}, 1),
        ({"if": [{"var": "u"}, {"var": "x"}, {"var": "u"}, 2, {"var": "one"}]}, SOME_TRUE),
        ({"if": [{"var": "u"}, {"var": "x"}, {"var": "u"}, 1, {"var": "one"}]}, 1),
    ],
)
def test_the_data_reach_what_is_inside_an_operator(rule: Json, value: Value) -> None:
    assert without_reader(rule, {"one": 1, "x": 1, "y": None, "z": None, "paths": ["z"]}) == value


def test_data_and_context_reach_a_reader_and_the_default_of_what_it_does_not_find() -> None:
    def data_of(path: str) -> Evaluator[object]:
        return lambda data, context: UNKNOWN if path == "nothing" else [data, str(context)]

    compiler = Compiler(GENERAL, missing=UNKNOWN, read=data_of)
    assert compiler.compile(parse({"var": ["a", "default"]}))("data", "context") == ["data", "context"]
    assert compiler.compile(parse({"var": ["nothing", {"var": "a"}]}))("data", "context") == ["data", "context"]


def test_missing_some_without_a_list_of_paths_has_no_meaning() -> None:
    with pytest.raises(LogicError, match=r"^`missing_some` needs a number and a list of paths$"):
        without_reader({"missing_some": [1]}, {})


def test_the_context_reaches_every_evaluator() -> None:
    def context_of(path: str) -> Evaluator[object]:
        return lambda data, context: [path, str(context)]

    rule = parse({"and": [{"some": [[1], True]}, {"var": "a"}]})
    assert Compiler(GENERAL, missing=UNKNOWN, read=context_of).compile(rule)(None, "context") == ["a", "context"]
