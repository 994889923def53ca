"""Text from inputs, made safe for a terminal and for the log of a CI system; the only place where that happens.

In: any text. Out: one line without control characters. Nothing that a file contains can move the cursor, change a
colour, reverse the reading direction, begin a line of its own, or be a command to whatever reads the log.
"""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""C0, C1, bidirectional and other invisible format controls, line and paragraph separators, lone surrogates, tags, and
what XML does not have."""
_COMMAND: Final = r"#(?<=##)(?=\w*\[)"
"""In `##[error]`, `##vso[…]`, `##teamcity[…]`: GitHub, Azure Pipelines and TeamCity obey them anywhere in a line."""
_FIRST: Final = r"\A:(?=:)"
"""In `::error::`, which GitHub obeys where a line begins with it."""


def escape(text: str) -> str:
    """The text in one line: white space runs become a space, unsafe characters and those that make a command their
    code."""
    if text.isprintable() and "  " not in text and "##" not in text and "::" not in text:
        return text.strip()  # nearly always; nothing unsafe is printable
    line = re.sub(_UNSAFE, _code, re.sub(r"[ \t\r\n]+", " ", text).strip())
    return re.sub(f"{_COMMAND}|{_FIRST}", _code, line)


def escape_source(text: str) -> str:
    """A line of source with its spacing kept, a tab as one space."""
    plain = text.replace("\t", " ")
    if "##" not in plain and plain.isprintable():
        return plain  # nearly always
    return re.sub(_COMMAND, _code, plain if plain.isprintable() else re.sub(_UNSAFE, _code, plain))


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
