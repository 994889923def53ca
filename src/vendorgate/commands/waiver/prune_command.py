"""`vendorgate waiver prune`."""

from __future__ import annotations

import sys
from typing import Any

import click

from ...frame.defaults import manifests_for
from ...frame.inputs import inputs_given
from ...frame.options import help_option, inputs
from ...frame.streams import print_report, style_for
from . import text as report
from .own_waivers import of_every_manifest, own_waivers
from .removal import pruning
from .waivers_file import unfiled


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--dry-run", is_flag=True, help="Show them, and write nothing.")
@inputs
@help_option
def prune(manifests: tuple[str, ...], dry_run: bool, **options: Any) -> int:
    """Take out of the bundle's waivers.yaml what is expired, unused or outlived for the manifests.

    Name every manifest that the bundle serves: a waiver is unused where nothing in those that are named needs it. One
    for a project of which none is named is left. Where a manifest cannot be judged nothing is taken out. Comments, and
    every other line of the file, stay as they are.

    For example: vendorgate waiver prune . --policies policies --dry-run
    """
    given = inputs_given(manifests_for(manifests), **options)
    with own_waivers(given.folders[0], dry_run=dry_run) as own:
        evaluation = of_every_manifest(given)
        found = pruning(evaluation)
        if found.gone and not dry_run:
            own.write(unfiled(own.read(), [use.waiver for use in found.gone]))
    print_report(report.pruned(found, evaluation, own.shown, style_for(sys.stdout), dry_run=dry_run))
    return 0
