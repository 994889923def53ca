"""`vendorgate plan`, as click knows it."""

from __future__ import annotations

from typing import Any

import click

from ...frame.options import Day, Span, help_option, inputs
from ...frame.reporting import fail_on_option, report_options
from .formats import FORMATS
from .request import PlanRequest
from .request import plan as run_plan


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--within", type=Span(), metavar="SPAN", help="How far to look ahead, as 90d or 12w.  [default: 90d]")
@click.option("--until", type=Day(), metavar="DATE", help="The last day to look at, YYYY-MM-DD, instead of --within.")
@click.option(
    "--fail-within",
    type=Span(),
    metavar="SPAN",
    help="Exit with 1 if a result starts to block within so many days, as 14d; looks as far ahead as that, too.",
)
@click.option("--verbose", is_flag=True, help="Have text name every result.")
@inputs
@report_options(FORMATS)
@fail_on_option()
@help_option
def plan(**options: Any) -> int:
    """Show what will turn in the coming days, when and why, if nobody does anything.

    The check is replayed for every day on which something changes: agreements and waivers that end, evidence that goes
    stale, policies that begin to be enforced, rules that count days. The day itself, --as-of, is what `check` is for.
    Exits with 0, whatever turns, unless --fail-within is given.

    For example: vendorgate plan --within 365d --output ics=plan.ics
    """
    return run_plan(PlanRequest(**options))
