"""`vendorgate verify`: whether a report is what a check says of its inputs."""

from __future__ import annotations

import click

from ...archive.reading import LARGEST, is_archive
from ...archive.report_file import given_report
from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.defaults import inputs_for
from ...frame.options import help_option, max_size_option, pack_option, policies_option, registry_option
from ...frame.reporting import fail_on_option, report_options
from ...model.vocabulary import FailOn
from .formats import FORMATS
from .manifests import manifests_here
from .pack_verifying import verified_pack
from .verifying import VerifyQuestion, verified


@click.command(add_help_option=False)
@click.argument("report", metavar="REPORT.json|PACK.zip")
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
@max_size_option(LARGEST, "How many MiB of an evidence pack are read, unpacked.")
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
    max_size: int,
) -> int:
    """Tell whether a JSON report of `check` is byte for byte what a check says of its inputs on its day.

    Exits with 0 where it is, with 1 and all that differs where it is not. The report names the day and the manifests,
    which are looked for below this folder; give the policies and the registry of then, and the --pack and --fail-on
    that the report was made with, because it does not record these two. An evidence pack has all of that in it: of
    one the digests of every member are checked first, and all reports are made again.

    For example: vendorgate verify report.json --policies policies --registry registry-snapshot
    """
    if is_archive(report):
        _refuse_inputs(manifests, policies, registry, pack, fail_on)
        found = answer(lambda: verified_pack(report, max_size), FORMATS, format, output, manifests=(report,))
    else:
        question = _question(report, manifests, policies, registry, pack, fail_on)
        paths = (report, *manifests, *manifests_here(question.read.report))
        folders = (question.policies, question.registry)
        found = answer(lambda: verified(question), FORMATS, format, output, manifests=paths, folders=folders)
    return 0 if found.outcome == "holds" or (any_version and found.outcome == "other-version") else 1


def _question(
    report: str,
    manifests: tuple[str, ...],
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    fail_on: FailOn | None,
) -> VerifyQuestion:
    """What is asked about a report.

    Raises:
        InputError: it cannot be read, or is none.
    """
    bundle, snapshot, packs = inputs_for(policies, registry, pack, recorded=False)
    return VerifyQuestion(given_report(report), manifests, bundle, snapshot, packs, fail_on)


def _refuse_inputs(
    manifests: tuple[str, ...],
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    fail_on: FailOn | None,
) -> None:
    """Refuse inputs beside an evidence pack, which has its own.

    Raises:
        UsageError: any is named.
    """
    options = {
        "--manifest": manifests,
        "--policies": policies,
        "--registry": registry,
        "--pack": pack,
        "--fail-on": fail_on,
    }
    named = [option for option, value in options.items() if value]
    if named:
        title = f"an evidence pack has its own inputs, and is not judged by {', '.join(named)}"
        raise UsageError([Problem(title, help="leave that out; what other inputs say, `vendorgate check` tells")])
