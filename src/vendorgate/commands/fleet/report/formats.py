"""The formats of a report on a fleet, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....frame.answer import Render
from ....frame.rendering import formats_beside
from .model import Fleet

FORMATS: Final[Mapping[str, Render[Fleet]]] = formats_beside(
    __name__,
    html=".html:render",
    markdown=".markdown:render",
    csv=".csv:render",
)
