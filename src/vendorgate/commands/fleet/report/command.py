"""`vendorgate fleet report`."""

from __future__ import annotations

import sys

import click
from click.core import ParameterSource

from ....frame.answer import answer
from ....frame.options import help_option
from ....frame.reporting import report_options
from ....load.files import folder
from .formats import FORMATS
from .opening import opened

_AT_A_TERMINAL = "markdown"
"""In the place of the page, which is nothing to look at there."""


@click.command(add_help_option=False)
@click.argument("run", metavar="RUN")
@report_options(FORMATS)
@help_option
def report(run: str, format: str, output: tuple[str, ...]) -> int:
    """Show what a run of `fleet check` came to: one page to look at, with all its rows.

    Teams by vendors, what ends when, who sends what where, what blocks where, who has no manifest, drift; each figure
    leads to its rows. The page needs no network. Markdown has the totals, for the summary of a job; CSV has a row for
    each subject and policy. A terminal is shown the totals where nobody names a format.

    For example: vendorgate fleet report run --output html=fleet.html --format markdown
    """
    source = click.get_current_context().get_parameter_source("format")
    if source is ParameterSource.DEFAULT and sys.stdout.isatty():
        format = _AT_A_TERMINAL
    answer(lambda: opened(run), FORMATS, format, output, folders=(folder(run),))
    return 0
