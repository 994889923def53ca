"""Globs of paths and of OWNER/NAME: `*` and `?` stay within a segment, `**` crosses.

In: a text of segments and a glob. Out: whether it fits. All else, brackets too, stands for itself, and nothing is
normalized: two spellings of one letter are two names. Takes one step for each pair of a character and a place of the
glob, whatever stands in either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

_ONE: Final = "?"
"""One character of a segment."""
_RUN: Final = "*"
"""Characters of one segment, however many."""
_ALL: Final = "**"
"""Characters and slashes, however many."""
_MAYBE: Final = "**/"
"""Stands before `**` and `/`, which may both be left out: no segment, or some whole ones."""


def fits(text: str, glob: str) -> bool:
    """Whether a glob fits a text from its first character to its last."""
    tokens = _tokens(glob)
    places = _reached((0,), tokens)
    for character in text:
        places = _reached(_after(places, tokens, character), tokens)
        if not places:
            return False
    return len(tokens) in places


@lru_cache(maxsize=4_096)
def _tokens(glob: str) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    while at < len(glob):
        if glob.startswith(_MAYBE, at) and (at == 0 or glob[at - 1] == "/"):
            found.extend((_MAYBE, _ALL, "/"))
            at += 3
        elif glob.startswith(_ALL, at):
            found.append(_ALL)
            at += 2
        else:
            found.append(glob[at])
            at += 1
    return tuple(found)


def _reached(places: Iterable[int], tokens: tuple[str, ...]) -> set[int]:
    """Places, and those that no further character leads to."""
    found: set[int] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        found.add(place)
        token = tokens[place] if place < len(tokens) else ""
        if token in (_RUN, _ALL):
            waiting.append(place + 1)
        elif token == _MAYBE:
            waiting.extend((place + 1, place + 3))
    return found


def _after(places: Iterable[int], tokens: tuple[str, ...], character: str) -> Iterator[int]:
    """The places that a character leads to."""
    for place in places:
        token = tokens[place] if place < len(tokens) else ""
        if token == _ALL or (token == _RUN and character != "/"):
            yield place
        elif token == character or (token == _ONE and character != "/"):
            yield place + 1
