"""Changes of a text at its places.

In: a text, edits. Out: the text with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import yaml

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Unclear(Exception):
    """Written in a way in which a part cannot be changed by itself."""


class TextEdit(msgspec.Struct, frozen=True, order=True):
    """What stands between two places, and what shall; of several at one place the first rank comes first."""

    start: int
    end: int
    rank: int
    text: str
    """Its lines end with `\\n`, however those of the file do."""


def edited(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with all edits; line breaks are those of the text.

    Raises:
        Unclear: two of them concern the same part.
    """
    ending = line_break(text)
    parts, at = [], 0
    for edit in sorted(edits):
        if edit.start < at:
            raise Unclear
        parts += [text[at : edit.start], edit.text.replace("\n", ending)]
        at = edit.end
    return "".join((*parts, text[at:]))


def line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def next_line(text: str, at: int) -> int:
    """Where the line after the one of a place begins."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
