"""Texts, names, days and identifiers as OSCAL's data types have them; the only place that escapes for OSCAL.

In: any text, any day. Out: what the type's pattern takes. Markdown in a text of an input means nothing but itself.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from ..terminal.escape import escape
from .resources import HOME, end_of, instant

Part: TypeAlias = dict[str, object]
OSCAL: Final = "1.2.3"
"""The version that documents are written in."""
NAMESPACE: Final = f"{HOME}/ns/oscal"
"""Of properties of ours."""
_IDS: Final = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_CODE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>~^{}|&$])")
_AT_THE_START: Final = re.compile(r"^(?:(\d+)([.)](?=\s|$))|([-+](?=[-\s]|$)|=|#))")
_NOTHING: Final = "(nothing)"
"""What stands for a text of which nothing is left; a text cannot be empty."""
_BETWEEN: Final = "-"
_REMEMBERED: Final = 2_000
"""Texts: what is said of one result is said of many."""
_TIMES: Final = range(1900, 3000)
"""Years that OSCAL can write."""


def uid(*parts: str | None) -> str:
    """A UUID (version 5) of what it is of; the same parts give the same one."""
    return str(uuid.uuid5(_IDS, json.dumps(parts)))


@lru_cache(_REMEMBERED)
def line(text: str) -> str:
    """A text as markup of one line; what stands between single backticks stays code."""
    parts: list[str] = []
    end = 0
    found = escape(text)
    for code in _CODE.finditer(found):
        parts += [_plain(found[end : code.start()]), code.group()]
        end = code.end()
    return _AT_THE_START.sub(r"\1\\\2\3", "".join((*parts, _plain(found[end:])))) or _NOTHING


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def listed(texts: Iterable[str]) -> str:
    """Texts as a list; one alone as a paragraph."""
    found = [line(text) for text in texts]
    return found[0] if len(found) == 1 else "\n".join(f"- {one}" for one in found) or _NOTHING


def outlined(texts: Iterable[tuple[int, str]]) -> str:
    """Texts as a list, each as far inside as its number says."""
    return "\n".join(f"{'  ' * depth}- {line(text)}" for depth, text in texts) or _NOTHING


@lru_cache(_REMEMBERED)
def string(text: str) -> str:
    """A text in one line that begins and ends with no space."""
    return escape(text) or _NOTHING


def token(text: str) -> str:
    """A name of letters, digits, dots, hyphens and underscores that begins with a letter or an underscore.

    What it cannot have becomes a hyphen, so that two texts may have one token: what a token stands for is told beside.
    """
    kept = "".join(character if _of_token(character) else " " for character in text)
    name = _BETWEEN.join(kept.split()) or _NOTHING.strip("()")
    return name if name[0] == "_" or unicodedata.category(name[0])[0] == "L" else f"_{name}"


def _of_token(character: str) -> bool:
    return character in "._-" or unicodedata.category(character)[0] in "LN"


def prop(name: str, value: str, remarks: str | None = None) -> Part:
    """A property with a name of ours."""
    found: Part = {"name": name, "ns": NAMESPACE, "value": string(value)}
    return found if remarks is None else {**found, "remarks": line(remarks)}


def core_prop(name: str, value: str) -> Part:
    """A property with a name and values of OSCAL's own."""
    return {"name": name, "value": value}


def props(said: Mapping[str, str | None] | Iterable[tuple[str, str | None]]) -> list[Part]:
    """Properties of what is known."""
    pairs = said.items() if isinstance(said, Mapping) else said
    return [prop(name, value) for name, value in pairs if value is not None]


def filled(part: Mapping[str, object]) -> Part:
    """A part without what is None or an empty list: OSCAL has no empty lists."""
    return {name: value for name, value in part.items() if value is not None and value != []}


def beginning(day: datetime.date) -> str | None:
    """A day as a time; None of one that OSCAL cannot write."""
    return instant(day) if _is_writable(day) else None


def ending(day: datetime.date | None) -> str | None:
    """The last second of a day; None of one that OSCAL cannot write."""
    return end_of(day) if day is not None and _is_writable(day) else None


def _is_writable(day: datetime.date) -> bool:
    """Whether the pattern of OSCAL's times takes it: none before 1900 or after 2999, nor 29 February before 2000."""
    return day.year in _TIMES and not (day.year < 2000 and (day.month, day.day) == (2, 29))


def earliest(days: Iterable[datetime.date | None]) -> datetime.date | None:
    """The first of days, where there is any."""
    return min((day for day in days if day is not None), default=None)
