"""The formats of an impact, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...terminal.style import Style
from .model import ImpactAnalysis


def _text(found: ImpactAnalysis, style: Style) -> str:
    from .text import render

    return render(found, style)


def _json(found: ImpactAnalysis, style: Style) -> str:
    from .document import render

    return render(found)


def _markdown(found: ImpactAnalysis, style: Style) -> str:
    from .markdown import render

    return render(found)


FORMATS: Final[Mapping[str, Render[ImpactAnalysis]]] = {"text": _text, "json": _json, "markdown": _markdown}
