"""What an assessment comes to, as OSCAL's findings: one for each control, and for each policy that serves none.

In: objectives, results with their names. Out: findings, the objectives that they are about, the controls reviewed. An
objective is satisfied where every result of its policies passes and nothing was left unjudged; unknown, waived and not
judged are `not-satisfied`, with `other` as the reason. Of an objective that applies to nothing nothing is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...model.frameworks.table import FRAMEWORKS
from ...model.vocabulary import Outcome
from .. import unjudged
from ..oscal_frame import ORIGINS
from ..oscal_words import Part, filled, line, listed, props, token, uid
from .names import Named, Objective, Seen

OWN: Final = "policies"
"""The framework of policies that serve no control."""
_WORDS: Final[Mapping[Outcome, str]] = {
    "pass": "pass",
    "fail": "fail",
    "unknown": "not known",
    "waived": "waived",
    "not_applicable": "not applicable",
}


def reviewed(objectives: Sequence[Objective]) -> Part:
    """The controls that the policies serve, a selection a framework."""
    ordered = sorted(objectives, key=_framework)
    return {
        "description": "The controls that the policies serve; a policy that serves none stands for itself.",
        "control-selections": [
            {
                "description": line(FRAMEWORKS[framework].name if framework in FRAMEWORKS else framework),
                "props": props({"framework": framework}),
                "include-controls": [{"control-id": name} for name in dict.fromkeys(one.token for one in found)],
            }
            for framework, found in groupby(ordered, _framework)
        ],
    }


def _framework(objective: Objective) -> str:
    return OWN if objective.control is None else objective.control.framework


def defined(objectives: Iterable[Objective]) -> list[Part]:
    """What each objective asks for."""
    return [
        {
            "control-id": one.token,
            "description": line(_title(one)),
            "props": props({"framework": _framework(one), "control": one.name}),
            "parts": [
                {
                    "id": one.token,
                    "name": "assessment-objective",
                    "prose": listed(f"`{policy.id}`: {policy.title}" for policy in one.policies),
                }
            ],
        }
        for one in objectives
    ]


def _title(objective: Objective) -> str:
    if objective.control is None:
        return objective.policies[0].title
    framework = FRAMEWORKS.get(objective.control.framework)
    if framework is None:
        return f"{objective.control.framework} {objective.control.id}"
    heading = framework.controls.get(objective.control.id)
    return f"{framework.name} {objective.control.id}{'' if heading is None else f': {heading}'}"


def findings(
    objectives: Iterable[Objective], results: Mapping[str, list[Named]], evaluation: Evaluation, basis: str
) -> Iterator[Part]:
    """Those of what applies to anything."""
    for objective in objectives:
        found = [one for policy in objective.policies for one in results.get(policy.id, ())]
        if found:
            yield _finding(objective, found, evaluation, basis)


def _finding(objective: Objective, found: list[Named], evaluation: Evaluation, basis: str) -> Part:
    outcomes = Counter(one.result.outcome for one in found)
    words = ", ".join(f"{number} {_WORDS[outcome]}" for outcome, number in sorted(outcomes.items()))
    told = f"{count(len(found), 'result')}: {words}"
    left = f"{unjudged.counted(evaluation)} not judged" if evaluation.not_judged else None
    policies = [("policy", policy.id) for policy in objective.policies]
    return filled(
        {
            "uuid": uid("finding", basis, _framework(objective), objective.name),
            "title": line(_title(objective)),
            "description": line(told if left is None else f"{told}; {left}"),
            "props": props([("framework", _framework(objective)), ("control", objective.name), *policies]),
            "origins": ORIGINS,
            "target": {
                "type": "objective-id",
                "target-id": objective.token,
                "title": line(_title(objective)),
                "status": _status(outcomes, told, left),
            },
            "related-observations": [{"observation-uuid": one.observation} for one in found],
            "related-risks": [{"risk-uuid": one.risk} for one in found if one.risk is not None],
        }
    )


def _status(outcomes: Counter[Outcome], told: str, left: str | None) -> Part:
    if outcomes["fail"]:
        return {"state": "not-satisfied", "reason": "fail", "remarks": line(told)}
    if left is not None or outcomes.keys() - {"pass"}:
        return {"state": "not-satisfied", "reason": "other", "remarks": line(left or told)}
    return {"state": "satisfied", "reason": "pass"}


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
