"""`vendorgate repair`: the smallest changes with which a usage passes."""

from __future__ import annotations

import sys
from typing import Any

import click

from ...frame.options import help_option, inputs
from .options import Request, judged_manifest, ways_out


@click.command(add_help_option=False)
@ways_out("The usage to repair.")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many repairs to look for."
)
@inputs
@help_option
def repair(limit: int, **options: Any) -> int:
    """Find the smallest sets of changes on our side with which a usage passes: agreements, settings, endpoints,
    features, models, region, tier, or a route that it can do without.

    It never changes which data is sent, about whom, what for and where. Exits with 0 where the usage passes already or
    a repair was found, and with 1 where none was.

    For example: vendorgate repair vendorgate.yaml --usage visit-summaries
    """
    from ...frame.streams import print_report, style_for
    from .repairs import repairs_of, trial_of
    from .search import Bounds

    request = Request(**options)
    _, evaluation = judged_manifest(request)
    trial = trial_of(evaluation, request.usage, request.judges(evaluation, evaluation.snapshot))
    found = repairs_of(trial, Bounds(repairs=limit), ignored_waivers=request.ignore_waivers)
    if request.format == "json":
        from .document import render_repairs as render_json

        print_report(render_json(found))
    else:
        from .text import render_repairs

        print_report(render_repairs(found, style_for(sys.stdout)))
    return 0 if found.search is None or found.search.repairs else 1
