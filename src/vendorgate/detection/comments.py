"""Comments in code that ask for something found on their line to be suppressed.

In: lines that hold the word `vendorgate:`. Out: `Comment`s, with what is wrong where they are not as they should be:
`# vendorgate: ignore OFFERING until YYYY-MM-DD: reason`, after the mark by which a language begins a comment. Whether
one counts, the bundle says. Takes one pass over a line.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

import msgspec

from ..model.text import is_blank
from ..source import Location
from .model import Commented

_MARKS: Final = ("#", "//", "<!--", "--", "/*", "*")
"""What begins a comment, or a line of one."""
_ENDS: Final = ("-->", "*/")
_AROUND: Final = " \t{}"
"""What may stand around a comment that is alone on its line: braces are JSX's."""
_WORD: Final = "vendorgate:"
_IGNORE: Final = "ignore"
_UNTIL: Final = "until"
_LONGEST: Final = 100
"""Characters of a word that a message repeats."""


class Comment(msgspec.Struct, frozen=True):
    """A comment that asks for something to be suppressed."""

    location: Location
    for_line: int
    """Its own line, or where it stands alone the next that is no such comment."""
    offering: str = ""
    """An offering or a vendor, as findings call it; no glob."""
    until: datetime.date | None = None
    """The last day on which it is meant to count."""
    reason: str = ""
    wrong: str | None = None
    """What is not as it should be; None: all is."""


def comments_of(lines: Sequence[Commented]) -> tuple[Comment, ...]:
    """The comments of lines, in their order."""
    found: list[Comment] = []
    below: dict[tuple[str, int], int] = {}
    for line in sorted(lines, key=lambda one: (one.location.path, -one.location.line)):
        read = _comment(line)
        if read is None:
            continue
        comment, is_alone = read
        if is_alone:
            spot = line.location.path, line.location.line
            below[spot] = below.get((spot[0], spot[1] + 1), spot[1] + 1)
            comment = msgspec.structs.replace(comment, for_line=below[spot])
        found.append(comment)
    return tuple(sorted(found, key=lambda one: (one.location.path, one.location.line)))


def _comment(line: Commented) -> tuple[Comment, bool] | None:
    """The comment of a line, and whether nothing else stands on it; None where nothing is asked for."""
    before, word, after = line.text.partition(_WORD)
    said = after.split()
    mark = next((mark for mark in _MARKS if before.rstrip().endswith(mark)), None)
    if not word or mark is None or not said or said[0].lower().rstrip(":") != _IGNORE:
        return None
    text, rest = _divided(after)
    is_alone = not before.rstrip().removesuffix(mark).strip(_AROUND) and not rest.strip(_AROUND)
    return _read(line.location, text), is_alone


def _divided(text: str) -> tuple[str, str]:
    """What a comment says, and what stands behind it."""
    end = next((end for end in _ENDS if end in text), "\n")
    said, _, rest = text.partition(end)
    return said.strip(), rest


def _read(location: Location, text: str) -> Comment:
    head, colon, reason = text.partition(":")
    words = head.split()[1:]
    if not words or words[0].lower() == _UNTIL:
        return Comment(location, location.line, wrong="it does not say which offering")
    offering = words[0][:_LONGEST]
    if not words[2:] or words[1].lower() != _UNTIL:
        wrong = "it does not say until which day, as `until YYYY-MM-DD: reason`"
        return Comment(location, location.line, offering, wrong=wrong)
    until = _day(" ".join(words[2:]))
    if until is None:
        wrong = f"`{' '.join(words[2:])[:_LONGEST]}` is not a day"
        return Comment(location, location.line, offering, wrong=wrong)
    if not colon or is_blank(reason):
        return Comment(location, location.line, offering, until, wrong="it does not say why, as `: reason` at its end")
    return Comment(location, location.line, offering, until, reason.strip())


def _day(text: str) -> datetime.date | None:
    try:
        return msgspec.convert(text, datetime.date)
    except msgspec.ValidationError:
        return None
