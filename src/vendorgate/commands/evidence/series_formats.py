"""The formats of a series, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from .series_model import EvidenceSeries

FORMATS: Final[Mapping[str, Render[EvidenceSeries]]] = formats_beside(
    __name__,
    text=".series_text:render",
    json=".series_document:render",
    csv=".series_csv:render",
    markdown=".series_markdown:render",
)
