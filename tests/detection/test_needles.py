"""Which files are parsed at all: none that names somebody is passed over."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.known import shipped_catalogue
from vendorgate.detection.needles import (
    _factored,
    _shortest,
    by_automaton,
    by_expression,
    hits,
    tells_by_itself,
)

WORDS = st.sets(st.text("abcd.-", min_size=1, max_size=6), min_size=1, max_size=20)


@given(WORDS, st.text("abcd.-x", max_size=60))
def test_the_tree_finds_what_a_plain_search_finds(words: set[str], text: str) -> None:
    found = re.search(_factored(_shortest(words)), text) is not None
    assert found is any(word in text for word in words)


@given(WORDS)
def test_every_word_is_found_in_itself(words: set[str]) -> None:
    search = re.compile(_factored(_shortest(words))).search
    assert all(search(f"…{word}…") for word in words)


def test_whatever_somebody_is_known_by_is_a_hit() -> None:
    known = shipped_catalogue()
    is_hit = hits(known)
    names = [name for _, name in known.packages] + [module for _, module in known.modules] + [*known.variables]
    names += [symbol for _, symbol in known.symbols if tells_by_itself(symbol)] + [*known.actions]
    names += [
        ".".join(pattern.labels).replace("{region}", "eu-west-1") for hosts in known.hosts.values() for pattern in hosts
    ]
    missed = [name for name in names if len(name) > 2 and not is_hit(f"x {name.rstrip('*').upper()} y".encode())]
    assert not missed


def test_a_file_about_something_else_is_none() -> None:
    assert not hits(shipped_catalogue())(b"def total(prices):\n    return sum(price.amount for price in prices)\n")


@given(WORDS, st.binary(max_size=40) | st.text("abcd.-xé", max_size=60).map(str.encode), st.integers(1, 70))
def test_both_searches_find_the_same(words: set[str], data: bytes, stretch: int) -> None:
    kept = _shortest(words)
    automaton = by_automaton(kept, stretch)
    assert automaton is not None, "vendorgate[detect] is installed for tests"
    assert automaton(data) == by_expression(kept)(data) == any(word.encode() in data for word in words)


@pytest.mark.parametrize("word", ["a", "ab", "openai", "é…"])
def test_word_is_found_wherever_a_stretch_ends(word: str) -> None:
    for length in range(1, 9):
        search = by_automaton({word, "api"}, length)
        assert search is not None
        for before in range(9):
            assert search(b"-" * before + word.encode() + b"-")
            assert not search(b"-" * before + word.encode()[:-1] + b"-")


def test_capital_letters_are_no_other_words_with_either_search(monkeypatch: pytest.MonkeyPatch) -> None:
    known = shipped_catalogue()
    for installed in (True, False):
        if not installed:
            monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
            assert by_automaton({"a"}) is None
        is_hit = hits(known)
        assert is_hit(b"x OpenAI y")
        assert is_hit(b"x OPENAI_API_KEY")
        assert not is_hit(b"x OpenA I y \xc3\x84")


@pytest.mark.parametrize(
    "text",
    [
        b"from .vendor import client\nclient.responses.create(input='hello')",
        b"client.Messages.New(ctx)",
        b"await bedrock.invoke_model(body=body)",
        b"reply = model.generateContent(text)",
        b"MODEL = 'claude-sonnet-4-5'",
        b"MODEL = 'gemini-3-pro'",
    ],
)
def test_a_call_that_only_clients_have_and_a_model_are_hits(text: bytes) -> None:
    assert hits(shipped_catalogue())(text)
