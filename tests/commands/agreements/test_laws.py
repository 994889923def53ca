"""Laws of agreements, on random worlds, each held against nothing but two checks or a walk through every day."""

from __future__ import annotations

import datetime
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.agreements.world import OFFERINGS, agreement, anew, judged, manifest
from tests.thoroughness import share
from tests.world import AS_OF
from vendorgate.commands.agreements.findings import check
from vendorgate.commands.agreements.globs import meet
from vendorgate.commands.agreements.model import PolicyRuling, RegisterEntry, TerminationEffect, Terminations
from vendorgate.commands.agreements.pairs import pairs
from vendorgate.commands.agreements.register import OfferingMatches, entries
from vendorgate.commands.agreements.terminations import each, together
from vendorgate.comparison.results import direction
from vendorgate.evaluate.calendar import agreement_state, is_current
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.program import Program
from vendorgate.load.files import Folder
from vendorgate.logic.functions import matches_glob
from vendorgate.model.agreement import Agreement
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result
from vendorgate.model.subject import Subject
from vendorgate.model.vocabulary import DIMENSIONS

KINDS = ["baa", "dpa", "zdr", "enterprise"]
PROJECTS = ["p", "q", "p-1", "clinic"]
GLOBS = ["*", "p", "p*", "q", "?", "*-1", "c*c", "nobody"]
DAYS = [AS_OF + datetime.timedelta(days=days) for days in (-400, -40, -1, 0, 1, 20, 400)]
KIND = st.sampled_from(KINDS)
ATOMS = st.one_of(
    KIND.map(lambda kind: {"agreement": kind}),
    KIND.map(lambda kind: {"!": {"agreement": kind}}),
    KIND.map(lambda kind: {">": [{"days_until": {"var": f"agreements.{kind}.expires"}}, 10]}),
    KIND.map(lambda kind: {"==": [{"var": f"agreements.{kind}.reference"}, "L-1"]}),
    KIND.map(lambda kind: {"known": f"agreements.{kind}.expires"}),
    st.sampled_from(["hipaa_baa", "retention_zdr", "gdpr_dpa"]).map(lambda name: {"covered": name}),
    st.sampled_from(["hipaa_baa", "gdpr_dpa"]).map(lambda name: {"documented": name}),
)
RULES = st.one_of(
    ATOMS,
    st.lists(ATOMS, min_size=2, max_size=2).map(lambda two: {"or": two}),
    st.lists(ATOMS, min_size=2, max_size=2).map(lambda two: {"and": two}),
)
WHEN = st.sampled_from([None, {"in": ["phi", {"var": "usage.data"}]}, {"==": [{"var": "offering.id"}, "beta"]}])
random_worlds = settings(
    max_examples=share(100), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def agreements(draw: st.DrawFn, kinds: Sequence[str] = KINDS, globs: bool = False) -> dict[str, Any]:
    """Most of them in force; `globs`: for projects by their globs, and not for all of them."""
    status = draw(st.sampled_from([*["executed"] * 6, "pending", "terminated"]))
    signed = draw(st.sampled_from([*DAYS, *DAYS[:4]])) if status == "executed" or draw(st.booleans()) else None
    ends = [day for day in DAYS if signed is None or day >= signed]
    expires = draw(st.one_of(st.none(), st.sampled_from(ends)))
    projects = st.lists(st.sampled_from(GLOBS), max_size=2)
    return agreement(
        draw(st.sampled_from(kinds)),
        offerings=draw(st.lists(st.sampled_from([*OFFERINGS, "*", "*", "alpha*", "gone"]), min_size=1, max_size=2)),
        status=status,
        signed=None if signed is None else signed.isoformat(),
        expires=None if expires is None else expires.isoformat(),
        projects=draw(projects if globs else st.one_of(st.none(), st.none(), projects)),
        reference=draw(st.sampled_from([None, "L-1", "L-2"])),
    )


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    policy = {
        "title": "T",
        "require": draw(st.lists(RULES, min_size=1, max_size=2)),
        "severity": draw(st.sampled_from(["error", "warning", "note"])),
        "on_unknown": draw(st.sampled_from(["fail", "warn", "pass"])),
    }
    when = draw(WHEN)
    return policy if when is None else {**policy, "when": when}


@st.composite
def usages(draw: st.DrawFn) -> dict[str, Any]:
    first, *others = draw(st.lists(st.sampled_from([*OFFERINGS]), min_size=1, max_size=3, unique=True))
    return {"offering": first, "fallbacks": others, "data": [draw(st.sampled_from(["phi", "public"]))]}


@st.composite
def worlds(draw: st.DrawFn, register: st.SearchStrategy[Any] | None = None) -> tuple[Any, ...]:
    """A register, policies and manifests."""
    made = draw(st.lists(policies(), min_size=1, max_size=3))
    named = [{"id": f"p-{place}", **policy} for place, policy in enumerate(made)]
    projects = draw(st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=2, unique=True))
    several = st.lists(usages(), min_size=1, max_size=2)
    manifests = [
        manifest(one, *({**usage, "id": f"u-{place}"} for place, usage in enumerate(draw(several)))) for one in projects
    ]
    return draw(register or st.lists(agreements(), max_size=6)), named, manifests


