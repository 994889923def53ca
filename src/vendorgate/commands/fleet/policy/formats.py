"""The formats of fleet policies on a run, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....frame.answer import Render
from ....frame.rendering import formats_beside
from .asking import FleetPolicyReport

FORMATS: Final[Mapping[str, Render[FleetPolicyReport]]] = formats_beside(
    __name__, text=".text:render", json=".document:render"
)
