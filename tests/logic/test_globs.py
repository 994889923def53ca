"""The globs of many things at once: what each of them would say by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.logic import globs
from vendorgate.logic.functions import matches_glob
from vendorgate.logic.globs import Globs, SameObject, bits, names_any, places

TEXTS = st.text("ab*?é", max_size=6)
THINGS = st.lists(st.lists(TEXTS, max_size=3), max_size=12)


@given(THINGS, st.lists(TEXTS, max_size=6))
def test_things_that_a_text_names_are_those_of_which_a_glob_fits(things: list[list[str]], texts: list[str]) -> None:
    index = Globs(things)
    for text in [*texts, *texts]:  # the second time from what is remembered
        one_by_one = [place for place, those in enumerate(things) if any(matches_glob(text, glob) for glob in those)]
        assert list(places(index.naming(text))) == one_by_one


@given(st.sets(st.integers(0, 300)))
def test_places_of_bits_are_those_that_were_set_from_the_lowest(these: set[int]) -> None:
    assert list(places(bits(these))) == sorted(these)
    assert bits(these) == sum(1 << place for place in these)


THINGS_NAMED: tuple[list[str], ...] = (
    ["*"],
    ["billing-*", "billing-api"],
    ["*-api"],
    ["?"],
    ["x*i", "no"],
    ["*l*g*"],
    [],
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("billing-api", [0, 1, 2, 5]),
        ("billing", [0, 5]),
        ("x-api", [0, 2, 4]),
        ("x", [0, 3]),
        ("*", [0, 3]),
        ("no", [0, 4]),
        ("", [0]),
        ("api", [0]),
    ],
)
def test_names_and_globs_are_found_by_how_they_begin_and_end(text: str, named: list[int]) -> None:
    assert list(places(Globs(THINGS_NAMED).naming(text))) == named


def test_nothing_is_named_where_there_is_nothing() -> None:
    assert Globs([]).naming("a") == 0
    assert Globs([[], []]).naming("a") == 0
    assert list(places(0)) == []


def test_more_texts_than_are_remembered_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(globs, "_REMEMBERED", 2)
    index = Globs([["a*"], ["b"], ["*c"]])
    for _ in range(2):
        assert [list(places(index.naming(text))) for text in ("ac", "b", "c", "d")] == [[0, 2], [1], [2], []]
    many = tuple(f"m-{index}*" for index in range(40))
    for _ in range(2):
        assert [names_any(name, many) for name in ("m-1", "m-39x", "m-", "m-7*", "n")] == [
            True,
            True,
            False,
            True,
            False,
        ]


@pytest.mark.parametrize("count", [0, 1, 31, 32, 100])
def test_name_is_among_few_globs_and_among_many(count: int) -> None:
    listed = tuple(f"m-{index}*" if index % 2 else f"m-{index}" for index in range(count))
    for name in ("m-0", "m-1", "m-1-x", "m-31x", "m-99", "m-98x", "other"):
        assert names_any(name, listed) == any(matches_glob(name, glob) for glob in listed)


@given(st.lists(TEXTS, min_size=1, max_size=60), TEXTS, st.sampled_from([1, 40, 600]))
def test_name_is_among_globs_where_one_of_them_fits(listed: list[str], name: str, times: int) -> None:
    globs = tuple(listed * times)
    assert names_any(name, globs) == any(matches_glob(name, glob) for glob in listed)
    assert names_any(listed[0], globs)


def test_many_globs_that_are_written_twice_are_looked_at_by_themselves() -> None:
    one, other = (SameObject(tuple(f"m-{index}" for index in range(40))) for _ in range(2))
    assert one.value == other.value
    assert one != other
    assert one == SameObject(one.value)
    assert hash(one) == hash(SameObject(one.value))