def evaluated(world: tuple[Any, ...]) -> Evaluation:
    with tempfile.TemporaryDirectory() as folder:
        return judged(Path(folder), *world)


def register_of(evaluation: Evaluation) -> tuple[Agreement, ...]:
    assert evaluation.bundle.register is not None
    return evaluation.bundle.register.agreements


def told(effects: Sequence[TerminationEffect]) -> set[tuple[Any, ...]]:
    """Every difference that a report tells."""
    shifts = {
        (*_named(one.subject), shift.policy.id, shift.before, shift.after, shift.way)
        for one in effects
        for shift in one.shifts
    }
    return shifts | {(*_named(one.subject), name) for one in effects for name in one.lost}


def _named(subject: Subject) -> tuple[str, ...]:
    return subject.manifest.project, subject.usage, subject.offering.id


def differing(before: Evaluation, after: Evaluation) -> set[tuple[Any, ...]]:
    """Every difference of two checks."""
    found: set[tuple[Any, ...]] = set()
    for old, new in zip(before.results, after.results, strict=True):
        sides = (_ruled(old), _ruled(new))
        if sides[0] != sides[1]:
            found.add((*_named(old.subject), old.policy.id, *sides, direction(old, new)))
    for one, other in zip(before.subjects, after.subjects, strict=True):
        found |= {(*_named(one), name) for name in _covered(before, one) - _covered(after, other)}
    return found


def _ruled(result: Result) -> Any:
    decisions = tuple(one.outcome for one in result.requirements)
    return PolicyRuling(result.outcome, result.severity, result.blocks, decisions)


def _covered(evaluation: Evaluation, subject: Subject) -> set[str]:
    case = Case(subject, Program(evaluation.bundle), evaluation.as_of)
    return {name for name in DIMENSIONS if case.covered(name) is True}


def without(evaluation: Evaluation, *gone: int) -> Evaluation:
    kept = tuple(one for place, one in enumerate(register_of(evaluation)) if place not in gone)
    return anew(evaluation, kept)


@random_worlds
@given(worlds())
def test_report_of_each_agreement_is_the_difference_of_two_checks(world: tuple[Any, ...]) -> None:
    evaluation = evaluated(world)
    found = each(evaluation).found
    assert [one.entries[0].index for one in found] == list(range(len(register_of(evaluation))))
    for place, one in enumerate(found):
        assert told(one.effects) == differing(evaluation, without(evaluation, place))


