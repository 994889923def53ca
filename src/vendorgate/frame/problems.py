"""Mistakes because of which a command cannot do its work: on the error stream, and in every report that was asked for.

In: problems, the format to print, the files to write. Out: text on the error stream; in the place of each report what
says that nothing was judged, so that none of an earlier run stays there and looks current.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, TextIO

from ..errors import ENOUGH, Problem, UsageError, VendorgateError
from ..report.diagnostic import Diagnosed, count_words, in_order, of_problems
from ..report.unjudged import problem_lines
from .diagnosing import NAMES as OF_DIAGNOSTICS
from .formats import FORMATS as OF_A_CHECK
from .formats import diagnostics_in
from .streams import Rendered, style_for

if TYPE_CHECKING:
    from .output import Destination

RenderDiagnosed = Callable[[Diagnosed], Rendered]


def show_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Print every problem with its place, excerpt and advice."""
    style = style_for(stream)
    ordered = in_order(problems)
    blocks = ["\n".join(problem_lines(problem, style)) for problem in ordered[:ENOUGH]]
    blocks.append(f"{style.paint('error', 'not checked')}: {count_words(ordered)}")
    stream.write("\n\n".join(blocks) + "\n")


def _text(found: Diagnosed) -> str:
    from ..report.diagnostics.text import render

    return render(found)


def _json(found: Diagnosed) -> str:
    from ..report.diagnostics.json import render

    return render(found)


def _ics(found: Diagnosed) -> str:
    from ..report.diagnostics.ics import render
    from .defaults import today

    return render(found, today())


def _for_machines(name: str) -> RenderDiagnosed:
    """A format whose paths begin at the root of the repository."""

    return lambda found: diagnostics_in(name, found)


def _of_today(name: str) -> RenderDiagnosed:
    """The same of a format that must have a day, where none was judged by."""

    def render(found: Diagnosed) -> Rendered:
        from .defaults import today

        return diagnostics_in(name, found, today())

    return render


FORMATS: Final[Mapping[str, RenderDiagnosed]] = {
    "text": _text,
    "json": _json,
    **{name: _for_machines(name) for name in OF_A_CHECK if name not in ("text", "json")},
    **{name: _for_machines(name) for name in OF_DIAGNOSTICS},
    **{name: _of_today(name) for name in ("intoto", "oscal")},
    "ics": _ics,
}
"""Every format that a command has: how it says that nothing was judged."""
_OF_A_LOG: Final = "github"
"""The format of lines that are read wherever they stand in a log."""


def report_problems(error: VendorgateError, command: str, format: str, files: Iterable[Destination]) -> None:
    """Say in each file why nothing was judged; standard output stays empty, so that nobody takes it for a report.

    People read the error stream, and so does the runner of a workflow that looks for annotations.
    Afterwards the error is one that is reported; what kept a file from being written is one of its problems.
    """
    if error.reported:
        return
    error.reported = True
    found = of_problems(command, error.problems)
    for file in files:
        try:
            file.write(FORMATS[file.format](found))
        except UsageError as more:
            error.problems += more.problems
    if format == _OF_A_LOG:
        lines = str(FORMATS[format](found)).splitlines(keepends=True)
        sys.stderr.write("".join(line for line in lines if line.startswith("::")))
