"""`vendorgate fleet diff`: what turned between two runs, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from ....frame.answer import answer
from ....frame.options import help_option
from ....frame.reporting import fail_when_option, report_options
from ....frame.verdict import INCOMPLETE
from ..run.reading import run_in
from ..run.schema import ABOUT, DATABASE
from .comparing import fleet_difference
from .formats import FORMATS
from .model import FleetDifference

FAIL_WHEN: Final[Mapping[str, Callable[[FleetDifference], int]]] = {
    "new": lambda found: found.newly_blocking,
    "worse": lambda found: found.newly_blocking + found.count("new", "worse", "lost"),
    "any": lambda found: not found.is_empty,
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@report_options(FORMATS)
@fail_when_option(
    FAIL_WHEN, "never", "What exits with 1: a result that newly blocks, one that is worse, or anything that is another."
)
@help_option
def diff(before: str, after: str, format: str, output: tuple[str, ...], fail_when: str) -> int:
    """Tell what turned between two runs, and why: manifests, the registry, the bundle or the day.

    BEFORE and AFTER are folders of runs. What turned for one cause is told together, with examples. A repository that
    could not be reached any more, or a manifest that has mistakes now, is no improvement. Exits with 2 where one of
    the runs did not judge all that was meant.

    For example: vendorgate fleet diff run-of-monday run-of-tuesday --format markdown
    """
    files = tuple(str(Path(run) / name) for run in (before, after) for name in (ABOUT, DATABASE))
    found = answer(lambda: _made(before, after), FORMATS, format, output, manifests=files)
    return INCOMPLETE if found.is_incomplete else int(bool(FAIL_WHEN[fail_when](found)))


def _made(before: str, after: str) -> FleetDifference:
    with run_in(before) as earlier, run_in(after) as later:
        return fleet_difference(earlier, later)
