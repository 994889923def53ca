"""A passage that somebody read, as a hash: nobody's text is copied, and whoever has it can prove that it is the one.

In: a text, or a file with it. Out: a SHA-256. It covers the text in UTF-8 with every run of white space (space, tab,
line feed, vertical tab, form feed, carriage return) as one space and none at either end; all else counts. In a shell:

    printf %s "$(tr -s '[:space:]' ' ' < quote.txt | sed 's/^ //; s/ $//')" | sha256sum
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from ....errors import InputError, Problem, UsageError
from ....source import Location
from ..progress import read_file

_SPACES: Final = re.compile(r"[ \t\n\v\f\r]+")
_HIDDEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What nobody who reads a passage sees: control characters, and what turns the direction of reading."""
LARGEST: Final = 1024 * 1024
"""Bytes of a passage in a file."""


def normalised(text: str) -> str:
    """What the hash covers."""
    return _SPACES.sub(" ", text).strip(" ")


def sha256_of(text: str) -> str:
    """The hash of a passage."""
    return hashlib.sha256(normalised(text).encode("utf-8")).hexdigest()


def quoted(quote: str | None, file: str | None) -> str | None:
    """The hash of the passage that a command line gives; None where it gives none.

    Raises:
        UsageError: it gives two, or one that is no passage.
        InputError: the file cannot be read, or is no text.
    """
    if quote is not None and file is not None:
        raise UsageError([Problem("--quote and --quote-file exclude each other", help="give one of them")])
    if file is not None:
        return _of_file(file)
    if quote is None:
        return None
    problem = mistake(quote, "--quote")
    if problem is not None:
        raise UsageError([problem])
    return sha256_of(quote)


def _of_file(path: str) -> str:
    where = Location(path, 1, 1)
    try:
        text = read_file(path, LARGEST).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError([Problem("not UTF-8", where, "save the passage as UTF-8 text")]) from None
    problem = mistake(text, "the passage", where)
    if problem is not None:
        raise InputError([problem])
    return sha256_of(text)


def mistake(text: str, what: str, where: Location | None = None) -> Problem | None:
    """Why a text is no passage that somebody can have read; None where it is one."""
    hidden = _HIDDEN.search(text)
    if hidden is not None:
        code = f"U+{ord(hidden.group()):04X}"
        return Problem(f"{what} has a character that nobody sees, {code}", where, "copy the passage as plain text")
    if not normalised(text):
        return Problem(f"{what} is empty", where, "copy the passage that says what the cell says")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return Problem(f"{what} is not UTF-8", where, "write it in UTF-8")
    return None
