"""`vendorgate check`, as click knows it."""

from __future__ import annotations

from typing import Any

import click

from .checking import THRESHOLDS, Request
from .checking import check as run_check
from .formats import FORMATS
from .options import help_option, inputs, show_waived_option


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@inputs
@click.option("--format", type=click.Choice([*FORMATS]), default="text", show_default=True, help="What to print.")
@click.option("--output", multiple=True, metavar="FORMAT=PATH", help="Write a report to a file, too; may be repeated.")
@click.option(
    "--fail-on",
    type=click.Choice(THRESHOLDS),
    help="The least severity that blocks; not laxer than the bundle's.",
)
@show_waived_option
@help_option
def check(**options: Any) -> int:
    """Judge manifests and fail where usage is outside documented coverage.

    Without MANIFEST: vendorgate.yaml here. A MANIFEST may be a glob, such as "services/**/vendorgate.yaml".
    """
    return run_check(Request(**options))
