"""The formats of the queue, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....frame.answer import Render
from ....frame.rendering import formats_beside
from .model import DueQueue

FORMATS: Final[Mapping[str, Render[DueQueue]]] = formats_beside(
    __name__, text=".text:render", json=".document:render", csv=".csv:render", markdown=".markdown:render"
)
