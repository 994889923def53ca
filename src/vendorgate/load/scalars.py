"""Plain scalars of YAML to values: JSON's and no other, all else is text.

In: a scalar without quotes. Out: its value, or why people and programs read it differently.
"""

from __future__ import annotations

import math
import re
from typing import Final, Union

Scalar = Union[None, bool, int, float, str]

WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    "true": True,
    "false": False,
}
_BOOLEANS: Final = {
    **{word: "true" for lower in ("true", "yes", "on", "y") for word in (lower, lower.capitalize(), lower.upper())},
    **{word: "false" for lower in ("false", "no", "off", "n") for word in (lower, lower.capitalize(), lower.upper())},
}
"""What YAML 1.1 (https://yaml.org/type/bool.html) takes for booleans and YAML 1.2 for text."""
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"
"""RFC 8259, section 6."""
_OTHER_NUMBERS: Final = (
    r"[-+]?(?:0b[01_]+|0o[0-7]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
    r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
"""Numbers of YAML 1.1 and 1.2 (https://yaml.org/type/int.html, float.html; YAML 1.2.2, 10.3.2) that JSON lacks.

No run of digits can be divided in two ways, so that a long text that is none is refused in one pass."""
_FIRST_OF_NUMBERS: Final = frozenset("0123456789+-.")
REMARKABLE: Final = _FIRST_OF_NUMBERS | frozenset(word[0] for word in (*WORDS, *_BOOLEANS, "<<") if word)
"""First characters of plain scalars that may be something else than text."""
_SHOWN: Final = 40
"""Characters of a number that advice repeats."""
_MOST_DIGITS: Final = 15
"""Decimal digits that a double holds exactly (IEEE 754 binary64)."""


class Ambiguous(ValueError):
    """A scalar that is not read the same everywhere; carries the advice."""


class Unreadable(str):
    """A scalar that has been reported already, so that later checks skip it."""

    __slots__ = ()


def resolve(text: str) -> Scalar:
    """The value of a plain scalar.

    Raises:
        Ambiguous: a boolean or number in a spelling that is not JSON's, or one that no double holds.
    """
    if text in WORDS:
        return WORDS[text]
    if text in _BOOLEANS:
        raise Ambiguous(f'write {_BOOLEANS[text]}, or quote it: "{text}"')
    if text[:1] not in _FIRST_OF_NUMBERS:
        return text
    if text.isdigit() and text.isascii() and text[0] != "0" and len(text) <= _MOST_DIGITS:
        return int(text)
    if text[4:5] == text[7:8] == "-":  # a day, and no number has two such signs
        return text
    number = re.fullmatch(_NUMBER, text)
    if number is not None:
        return _number(text, whole=number[1] is None and number[2] is None)
    if re.fullmatch(_OTHER_NUMBERS, text):
        raise Ambiguous(f"write a plain decimal number, or {_quoting(text)}")
    return text


def _number(text: str, *, whole: bool) -> int | float:
    if whole and len(text.lstrip("-")) <= _MOST_DIGITS:
        return int(text)
    value = float(text)
    if value == 0 and re.match(r"-?[0.]*[1-9]", text):
        raise Ambiguous(f"a number so small is not told from 0; {_quoting(text)}")
    if whole or math.isinf(value):
        raise Ambiguous(f"a number so large is not exact; {_quoting(text)}")
    return value


def _quoting(text: str) -> str:
    return f'quote it: "{text}"' if len(text) <= _SHOWN else "quote it"
