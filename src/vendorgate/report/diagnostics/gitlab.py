"""Diagnostics as GitLab's code quality report.

In: what was found. Out: JSON. What blocks is a blocker, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.vocabulary import Severity
from ...terminal.escape import escape
from ..ascii_json import dumps
from ..diagnostic import Diagnosed, Diagnostic
from ..identity import diagnostic_identities
from ..lines import shortened
from ..surroundings import Surroundings

SEVERITY: Final[dict[Severity, str]] = {"error": "critical", "warning": "major", "note": "info"}
"""Of what does not block."""
LONGEST: Final = 1_000
"""Characters of a description."""


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """The report, worst first; the same diagnostics give the same bytes."""
    return dumps(entries(found.worst_first, surroundings))


def entries(found: Sequence[Diagnostic], surroundings: Surroundings) -> list[dict[str, object]]:
    """An entry a diagnostic."""
    identities = diagnostic_identities(found, surroundings)
    return [_entry(one, identity, surroundings) for one, identity in zip(found, identities, strict=True)]


def _entry(one: Diagnostic, fingerprint: str, surroundings: Surroundings) -> dict[str, object]:
    path, line = ("", 1) if one.location is None else (one.location.path, one.location.line)
    return {
        "description": shortened(escape(_words(one)), LONGEST),
        "check_name": one.id,
        "fingerprint": fingerprint,
        "severity": severity(one.severity, one.blocks),
        "location": {
            "path": surroundings.path(path),
            "lines": {"begin": line},
        },
    }


def _words(one: Diagnostic) -> str:
    return one.message if one.help is None else f"{one.message}; {one.help}"


def severity(found: Severity, blocks: bool) -> str:
    """In GitLab's words."""
    return "blocker" if blocks else SEVERITY[found]
