"""`vendorgate detect`."""

from __future__ import annotations

import click

from ...frame.answer import answer
from ...frame.defaults import registry_beside
from ...frame.detecting import before, catalogue_of, detected, files_of
from ...frame.options import help_option, policies_option, registry_option
from ...frame.reporting import report_options
from ...load.files import shown_path
from .formats import FORMATS
from .model import Detected


@click.command(add_help_option=False)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read files.  [default: by need]")
@registry_option
@policies_option
@report_options(FORMATS)
@help_option
def detect(
    paths: tuple[str, ...],
    jobs: int | None,
    registry: str | None,
    policies: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Tell which AI vendors the code in PATH uses, and where.

    PATH is a folder or a file; without one it is the working directory. Below a folder all is read that git has or
    would take. No code is run, and nothing is fetched. What is found is evidence of use; what is not found may be
    used all the same.

    For example: vendorgate detect src --format json
    """
    folder, bundle = registry_beside(registry, policies)
    files = files_of(paths)

    def make() -> Detected:
        root = before(shown_path(paths[0])) if len(paths) == 1 else ""
        known = catalogue_of(folder, bundle)
        names = {id: provider.name for id, provider in known.providers.items()}
        return Detected(detected(files, known, jobs), root, names)

    answer(make, FORMATS, format, output, folders=[folder, *([bundle] if bundle else [])])
    return 0
