"""Policies on subjects: outcome, severity in effect, whether it blocks, and why.

In: subjects, a program, the as-of day. Out: an `Evaluation`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from ..identity import EVERYBODY
from ..logic import Json, Unknown, truth_of
from ..model.evaluation import Evaluation
from ..model.identity import NOWHERE, RepositoryName
from ..model.manifest import Manifest
from ..model.policy import Policy
from ..model.registry import Snapshot
from ..model.result import Citation, Reason, RequirementResult, Result
from ..model.subject import Subject
from ..model.vocabulary import Decision, FailOn, OnUnknown, Outcome, Severity, in_order
from .case import Case
from .cells import Cited
from .notices import notices
from .program import CompiledPolicy, Program
from .resting import Resting

if TYPE_CHECKING:
    from ..model.waiver import Void, Waiver
    from .explain import Explainer

_RANK: Final[dict[FailOn, int]] = {"note": 0, "warning": 1, "error": 2, "never": 3}
_AT_MOST: Final[dict[OnUnknown, Severity]] = {"fail": "error", "warn": "warning", "pass": "note"}


class Judged(msgspec.Struct, frozen=True):
    """One policy on one subject, before anybody asks why."""

    outcome: Outcome
    decisions: tuple[Decision, ...]
    """Of each requirement; none where the policy does not apply."""
    contradicted: bool = False
    """Whether it is unknown because declarations contradict each other, so that `on_unknown` does not soften it."""


_NOT_APPLICABLE: Final = Judged("not_applicable", ())
_DECISIONS: Final[dict[bool | None, Decision]] = {True: "pass", False: "fail", None: "unknown"}


class Ruling(msgspec.Struct, frozen=True):
    """One policy on one subject, with all that decides whether it blocks, before anybody asks why."""

    judged: Judged
    outcome: Outcome
    """As judged, or waived."""
    severity: Severity
    """In effect on the as-of day."""
    blocks: bool
    waiver: Waiver | None = None
    void: tuple[Void, ...] = ()
    """Waivers that name it and have not ended, and do not waive it."""


def decide(compiled: CompiledPolicy, case: Case) -> Judged:
    """Whether a policy applies, and what its requirements come to. Unknown whether it applies counts as applying."""
    if compiled.when is not None and truth_of(compiled.when(None, case)) is False:
        return _NOT_APPLICABLE
    decisions = tuple([_DECISIONS[truth_of(requirement(None, case))] for requirement in compiled.require])
    if "fail" in decisions:
        return Judged("fail", decisions)
    if "unknown" not in decisions:
        return Judged("pass", decisions)
    return Judged("unknown", decisions, _is_contradicted(compiled, decisions, case))


def _is_contradicted(compiled: CompiledPolicy, decisions: tuple[Decision, ...], case: Case) -> bool:
    if not case.contradictions:
        return False
    from .contradictions import rests_on_contradiction  # few usages contradict themselves

    pairs = zip(compiled.require, decisions, strict=True)
    return rests_on_contradiction([rule for rule, outcome in pairs if outcome == "unknown"], case)


def evaluate(
    manifests: tuple[Manifest, ...],
    subjects: tuple[Subject, ...],
    snapshot: Snapshot,
    program: Program,
    as_of: datetime.date,
    fail_on: FailOn | None = None,
    *,
    full: bool = False,
    repository: RepositoryName = NOWHERE,
) -> Evaluation:
    """Judge every subject by every policy.

    `fail_on` overrides the bundle's; `full` gives the reasons of what passes, too.
    """
    bundle = program.bundle
    threshold = fail_on or bundle.fail_on
    resting = Resting(program, as_of)
    results: list[Result] = []
    named: list[Result] = []
    observed: list[Case] = []
    for subject in subjects:
        case = Case(subject, program, as_of)
        those = [result_for(compiled, case, threshold, full, resting) for compiled in program.policies]
        results.extend(those)
        named.extend(resting_on_names([case], those, program))
        if case.observed:
            observed.append(case)
    found = notices(manifests, results, subjects, observed, bundle, snapshot, as_of, named)
    if bundle.waivers:
        from .waiver_uses import about_waivers  # many bundles have none

        found = (*found, *about_waivers(program.waivers, results, as_of))
    return Evaluation(
        as_of, manifests, bundle, snapshot, subjects, tuple(results), found, repository=repository, fail_on=threshold
    )


def resting_on_names(cases: Sequence[Case], results: Sequence[Result], program: Program) -> Iterator[Result]:
    """The results that pass or are waived because of a project's name, which the bundle binds to nobody."""
    width = len(program.policies)
    for place, case in enumerate(cases):
        if case.subject.identity.bound is not None:
            continue
        rests_on_name = case.asked_for_name or _is_reached_by_name(case.subject)
        if not rests_on_name and not program.bundle.waivers:
            continue
        imagined = Case(_nameless(case.subject), program, case.as_of) if rests_on_name else None
        for compiled, result in zip(program.policies, results[place * width : (place + 1) * width], strict=True):
            if result.waiver is not None:
                rests = result.waiver.written.project != EVERYBODY
            else:
                rests = (
                    result.outcome == "pass" and imagined is not None and decide(compiled, imagined).outcome != "pass"
                )
            if rests:
                yield result


