"""A JSON report of a check: bytes to model, strictly.

In: a path. Out: the report, with the bytes that it was read from. What two readers could read in two ways is refused:
a key that stands twice, a number that JSON does not have, anything behind the end.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Final, NoReturn

import msgspec

from ...errors import InputError, Problem, reason_of
from ...load.files import opened, shown_path
from ...load.places import is_repository
from ...logic import Json
from ...logic.days import is_date
from ...report.json import Report
from ...source import Location, Source

LARGEST_REPORT: Final = 128 * 1024 * 1024
"""Bytes; a report of 60,000 results has so many."""
_MOST_DIGITS: Final = 4_300
_LONGEST: Final = 200
"""Characters of a message."""
_BOM: Final = b"\xef\xbb\xbf"
_SCHEMA: Final = "vendorgate.report/1"
_WANTED: Final = "give a report that `vendorgate check --format json` wrote"


class ReadReport(msgspec.Struct, frozen=True):
    """A report, and what it was read from."""

    report: Report
    data: bytes
    path: str
    """As it was named, with forward slashes."""


class _Parsed(msgspec.Struct, frozen=True):
    """A value, which may be null."""

    value: Json


class _AmbiguousJson(Exception):
    """A text that is JSON for some readers and not for others."""


def given_report(path: str) -> ReadReport:
    """The report in a file.

    Raises:
        InputError: it cannot be read, or is none.
    """
    problems: list[Problem] = []
    found = read_report(path, problems)
    if found is None:
        raise InputError(problems)
    return found


def read_report(path: str, problems: list[Problem]) -> ReadReport | None:
    """The report in a file; None and problems where there is none."""
    shown = shown_path(path)
    data = _bytes(path, shown, problems)
    return None if data is None else report_from(data, shown, problems)


def report_from(data: bytes, shown: str, problems: list[Problem]) -> ReadReport | None:
    """The report that bytes are; None and problems where they are none."""
    parsed = _parsed(data, shown, problems)
    found = None if parsed is None else _report(parsed.value, shown, problems)
    return None if found is None else ReadReport(found, data, shown)


def _bytes(path: str, shown: str, problems: list[Problem]) -> bytes | None:
    try:
        with opened(path) as file:
            data = file.read(LARGEST_REPORT + 1)
    except FileNotFoundError:
        problems.append(Problem("no such file", Location(shown, 1, 1), "check the path of the report"))
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no name of a file"
        problems.append(Problem(f"cannot be read: {reason}", Location(shown, 1, 1), _WANTED))
    else:
        if len(data) <= LARGEST_REPORT:
            return data
        title = f"a file of more than {LARGEST_REPORT // 1024 // 1024} MiB"
        problems.append(Problem(title, Location(shown, 1, 1), _WANTED))
    return None


def _parsed(data: bytes, shown: str, problems: list[Problem]) -> _Parsed | None:
    """The value of the JSON; None and a problem where it is none."""
    source: Source | None = None
    location = Location(shown, 1, 1)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
        return _Parsed(json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_constant=_constant))
    except json.JSONDecodeError as error:
        location, source = Location(shown, error.lineno, error.colno), Source(shown, text, lambda text: None)
        title = f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    except UnicodeDecodeError as error:
        title = f"not UTF-8: the byte 0x{data.removeprefix(_BOM)[error.start]:02x}"
    except _AmbiguousJson as error:
        title = str(error)
    except RecursionError:
        problems.append(too_deep(shown))
        return None
    except ValueError:  # a whole number of more digits than Python reads
        title = "a number that is too long"
    problems.append(Problem(_cut(title), location, _WANTED, source))
    return None


def _cut(title: str) -> str:
    """A message that names something of the file, which may be of any length."""
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def too_deep(shown: str) -> Problem:
    """No check nests reasons like this."""
    return Problem("nested too deeply", Location(shown, 1, 1), _WANTED)


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


def _report(value: Json, shown: str, problems: list[Problem]) -> Report | None:
    title, help = _not_a_report(value), _WANTED
    if title is None:
        try:
            found = msgspec.convert(value, Report)
            title, help = _contradiction(found), "give the report as it was written"
            if title is None:
                return found
        except msgspec.ValidationError as error:
            title = f"not a {_SCHEMA}: {str(error)[:1].lower()}{str(error)[1:]}"
        except RecursionError:
            problems.append(too_deep(shown))
            return None
    problems.append(Problem(_cut(title), Location(shown, 1, 1), help))
    return None


def _not_a_report(value: Json) -> str | None:
    """What something is that does not even say that it is a report, of a day that exists."""
    if not isinstance(value, dict):
        return "not a report, which is an object"
    schema = value.get("schema")
    if schema == _SCHEMA:
        day = value.get("as_of")
        return f"no day: as_of is `{day}`" if isinstance(day, str) and not is_date(day) else None
    return f"not a report: no `schema`, which is `{_SCHEMA}`" if schema is None else f"`{schema}`, not `{_SCHEMA}`"


def _contradiction(report: Report) -> str | None:
    """What no check would have written, and nothing can be judged by."""
    repository = report.repository
    if (repository.name is None) != (repository.said_by == "none"):
        return f"a repository {repository.name!r}, said by {repository.said_by}"
    if repository.name is not None and not is_repository(repository.name):
        return f"no OWNER/NAME: the repository is `{repository.name}`"
    return None if report.inputs.manifests else "a report without manifests"
