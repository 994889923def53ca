"""A check as OSCAL's assessment results (version 1.2): for a tool that keeps controls, findings and risks.

In: an evaluation. Out: JSON, the same for the same evaluation: every UUID is made of what it is of, every time is the
day that was judged by, and no clock is read. Only what passes satisfies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from ..errors import Problem, UsageError
from ..model.evaluation import Evaluation
from . import unjudged
from .ascii_json import dumps
from .assessment import found, local, matter, observed, risks
from .assessment.names import (
    basis,
    bundle_resource,
    by_policy,
    item,
    named,
    reference,
    registry_resource,
    seen,
)
from .objectives import objectives
from .order import is_finding, worst_notices_first
from .oscal_frame import ASSETS, assessment
from .oscal_words import Part, beginning, filled, line, listed, props, uid
from .resources import TIME
from .resting import ALONE
from .surroundings import Surroundings


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The document.

    Raises:
        UsageError: OSCAL cannot write the day.
    """
    time = beginning(evaluation.as_of)
    if time is None:
        title = f"OSCAL has no time for {evaluation.as_of}"
        raise UsageError([Problem(title, help="judge by a day from 2000 to 2999, or choose another format")])
    return dumps(
        assessment(
            title=f"AI vendors of {_whose(evaluation)}, as of {evaluation.as_of}",
            time=time,
            said=_said(evaluation),
            remarks=f"The time of everything that was found is {TIME}. What ends, ends with its last day, UTC.",
            parties=local.parties(evaluation),
            objectives=found.defined(objectives(evaluation.bundle.policies)),
            result=_result(evaluation, surroundings, time),
            resources=matter.resources(evaluation, surroundings),
        )
    )


def _whose(evaluation: Evaluation) -> str:
    if evaluation.repository.name is not None:
        return evaluation.repository.name
    projects = sorted({manifest.project for manifest in evaluation.manifests})
    return projects[0] if len(projects) == 1 else f"{len(projects)} projects"


def _said(evaluation: Evaluation) -> Mapping[str, str | None]:
    return {
        "verdict": evaluation.verdict,
        "as-of": evaluation.as_of.isoformat(),
        "as-of-given": "yes" if evaluation.as_of_given else "no",
        "fail-on": evaluation.fail_on,
        "agreements": evaluation.agreements,
        "repository": evaluation.repository.name,
    }


def _result(evaluation: Evaluation, surroundings: Surroundings, time: str) -> Part:
    asked, of_day = objectives(evaluation.bundle.policies), basis(evaluation)
    results, beside = [*named(evaluation, surroundings)], [*seen(evaluation, surroundings)]
    items = {id(subject): item(subject, evaluation, surroundings) for subject in evaluation.subjects}
    return filled(
        {
            "uuid": uid("result", of_day),
            "title": line(f"Check: {evaluation.verdict}"),
            "description": listed(_told(evaluation)),
            "start": time,
            "props": props(_counts(evaluation)),
            "links": [reference(bundle_resource(evaluation)), reference(registry_resource(evaluation))],
            "local-definitions": _definitions(evaluation, surroundings),
            "reviewed-controls": found.reviewed(asked),
            "observations": [
                *(observed.of_notice(one, evaluation, surroundings) for one in beside),
                *(observed.observation(one, evaluation, items) for one in results),
            ],
            "risks": [
                *map(risks.of_notice, beside),
                *(risks.risk(one, evaluation, items) for one in results if one.risk is not None),
            ],
            "findings": [
                *map(found.of_notice, beside),
                *found.findings(asked, by_policy(results), evaluation, of_day),
            ],
            "remarks": _notices(evaluation),
        }
    )


def _definitions(evaluation: Evaluation, surroundings: Surroundings) -> Part:
    return filled(
        {
            "components": local.components(local.by_route(evaluation)),
            "inventory-items": local.items(evaluation, surroundings),
            "assessment-assets": ASSETS,
        }
    )


def _told(evaluation: Evaluation) -> Iterator[str]:
    """What it comes to, in words."""
    if evaluation.not_judged:
        yield f"Not judged: {unjudged.names(evaluation)}. Nothing has passed as a whole."
    counts = evaluation.summary
    yield (
        f"{counts.passed} pass ({evaluation.on_claims_alone} {ALONE}), {counts.fail} fail, "
        f"{counts.unknown} are not known, {counts.waived} are waived, "
        f"{counts.not_applicable} do not apply; {counts.blocking} block."
    )


def _counts(evaluation: Evaluation) -> Mapping[str, str]:
    """By the names that the JSON report has."""
    numbers: dict[str, int] = msgspec.to_builtins(evaluation.summary)
    counts = {name.replace("_", "-"): str(number) for name, number in numbers.items()}
    beside = {"on-claims-alone": evaluation.on_claims_alone, "not-judged": len(evaluation.not_judged)}
    return {"verdict": evaluation.verdict, **counts, **{name: str(number) for name, number in beside.items()}}


def _notices(evaluation: Evaluation) -> str | None:
    """What a reader must know beside the results."""
    told = [
        f"{one.severity} `{one.id}`: {one.message}" for one in worst_notices_first(evaluation) if not is_finding(one)
    ]
    return listed(told) if told else None
