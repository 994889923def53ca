"""Rules and values in words, one line each."""

from __future__ import annotations

from typing import Any

import pytest

from vendorgate.logic import Json, parse
from vendorgate.logic.wording import Wording, and_more, count, few, value_words

WORDS = Wording({"covered": "{0} is covered", "within": "{0} lies within {1}"})
A, B = {"var": "a"}, {"var": "b.c"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (A, "a"),
        ({"var": ["b.c", 5]}, "b.c"),
        ({"var": ""}, "it"),
        ({"var": None}, "null"),
        ("text", "`text`"),
        (["x", A, [1]], "[`x`, a, [1]]"),
        ([], "[]"),
        ({"==": [A, "us"]}, "a == `us`"),
        ({"!==": [A, None]}, "a !== null"),
        ({"<": [1, A, 3]}, "1 < a < 3"),
        ({"+": [A, B]}, "a + b.c"),
        ({"-": [A]}, "-(a)"),
        ({"in": [A, ["x", "y"]]}, "a in [`x`, `y`]"),
        ({"subset": [A, B]}, "a is a subset of b.c"),
        ({"disjoint": [A, B]}, "a shares nothing with b.c"),
        ({"matches": [A, "x*"]}, "a matches `x*`"),
        ({"known": "a"}, "a is known"),
        ({"!": A}, "not (a)"),
        ({"not": [{"==": [A, 1]}]}, "not (a == 1)"),
        ({"!!": A}, "a"),
        ({"covered": "hipaa_baa"}, "hipaa_baa is covered"),
        ({"within": [A, "eu"]}, "a lies within eu"),
        ({"and": [A, B]}, "a and b.c"),
        ({"and": [A]}, "and(a)"),
        ({"or": [{"and": [A, B]}, A]}, "(a and b.c) or a"),
        ({"and": [{"or": [A, B]}, {"==": [A, 1]}]}, "(a or b.c) and a == 1"),
        ({"==": [{"and": [A, B]}, True]}, "(a and b.c) == true"),
        ({"if": [A, "x", B]}, "if(a, `x`, b.c)"),
        ({"some": [A, {"==": [{"var": ""}, 1]}]}, "some(a, it == 1)"),
        ({"max": [1, 2]}, "max(1, 2)"),
    ],
)
def test_a_rule_is_a_line_of_words(rule: Json, words: str) -> None:
    assert WORDS.words(parse(rule)) == words


@pytest.mark.parametrize(
    ("rule", "words"), [("text", "text"), (5, "5"), (A, "a"), ({"==": [A, "x"]}, "a == `x`"), (["x"], "[`x`]")]
)
def test_a_text_among_words_has_no_quotes(rule: Json, words: str) -> None:
    assert WORDS.bare(parse(rule)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x", "`x`"),
        (["x", 1, ["y"]], "[`x`, 1, [`y`]]"),
        ([], "[]"),
        ({"a": 1}, "an object"),
        (None, "null"),
        (True, "true"),
        (1.0, "1"),
        (0.5, "0.5"),
    ],
)
def test_a_value_is_shown_as_a_reader_knows_it(value: Any, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (-1, "-1 days")], ids=lambda one: str(one)
)
def test_a_number_stands_with_its_noun(number: int, words: str) -> None:
    assert count(number, "day") == words


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert (count(1, "policy", "policies"), count(2, "policy", "policies")) == ("1 policy", "2 policies")


def test_a_few_words_are_shown_and_the_others_counted() -> None:
    assert few(["a", "b"], 2) == "a, b"
    assert few(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert few(["a", "b", "c"], 2, "more names") == "a, b and 1 more names"
    assert few([], 2) == ""
    assert and_more("a", 0) == "a"
