"""What a text and a name are held against is what their schemas write."""

from __future__ import annotations

import re
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.model.text import PUBLISHED, Name, PlainName, Text, is_blank, is_plain

HELD = {kind: msgspec.inspect.type_info(kind).pattern for kind in (Text, Name, PlainName)}  # type: ignore[attr-defined]  # of texts
CHARACTERS = "ab*?\n \x00\x7f\xa0\xad\u034f\u1680\u200b\u2800\ufeff\uffa0\uff12é語\ud800"
BEYOND = {*range(0x1BCA0, 0x1BCA4), 0x1D159, *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000)}
"""What no font draws, and schemas cannot name."""


def test_each_is_held_against_a_pattern_that_schemas_write() -> None:
    assert set(PUBLISHED) == set(HELD.values())
    assert all(one.isascii() and one.isprintable() for one in PUBLISHED.values())


def test_every_character_alone_is_seen_or_not_as_schemas_have_it() -> None:
    whole = "".join(map(chr, range(sys.maxunicode + 1)))
    held, written = (re.compile(one) for one in (HELD[Text], PUBLISHED[HELD[Text]]))
    seen = {found.start() for found in held.finditer(whole)}
    assert {found.start() for found in written.finditer(whole)} - seen == BEYOND
    assert seen.isdisjoint(BEYOND)
    assert 1_100_000 < len(seen) < len(whole)


@pytest.mark.parametrize("kind", HELD, ids=["text", "name", "plain name"])
@given(st.text(st.sampled_from(CHARACTERS) | st.characters(max_codepoint=0xFFFF), max_size=6))
def test_any_text_fits_one_where_it_fits_the_other(kind: type[str], text: str) -> None:
    pattern = HELD[kind]
    fits = re.search(pattern, text) is not None
    assert fits == (re.search(PUBLISHED[pattern], text) is not None)
    if kind is Text:
        assert fits != is_blank(text)


@pytest.mark.parametrize("text", ["a", " a ", "\u200ba", "é", "*", "a?"])
def test_what_can_be_seen_is_a_text(text: str) -> None:
    assert msgspec.convert(text, Text) == text


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u2800\u00ad\ufeff", "\U000e0001"])
def test_what_shows_nothing_is_none(text: str) -> None:
    for kind in HELD:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, kind)


@pytest.mark.parametrize("text", ["*", "a*", "a?b"])
def test_a_glob_is_no_name(text: str) -> None:
    for kind in (Name, PlainName):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, kind)


@pytest.mark.parametrize("text", ["a", "chat completions", "GPT-5.6 Luna", "meta/llama:1", "é", "語"])
def test_name_of_which_a_reader_sees_all_is_plain(text: str) -> None:
    assert is_plain(text)
    assert msgspec.convert(text, PlainName) == text


@pytest.mark.parametrize(
    "text", ["a ", " a", "a  b", "a\n", "a\xa0b", "a\u200bb", "a\xad", "a\uff12", "\uff41", "\u2800a"]
)
def test_name_of_which_a_reader_does_not_see_all_is_none(text: str) -> None:
    assert not is_plain(text)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, PlainName)
