"""Workflow commands that GitHub shows as annotations on lines of files; the only place that writes them.

In: texts and places. Out: commands within the limits of the runner.
"""

from __future__ import annotations

from typing import Final

from ..model.vocabulary import Severity
from ..source import Location
from ..terminal.escape import escape_source
from .lines import shortened
from .surroundings import Surroundings

COMMAND: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}
MOST: Final = 9
"""Of a level, that stand for themselves, because a step has no more than 10; one more says how many are missing."""
_LONGEST: Final = 4_000
"""Characters of a message; the runner cuts at 4,096."""
_LONGEST_TITLE: Final = 250


def command(name: str, heading: str, message: str, location: Location | None, surroundings: Surroundings) -> str:
    """An annotation; heading and message have been escaped, each of their lines by itself."""
    properties = {} if location is None else _place(location, surroundings)
    properties["title"] = shortened(heading, _LONGEST_TITLE)
    words = ",".join(f"{key}={property_value(value)}" for key, value in properties.items())
    return f"::{name} {words}::{data(shortened(message, _LONGEST))}"


def _place(location: Location, surroundings: Surroundings) -> dict[str, str]:
    return {
        "file": escape_source(surroundings.path(location.path)),
        "line": str(location.line),
        "endLine": str(location.line),
        "col": str(location.column),
        "endColumn": str(location.column + location.width),
    }


def data(text: str) -> str:
    """The message of a command, as actions/toolkit escapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_value(text: str) -> str:
    """A property of a command, as actions/toolkit escapes it."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
