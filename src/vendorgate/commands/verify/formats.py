"""The formats of what a verification found, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...terminal.style import Style
from .model import Verification


def _text(found: Verification, style: Style) -> str:
    from .text import render

    return render(found, style)


def _json(found: Verification, style: Style) -> str:
    from .document import render

    return render(found)


FORMATS: Final[Mapping[str, Render[Verification]]] = {"text": _text, "json": _json}
