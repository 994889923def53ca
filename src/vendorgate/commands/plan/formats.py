"""The formats of a plan, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.formats import surroundings
from ...terminal.style import Style
from .model import Plan


def _text(found: Plan, style: Style) -> str:
    from .text import render

    return render(found, style)


def _verbose(found: Plan, style: Style) -> str:
    from .text import render

    return render(found, style, verbose=True)


def _json(found: Plan, style: Style) -> str:
    from .document import render

    return render(found)


def _csv(found: Plan, style: Style) -> str:
    from .csv import render

    return render(found, surroundings())


def _ics(found: Plan, style: Style) -> str:
    from .ics import render

    return render(found)


FORMATS: Final[Mapping[str, Render[Plan]]] = {"text": _text, "json": _json, "csv": _csv, "ics": _ics}


def formats(verbose: bool) -> Mapping[str, Render[Plan]]:
    """The formats, with a text that names every result where somebody asks for that."""
    return {**FORMATS, "text": _verbose} if verbose else FORMATS
