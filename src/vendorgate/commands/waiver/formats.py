"""The formats of a list of waivers, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...terminal.style import Style
from .model import WaiverList


def _text(found: WaiverList, style: Style) -> str:
    from .text import listing

    return listing(found.evaluation, found.uses, style)


def _json(found: WaiverList, style: Style) -> str:
    from .document import render

    return render(found.evaluation, found.uses)


FORMATS: Final[Mapping[str, Render[WaiverList]]] = {"text": _text, "json": _json}
