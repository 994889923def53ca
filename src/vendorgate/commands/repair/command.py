"""`vendorgate repair`: the smallest changes with which a usage passes."""

from __future__ import annotations

from typing import Any

import click

from ...frame.answer import answer
from ...frame.options import help_option, inputs
from ...frame.reporting import fail_on_option, report_options
from ...lifting.model import Repairs
from .formats import REPAIR_FORMATS
from .options import RepairRequest, judged_manifest, usage_options


@click.command(add_help_option=False)
@usage_options("The usage to repair.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=5,
    metavar="N",
    help="How many repairs to look for, at most 100.  [default: 5]",
)
@inputs
@report_options(REPAIR_FORMATS)
@fail_on_option()
@help_option
def repair(limit: int, **options: Any) -> int:
    """Find the smallest sets of changes on our side with which a usage passes: agreements, settings, endpoints,
    features, models, region, tier, or a route that it can do without.

    It never changes which data is sent, about whom, what for and where. Exits with 0 where the usage passes already or
    a repair was found, and with 1 where none was.

    For example: vendorgate repair vendorgate.yaml --usage visit-summaries
    """
    from ...lifting.repairs import repairs_of, trial_of
    from ...lifting.search import Bounds

    request = RepairRequest(**options)
    given = request.inputs()

    def looked_for() -> Repairs:
        _, evaluation, usage = judged_manifest(request, given)
        trial = trial_of(evaluation, usage, request.judges(evaluation, evaluation.snapshot))
        return repairs_of(trial, Bounds(repairs=limit), ignored_waivers=request.ignore_waivers)

    found = answer(
        looked_for, REPAIR_FORMATS, request.format, request.output, manifests=given.paths, folders=given.folders
    )
    return 0 if found.search is None or found.search.repairs else 1
