"""Why nothing was judged, for programs: `vendorgate.problems/1`.

In: what was found. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.vocabulary import Severity
from ..diagnostic import Diagnosed, Diagnostic
from ..document import TOOL, JsonDocument, ReportedLocation, location, place, written


class ReportedPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another place that a problem is about."""

    message: str
    """What stands there."""
    location: ReportedLocation
    """Where."""


class ReportedDiagnostic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that was found."""

    id: str
    """What kind of thing it is."""
    severity: Severity
    """How much it matters."""
    message: str
    """What was found."""
    location: Union[ReportedLocation, None]
    """Where; null where no line of a file is meant."""
    help: Union[str, None]
    """What was expected, or what to do."""
    related: tuple[ReportedPlace, ...]
    """Other places that it is about."""


class ProblemsReport(JsonDocument, frozen=True):
    """Why nothing was judged; it stands where the report would, and the exit code is 2."""

    schema: Literal["vendorgate.problems/1"]
    """The format."""
    command: str
    """The command that could not do its work."""
    verdict: Literal["not-checked"]
    """Never a pass."""
    summary: str
    """How many problems there are, in words: after 100 nobody looks for more."""
    problems: tuple[ReportedDiagnostic, ...]
    """By place; 100 at most."""


def render(found: Diagnosed) -> str:
    """The document; the same problems give the same bytes."""
    return written(
        ProblemsReport(
            schema="vendorgate.problems/1",
            tool=TOOL,
            command=found.command,
            verdict="not-checked",
            summary=found.closing,
            problems=tuple(map(reported, found.diagnostics)),
        )
    )


def reported(one: Diagnostic) -> ReportedDiagnostic:
    """A diagnostic as it is typed."""
    return ReportedDiagnostic(
        id=one.id,
        severity=one.severity,
        message=one.message,
        location=location(one.location),
        help=one.help,
        related=tuple(ReportedPlace(other.words, place(other.location)) for other in one.related),
    )
