"""Whether two globs can mean the same text: held to all short texts, and to simple examples."""

from __future__ import annotations

from itertools import product

import pytest

from tests.thoroughness import thorough
from vendorgate.logic.functions import matches_glob
from vendorgate.logic.meeting import meets

LONGEST = 4 if thorough() else 3
TEXTS = ["".join(letters) for length in range(2 * LONGEST + 1) for letters in product("ab", repeat=length)]
"""A text that fits two globs, and is the shortest, takes no more letters than both have together."""
GLOBS = ["".join(letters) for length in range(LONGEST + 1) for letters in product("ab*?", repeat=length)]


def test_globs_meet_where_a_text_fits_both() -> None:
    fitting = {glob: frozenset(text for text in TEXTS if matches_glob(text, glob)) for glob in GLOBS}
    for one, other in product(GLOBS, repeat=2):
        assert meets(one, other) is not fitting[one].isdisjoint(fitting[other]), (one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("gpt-4o", "gpt-*", True),
        ("*-preview", "gpt-*", True),
        ("GPT-*", "gpt-*", False),
        ("dal-e-?", "dall-e-*", False),
        ("us-gob-*", "us-gov-west-1", False),
        ("**", "", True),
        ("[a]*", "a", False),
        ("a" * 9_000 + "*", "*" + "b" * 9_000, True),
    ],
)
def test_examples(one: str, other: str, expected: bool) -> None:
    assert meets(one, other) is expected
