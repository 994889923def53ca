"""`vendorgate waiver list`."""

from __future__ import annotations

import datetime

import click

from ...evaluate.waivers import use_of
from ...frame.answer import answer
from ...frame.defaults import day_for, inputs_for, paths_for
from ...frame.options import help_option, inputs
from ...frame.reporting import report_options
from ...frame.repository import repository_for
from ...gate import Gate
from .formats import FORMATS
from .model import WaiverList


@click.command("list", add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@inputs
@report_options(FORMATS)
@help_option
def list_waivers(
    manifests: tuple[str, ...],
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Show every waiver of the bundle, the days that it has left, and what it waives in the manifests.

    Exits with 0 wherever they stand; `check` is the command that fails. MANIFEST is a file, folder or glob, as for
    `check`; without one it is the manifest here.
    """
    paths = paths_for(manifests)
    known, day = repository_for(repository), day_for(as_of).day
    judges = inputs_for(policies, registry, pack)

    def listed() -> WaiverList:
        evaluation = Gate(*judges).check(paths, as_of=day, repository=known)
        uses = tuple(use_of(one, evaluation.results, evaluation.as_of) for one in evaluation.bundle.waivers)
        return WaiverList(evaluation, uses)

    answer(listed, FORMATS, format, output, manifests=paths, folders=judges[:2])
    return 0
