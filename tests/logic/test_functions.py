"""The relations that the standard does not have, `subset`, `disjoint` and `matches`, against plain definitions."""

from __future__ import annotations

import re
from itertools import product

import pytest

from vendorgate.logic import GENERAL, UNKNOWN, Compiler, Json, Value, parse
from vendorgate.logic.functions import matches_glob


def evaluate(rule: Json) -> Value:
    return Compiler(GENERAL, missing=UNKNOWN).compile(parse(rule))({}, None)


LISTS: list[list[Json]] = [[], ["a"], ["b"], ["a", "b"], ["a", "a"], ["b", "c"], ["c", "b", "a"]]


@pytest.mark.parametrize(("left", "right"), [*product(LISTS, LISTS)])
def test_lists_relate_as_sets_do(left: list[Json], right: list[Json]) -> None:
    assert evaluate({"subset": [left, right]}) is (set(map(str, left)) <= set(map(str, right)))
    assert evaluate({"disjoint": [left, right]}) is set(map(str, left)).isdisjoint(map(str, right))


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"subset": [[1], [1.0]]}, True),
        ({"subset": [[1], ["1"]]}, False),
        ({"subset": [[1], [True]]}, False),
        ({"subset": [[None], ["null"]]}, False),
        ({"subset": [[10**400], [10**401]]}, True),
        ({"subset": [[{"%": [1, 0]}], [{"%": [1, 0]}]]}, False),
        ({"disjoint": [[{"%": [1, 0]}], [{"%": [1, 0]}]]}, True),
        ({"subset": [[["a"]], [["a"]]]}, False),
        ({"subset": [[1, "a"], ["a", 1, "b"]]}, True),
        ({"disjoint": [[0], [False]]}, True),
        ({"subset": [[None], [None]]}, True),
        ({"subset": ["a", ["a"]]}, UNKNOWN),
        ({"subset": [["a"], "a"]}, UNKNOWN),
        ({"subset": [None, []]}, UNKNOWN),
        ({"disjoint": [["a"], {}]}, UNKNOWN),
        ({"disjoint": [1, 2]}, UNKNOWN),
        ({"matches": [1, "1"]}, UNKNOWN),
        ({"matches": ["1", 1]}, UNKNOWN),
        ({"matches": [["a"], "a"]}, UNKNOWN),
        ({"matches": [None, "*"]}, UNKNOWN),
    ],
)
def test_items_are_compared_without_coercion_and_the_wrong_kind_is_unknown(rule: Json, value: Value) -> None:
    assert evaluate(rule) is value


TEXTS = ["".join(letters) for length in range(5) for letters in product("ab", repeat=length)]
GLOBS = ["".join(letters) for length in range(6) for letters in product("ab*?", repeat=length)]


@pytest.mark.parametrize("start", ["", "a", "b", "*", "?"])
def test_a_glob_matches_what_its_regular_expression_does(start: str) -> None:
    wrong = []
    for glob in (glob for glob in GLOBS if glob[:1] == start):
        pattern = re.compile(glob.replace("*", ".*").replace("?", "."))
        for text in TEXTS:
            if matches_glob(text, glob) is not bool(pattern.fullmatch(text)):
                wrong.append((text, glob))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "glob", "value"),
    [
        ("[a]", "[a]", True),
        ("a", "[a]", False),
        ("gpt-4.1", "gpt-4.1", True),
        ("gpt-4x1", "gpt-4.1", False),
        ("a\\b", "a\\b", True),
        ("a\nb", "a*b", True),
        ("A", "a", False),
        ("é", "?", True),
        ("\U0001d11e", "?", True),
        ("a" * 5_000, "*a" * 1_000 + "*b", False),
        ("a" * 5_000, "*?a" * 1_000 + "*", True),
        ("a" * 10_000, "*" + "?a" * 4_999 + "b*", False),
        ("a" * 10_000, "*" + "a?" * 4_000 + "*b", False),
        ("a" * 9_999 + "b", "*" + "a?" * 4_000 + "*b", True),
    ],
)
def test_all_else_stands_for_itself(text: str, glob: str, value: bool) -> None:
    assert evaluate({"matches": [text, glob]}) is value