def _is_reached_by_name(subject: Subject) -> bool:
    """Whether an agreement that is not everybody's reaches it."""
    return any(EVERYBODY not in one.projects for one in subject.agreements or ())


def _nameless(subject: Subject) -> Subject:
    """A subject as it would be if its project's name, which nobody binds, counted for nothing."""
    agreements = subject.agreements
    if agreements is not None:
        agreements = tuple(one for one in agreements if EVERYBODY in one.projects)
    stated = {path: value for path, value in subject.stated.items() if path != "project.name"}
    return msgspec.structs.replace(subject, agreements=agreements, stated=stated)


def rule(compiled: CompiledPolicy, case: Case, threshold: FailOn) -> Ruling:
    """What a policy comes to for a subject on the as-of day. Nothing else decides it, whichever command asks."""
    judged = decide(compiled, case)
    policy = compiled.policy
    if judged.outcome not in ("fail", "unknown"):
        return Ruling(judged, judged.outcome, _enforced(policy, case.as_of), False)
    severity = severity_in_effect(policy, judged, case.as_of)
    waiver, void = _waiver(judged, policy, case) if case.program.bundle.waivers else (None, ())
    if waiver is not None:
        return Ruling(judged, "waived", severity, False, waiver, void)
    blocks = _blocks(judged, severity, policy.on_unknown, threshold)
    return Ruling(judged, judged.outcome, severity, blocks, None, void)


def _waiver(judged: Judged, policy: Policy, case: Case) -> tuple[Waiver | None, tuple[Void, ...]]:
    from .waivers import Failing, waiver_for  # many bundles have none

    @cache
    def fingerprint() -> str:
        from .fingerprint import fingerprint  # few waivers have one, and it needs all the reasons

        return fingerprint(policy, case.subject, _requirements(policy, judged, case, full=False))

    failing, program = Failing(policy, case.subject, case.as_of, fingerprint), case.program
    return waiver_for(program.waivers.naming(policy, case.subject), program.bundle.waiver_rules, failing)


def result_for(
    compiled: CompiledPolicy, case: Case, threshold: FailOn, full: bool = False, resting: Resting | None = None
) -> Result:
    """A ruling with its reasons and evidence."""
    ruling = rule(compiled, case, threshold)
    policy, judged = compiled.policy, ruling.judged
    return Result(
        subject=case.subject,
        policy=policy,
        severity=ruling.severity,
        outcome=ruling.outcome,
        blocks=ruling.blocks,
        requirements=_requirements(policy, judged, case, full),
        when=_when(compiled, case, full) if full or ruling.judged.outcome in ("fail", "unknown") else (),
        evidence=_evidence(policy, case) if judged.outcome != "not_applicable" else (),
        waiver=ruling.waiver,
        void=ruling.void,
        resting=resting,
    )


def severity_in_effect(policy: Policy, judged: Judged, as_of: datetime.date) -> Severity:
    """The policy's severity, lowered until `enforce_from` and, for an unknown that is open, by `on_unknown`."""
    severity = _enforced(policy, as_of)
    return _lower(severity, _AT_MOST[policy.on_unknown]) if _is_open(judged) else severity


