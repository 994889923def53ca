"""JSON that every reader reads alike: bytes to plain values, strictly.

In: the bytes of a document of ours. Out: its value, or a problem. What two readers could read in two ways is refused: a
key that stands twice, a number that JSON does not have, anything behind the end.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Final, NoReturn

import msgspec

from ..errors import Problem, reason_of
from ..logic import Json
from ..source import Location, Source
from .files import opened

_MOST_DIGITS: Final = 4_300
_LONGEST: Final = 200
"""Characters of a message."""
_BOM: Final = b"\xef\xbb\xbf"


class Parsed(msgspec.Struct, frozen=True):
    """A value, which may be null."""

    value: Json


class _AmbiguousJson(Exception):
    """A text that is JSON for some readers and not for others."""


def document_bytes(
    path: str, shown: str, what: str, wanted: str, largest: int, problems: list[Problem]
) -> bytes | None:
    """The bytes of a file; None and a problem where it cannot be read, or has more than the largest may have.

    `what` names it, such as `report`; `wanted` says what to give.
    """
    try:
        with opened(path) as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        problems.append(Problem("no such file", Location(shown, 1, 1), f"check the path of the {what}"))
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no name of a file"
        problems.append(Problem(f"cannot be read: {reason}", Location(shown, 1, 1), wanted))
    else:
        if len(data) <= largest:
            return data
        problems.append(Problem(f"a file of more than {largest // 1024 // 1024} MiB", Location(shown, 1, 1), wanted))
    return None


def parsed(data: bytes, shown: str, wanted: str, problems: list[Problem]) -> Parsed | None:
    """The value of the JSON; None and a problem where it is none."""
    source: Source | None = None
    location = Location(shown, 1, 1)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
        return Parsed(json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_constant=_constant))
    except json.JSONDecodeError as error:
        location, source = Location(shown, error.lineno, error.colno), Source(shown, text, lambda text: None)
        title = f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    except UnicodeDecodeError as error:
        title = f"not UTF-8: the byte 0x{data.removeprefix(_BOM)[error.start]:02x}"
    except _AmbiguousJson as error:
        title = str(error)
    except RecursionError:
        title = TOO_DEEP
    except ValueError:  # a whole number of more digits than Python reads
        title = "a number that is too long"
    problems.append(Problem(cut(title), location, wanted, source))
    return None


def has_a_key_twice(data: bytes) -> bool:
    """Whether any object of some JSON has a key twice, of which some readers take the first and others the last.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    found = False

    def look(pairs: list[tuple[str, Json]]) -> None:
        nonlocal found
        found = found or len({name for name, _ in pairs}) < len(pairs)

    json.loads(data, object_pairs_hook=look, parse_int=str)
    return found


TOO_DEEP: Final = "nested too deeply"
"""No document of ours nests anything like this."""


def cut(title: str) -> str:
    """A message that names something of the file, which may be of any length."""
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _AmbiguousJson(f"the key `{max(counts, key=counts.__getitem__)}` stands twice in one object")
    return found


def _whole(digits: str) -> int:
    """A whole number of JSON; old Pythons read long ones in time that grows as the square of their length.

    Raises:
        ValueError: it has more digits than today's Pythons read.
    """
    if len(digits) > _MOST_DIGITS:
        raise ValueError("a number that is too long")
    return int(digits)


def _constant(name: str) -> NoReturn:
    raise _AmbiguousJson(f"no JSON: `{name}` is no number")
