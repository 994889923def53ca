"""The formats of observing, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from .outcome import Observing

FORMATS: Final[Mapping[str, Render[Observing]]] = formats_beside(
    __name__, text=".text:render", json=".document:render", markdown=".markdown:render"
)
