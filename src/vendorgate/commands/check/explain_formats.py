"""The formats of an explanation, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...model.evaluation import Evaluation
from ...terminal.style import Style


def _text(found: Evaluation, style: Style) -> str:
    from .explain_text import render

    return render(found, style)


def _json(found: Evaluation, style: Style) -> str:
    from ...report.json import render

    return render(found)


FORMATS: Final[Mapping[str, Render[Evaluation]]] = {"text": _text, "json": _json}
