"""The formats of what is said of the register: a listing, what is wrong, what terminations would do.

Each is imported when it is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.diagnosing import diagnostics_beside
from ...frame.rendering import formats_beside
from .model import RegisterCheck, RegisterListing, Terminations

LIST_FORMATS: Final[Mapping[str, Render[RegisterListing]]] = formats_beside(
    __name__, text=".text:listing", json=".list_document:listing", markdown=".markdown:listing", csv=".csv:listing"
)
CHECK_FORMATS: Final[Mapping[str, Render[RegisterCheck]]] = {
    **formats_beside(__name__, text=".text:check", json=".check_document:check", markdown=".markdown:check"),
    **diagnostics_beside(__name__, ".check_diagnostics:diagnosed"),
}
REPORT_FORMATS: Final[Mapping[str, Render[Terminations]]] = formats_beside(
    __name__, text=".text:report", json=".report_document:report", markdown=".markdown:report"
)
