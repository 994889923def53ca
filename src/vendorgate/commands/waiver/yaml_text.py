"""Waivers as YAML that a strict reader reads again as the same texts.

In: waivers. Out: lines, or one line in braces.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import UnsetType

from ...load.scalars import Ambiguous, resolve
from ...model.waiver import WaiverEntry

_ORDER: Final = (
    "policy",
    "project",
    "usage",
    "offering",
    "account",
    "vendor",
    "reason",
    "approved_by",
    "ticket",
    "expires",
    "fingerprint",
)
_PLAIN: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9@._/:-]*[A-Za-z0-9@._/-])?(?: [A-Za-z0-9@._/(),;-]+)*")
"""Texts that stay as they are on a line of their own."""
_SAFE: Final = re.compile(r"[a-z][a-z0-9.-]*")
"""Texts that stay as they are in braces."""


def lines(entry: WaiverEntry, indent: str = "", beside: int = 2) -> Iterator[str]:
    """A waiver as an entry of a list; `beside` is how far its keys stand to the right of the dash."""
    before = f"{indent}-{' ' * (beside - 1)}"
    for field, value in _fields(entry):
        yield f"{before}{field}: {_written(value, _PLAIN)}"
        before = f"{indent}{' ' * beside}"


def in_braces(entry: WaiverEntry, *, as_json: bool) -> str:
    """A waiver on one line; as JSON where the rest of the file is."""
    pairs = (f"{_key(field, as_json)}: {_in_braces(value, as_json)}" for field, value in _fields(entry))
    return "{" + ", ".join(pairs) + "}"


def _fields(entry: WaiverEntry) -> Iterator[tuple[str, str | datetime.date]]:
    for field in _ORDER:
        value = getattr(entry, field)
        if not isinstance(value, UnsetType):
            yield field, value


def plain(entry: WaiverEntry) -> dict[str, object]:
    """A waiver as a reader finds it in the file."""
    found: dict[str, object] = msgspec.to_builtins(entry)
    return found


def _key(field: str, as_json: bool) -> str:
    return f'"{field}"' if as_json else field


def _in_braces(value: str | datetime.date, as_json: bool) -> str:
    if as_json:
        return _quoted(str(value))
    return _written(value, _SAFE)


def _written(value: str | datetime.date, pattern: re.Pattern[str]) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if pattern.fullmatch(value) and _is_text(value) else _quoted(value)


def _is_text(value: str) -> bool:
    """Whether it is read as a text without quotes; a word such as `no` is not."""
    try:
        return resolve(value) == value
    except Ambiguous:
        return False


def _quoted(text: str) -> str:
    """In double quotes, with all that nobody sees escaped, and no command to the log of a CI system."""
    quoted = json.dumps(text, ensure_ascii=False).replace("##", "#\\u0023")
    return "".join(one if one.isprintable() else _code(ord(one)) for one in quoted)


def _code(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
