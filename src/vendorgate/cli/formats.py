"""Every format of a report on a check, each imported when it is wanted.

In: an evaluation. Out: text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..model.evaluation import Evaluation
from ..terminal.style import PLAIN, Style

Render = Callable[[Evaluation, Style], str]
"""Renders an evaluation: with a style where it is for a terminal."""


def _text(evaluation: Evaluation, style: Style = PLAIN) -> str:
    from ..report.text import render

    return render(evaluation, style)


def _json(evaluation: Evaluation, style: Style = PLAIN) -> str:
    from ..report.json import render

    return render(evaluation)


FORMATS: Final[Mapping[str, Render]] = {"text": _text, "json": _json}
