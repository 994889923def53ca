"""`vendorgate policy test`."""

from __future__ import annotations

import datetime

import click
import msgspec

from ...frame.answer import answer
from ...frame.defaults import day_for
from ...frame.options import Day, help_option
from ...frame.reporting import report_options
from .finding_formats import TEST_FORMATS
from .model import PolicyTestRun
from .options import folder_argument, pack_and_registry, to_open
from .tests_run import chosen, run_tests


@click.command(add_help_option=False)
@folder_argument
@click.option("-k", "wanted", metavar="TEXT", help="Only tests whose `policy::name` contains this; * and ? are globs.")
@click.option("--coverage", is_flag=True, help="Show which truths of which conditions the tests reach.")
@click.option(
    "--threshold", type=click.IntRange(0, 100), metavar="N", help="Exit with 1 where they reach less than N percent."
)
@click.option("--as-of", type=Day(), help="The day of tests that have none, YYYY-MM-DD.  [default: today, UTC]")
@pack_and_registry
@report_options(TEST_FORMATS)
@help_option
def test(
    folder: str | None,
    wanted: str | None,
    coverage: bool,
    threshold: int | None,
    as_of: datetime.date | None,
    output: tuple[str, ...],
    registry: str | None,
    pack: tuple[str, ...],
    format: str,
) -> int:
    """Run the tests of the policies in DIR: those beside them, and those in *.test.yaml.

    Exits with 1 where a test fails or coverage is below the threshold, with 2 where there is no test to run. Without
    DIR: the nearest policies/, as for `check`.

    For example: vendorgate policy test policies --coverage --threshold 100
    """
    folders, open_it = to_open(folder, registry, pack)
    day = day_for(as_of).day

    def tested() -> PolicyTestRun:
        opened = open_it()
        measured = coverage or threshold is not None
        run = run_tests(opened, chosen(opened.tests, wanted), day, coverage=measured)
        return msgspec.structs.replace(run, threshold=threshold)

    run = answer(tested, TEST_FORMATS, format, output, folders=folders)
    return 1 if run.failed or run.short else 0
