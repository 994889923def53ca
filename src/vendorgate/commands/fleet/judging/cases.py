"""One usage to its cases: a subject a route, judged as a check judges it, and told in plain values.

In: a manifest with one usage, what judges. Out: for each route its case. What is said of a case names no usage and no
project, because others will share it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from ....evaluate import Program
from ....evaluate.case import Case
from ....evaluate.judge import resting_on_names, result_for
from ....evaluate.naming import NamedResult
from ....evaluate.notices import notices
from ....evaluate.resting import Resting
from ....logic import Unknown
from ....model.manifest import Manifest
from ....model.registry import Snapshot
from ....model.result import Notice, Result
from ....model.subject import Subject
from ....model.vocabulary import FailOn, Outcome, RouteOfUsage, Severity
from ....report.cause import cause_of
from ....report.json import reported_citation, reported_requirement
from ..model import JudgedCase, JudgedNotice, JudgedResult
from .asked import Asked

_ELSEWHERE: Final = frozenset(
    (
        *("self-declared", "policy-off", "stale-unmatched", "stale-index"),  # of the bundle: once a run
        *("unbound-project", "self-named-project", "project-named-twice", "no-usages"),  # of the manifest
        "no-policy-applied",  # of the usage, by its name
    )
)
"""Notices that are no part of a case."""
_SHARED: Final = ("usage.", "offering.", "primary.")
_OF_OFFERINGS: Final = ("id", "name", "developer", "platform", "category", "model_family")
_DIGITS: Final = 32
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class RouteCase(msgspec.Struct, frozen=True):
    """One route of a usage, and the case that it is."""

    route: RouteOfUsage
    offering: str
    account: str | None
    vendor: str | None
    case: JudgedCase
    is_open: bool
    """Whether any policy fails, or is not known to pass: only then a waiver matters."""
    fragments: tuple[bytes, ...] = ()
    """Of each result the end of its line, where lines are wanted."""
    resting: tuple[NamedResult, ...] = ()
    """Results that would be others under another name of the project."""
    applies: bool = True
    """Whether any policy does."""


class UsageCases(msgspec.Struct, frozen=True):
    """The cases of one usage."""

    routes: tuple[RouteCase, ...]
    is_named: bool
    """Whether what is said of them may name the project, so that they are of no other."""
    is_open: bool
    """Whether any route is: only then a waiver matters."""
    is_noted: bool
    """Whether something is worth knowing of them for each manifest by itself."""

    @staticmethod
    def of(routes: tuple[RouteCase, ...], *, is_named: bool = False) -> UsageCases:
        """Those of some routes."""
        noted = any(one.resting for one in routes) or not any(one.applies for one in routes)
        return UsageCases(routes, is_named, any(one.is_open for one in routes), noted)


class Usages(msgspec.Struct, frozen=True):
    """The usages of a manifest, judged: as a check does it, with what is needed to tell each route by itself."""

    cases: tuple[Case, ...]
    results: tuple[Result, ...]
    """Of each case in turn, in the order of the policies."""
    resting: tuple[Result, ...]
    """Those that would be others under another name of the project."""
    notices: tuple[Notice, ...]


def judged(
    manifest: Manifest,
    subjects: tuple[Subject, ...],
    snapshot: Snapshot,
    program: Program,
    as_of: datetime.date,
    fail_on: FailOn,
) -> Usages:
    """Every subject of a manifest by every policy."""
    cases = tuple(Case(subject, program, as_of) for subject in subjects)
    resting = Resting(program, as_of)
    results = tuple(result_for(policy, case, fail_on, resting=resting) for case in cases for policy in program.policies)
    named = tuple(resting_on_names(cases, results, program))
    observed = [case for case in cases if case.observed]
    found = notices((manifest,), results, subjects, observed, program.bundle, snapshot, as_of)
    return Usages(cases, results, named, found)


def told(usages: Usages, program: Program, asked: Asked) -> Iterator[RouteCase]:
    """What was judged of one usage, for each of its routes."""
    width = len(program.policies)
    rest = {id(one) for one in usages.resting}
    said = [one for one in usages.notices if one.id not in _ELSEWHERE]
    for place, case in enumerate(usages.cases):
        results = usages.results[place * width : (place + 1) * width]
        name = case.subject.name
        yield RouteCase(
            case.subject.route,
            case.subject.offering.id,
            name.account,
            name.vendor,
            # A notice does not say which route it is about: the first has those of all.
            _case(_facts(case, asked), results, () if place else said),
            any(one.outcome in ("fail", "unknown", "waived") for one in results),
            resting=tuple(NamedResult.of(one) for one in results if id(one) in rest),
            applies=any(one.outcome != "not_applicable" for one in results),
        )


def _facts(case: Case, asked: Asked) -> bytes:
    """What is known of a subject and may be read of it, by path."""
    known = {path: value for path, value in case.stated.items() if not isinstance(value, Unknown)}
    offering = case.subject.offering.id
    return _encode({path: value for path, value in known.items() if _is_told(path, offering, asked)})


def _is_told(path: str, offering: str, asked: Asked) -> bool:
    if not path.startswith(_SHARED):
        return False
    root, name, *below = path.split(".", 2)
    if root == "offering":
        return name in _OF_OFFERINGS
    if path in ("usage.id", "usage.purpose") or below:
        return asked.is_told_of(offering, path)
    return True


def _case(facts: bytes, results: Iterable[Result], notices: Iterable[Notice]) -> JudgedCase:
    listed = tuple(results)
    judged = tuple(_result(one) for one in listed)
    reasons = _encode({one.policy.id: _reasons(one) for one in listed if one.outcome in ("fail", "unknown", "waived")})
    said = tuple(JudgedNotice(one.id, one.severity, one.message) for one in notices)
    whole = msgspec.msgpack.encode((facts, judged, reasons, said))
    return JudgedCase(hashlib.sha256(whole).hexdigest()[:_DIGITS], facts, judged, reasons, said)


def _result(result: Result) -> JudgedResult:
    waiver = result.waiver
    words = None if waiver is None else f"{waiver.written.approved_by}, until {waiver.written.expires}"
    return _shared_result(result.policy.id, result.outcome, result.severity, result.blocks, words)


@lru_cache(4096)
def _shared_result(policy: str, outcome: Outcome, severity: Severity, blocks: bool, waiver: str | None) -> JudgedResult:
    """One for all cases of which a policy says the same: there are some dozens a case."""
    return JudgedResult(policy, outcome, severity, blocks, waiver)


def _reasons(result: Result) -> dict[str, object]:
    cause = cause_of(result)
    return {
        "cause": None if cause is None else cause.message,
        "requirements": [reported_requirement(one) for one in result.requirements if one.outcome != "pass"],
        "evidence": [reported_citation(one) for one in result.evidence],
        "remediation": result.policy.remediation,
    }
