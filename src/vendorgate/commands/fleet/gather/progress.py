"""How far a gather is: a bar on a terminal, a line a repository in a log.

In: outcomes. Out: text on the error stream.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ....logic.wording import count
from ....terminal.escape import escape
from .gathering import Tell
from .model import Outcome, Read, Unchanged, Wanted

_COMMIT = 12
"""Digits of a commit that are shown."""


@contextmanager
def progress(whole: int) -> Iterator[Tell]:
    """What is told of each repository, while so many are gathered."""
    if not sys.stderr.isatty():
        yield _in_a_log
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=whole)
        yield lambda wanted, outcome: bar.update(task, advance=1, description=escape(wanted.name))


def _in_a_log(wanted: Wanted, outcome: Outcome) -> None:
    sys.stderr.write(line(wanted, outcome) + "\n")
    sys.stderr.flush()


def line(wanted: Wanted, outcome: Outcome) -> str:
    """What came of a repository, in a line."""
    return f"{escape(wanted.name)}: {_words(outcome)}"


def _words(outcome: Outcome) -> str:
    if isinstance(outcome, Read):
        commit = outcome.gathered.commit
        where = "no commit yet" if commit is None else commit[:_COMMIT]
        return f"{count(len(outcome.gathered.manifests), 'manifest')} at {where}"
    if isinstance(outcome, Unchanged):
        return f"unchanged, {count(outcome.manifests, 'manifest')}"
    return f"error: {escape(outcome.problem)}"
