"""`vendorgate repair`: the smallest changes with which a usage passes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ...errors import Problem, UsageError
from ...frame.answer import answering, show
from ...frame.options import help_option, inputs
from ...frame.reporting import fail_on_option, report_options
from ...frame.streams import print_report, style_for
from ...lifting.model import Repairs
from ...load.finding import STANDARD_INPUT
from ...load.manifest import GivenManifest, manifest_from
from ...model.evaluation import Evaluation
from .formats import REPAIR_FORMATS
from .options import LIMIT, RepairRequest, judged_manifest, usage_options

if TYPE_CHECKING:
    from ...frame.inputs import Inputs
    from ...gate import Gate
    from .editing import ManifestEdit


@click.command(add_help_option=False)
@usage_options("The usage to repair.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=LIMIT,
    metavar="N",
    help="How many repairs to look for, at most 100.  [default: 5]",
)
@click.option("--diff", is_flag=True, help="Show what one repair changes in the manifest, instead of the report.")
@click.option("--write", is_flag=True, help="Write that into the manifest, and judge again.")
@click.option(
    "--choose",
    type=click.IntRange(1),
    metavar="N",
    help="With --diff or --write: which repair, as they are numbered.  [default: 1, the cheapest]",
)
@inputs
@report_options(REPAIR_FORMATS)
@fail_on_option()
@help_option
def repair(limit: int, diff: bool, write: bool, choose: int | None, **options: Any) -> int:
    """Find the smallest sets of changes on our side with which a usage passes: agreements, settings, endpoints,
    features, models, region, tier, or a route that it can do without.

    It never changes which data is sent, about whom, what for and where. Exits with 0 where the usage passes already or
    a repair was found, and with 1 where none was; with --write, with 0 where the usage passes then. Agreements that
    others must sign are never written, nor what only you can say.

    For example: vendorgate repair vendorgate.yaml --usage visit-summaries --diff
    """
    from ...lifting.repairs import repairs_of, trial_of
    from ...lifting.search import Bounds

    request = RepairRequest(**options)
    _refuse_without_text(request, choose, edits=diff or write)
    given = request.inputs()
    gate = given.gate()

    def looked_for() -> Repairs:
        evaluation, usage = judged_manifest(request, given, gate)
        trial = trial_of(evaluation, usage, request.judges(evaluation, evaluation.snapshot))
        return repairs_of(trial, Bounds(repairs=limit), ignored_waivers=request.ignore_waivers)

    with answering(REPAIR_FORMATS, request.format, request.output, given.paths, given.folders) as report:
        found = looked_for()
        report(found)
        edit = _edit(found, choose or 1, request, given, gate) if diff or write else None
    if edit is None:
        show(found, REPAIR_FORMATS[request.format])
        return 0 if found.search is None or found.search.repairs else 1
    return _tell(edit, found, given.paths[0], (*request.again(limit),), writes=write)


def _refuse_without_text(request: RepairRequest, choose: int | None, *, edits: bool) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: with what to do instead.
    """
    problems = []
    if choose is not None and not edits:
        problems.append(Problem("--choose without --diff or --write", help="add one of them"))
    if edits and request.format != "text":
        help = "leave out --format; --output json=PATH writes the report beside it"
        problems.append(Problem("--diff and --write show text", help=help))
    if edits and request.manifest == STANDARD_INPUT:
        problems.append(Problem("--diff and --write are about a file, and not standard input", help="name the file"))
    if problems:
        raise UsageError(problems)


def _edit(found: Repairs, number: int, request: RepairRequest, given: Inputs, gate: Gate) -> ManifestEdit | None:
    """What a repair changes in the manifest; None where none is needed, or there is none."""
    if found.search is None or not found.search.repairs:
        return None
    from .editing import edit_of

    def judged(data: bytes) -> Evaluation:
        problems: list[Problem] = []
        shown = found.evaluation.manifests[0].source.path
        read = GivenManifest(shown, manifest_from(data, shown, problems, given.paths[0]), tuple(problems))
        return gate.judge([read], as_of=given.as_of, fail_on=request.fail_on, repository=given.repository)

    return edit_of(found, number, given.paths[0], judged)


def _tell(edit: ManifestEdit, found: Repairs, path: str, options: tuple[str, ...], *, writes: bool) -> int:
    from .edit_text import is_lifted, render_edit
    from .editing import write as write_edit

    assert found.search is not None
    if writes and edit.written:
        write_edit(edit, path)
    subject = found.evaluation.subjects[0]
    total, style = len(found.search.repairs), style_for(sys.stdout)
    print_report(render_edit(edit, total, subject, style, options, wrote=writes))
    return 0 if not writes or is_lifted(edit, subject.usage) else 1
