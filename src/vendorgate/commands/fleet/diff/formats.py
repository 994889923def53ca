"""The formats of what is another in a run, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....frame.answer import Render
from ....frame.rendering import formats_beside
from .model import FleetDifference

FORMATS: Final[Mapping[str, Render[FleetDifference]]] = formats_beside(
    __name__, text=".text:render", json=".document:render", markdown=".markdown:render"
)
