"""The formats of policies that somebody reads, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from .controls import ControlSelection
from .model import PolicySelection

LIST_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = formats_beside(
    __name__, text=".pages:listed", json=".document:render"
)
SHOW_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = formats_beside(
    __name__, text=".pages:shown", json=".document:render"
)
EXPLAIN_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = formats_beside(
    __name__, text=".pages:explained", json=".document:render"
)
DOCS_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = formats_beside(__name__, markdown=".pages:handbook")
CONTROLS_FORMATS: Final[Mapping[str, Render[ControlSelection]]] = formats_beside(
    __name__,
    text=".controls_text:render",
    json=".controls_document:render",
    markdown=".controls_markdown:render",
    csv=".controls_csv:render",
)
