"""`vendorgate review`, as click knows it."""

from __future__ import annotations

from typing import Any

import click

from ...frame.options import Day, help_option, inputs
from ...frame.reporting import fail_on_option, report_options, show_waived_option
from .formats import NAMES
from .request import ReviewRequest
from .request import review as run_review


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--base", required=True, metavar="REF", help="What the change is to go into; its policies judge.")
@click.option("--head", default="HEAD", show_default=True, metavar="REF", help="What the change comes to.")
@click.option("--new-only", is_flag=True, help="Only what is new or worse blocks.")
@click.option("--trust-head", is_flag=True, help="Judge head by its own policies, waivers, agreements and registry.")
@inputs
@click.option("--base-as-of", type=Day(), help="The day for the results before the change.  [default: as --as-of]")
@report_options(NAMES)
@fail_on_option()
@show_waived_option
@click.option("--code", is_flag=True, help="Tell, too, what the change makes code do otherwise than is declared.")
@click.option("--verbose", is_flag=True, help="Have text tell every change, with its reasons.")
@help_option
def review(**options: Any) -> int:
    """Judge a change: what it makes new, worse, better or fixed, and why.

    Reads git's commits, never the work tree. Policies, waivers, agreements and registry are those of the base, so that
    no change can weaken what judges it. Without MANIFEST: every vendorgate.yaml or vendorgate.yml below this folder. A
    MANIFEST may be a folder or a glob, such as "services/**/vendorgate.yaml".

    For example: vendorgate review --base origin/main
    """
    return run_review(ReviewRequest(**options))
