"""The formats of what was detected, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.diagnosing import diagnostics_beside
from ...frame.rendering import formats_beside
from .model import Detected

FORMATS: Final[Mapping[str, Render[Detected]]] = {
    **formats_beside(__name__, text=".text:render", json=".document:render", csv=".csv:render"),
    **formats_beside(__name__, cyclonedx=".cyclonedx:render"),
    **diagnostics_beside(__name__, ".diagnostics:diagnosed"),
}
