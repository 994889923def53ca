"""The formats of a review, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.formats import Shown
from ...frame.formats import formats as formats_of_check
from ...frame.rendering import formats_beside
from ...frame.streams import Rendered
from ...model.evaluation import Evaluation
from ...terminal.style import Style
from .model import Review

_OF_THE_CHANGE: Final[Mapping[str, Render[Review]]] = formats_beside(
    __name__, text=".text:render", json=".document:render", markdown=".markdown:render"
)
_VERBOSE: Final[Mapping[str, Render[Review]]] = formats_beside(__name__, text=".text:render_verbose")


def formats(show_waived: bool, *, verbose: bool = False) -> Mapping[str, Render[Review]]:
    """Those that show the change; every other shows head as `check` would, as it counts in this review.

    With `verbose` text tells every change.
    """
    of_head = {name: _of_head(render) for name, render in formats_of_check(Shown(show_waived)).items()}
    return {**of_head, **_OF_THE_CHANGE, **(_VERBOSE if verbose else {})}


def _of_head(render: Callable[[Evaluation, Style], Rendered]) -> Render[Review]:
    return lambda found, style: render(found.evaluation, style)


NAMES: Final = tuple(formats(False))
