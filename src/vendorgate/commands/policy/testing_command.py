"""`vendorgate policy test`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from typing import Final

import click

from ...frame.defaults import today
from ...frame.options import Day
from ...frame.output import destinations, discard
from ...frame.streams import print_report, style_for
from ...terminal.style import PLAIN, Style
from .model import PolicyTestRun, percentage
from .options import folder_argument, opened, policy_options
from .testing import chosen, run_tests

Render = Callable[[PolicyTestRun, Style, "int | None"], str]


def _text(run: PolicyTestRun, style: Style, threshold: int | None) -> str:
    from .tests_text import render

    return render(run, style, threshold)


def _json(run: PolicyTestRun, style: Style, threshold: int | None) -> str:
    from .tests_document import render

    return render(run)


def _junit(run: PolicyTestRun, style: Style, threshold: int | None) -> str:
    from .tests_junit import render

    return render(run, threshold)


FORMATS: Final[Mapping[str, Render]] = {"text": _text, "json": _json, "junit": _junit}


@click.command(add_help_option=False)
@folder_argument
@click.option("-k", "wanted", metavar="TEXT", help="Only tests whose `policy::name` contains this; * and ? are globs.")
@click.option("--coverage", is_flag=True, help="Show which truths of which conditions the tests reach.")
@click.option(
    "--threshold", type=click.IntRange(0, 100), metavar="N", help="Exit with 1 where they reach less than N percent."
)
@click.option("--as-of", type=Day(), help="The day of tests that have none, YYYY-MM-DD.  [default: today, UTC]")
@click.option("--output", multiple=True, metavar="FORMAT=PATH", help="Write a report to a file, too; may be repeated.")
@policy_options(*FORMATS)
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

    Exits with 1 where a test fails or coverage is below the threshold, with 2 where there is no test to run.
    """
    bundle = opened(folder, registry, pack)
    files = destinations(output, FORMATS, (), (bundle.files.folder, bundle.index.folder))
    try:
        measured = coverage or threshold is not None
        run = run_tests(bundle, chosen(bundle.tests, wanted), as_of or today(), coverage=measured)
        for file in files:
            file.write(FORMATS[file.format](run, PLAIN, threshold))
    finally:
        discard(files)
    print_report(FORMATS[format](run, style_for(sys.stdout), threshold))
    short = threshold is not None and percentage(run.coverage or ()) < threshold
    return 1 if run.failed or short else 0
