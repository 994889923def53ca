"""A check as a bill of materials, CycloneDX 1.6 in JSON: which services get which data, and how far that meets what.

In: an evaluation. Out: ASCII text, the same for the same evaluation. The time is the day that was judged by. Where a
manifest was not judged, the bill says that it is incomplete.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..model.evaluation import Evaluation
from ..terminal.escape import escape
from . import unjudged
from .bill import Value, bill
from .bill_declarations import declarations, standards
from .bill_services import ROOT, Used, dependencies, models, projects, services
from .order import found_beside, worst_notices_first
from .resources import TIME, instant
from .signoff import signoff_cells
from .surroundings import Surroundings


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The bill."""
    used = Used(evaluation)
    content: dict[str, Value] = {
        "components": [*projects(evaluation, surroundings), *models(used)],
        "services": services(used),
        "dependencies": dependencies(evaluation, used, surroundings),
        **_whole(evaluation),
        "declarations": declarations(evaluation, used, surroundings),
        "definitions": {"standards": standards(evaluation)},
    }
    about: dict[str, Value] = {"type": "application", "bom-ref": ROOT, "name": escape(_whose(evaluation))}
    said = ((name, escape(value)) for name, value in _said(evaluation, surroundings))
    return bill(content, said, about=about, time=instant(evaluation.as_of))


def _whole(evaluation: Evaluation) -> dict[str, Value]:
    """That something is missing, where it is; that nothing is, nobody knows."""
    return {"compositions": [{"aggregate": "incomplete", "assemblies": [ROOT]}]} if evaluation.not_judged else {}


def _whose(evaluation: Evaluation) -> str:
    if evaluation.repository.name is not None:
        return evaluation.repository.name
    projects = {manifest.project for manifest in evaluation.manifests}
    return projects.pop() if len(projects) == 1 else f"{len(projects)} projects"


def _said(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[tuple[str, str]]:
    """What the verdict is and rests on."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    yield "verdict", evaluation.verdict
    for left in evaluation.not_judged:
        told = "; ".join(unjudged.words(problem) for problem in left.problems)
        yield "not-judged", f"{surroundings.path(left.path)}: {told}"
    yield "as-of", evaluation.as_of.isoformat()
    yield "as-of-given", "yes" if evaluation.as_of_given else "no"
    yield "timestamp-is", TIME
    numbers: dict[str, int] = msgspec.to_builtins(evaluation.summary)
    yield from ((name.replace("_", "-"), str(number)) for name, number in numbers.items())
    yield "on-claims-alone", str(evaluation.on_claims_alone)
    yield "fail-on", evaluation.fail_on
    yield "agreements", evaluation.agreements
    yield "bundle-sha256", bundle.sha256
    yield from (("bundle-source", bundle.address),) if bundle.address is not None else ()
    yield from ((name.replace("_", "-"), told) for name, told in signoff_cells(evaluation).items())
    yield "registry", snapshot.written.name
    yield "registry-generated", snapshot.written.generated.isoformat()
    yield "registry-sha256", snapshot.sha256
    blocking = {id(one) for one in found_beside(evaluation)}
    for notice in worst_notices_first(evaluation):
        yield "finding" if id(notice) in blocking else "notice", f"{notice.severity} {notice.id}: {notice.message}"
