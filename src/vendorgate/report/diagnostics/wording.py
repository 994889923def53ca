"""What formats say of a diagnostic beside its message.

In: a diagnostic. Out: lines, escaped, within the limits that a format gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...terminal.escape import escape
from ..diagnostic import Diagnostic
from ..lines import limited, place, shortened
from ..surroundings import Surroundings


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
