"""What results come to, as declarations of a bill of materials: claims with their evidence, and how far each control
and each policy is met.

In: an evaluation, services by their references. Out: standards, and declarations about them. Only a result that passes
is a claim that something is met; fail, unknown and waived are counterclaims, and what was not judged lowers each score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final
from urllib.parse import quote

import msgspec

from ..model.evaluation import Evaluation
from ..model.result import Result
from ..terminal.escape import escape
from .bill import Value
from .bill_evidence import Evidence
from .bill_services import Used
from .finding import shortfalls
from .identity import identities
from .lines import bundle_words, subject_words
from .objectives import AS_FAR, OWN, Objective, framework_name, of_controls, of_policies, told
from .resting import support_line
from .surroundings import Surroundings

ASSESSOR: Final = "assessor"
_MET: Final = {
    "pass": "meets",
    "fail": "does not meet",
    "unknown": "is not known to meet",
    "waived": "does not meet, and is waived from meeting,",
}
_STEPS: Final = 10_000
"""Of a score, which is cut and not rounded: only what is met as a whole has a score of 1."""


class Claimed(msgspec.Struct, frozen=True):
    """A result that applies, and the reference of what is claimed of it."""

    result: Result
    ref: str


def claimed(evaluation: Evaluation, surroundings: Surroundings) -> list[Claimed]:
    """Every result that applies; no two share a reference."""
    found = [one for one in evaluation.results if one.outcome != "not_applicable"]
    names = identities(found, surroundings)
    return [Claimed(result, f"claim/{name}") for result, name in zip(found, names, strict=True)]


def standards(evaluation: Evaluation) -> list[Value]:
    """The policies, and each framework of which they serve a control."""
    bundle = evaluation.bundle
    own: dict[str, Value] = {
        "bom-ref": _standard(OWN),
        "name": escape(f"Policies: {bundle_words(bundle)}" if bundle_words(bundle) else "Policies"),
        **({} if bundle.release is None else {"version": escape(bundle.release)}),
        "requirements": [_requirement(one) for one in of_policies(bundle.policies)],
    }
    return [own, *(_framework(name, found) for name, found in _by_framework(of_controls(bundle.policies)))]


def _by_framework(objectives: Iterable[Objective]) -> list[tuple[str, list[Objective]]]:
    ordered = sorted(objectives, key=lambda one: one.framework)
    return [(name, [*found]) for name, found in groupby(ordered, lambda one: one.framework)]


def _framework(name: str, objectives: Sequence[Objective]) -> Value:
    requirements = [_requirement(one) for one in objectives]
    return {"bom-ref": _standard(name), "name": escape(framework_name(name)), "requirements": [*requirements]}


def _standard(framework: str) -> str:
    return f"standard/{_part(framework)}"


def _part(text: str) -> str:
    """Percent-encoded, so that no two texts give one reference."""
    return quote(text, safe="", errors="surrogatepass")


def _requirement_ref(objective: Objective) -> str:
    return f"requirement/{_part(objective.framework)}/{_part(objective.name)}"


def _requirement(objective: Objective) -> Value:
    served = ", ".join(policy.id for policy in objective.policies)
    text = {} if objective.control is None else {"text": escape(f"{AS_FAR}: {served}")}
    return {
        "bom-ref": _requirement_ref(objective),
        "identifier": escape(objective.name),
        "title": escape(objective.heading),
        **text,
    }


def declarations(evaluation: Evaluation, used: Used, surroundings: Surroundings) -> dict[str, Value]:
    """Who assessed, what is claimed, on what evidence, and how far that meets each requirement."""
    found, evidence = claimed(evaluation, surroundings), Evidence(evaluation)
    name = evaluation.bundle.name or "whoever keeps the policies"
    assessor: dict[str, Value] = {
        "bom-ref": ASSESSOR,
        "thirdParty": False,
        "organization": {"name": escape(name)},
    }
    claims = [_claim(one, used, evidence) for one in found]
    return {
        "assessors": [assessor],
        "attestations": _attestations(evaluation, found, evidence),
        "claims": [*claims],
        "evidence": evidence.every,
    }


def _claim(one: Claimed, used: Used, evidence: Evidence) -> Value:
    result = one.result
    words = f"of {result.subject.manifest.project} {_MET[result.outcome]} policy `{result.policy.id}`"
    claim: dict[str, Value] = {
        "bom-ref": one.ref,
        "target": used.refs[id(result.subject)],
        "predicate": f"{subject_words(result)} {escape(words)}",
        "reasoning": escape(_reasoning(result)),
    }
    if supported := evidence.of(result):
        claim["evidence"] = [*supported]
    return claim


def _reasoning(result: Result) -> str:
    """Why it is not met; of what passes what the manifest alone says."""
    short = [f"{found.outcome}: {found.message}" for found in shortfalls(result)]
    if short:
        return "; ".join(short)
    said = [support_line(one).removeprefix("claim ") for one in result.rests_on if one.kind == "claim"]
    return f"every requirement holds{'; the manifest alone says: ' + '; '.join(said) if said else ''}"


def _attestations(evaluation: Evaluation, found: Sequence[Claimed], evidence: Evidence) -> list[Value]:
    """One for the policies, one for each framework; nothing is attested of what applies to nothing."""
    by_policy: dict[str, list[Claimed]] = {}
    for one in found:
        by_policy.setdefault(one.result.policy.id, []).append(one)
    policies = evaluation.bundle.policies
    asked = [(OWN, [*of_policies(policies)]), *_by_framework(of_controls(policies))]
    made: list[Value] = []
    for framework, objectives in asked:
        met = [_met(one, by_policy, evaluation, evidence) for one in objectives if _of(one, by_policy)]
        summary = "Policies" if framework == OWN else f"{framework_name(framework)}, {AS_FAR}"
        if met:
            made.append({"summary": escape(summary), "assessor": ASSESSOR, "map": [*met]})
    return made


def _of(objective: Objective, by_policy: Mapping[str, Sequence[Claimed]]) -> list[Claimed]:
    return [one for policy in objective.policies for one in by_policy.get(policy.id, ())]


def _met(
    objective: Objective, by_policy: Mapping[str, Sequence[Claimed]], evaluation: Evaluation, evidence: Evidence
) -> Value:
    found = _of(objective, by_policy)
    passing = [one.ref for one in found if one.result.outcome == "pass"]
    short = [one.ref for one in found if one.result.outcome != "pass"]
    waived = dict.fromkeys(ref for one in found for ref in evidence.waiver_of(one.result))
    conformance: dict[str, Value] = {
        "score": score(len(passing), len(found) + len(evaluation.not_judged)),
        "rationale": escape(told(objective, [one.result for one in found], evaluation)),
        **({"mitigationStrategies": [*waived]} if waived else {}),
    }
    return {
        "requirement": _requirement_ref(objective),
        **({"claims": [*passing]} if passing else {}),
        **({"counterClaims": [*short]} if short else {}),
        "conformance": conformance,
    }


def score(met: int, asked: int) -> float:
    """Which part of what was asked is met, from 0 to 1."""
    return met * _STEPS // asked / _STEPS