@random_worlds
@given(worlds(), st.data())
def test_report_of_several_agreements_is_the_difference_of_two_checks(
    world: tuple[Any, ...], data: st.DataObject
) -> None:
    evaluation = evaluated(world)
    every = entries(evaluation.bundle.register)
    gone = tuple(entry for entry in every if data.draw(st.booleans()))
    found: Terminations = together(evaluation, gone)
    (one,) = found.found
    assert told(one.effects) == differing(evaluation, without(evaluation, *(entry.index for entry in gone)))
    assert one.harmless == (not told(one.effects))
    assert one.blocking == sum(
        new.blocks and not old.blocks
        for old, new in zip(
            evaluation.results, without(evaluation, *(entry.index for entry in gone)).results, strict=True
        )
    )


@random_worlds
@given(worlds())
def test_an_unused_agreement_can_go_without_changing_any_result(world: tuple[Any, ...]) -> None:
    evaluation = evaluated(world)
    for finding in check(evaluation, 30, "error", folder=Folder(".", ".")).findings:
        if finding.id == "unused-agreement":
            place = finding.place[1]
            assert isinstance(place, int)
            after = without(evaluation, place)
            assert [_ruled(one) for one in after.results] == [_ruled(one) for one in evaluation.results]


@random_worlds
@given(worlds())
def test_an_agreement_is_listed_as_in_force_exactly_where_a_check_takes_it_for_so(world: tuple[Any, ...]) -> None:
    for one in register_of(evaluated(world)):
        assert (agreement_state(one, AS_OF) == "in_force") == is_current(one, AS_OF)


@random_worlds
@given(st.lists(agreements(["baa"], globs=True), max_size=5))
def test_pairs_are_those_that_share_an_offering_a_project_and_a_day(register: list[dict[str, Any]]) -> None:
    evaluation = evaluated((register,))
    every = entries(evaluation.bundle.register)
    found = {
        (one.first.index, one.second.index) for one in pairs(every, OfferingMatches(OFFERINGS)) if one.ends >= AS_OF
    }
    executed = {
        (one, other)
        for one, other in found
        if every[one].agreement.status == every[other].agreement.status == "executed"
    }
    assert executed == {
        (one.index, other.index) for one, other in itertools.combinations(every, 2) if _both_some_day(one, other)
    }


def _both_some_day(one: RegisterEntry, other: RegisterEntry) -> bool:
    """Whether both are in force on some day from the as-of day on, tried day by day, for every short slug."""
    first, second = one.agreement, other.agreement
    offerings = [id for id in OFFERINGS if _names(first.offerings, id) and _names(second.offerings, id)]
    projects = [slug for slug in SLUGS if _names(first.projects, slug) and _names(second.projects, slug)]
    days = (AS_OF + datetime.timedelta(days=days) for days in range(402))
    same = first.kind == second.kind and offerings and projects
    return bool(same) and any(is_current(first, day) and is_current(second, day) for day in days)


def _names(globs: Sequence[str], text: str) -> bool:
    return any(matches_glob(text, glob) for glob in globs)


SLUGS = [
    *("".join(letters) for length in range(1, 5) for letters in itertools.product("pq1-c", repeat=length)),
    "clinic",
    "nobody",
]
SLUGS = [slug for slug in SLUGS if slug[0] != "-" and slug[-1] != "-"]
TRIED = ["".join(letters) for length in range(1, 7) for letters in itertools.product("ab-", repeat=length)]
TRIED = [slug for slug in TRIED if slug[0] != "-" and slug[-1] != "-"]


@settings(max_examples=share(1000), deadline=None)
@given(*[st.text("ab-*?A", min_size=1, max_size=4)] * 2)
def test_globs_meet_exactly_where_some_slug_matches_both(one: str, other: str) -> None:
    expected = any(matches_glob(slug, one) and matches_glob(slug, other) for slug in TRIED)
    assert meet(one, other) == meet(other, one) == expected


def test_globs_that_would_take_too_long_are_taken_to_meet() -> None:
    assert meet("*a" * 1000 + "b", "*b" * 1000 + "a")
