"""The formats of what the registry says, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...comparison.registry_model import RegistryDifference
from ...frame.answer import Render
from ...frame.diagnosing import diagnostics_beside
from ...frame.rendering import formats_beside
from .model import Matches, OfferingList, OfferingPage, OneDimension, SideBySide, WatchOuts
from .verifying import VerifiedSnapshot

LIST_FORMATS: Final[Mapping[str, Render[OfferingList]]] = formats_beside(
    __name__, text=".text:listing", json=".document:listing"
)
SHOW_FORMATS: Final[Mapping[str, Render[OfferingPage]]] = formats_beside(
    __name__, text=".text:page", json=".document:page"
)
COMPARE_FORMATS: Final[Mapping[str, Render[SideBySide]]] = formats_beside(
    __name__, text=".comparing_text:comparison", json=".comparing_document:comparison"
)
QUESTION_FORMATS: Final[Mapping[str, Render[OneDimension]]] = formats_beside(
    __name__, text=".comparing_text:question", json=".comparing_document:question"
)
WATCH_OUTS_FORMATS: Final[Mapping[str, Render[WatchOuts]]] = formats_beside(
    __name__, text=".text:watch_outs", json=".document:watch_outs"
)
SEARCH_FORMATS: Final[Mapping[str, Render[Matches]]] = formats_beside(
    __name__, text=".text:matches", json=".document:matches"
)
DIFF_FORMATS: Final[Mapping[str, Render[RegistryDifference]]] = formats_beside(
    __name__, text=".text:difference", markdown=".markdown:difference", json=".diff_document:difference"
)
VERIFY_FORMATS: Final[Mapping[str, Render[VerifiedSnapshot]]] = {
    **formats_beside(__name__, text=".text:verification", json=".verify_document:verification"),
    **diagnostics_beside(__name__, ".verify_diagnostics:diagnosed"),
}
