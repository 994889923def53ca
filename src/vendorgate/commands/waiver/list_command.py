"""`vendorgate waiver list`."""

from __future__ import annotations

import datetime
import sys

import click

from ...evaluate.waivers import use_of
from ...frame.defaults import inputs_for, paths_for, today
from ...frame.options import help_option, inputs
from ...frame.repository import repository_for
from ...frame.streams import print_report, style_for
from ...gate import Gate


@click.command("list", add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
@inputs
@help_option
def list_waivers(
    manifests: tuple[str, ...],
    format: str,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
) -> int:
    """Show every waiver of the bundle, the days that it has left, and what it waives in the manifests.

    Exits with 0 wherever they stand; `check` is the command that fails. MANIFEST is a file, folder or glob, as for
    `check`; without one it is the manifest here.
    """
    paths = paths_for(manifests)
    known, day = repository_for(repository), as_of or today()
    evaluation = Gate(*inputs_for(policies, registry, pack)).check(paths, as_of=day, repository=known)
    uses = [use_of(one, evaluation.results, evaluation.as_of) for one in evaluation.bundle.waivers]
    if format == "json":
        from .json import render

        print_report(render(evaluation, uses))
    else:
        from .text import listing

        print_report(listing(evaluation, uses, style_for(sys.stdout)))
    return 0
