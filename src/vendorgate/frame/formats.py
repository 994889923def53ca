"""Every format of a report on a check, each imported when it is wanted, and what it needs to know of its readers.

In: an evaluation and what the command line asks for. Out: text, or bytes of a format that is none.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from ..model.evaluation import Evaluation
from ..report.look import GROUPS, TextLook
from ..terminal.style import PLAIN, Style
from .streams import Rendered

if TYPE_CHECKING:
    import datetime

    from ..report.diagnostic import Diagnosed
    from ..report.surroundings import Surroundings


class Shown(msgspec.Struct, frozen=True):
    """What of an evaluation is shown. No exit code depends on it."""

    waived: bool = False
    """Whether formats that leave waived results out show them."""
    look: TextLook = GROUPS
    """How much the text for people tells."""
    around: Surroundings | None = None
    """Where the reader is; None: where this command runs."""

    @property
    def surroundings(self) -> Surroundings:
        """What formats need to know whose paths begin at the root of the repository."""
        return surroundings(self.waived) if self.around is None else self.around


USUAL: Final = Shown()
RenderEvaluation = Callable[[Evaluation, Style, Shown], Rendered]
"""Renders an evaluation: with a style where it is for a terminal, and as much as somebody asked for."""


def _text(evaluation: Evaluation, style: Style = PLAIN, shown: Shown = USUAL) -> str:
    from ..report.text import render

    return render(evaluation, style, shown.look)


def _json(evaluation: Evaluation, style: Style = PLAIN, shown: Shown = USUAL) -> str:
    from ..report.json import render

    return render(evaluation)


def _markdown(evaluation: Evaluation, style: Style = PLAIN, shown: Shown = USUAL) -> str:
    from ..report.markdown import render

    return render(evaluation, shown.surroundings, shown.look)


def _for_machines(name: str) -> RenderEvaluation:
    """A format whose paths begin at the root of the repository."""

    def render(evaluation: Evaluation, style: Style = PLAIN, shown: Shown = USUAL) -> Rendered:
        module = importlib.import_module(f"vendorgate.report.{name}")
        rendered: Rendered = module.render(evaluation, shown.surroundings)
        return rendered

    return render


FORMATS: Final[Mapping[str, RenderEvaluation]] = {
    "text": _text,
    "json": _json,
    **{name: _for_machines(name) for name in ("sarif", "junit", "github")},
    "markdown": _markdown,
    **{name: _for_machines(name) for name in ("gitlab", "csv", "html", "xlsx", "oscal", "intoto", "cyclonedx")},
}

GROUPED: Final[Mapping[str, RenderEvaluation]] = {
    "text": _text,
    **{name: _for_machines(f"controls_{name}") for name in ("markdown", "csv", "html", "xlsx")},
}
"""Those that can be told by control; all others stay as they are."""


def formats(shown: Shown) -> Mapping[str, Callable[[Evaluation, Style], Rendered]]:
    """The formats of an evaluation, as `answer` takes them."""
    grouped = GROUPED if shown.look.by_control else {}
    return {name: _shown(render, shown) for name, render in {**FORMATS, **grouped}.items()}


def _shown(render: RenderEvaluation, shown: Shown) -> Callable[[Evaluation, Style], Rendered]:
    return lambda evaluation, style: render(evaluation, style, shown)


def diagnostics_in(format: str, found: Diagnosed, *day: datetime.date) -> Rendered:
    """Diagnostics in a format whose paths begin at the root of the repository; with the day where it must have one."""
    module = importlib.import_module(f"vendorgate.report.diagnostics.{format}")
    rendered: Rendered = module.render(found, *day, surroundings())
    return rendered


def surroundings(show_waived: bool = False) -> Surroundings:
    """Where this command runs: the nearest folder above that holds `.git` is the root of the repository."""
    from ..report.surroundings import Surroundings

    here = root = os.getcwd()
    while not os.path.exists(os.path.join(root, ".git")):
        above = os.path.dirname(root)
        if above == root:
            root = ""
            break
        root = above
    return Surroundings(here.replace(os.sep, "/"), root.replace(os.sep, "/"), show_waived)
