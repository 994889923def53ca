"""`vendorgate detect`."""

from __future__ import annotations

import click

from ...frame.answer import answer
from ...frame.defaults import registry_beside
from ...frame.options import help_option, policies_option, registry_option
from ...frame.reporting import report_options
from .formats import FORMATS
from .request import IMPORTS, DetectRequest, told


@click.command(add_help_option=False)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read files.  [default: by need]")
@click.option(
    "--from", "source", type=click.Choice(IMPORTS), help="PATH is a configuration of this kind, and says it all."
)
@click.option("--write", is_flag=True, help="Draft a manifest, or add what is missing to the one that is there.")
@registry_option
@policies_option
@report_options(FORMATS)
@help_option
def detect(
    paths: tuple[str, ...],
    jobs: int | None,
    source: str | None,
    write: bool,
    registry: str | None,
    policies: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Tell which AI vendors the code in PATH uses, and where.

    PATH is a folder or a file; without one it is the working directory. Below a folder all is read that git has or
    would take. No code is run, and nothing is fetched. What is found is evidence of use; what is not found may be
    used all the same.

    With --write, offerings, endpoints, models and regions are written to the manifest of that folder, with the places
    where they were seen; what they are for, and which data they get, is left to declare.

    For example: vendorgate detect src --format json
    """
    folder, bundle = registry_beside(registry, policies)
    folders = [folder, *([bundle] if bundle else [])]
    request = DetectRequest(paths, jobs, source, write, folder, bundle)
    answer(lambda: told(request), FORMATS, format, output, folders=folders)
    return 0
