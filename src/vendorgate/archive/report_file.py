"""A JSON report of a check: bytes to model, strictly.

In: a path. Out: the report, with the bytes that it was read from. What two readers could read in two ways is refused
(`load/json_text.py`).
"""

from __future__ import annotations

from typing import Final

import msgspec

from ..errors import InputError, Problem
from ..load.files import shown_path
from ..load.json_text import TOO_DEEP, cut, document_bytes, parsed
from ..load.places import is_repository
from ..logic import Json
from ..logic.days import is_date
from ..report.json import Report
from ..source import Location

LARGEST_REPORT: Final = 128 * 1024 * 1024
"""Bytes; a report of 60,000 results has so many."""
_SCHEMA: Final = "vendorgate.report/1"
_WANTED: Final = "give a report that `vendorgate check --format json` wrote"


class ReadReport(msgspec.Struct, frozen=True):
    """A report, and what it was read from."""

    report: Report
    data: bytes
    path: str
    """As it was named, with forward slashes."""


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
    data = document_bytes(path, shown, "report", _WANTED, LARGEST_REPORT, problems)
    return None if data is None else report_from(data, shown, problems)


def report_from(data: bytes, shown: str, problems: list[Problem]) -> ReadReport | None:
    """The report that bytes are; None and problems where they are none."""
    read = parsed(data, shown, _WANTED, problems)
    found = None if read is None else _report(read.value, shown, problems)
    return None if found is None else ReadReport(found, data, shown)


def too_deep(shown: str) -> Problem:
    """No check nests reasons like this."""
    return Problem(TOO_DEEP, Location(shown, 1, 1), _WANTED)


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
    problems.append(Problem(cut(title), Location(shown, 1, 1), help))
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
