"""The formats of a plan, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.formats import surroundings
from ...terminal.style import Style
from .model import Outlook


def _text(found: Outlook, style: Style) -> str:
    from .text import render

    return render(found, style)


def _json(found: Outlook, style: Style) -> str:
    from .document import render

    return render(found)


def _csv(found: Outlook, style: Style) -> str:
    from .csv import render

    return render(found, surroundings())


def _ics(found: Outlook, style: Style) -> str:
    from .ics import render

    return render(found)


FORMATS: Final[Mapping[str, Render[Outlook]]] = {"text": _text, "json": _json, "csv": _csv, "ics": _ics}
