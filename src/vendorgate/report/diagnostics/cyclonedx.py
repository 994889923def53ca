"""Why there is no bill of materials, as a CycloneDX document that lists nothing and says so.

In: what was found. Out: ASCII text.
"""

from __future__ import annotations

from ..bill import bill
from ..diagnostic import Diagnosed


def render(found: Diagnosed) -> str:
    """A bill without services, whose properties have each problem."""
    problems = [
        ("problem", f"{one.location}: {one.message}" if one.location else one.message) for one in found.diagnostics
    ]
    return bill({"services": []}, [("not-checked", found.last_line), *problems])
