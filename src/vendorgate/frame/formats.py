"""Every format of a report on a check, each imported when it is wanted, and what it needs to know of its readers.

In: an evaluation and what the command line asks for. Out: text.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from ..model.evaluation import Evaluation
from ..terminal.style import PLAIN, Style

if TYPE_CHECKING:
    from ..report.diagnostic import Diagnosed
    from ..report.surroundings import Surroundings

RenderEvaluation = Callable[[Evaluation, Style, bool], str]
"""Renders an evaluation: with a style where it is for a terminal, with waived results where somebody asked for them."""


def _text(evaluation: Evaluation, style: Style = PLAIN, show_waived: bool = False) -> str:
    from ..report.text import render

    return render(evaluation, style)


def _json(evaluation: Evaluation, style: Style = PLAIN, show_waived: bool = False) -> str:
    from ..report.json import render

    return render(evaluation)


def _for_machines(name: str) -> RenderEvaluation:
    """A format whose paths begin at the root of the repository."""

    def render(evaluation: Evaluation, style: Style = PLAIN, show_waived: bool = False) -> str:
        module = importlib.import_module(f"vendorgate.report.{name}")
        text: str = module.render(evaluation, surroundings(show_waived))
        return text

    return render


FORMATS: Final[Mapping[str, RenderEvaluation]] = {
    "text": _text,
    "json": _json,
    **{name: _for_machines(name) for name in ("sarif", "junit", "github", "markdown", "gitlab", "csv", "html")},
}


def formats(show_waived: bool) -> Mapping[str, Callable[[Evaluation, Style], str]]:
    """The formats of an evaluation, as `answer` takes them."""
    return {name: _shown(render, show_waived) for name, render in FORMATS.items()}


def _shown(render: RenderEvaluation, show_waived: bool) -> Callable[[Evaluation, Style], str]:
    return lambda evaluation, style: render(evaluation, style, show_waived)


def diagnostics_in(format: str, found: Diagnosed) -> str:
    """Diagnostics in a format whose paths begin at the root of the repository."""
    text: str = importlib.import_module(f"vendorgate.report.diagnostics.{format}").render(found, surroundings())
    return text


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
