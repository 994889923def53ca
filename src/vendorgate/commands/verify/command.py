"""`vendorgate verify`: whether a report is what a check says of its inputs."""

from __future__ import annotations

import click

from ...frame.answer import answer
from ...frame.defaults import inputs_for
from ...frame.options import help_option, pack_option, policies_option, registry_option
from ...frame.reporting import fail_on_option, report_options
from ...model.vocabulary import FailOn
from .formats import FORMATS
from .manifests import manifests_here
from .report_file import given_report
from .verifying import VerifyQuestion, verified


@click.command(add_help_option=False)
@click.argument("report", metavar="REPORT.json")
@click.option(
    "--manifest",
    "manifests",
    multiple=True,
    metavar="PATH",
    help="A manifest that is not where the report has it; may be repeated.",
)
@policies_option
@pack_option
@registry_option
@report_options(FORMATS)
@fail_on_option("The --fail-on that the report was made with.")
@click.option("--any-version", is_flag=True, help="Exit with 0, too, where nothing but vendorgate's version differs.")
@help_option
def verify(
    report: str,
    manifests: tuple[str, ...],
    policies: str | None,
    pack: tuple[str, ...],
    registry: str | None,
    format: str,
    output: tuple[str, ...],
    fail_on: FailOn | None,
    any_version: bool,
) -> int:
    """Tell whether a JSON report of `check` is byte for byte what a check says of its inputs on its day.

    Exits with 0 where it is, with 1 and all that differs where it is not. The report names the day and the manifests,
    which are looked for below this folder; give the policies and the registry of then, and the --pack and --fail-on
    that the report was made with, because it does not record these two.

    For example: vendorgate verify report.json --policies policies --registry registry-snapshot
    """
    bundle, snapshot, packs = inputs_for(policies, registry, pack, recorded=False)
    recorded = given_report(report)
    question = VerifyQuestion(recorded, manifests, bundle, snapshot, packs, fail_on)
    paths = (report, *manifests, *manifests_here(recorded.report))
    found = answer(lambda: verified(question), FORMATS, format, output, manifests=paths, folders=(bundle, snapshot))
    return 0 if found.outcome == "holds" or (any_version and found.outcome == "other-version") else 1
