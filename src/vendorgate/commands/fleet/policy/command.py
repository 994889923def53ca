"""`vendorgate fleet policy`: rules over all usages of a run."""

from __future__ import annotations

from pathlib import Path

import click

from ....frame.answer import answer
from ....frame.defaults import inputs_for
from ....frame.options import help_option, pack_option, policies_option, registry_option
from ....frame.reporting import fail_on_option, report_options
from ....frame.verdict import EXIT_CODES
from ....model.vocabulary import FailOn
from ..run.schema import ABOUT, DATABASE
from .asking import fleet_policies_on
from .formats import FORMATS


@click.command(add_help_option=False)
@click.argument("run", metavar="RUN")
@policies_option
@pack_option
@registry_option
@report_options(FORMATS)
@fail_on_option()
@help_option
def policy(
    run: str,
    policies: str | None,
    pack: tuple[str, ...],
    registry: str | None,
    format: str,
    output: tuple[str, ...],
    fail_on: FailOn | None,
) -> int:
    """Hold a run to the rules over all its usages, such as: at most two vendors see PHI.

    The rules stand in fleet.yaml of the bundle, and are judged by the day of RUN. What is not known of a usage may be
    anything, and so may the usages of what could not be judged. Exits with 1 where a rule blocks, with 2 where
    anything of the run was not judged.

    For example: vendorgate fleet policy run --policies policies
    """
    judged_by = inputs_for(policies, registry, pack)
    files = tuple(str(Path(run) / name) for name in (ABOUT, DATABASE))
    found = answer(
        lambda: fleet_policies_on(run, judged_by, fail_on),
        FORMATS,
        format,
        output,
        manifests=files,
        folders=judged_by[:2],
    )
    return EXIT_CODES[found.verdict]
