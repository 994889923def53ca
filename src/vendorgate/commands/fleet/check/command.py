"""`vendorgate fleet check`: many manifests judged, and written as a run."""

from __future__ import annotations

import os
import sys
from typing import Any, get_args

import click

from ....errors import Problem, UsageError
from ....frame.answer import answer
from ....frame.defaults import inputs_for
from ....frame.options import as_of_option, help_option, pack_option, policies_option, registry_option
from ....frame.reporting import fail_on_option, report_options
from ....frame.verdict import EXIT_CODES
from ....load.files import Folder
from ....terminal.escape import escape
from ..run.document import RowsFormat
from .formats import FORMATS
from .request import ExecutorName, FleetRequest
from .running import checked
from .tasks import FEWEST, USUAL


def _cores() -> int:
    """How many processes this machine runs at once, as far as the system lets this one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@click.command(add_help_option=False)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, metavar="DIR", help="The folder of the run, new or of an earlier one.")
@policies_option
@pack_option
@registry_option
@as_of_option
@click.option(
    "--executor",
    type=click.Choice(get_args(ExecutorName)),
    default="processes",
    show_default=True,
    help="Who judges: processes of this machine, or a cluster of Dask.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="The scheduler of the cluster, as tcp://HOST:8786.  [default: one on this machine]",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes of this machine.  [default: one for each core]"
)
@click.option(
    "--batch",
    type=click.IntRange(min=FEWEST),
    default=USUAL,
    show_default=True,
    metavar="N",
    help="Manifests that are judged at once.",
)
@click.option(
    "--rows",
    type=click.Choice(get_args(RowsFormat)),
    default="jsonl",
    show_default=True,
    help="Write a row for each subject and policy, too.",
)
@report_options(FORMATS)
@fail_on_option()
@help_option
def check(format: str, output: tuple[str, ...], jobs: int | None, **options: Any) -> int:
    """Judge the manifests of many repositories, and write a run: run.json, run.sqlite, and rows of results.

    SOURCE is the folder of a store, a *.jsonl with a line {"path": …, "manifest": {…}} for each manifest, or a
    *.parquet with these two columns. What was interrupted goes on with the same command. Where some manifests have
    mistakes, the others are judged, and the exit code is 2. What `vendorgate fleet gather --code`
    found to differ between code and manifests blocks, too, where it is as serious as --fail-on.

    For example: vendorgate fleet check fleet --out run
    """
    request = FleetRequest(jobs=jobs or _cores(), **options)
    if request.scheduler is not None and request.executor != "dask":
        raise UsageError([Problem("--scheduler without --executor dask", help="add --executor dask")])
    judged_by = inputs_for(request.policies, request.registry, request.pack)
    folders = (*judged_by[:2], Folder(request.out, request.out))  # nor is a report put where a run is written
    found = answer(
        lambda: checked(request, judged_by), FORMATS, format, output, manifests=request.sources, folders=folders
    )
    out = escape(request.out)
    look = f"vendorgate fleet report {out} --output html=fleet.html --format markdown"
    sys.stderr.write(f"the run is in {out}; look at it: {look}\n")
    return EXIT_CODES[found.verdict]