def _enforced(policy: Policy, as_of: datetime.date) -> Severity:
    """The policy's severity, lowered until `enforce_from`."""
    if policy.enforce_from is not None and as_of < policy.enforce_from:
        return _lower(policy.severity, "warning")
    return policy.severity


def _is_open(judged: Judged) -> bool:
    """Whether it is an unknown that `on_unknown` may soften."""
    return judged.outcome == "unknown" and not judged.contradicted


def _lower(severity: Severity, most: Severity) -> Severity:
    return severity if _RANK[severity] <= _RANK[most] else most


def _blocks(judged: Judged, severity: Severity, on_unknown: OnUnknown, threshold: FailOn) -> bool:
    if judged.outcome not in ("fail", "unknown") or (_is_open(judged) and on_unknown == "pass"):
        return False
    return _RANK[severity] >= _RANK[threshold]


def unknown_blocks(policy: Policy, as_of: datetime.date, threshold: FailOn) -> bool:
    """Whether a policy blocks where it comes to unknown without a contradiction."""
    unknown = Judged("unknown", ())
    return _blocks(unknown, severity_in_effect(policy, unknown, as_of), policy.on_unknown, threshold)


def stricter_or_equal(asked: FailOn, bundle: FailOn) -> bool:
    """Whether a threshold blocks at least what the bundle's blocks."""
    return _RANK[asked] <= _RANK[bundle]


def _requirements(policy: Policy, judged: Judged, case: Case, full: bool) -> tuple[RequirementResult, ...]:
    if not judged.decisions:
        return ()
    shared = case.program.shared(policy)
    if judged.outcome == "pass" and not full:
        return shared.passed
    explainer, results = _explainer(case, full), []
    for alike, outcome, place in zip(shared.passed, judged.decisions, shared.require, strict=True):
        if outcome == "pass" and not full:
            results.append(alike)
            continue
        requirement = alike.requirement
        message = requirement.message or case.program.message(requirement, outcome)
        results.append(RequirementResult(requirement, outcome, message, explainer.requirement(requirement.tree, place)))
    return tuple(results)


def _when(compiled: CompiledPolicy, case: Case, full: bool) -> tuple[Reason, ...]:
    policy = compiled.policy
    if policy.when is None or compiled.when is None or (not full and truth_of(compiled.when(None, case)) is True):
        return ()
    return _explainer(case, full).requirement(policy.when, case.program.shared(policy).when)


def _explainer(case: Case, full: bool) -> Explainer:
    return _explaining()(case, full)


@cache
def _explaining() -> type[Explainer]:
    from .explain import Explainer  # where everything passes, nobody asks why

    return Explainer


def _evidence(policy: Policy, case: Case) -> tuple[Citation, ...]:
    """Every cell that a policy's requirements rest on for this subject, through conditions too."""
    cited = case.cells.cited.get(id(policy))
    if cited is None:
        cited = case.cells.cited[id(policy)] = _cited(policy, case)
    if not cited.facts:
        return cited.citations
    facts = _facts(cited.facts, case)
    return tuple([Citation(name, cell, tuple(facts.get(name, ()))) for name, cell in cited.cells])


def _cited(policy: Policy, case: Case) -> Cited:
    """What a policy rests on for all subjects of an offering."""
    found = dict.fromkeys(policy.dimensions)
    waiting = list(found)
    while waiting:
        cell = case.cell(waiting.pop())
        more = [name for name in cell.needs if name not in found] if cell is not None else []
        waiting.extend(more)
        found.update(dict.fromkeys(more))
    cells = tuple((name, case.cell(name)) for name in in_order(found))
    read = [*policy.facts_read, *(path for _, cell in cells if cell is not None for path in cell.facts_read)]
    return Cited(policy, cells, tuple(dict.fromkeys(read)), tuple(Citation(name, cell) for name, cell in cells))


def _facts(paths: Iterable[str], case: Case) -> dict[str, list[tuple[str, Json]]]:
    """By dimension: facts by their path below `facts`, as the subject reads them."""
    found: dict[str, list[tuple[str, Json]]] = {}
    for path in paths:
        _, dimension, _, below = path.split(".", 3)
        value = case.program.reader(path)(None, case)
        found.setdefault(dimension, []).append((below, None if isinstance(value, Unknown) else value))
    return found
