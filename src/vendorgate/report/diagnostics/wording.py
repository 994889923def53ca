"""What formats say of a diagnostic beside its message.

In: a diagnostic. Out: lines, escaped, within the limits that a format gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import Location
from ...terminal.escape import escape, escape_source
from ..diagnostic import BUILT_IN, Diagnostic
from ..lines import limited, shortened
from ..surroundings import Surroundings


def place(location: Location, surroundings: Surroundings) -> str:
    """A place in a file, from the root of the repository; in a file that came along, as it is shown."""
    shown = location.path if location.path.startswith(BUILT_IN) else surroundings.path(location.path)
    return f"{escape_source(shown)}:{location.line}:{location.column}"


def beside(one: Diagnostic, most: int, longest: int, surroundings: Surroundings) -> Iterator[str]:
    """Why it is so, what else it is about, and what to do; at most so many reasons and others."""
    if one.location is not None and one.readable is None:
        yield f"at {place(one.location, surroundings)}"
    yield from limited(map(_reason, one.reasons), most, longest)
    others = (f"with {escape(other.words)} ({place(other.location, surroundings)})" for other in one.related)
    yield from limited(others, most, longest)
    if one.help is not None:
        yield f"help: {shortened(escape(one.help), longest)}"
    if one.more is not None:
        yield f"more: {shortened(escape(one.more), longest)}"


def _reason(reason: str) -> str:
    return f"{' ' * (len(reason) - len(reason.lstrip(' ')))}{escape(reason)}"
