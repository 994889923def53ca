"""Why there is no bill of materials, as a CycloneDX document that lists nothing and says so.

In: what was found. Out: ASCII text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...terminal.escape import escape
from ..bill import bill
from ..diagnostic import Diagnosed
from ..surroundings import Surroundings


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """A bill without services, whose properties have each problem."""
    return bill({"services": []}, [("not-checked", found.last_line), *_problems(found, surroundings)])


def _problems(found: Diagnosed, surroundings: Surroundings) -> Iterator[tuple[str, str]]:
    for one in found.diagnostics:
        at = one.location
        place = "" if at is None else f"{surroundings.path(at.path)}:{at.line}:{at.column}: "
        yield "problem", escape(f"{place}{one.message}")
