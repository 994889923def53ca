"""Both sides of an analysis: gates that are valid, and usages that each of them can judge.

In: an `ImpactQuestion`. Out: two `PreparedSide`s, or every mistake with the side that it is of. A usage that one side
alone cannot judge is no mistake: that is what the question is about.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from ...comparison.model import Cause
from ...comparison.worlds import World
from ...errors import InputError, Problem
from ...evaluate.asked import refuse_laxer
from ...gate import Gate
from ...load.files import Folder, shipped
from ...load.finding import Found
from ...load.manifest import (
    GivenManifest,
    ReadManifest,
    check_manifest,
    check_routes_of,
    check_usage,
    offerings_named,
    read_found,
)
from ...load.packs import PackChoice
from ...load.words import Words
from ...model.evaluation import NotJudged
from ...model.identity import NOWHERE, RepositoryName
from ...model.manifest import Manifest, Usage
from ...model.registry import Snapshot
from ...model.vocabulary import FailOn
from ...report.diagnostic import in_order

UsageKey = tuple[str, str]
"""The path of a manifest and the id of a usage."""


class SideFolders(msgspec.Struct, frozen=True):
    """Where a side is read from."""

    policies: Folder
    registry: Folder


class ImpactQuestion(msgspec.Struct, frozen=True):
    """What is asked: by what the manifests are judged now, and by what they might be."""

    manifests: tuple[Found, ...]
    before: SideFolders
    after: SideFolders
    as_of: datetime.date
    packs: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    """The least severity that blocks, where it is not the bundle's."""
    repository: RepositoryName = NOWHERE
    """In which the manifests stand."""


class PreparedSide(msgspec.Struct, frozen=True):
    """One side, ready to judge."""

    place: SideFolders
    gate: Gate
    world: World
    refused: Mapping[UsageKey, tuple[Problem, ...]]
    """Why a usage cannot be judged on this side."""
    not_judged: tuple[NotJudged, ...]
    """Manifests that were meant, too, and that neither side can judge."""


_SIDES: Final = ("from", "to")


def prepare(question: ImpactQuestion) -> tuple[PreparedSide, PreparedSide]:
    """Read everything, and find out what each side can judge.

    Raises:
        InputError: the policies or the registry of a side are not valid, or no manifest is; it carries every problem.
        UsageError: the threshold is laxer than the bundle's of today.
    """
    given = [read_found(one) for one in question.manifests]
    gates = _gates(question, (problem for one in given for problem in one.problems))
    manifests = [one.manifest for one in given if one.manifest is not None and not one.problems]
    for gate in gates:  # each places them where its bundle binds projects
        manifests = gate.placed(manifests)
    refuse_laxer(question.fail_on, gates[0].bundle)
    snapshots = _snapshots(gates, {name for one in manifests for name in offerings_named(one)})
    refused = [_refused(manifests, gate, snapshot) for gate, snapshot in zip(gates, snapshots, strict=True)]
    left = _not_judged(given, _of_neither(*refused))
    paths = {one.path for one in left}
    judged = [one for one in manifests if one.source.path not in paths]
    if not judged:
        raise InputError(problem for one in left for problem in one.problems)
    refused = [{key: found for key, found in side.items() if key[0] not in paths} for side in refused]
    checked = tuple(_checked(one, gates, question.repository.name) for one in judged)
    before, after = (
        PreparedSide(place, gate, _world(question, checked, gate, snapshot, left_out), left_out, left)
        for place, gate, snapshot, left_out in zip(
            (question.before, question.after), gates, snapshots, refused, strict=True
        )
    )
    return before, after


def _gates(question: ImpactQuestion, beside: Iterable[Problem]) -> tuple[Gate, Gate]:
    """The gates of both sides; where the same policies judge with two registries, their pin can fit one and is not
    checked. `beside` is what is wrong with manifests, and is told where a side is not valid."""
    pinned = question.before.policies != question.after.policies or question.before.registry == question.after.registry
    before, after = (
        Gate(place.policies, place.registry, PackChoice(question.packs, shipped("policies")), pinned=pinned)
        for place in (question.before, question.after)
    )
    sides = [_problems_of(gate) for gate in (before, after)]
    if any(sides):
        raise InputError([*beside, *_of_both_sides(*sides)])
    return before, after


