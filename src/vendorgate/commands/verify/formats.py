"""The formats of a replay, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...terminal.style import Style
from .model import Replay


def _text(found: Replay, style: Style) -> str:
    from .text import render

    return render(found, style)


def _json(found: Replay, style: Style) -> str:
    from .document import render

    return render(found)


FORMATS: Final[Mapping[str, Render[Replay]]] = {"text": _text, "json": _json}
