"""Which regions lie in which, against the lists of the treaties themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.evaluate.regions import within
from vendorgate.logic import UNKNOWN
from vendorgate.model.vocabulary import REGIONS, lies_in

EU = {"at", "be", "bg", "hr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "gr", "hu", "ie", "it", "lv", "lt", "lu", "mt"}
EU |= {"nl", "pl", "pt", "ro", "sk", "si", "es", "se"}
EU_TERRITORIES = {"gp", "re", "mq", "gf", "yt", "mf", "ax"}
"""The outermost regions (TFEU Art. 349) that have a code of their own, and Åland."""
EEA = EU | EU_TERRITORIES | {"is", "li", "no"}
COUNTRIES = sorted(region for region in REGIONS if len(region) == 2 and region != "eu")


def test_there_are_27_member_states_and_249_countries() -> None:
    assert len(EU) == 27
    assert len(COUNTRIES) == 249


@pytest.mark.parametrize("place", COUNTRIES)
def test_country_lies_where_the_treaties_say(place: str) -> None:
    assert within(place, "eu") is (place in EU | EU_TERRITORIES)
    assert within(place, "eea") is (place in EEA)
    assert within(place, "global") is True
    assert within(place, place) is True
    assert within("eu", place) is False
    assert within("global", place) is False


@pytest.mark.parametrize(
    ("place", "area", "expected"),
    [
        ("eu", "eu", True),
        ("eu", "eea", True),
        ("eea", "eu", False),
        ("eea", "global", True),
        ("global", "eu", False),
        ("global", "global", True),
        ("uk", "gb", True),
        ("gb", "uk", True),
        ("uk", "eu", False),
        ("ch", "eea", False),
        ("de", "fr", False),
        ("eu-west-1", "eu", UNKNOWN),
        ("de", "europe", UNKNOWN),
        (5, "eu", UNKNOWN),
        (None, "eu", UNKNOWN),
        ("de", ["eu"], UNKNOWN),
    ],
)
def test_areas_nest(place: object, area: object, expected: object) -> None:
    assert within(place, area) is expected  # type: ignore[arg-type]  # rules may say anything


WORDS = st.sampled_from([*("eu", "eea", "global", "uk", "gb", "de", "is", "gf", "us", "ch"), "nowhere"])


@given(place=WORDS, members=st.frozensets(WORDS, max_size=5))
def test_a_region_lies_in_a_group_where_it_lies_in_any_of_its_members(place: str, members: frozenset[str]) -> None:
    expected = None if place == "nowhere" else any(lies_in(place, member) for member in members)
    assert lies_in(place, "g", {"g": members}) is expected
