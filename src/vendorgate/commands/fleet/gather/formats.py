"""The formats of what a gather came to, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....frame.answer import Render
from ....frame.rendering import formats_beside
from .model import Summary

FORMATS: Final[Mapping[str, Render[Summary]]] = formats_beside(__name__, text=".text:render", json=".document:render")