def _problems_of(gate: Gate) -> tuple[Problem, ...]:
    try:
        _ = gate.bundle
    except InputError as error:
        return error.problems
    return ()


def _of_both_sides(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """The problems of both sides; one that is not of both says of which it is."""
    sides = [{(one.title, one.location, one.help): one for one in side} for side in (before, after)]
    both = sides[0].keys() & sides[1].keys()
    found = [one for key, one in sides[0].items() if key in both]
    for name, side in zip(_SIDES, sides, strict=True):
        for key, one in side.items():
            if key not in both:
                found.append(msgspec.structs.replace(one, title=f"{one.title} (on the {name} side)"))
    return found


def _snapshots(gates: Sequence[Gate], named: set[str]) -> tuple[Snapshot, Snapshot]:
    met: tuple[list[Problem], list[Problem]] = ([], [])
    before, after = (gate.snapshot(named, problems) for gate, problems in zip(gates, met, strict=True))
    if any(met):
        raise InputError(_of_both_sides(*met))
    return before, after


def _refused(manifests: Iterable[ReadManifest], gate: Gate, snapshot: Snapshot) -> dict[UsageKey, tuple[Problem, ...]]:
    """The usages that a side cannot judge. Each has a list of its own, because one that is full takes no more."""
    words = gate.words
    found: dict[UsageKey, tuple[Problem, ...]] = {}
    for manifest in manifests:
        for index, usage in enumerate(manifest.written.usages):
            problems: list[Problem] = []
            place = ("usages", index)
            check_usage(usage, place, manifest.source, words, problems)
            check_routes_of(usage, (manifest.source, place), snapshot.offerings, problems)
            if problems:
                found[manifest.source.path, usage.id] = tuple(problems)
    return found


def _of_neither(
    before: Mapping[UsageKey, tuple[Problem, ...]], after: Mapping[UsageKey, tuple[Problem, ...]]
) -> dict[str, list[Problem]]:
    """A usage that neither side can judge is a mistake in its manifest: all of them, by its path."""
    found: dict[str, list[Problem]] = {}
    for path, usage in before.keys() & after.keys():
        sides = (side[path, usage] for side in (before, after))
        found.setdefault(path, []).extend(_of_both_sides(*sides))
    return found


def _not_judged(given: Iterable[GivenManifest], of_neither: Mapping[str, list[Problem]]) -> tuple[NotJudged, ...]:
    """In the order of the manifests."""
    every = ((one.path, (*one.problems, *in_order(of_neither.get(one.path, ())))) for one in given)
    return tuple(NotJudged(path, problems) for path, problems in every if problems)


def _checked(manifest: ReadManifest, gates: Iterable[Gate], repository: str | None) -> Manifest:
    """The manifest in canonical spelling, which is the same on both sides; what a side refuses has been found."""
    data = frozenset[str]().union(*(gate.bundle.data_classes for gate in gates))
    return check_manifest(manifest, Words(data, frozenset(offerings_named(manifest))), [], repository)


def _world(
    question: ImpactQuestion,
    manifests: tuple[Manifest, ...],
    gate: Gate,
    snapshot: Snapshot,
    left_out: Iterable[UsageKey],
) -> World:
    return World(manifests, gate.bundle, snapshot, question.as_of, question.fail_on, frozenset(left_out))


def missing(manifest: Manifest, usage: Usage, prepared: PreparedSide) -> tuple[Cause, ...]:
    """Which input of a side lacks what a usage needs: data classes are the bundle's, all else is the registry's."""
    data = sum(name not in prepared.world.bundle.data_classes for name in usage.data)
    registry = len(prepared.refused[manifest.source.path, usage.id]) > data
    return (*(("policy",) if data else ()), *(("registry",) if registry else ()))
