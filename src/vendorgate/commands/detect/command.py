"""`vendorgate detect`."""

from __future__ import annotations

from typing import Any

import click

from ...frame.options import help_option, inputs
from ...frame.reporting import fail_on_option, report_options
from .formats import FORMATS
from .options import Options
from .options import detect as run_detect
from .request import IMPORTS


@click.command(add_help_option=False)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read files.  [default: by need]")
@click.option(
    "--from", "source", type=click.Choice(IMPORTS), help="PATH is a configuration of this kind, and says it all."
)
@click.option("--write", is_flag=True, help="Draft a manifest, or add what is missing to the one that is there.")
@click.option(
    "--against",
    multiple=True,
    metavar="MANIFEST",
    help="Tell what differs from this manifest, or `auto`: from those around the code; may be repeated.",
)
@inputs
@report_options(FORMATS)
@fail_on_option("The least severity of a difference that blocks; not laxer than the bundle's.")
@help_option
def detect(**options: Any) -> int:
    """Tell which AI vendors the code in PATH uses, and where.

    PATH is a folder or a file; without one it is the working directory. Below a folder all is read that git has or
    would take. No code is run, and nothing is fetched. What is found is evidence of use; what is not found may be
    used all the same.

    With --against, the code is held against manifests: what it does and they do not declare is told first, and the
    exit code is 1 where the bundle lets any of that block. With `auto` the nearest manifest above a file covers it.

    With --write, offerings, endpoints, models and regions are written to the manifest of that folder, with the places
    where they were seen; what they are for, and which data they get, is left to declare.

    For example: vendorgate detect src --against auto
    """
    return run_detect(Options(**options))
