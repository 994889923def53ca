"""`vendorgate action`: the steps of the GitHub Action, of which action.yml holds no logic."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Final

import click

from ..action.inputs import variable
from ..action.judging import Ended
from ..action.step import Tools, act, end
from ..errors import Problem
from .lazy import Entry, LazyGroup
from .options import help_option
from .problems import show_problems
from .run import run as run_command
from .streams import print_report

_ENTRIES: Final = {
    "run": Entry("action", "run", "Judge, write outputs and summary, annotate, comment."),
    "end": Entry("action", "finish", "End with the exit code that `run` saved."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, add_help_option=False)
@help_option
def action() -> None:
    """Run as a GitHub Action.

    The steps of action.yml call these; everything they need stands in the environment.
    """


@click.command(add_help_option=False)
@help_option
def run() -> int:
    """Judge, write outputs and summary, annotate, comment.

    Reads the inputs of action.yml from VENDORGATE_* and the event from GITHUB_*. Ends with 0 where the verdict could be
    handed on: the exit code of the check is the output `exit-code`.
    """
    token = os.environ.pop(variable("token"), "")
    return act(os.environ, token, Tools(_run, _show, print_report))


@click.command("end", add_help_option=False)
@help_option
def finish() -> int:
    """End with the exit code that `run` saved, in VENDORGATE_EXIT_CODE; with 3 where there is none."""
    return end(os.environ, print_report)


def _run(arguments: Sequence[str], folder: str) -> Ended:
    """A command in this process, in a folder; what it writes is kept."""
    out, err = io.StringIO(), io.StringIO()
    before = os.getcwd()
    os.chdir(folder)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run_command(arguments)
    finally:
        os.chdir(before)
    return Ended(code, out.getvalue(), err.getvalue())


def _show(problems: Sequence[Problem]) -> str:
    stream = io.StringIO()
    show_problems(problems, stream)
    return stream.getvalue()
