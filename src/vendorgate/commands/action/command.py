"""`vendorgate action`: the steps of the GitHub Action, of which action.yml holds no logic."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from ...errors import Problem
from ...frame.lazy import CommandLine, Entry, LazyGroup
from ...frame.options import help_option
from ...frame.streams import print_report
from .inputs import variable

if TYPE_CHECKING:
    from .running import CommandEnd

_ENTRIES: Final = {
    "pull": Entry(".command", "pull", "Fetch policies that are kept elsewhere."),
    "run": Entry(".command", "run", "Judge, write outputs and summary, annotate, comment."),
    "end": Entry(".command", "finish", "End with the exit code that `run` saved."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def action() -> None:
    """Run as a GitHub Action.

    The steps of action.yml call these; everything they need stands in the environment.
    """


@click.command(add_help_option=False)
@help_option
@click.pass_obj
def run(program: CommandLine) -> int:
    """Judge, write outputs and summary, annotate, comment.

    Reads the inputs of action.yml from VENDORGATE_* and the event from GITHUB_*. Ends with 0 where the verdict could be
    handed on: the exit code of the check is the output `exit-code`.
    """
    from .step import Tools, act  # what judges, which the last step does without

    token = os.environ.pop(variable("token"), "")
    return act(os.environ, token, Tools(partial(_run, program), _show, print_report))


@click.command(add_help_option=False)
@help_option
@click.pass_obj
def pull(program: CommandLine) -> int:
    """Fetch the policies that VENDORGATE_POLICIES names, where they are kept elsewhere.

    VENDORGATE_POLICIES_TOKEN may have a token for them. Ends with 0 whatever comes of it: without them the step that
    judges judges nothing.
    """
    from .policies import fetch_policies

    return fetch_policies(os.environ, partial(_run, program), print_report)


@click.command("end", add_help_option=False)
@help_option
def finish() -> int:
    """End with the exit code that `run` saved, in VENDORGATE_EXIT_CODE; with 3 where there is none."""
    from .ending import end

    return end(os.environ, print_report)


def _run(program: CommandLine, arguments: Sequence[str], folder: str) -> CommandEnd:
    """A command in this process, in a folder; what it writes is kept."""
    from .running import CommandEnd

    out, err = io.StringIO(), io.StringIO()
    before = os.getcwd()
    os.chdir(folder)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = program(arguments)
    finally:
        os.chdir(before)
    return CommandEnd(code, out.getvalue(), err.getvalue())


def _show(problems: Sequence[Problem]) -> str:
    from ...frame.problems import show_problems

    stream = io.StringIO()
    show_problems(problems, stream)
    return stream.getvalue()
