"""What an assessment comes to, as OSCAL's findings: one for each control, and for each policy that serves none.

In: objectives, results with their names. Out: findings, the objectives that they are about, the controls reviewed. An
objective is satisfied where every result of its policies passes and nothing was left unjudged; unknown, waived and not
judged are `not-satisfied`, with `other` as the reason. Of an objective that applies to nothing nothing is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ...model.evaluation import Evaluation
from ...model.vocabulary import Outcome
from ..objectives import AS_FAR, Objective, framework_name, told
from ..oscal_frame import ORIGINS
from ..oscal_words import Part, filled, line, listed, props, token, uid
from .names import Named, Seen, target


def reviewed(objectives: Sequence[Objective]) -> Part:
    """The controls that the policies serve, a selection a framework."""
    ordered = sorted(objectives, key=lambda one: one.framework)
    return {
        "description": "The controls that the policies serve; a policy that serves none stands for itself.",
        "control-selections": [
            {
                "description": line(framework_name(framework)),
                "props": props({"framework": framework}),
                "include-controls": [{"control-id": name} for name in dict.fromkeys(map(target, found))],
            }
            for framework, found in groupby(ordered, lambda one: one.framework)
        ],
    }


def defined(objectives: Iterable[Objective]) -> list[Part]:
    """What each objective asks for."""
    return [
        {
            "control-id": target(one),
            "description": line(one.title),
            "props": props({"framework": one.framework, "control": one.name}),
            "parts": [
                {
                    "id": target(one),
                    "name": "assessment-objective",
                    "prose": listed(f"`{policy.id}`: {policy.title}" for policy in one.policies),
                }
            ],
        }
        for one in objectives
    ]


def findings(
    objectives: Iterable[Objective], results: Mapping[str, list[Named]], evaluation: Evaluation, basis: str
) -> Iterator[Part]:
    """Those of what applies to anything."""
    for objective in objectives:
        found = [one for policy in objective.policies for one in results.get(policy.id, ())]
        if found:
            yield _finding(objective, found, evaluation, basis)


def _finding(objective: Objective, found: list[Named], evaluation: Evaluation, basis: str) -> Part:
    outcomes = {one.result.outcome for one in found}
    words = told(objective, [one.result for one in found], evaluation)
    policies = [("policy", policy.id) for policy in objective.policies]
    return filled(
        {
            "uuid": uid("finding", basis, objective.framework, objective.name),
            "title": line(objective.title),
            "description": line(words),
            "props": props([("framework", objective.framework), ("control", objective.name), *policies]),
            "origins": ORIGINS,
            "target": {
                "type": "objective-id",
                "target-id": target(objective),
                "title": line(objective.title),
                "status": _status(outcomes, words, evaluation),
                **({} if objective.control is None else {"remarks": line(AS_FAR)}),
            },
            "related-observations": [{"observation-uuid": one.observation} for one in found],
            "related-risks": [{"risk-uuid": one.risk} for one in found if one.risk is not None],
        }
    )


def _status(outcomes: Collection[Outcome], words: str, evaluation: Evaluation) -> Part:
    if "fail" in outcomes:
        return {"state": "not-satisfied", "reason": "fail", "remarks": line(words)}
    if evaluation.not_judged or {*outcomes} != {"pass"}:
        return {"state": "not-satisfied", "reason": "other", "remarks": line(words)}
    return {"state": "satisfied", "reason": "pass", "remarks": line(words)}


def of_notice(one: Seen) -> Part:
    """Something that was found and is no result of a policy."""
    notice = one.notice
    return {
        "uuid": one.finding,
        "title": line(notice.id),
        "description": line(notice.message),
        "props": props({"notice": notice.id}),
        "origins": ORIGINS,
        "target": {
            "type": "objective-id",
            "target-id": token(notice.id),
            "status": {
                "state": "not-satisfied",
                "reason": "other" if notice.id == "not-judged" else "fail",
                "remarks": line(notice.message),
            },
        },
        "related-observations": [{"observation-uuid": one.observation}],
        "related-risks": [{"risk-uuid": one.risk}],
    }
