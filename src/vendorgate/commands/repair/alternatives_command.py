"""`vendorgate alternatives`: other offerings with which a usage would pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import click

from ...frame.answer import answer
from ...frame.names import require_known, require_offering
from ...frame.options import help_option, inputs
from ...frame.reporting import fail_on_option, report_options
from ...model.subject import Subject
from .formats import ALTERNATIVES_FORMATS, alternatives_formats
from .model import Alternatives
from .options import RepairRequest, judged_manifest, usage_options


@click.command(add_help_option=False)
@usage_options("The usage to find offerings for.")
@click.option(
    "--route", metavar="OFFERING", help="The route to look at.  [default: its own offering, or the first that fails]"
)
@click.option("--offering", multiple=True, metavar="OFFERING", help="Look at this one only; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Show every offering, those that do not pass, too.")
@inputs
@report_options(ALTERNATIVES_FORMATS)
@fail_on_option()
@help_option
def alternatives(route: str | None, offering: tuple[str, ...], everything: bool, **options: Any) -> int:
    """Find offerings with which a usage would pass, each with what it still needs.

    The nearest come first: the same offering used otherwise, the same model family on another platform, then all
    others. Where none passes, those are shown that come closest. Exits with 0 where one passes, and with 1 where none
    does.

    For example: vendorgate alternatives vendorgate.yaml --usage visit-summaries
    """
    from ...lifting.repairs import trial_of
    from .alternatives import alternatives as find

    request = RepairRequest(**options)
    given = request.inputs()

    def looked_for() -> Alternatives:
        gate = given.gate()
        evaluation, usage = judged_manifest(request, given, gate)
        for name in offering:
            require_offering(name, evaluation.snapshot.ids)
        snapshot = gate.snapshot(offering or evaluation.snapshot.ids)
        trial = trial_of(evaluation, usage, request.judges(evaluation, snapshot))
        subject = _route(route, trial.subjects, (one.case.subject for one in trial.blocked(trial.tried(())) or ()))
        return find(trial, subject, offering, ignored_waivers=request.ignore_waivers)

    formats = alternatives_formats(everything)
    found = answer(looked_for, formats, request.format, request.output, manifests=given.paths, folders=given.folders)
    return 0 if found.passing or found.evaluation.verdict == "pass" else 1


def _route(given: str | None, subjects: tuple[Subject, ...], failing: Iterable[Subject]) -> Subject:
    """The route that was asked for, else the first that fails.

    Raises:
        UsageError: the usage has no such route.
    """
    if given is not None:
        ids = Counter(subject.offering.id for subject in subjects)
        names = {str(subject.name): subject for subject in subjects}
        names.update((subject.offering.id, subject) for subject in subjects if ids[subject.offering.id] == 1)
        require_known(given, names, "route")
        return names[given]
    by_name = {subject.name: subject for subject in subjects}
    return by_name[next((subject.name for subject in failing), subjects[0].name)]
