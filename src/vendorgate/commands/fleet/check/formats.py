"""The formats of what a run came to, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....frame.answer import Render
from ....frame.rendering import formats_beside
from ..run.document import FleetRun

FORMATS: Final[Mapping[str, Render[FleetRun]]] = formats_beside(
    __name__, text=".text:render", json="..run.document:render"
)
