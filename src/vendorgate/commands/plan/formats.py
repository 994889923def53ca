"""The formats of a plan, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from .model import Plan

FORMATS: Final[Mapping[str, Render[Plan]]] = formats_beside(
    __name__, text=".text:render", json=".document:render", csv=".csv:render", ics=".ics:render"
)
_VERBOSE: Final[Mapping[str, Render[Plan]]] = {**FORMATS, **formats_beside(__name__, text=".text:render_verbose")}


def formats(verbose: bool) -> Mapping[str, Render[Plan]]:
    """The formats, with a text that names every result where somebody asks for that."""
    return _VERBOSE if verbose else FORMATS
