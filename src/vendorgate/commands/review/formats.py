"""The formats of a review, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.formats import Shown
from ...frame.formats import formats as formats_of_check
from ...model.evaluation import Evaluation
from ...terminal.style import Style
from .model import Review


def _text(found: Review, style: Style) -> str:
    from .text import render

    return render(found, style)


def _verbose(found: Review, style: Style) -> str:
    from .text import render

    return render(found, style, verbose=True)


def _json(found: Review, style: Style) -> str:
    from .document import render

    return render(found)


def _markdown(found: Review, style: Style) -> str:
    from .markdown import render

    return render(found)


_OF_THE_CHANGE: Final[Mapping[str, Render[Review]]] = {"text": _text, "json": _json, "markdown": _markdown}


def formats(show_waived: bool, *, verbose: bool = False) -> Mapping[str, Render[Review]]:
    """Those that show the change; every other shows head as `check` would, as it counts in this review.

    With `verbose` text tells every change.
    """
    of_head = {name: _of_head(render) for name, render in formats_of_check(Shown(show_waived)).items()}
    return {**of_head, **_OF_THE_CHANGE, **({"text": _verbose} if verbose else {})}


def _of_head(render: Callable[[Evaluation, Style], str]) -> Render[Review]:
    return lambda found, style: render(found.evaluation, style)


NAMES: Final = tuple(formats(False))
