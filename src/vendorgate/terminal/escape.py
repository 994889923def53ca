"""Text from inputs, made safe for a terminal; the only place where that happens.

In: any text. Out: one line without control characters. Nothing that a file contains can move the cursor, change a
colour, reverse the reading direction or begin a line of its own.
"""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""C0, C1, bidirectional and other invisible format controls, line and paragraph separators, lone surrogates, tags."""


def escape(text: str) -> str:
    """The text in one line: white space runs become a space, unsafe characters their code."""
    if text.isprintable() and "  " not in text:  # nearly always; nothing unsafe is printable
        return text.strip()
    return re.sub(_UNSAFE, _code, re.sub(r"[ \t\r\n]+", " ", text).strip())


def escape_source(text: str) -> str:
    """A line of source with its spacing kept, a tab as one space."""
    plain = text.replace("\t", " ")
    return plain if plain.isprintable() else re.sub(_UNSAFE, _code, plain)


def _code(match: re.Match[str]) -> str:
    number = ord(match.group())
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def width(text: str) -> int:
    """Columns that an escaped text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # slow to import, and most text is ASCII

    columns = {"W": 2, "F": 2}
    return sum(0 if combining(character) else columns.get(east_asian_width(character), 1) for character in text)
