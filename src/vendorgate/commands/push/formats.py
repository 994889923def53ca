"""The formats of a push, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from .model import Push

FORMATS: Final[Mapping[str, Render[Push]]] = formats_beside(
    __name__, text=".text:render", json=".document:render", markdown=".markdown:render"
)
