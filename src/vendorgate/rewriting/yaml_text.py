"""Values as YAML that a strict reader reads again as the same values.

In: plain values. Out: lines, or one line in braces and brackets.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..logic import Json
from ..logic.days import is_date

_SHORT: Final = 80
"""Characters of a list that stands on the line of its key."""
_LONG: Final = 100
"""Characters of a text that no longer stands on the line of its key."""
_IN_BRACES: Final = re.compile(
    r"https://[A-Za-z0-9._~/%#=-]+|[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?(?: [A-Za-z0-9(][A-Za-z0-9._/()-]*)*"
)
"""Texts that stay as they are in braces, and as keys."""
_ON_A_LINE: Final = re.compile(
    rf"{_IN_BRACES.pattern}|[A-Za-z](?:[A-Za-z0-9@._/:-]*[A-Za-z0-9@._/-])?(?: [A-Za-z0-9@._/(),;-]+)*"
)
"""Texts that stay as they are on a line of their own."""
_FOLDED: Final = re.compile(r"[A-Za-z0-9(][!-~]*(?: [A-Za-z0-9(`][!-~]*)+")
"""Texts that can go on below: no line of theirs begins with what a CI system takes for a command."""
_WORDS: Final = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
"""What YAML 1.1 or 1.2 takes for something else than a text."""


def mapping_lines(value: Mapping[str, Json]) -> Iterator[str]:
    """A mapping that is not empty, one pair below the other."""
    for name, inner in value.items():
        yield from _pair(_scalar(name, _IN_BRACES), inner)


def entry_lines(value: Json, beside: int = 2) -> Iterator[str]:
    """A value as an entry of a list; `beside` is how far what is in it stands to the right of the dash."""
    before = f"-{' ' * (beside - 1)}"
    for line in _value_lines(value):
        yield f"{before}{line}" if line else ""
        before = " " * beside


def in_flow(value: Json, *, as_json: bool = False) -> str:
    """A value on one line, in braces or brackets where it is a collection; as JSON where the rest of the file is."""
    if isinstance(value, dict):
        return "{" + pairs_in_flow(value, as_json=as_json) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_flow(one, as_json=as_json) for one in value) + "]"
    return _quoted(value) if as_json and isinstance(value, str) else _scalar(value, _IN_BRACES)


def pairs_in_flow(value: Mapping[str, Json], *, as_json: bool = False) -> str:
    """The same of a mapping, without its braces."""
    pairs = ((in_flow(name, as_json=as_json), in_flow(inner, as_json=as_json)) for name, inner in value.items())
    return ", ".join(f"{name}: {inner}" for name, inner in pairs)


def _value_lines(value: Json) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield from mapping_lines(value)
    elif isinstance(value, list) and not _is_short(value):
        for one in value:
            yield from entry_lines(one)
    elif isinstance(value, (dict, list)):
        yield in_flow(value)
    else:
        yield _scalar(value, _ON_A_LINE)


def _pair(name: str, value: Json) -> Iterator[str]:
    """A pair: what does not fit beside its key goes below it."""
    if isinstance(value, (dict, list)) and value and not (isinstance(value, list) and _is_short(value)):
        yield f"{name}:"
        yield from _deeper(_value_lines(value))
    elif isinstance(value, str) and len(value) > _LONG and _FOLDED.fullmatch(value) and "##" not in value:
        yield f"{name}: >-"
        yield from _deeper(textwrap.wrap(value, _LONG, break_long_words=False, break_on_hyphens=False))
    else:
        yield f"{name}: {next(_value_lines(value))}"


def _deeper(lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _is_short(value: list[Json]) -> bool:
    return not any(isinstance(one, (dict, list)) for one in value) and len(in_flow(value)) <= _SHORT


def _scalar(value: Json, pattern: re.Pattern[str]) -> str:
    """A scalar; what looks like something else than a text is quoted."""
    if not isinstance(value, str):
        return json.dumps(value)
    if is_date(value) or (pattern.fullmatch(value) and value.lower() not in _WORDS):
        return value
    return _quoted(value)


def _quoted(text: str) -> str:
    """In double quotes, with all that nobody sees escaped, and no command to the log of a CI system."""
    quoted = json.dumps(text, ensure_ascii=False).replace("##", "#\\u0023")
    return "".join(one if one.isprintable() else _code(ord(one)) for one in quoted)


def _code(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
