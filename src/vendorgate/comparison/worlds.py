"""Everything that results depend on, as one thing that can be judged again with a part of it replaced.

In: a world. Out: its evaluation, or its results by their keys.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from ..evaluate import Program, evaluate
from ..evaluate.judge import stricter_or_equal
from ..load.manifest import routed_offerings
from ..model.evaluation import Evaluation
from ..model.manifest import Manifest
from ..model.policy import Bundle
from ..model.registry import Snapshot
from ..model.result import Result
from ..model.vocabulary import FailOn
from ..resolve import resolve
from .results import ResultKey, keyed


class World(msgspec.Struct, frozen=True):
    """Everything that results depend on."""

    manifests: tuple[Manifest, ...]
    bundle: Bundle
    snapshot: Snapshot
    """With every offering read that the manifests name and that it has."""
    as_of: datetime.date
    fail_on: FailOn | None
    left_out: frozenset[tuple[str, str]] = frozenset()
    """Usages that are not judged: the path of the manifest and the id of the usage."""


def evaluation(world: World) -> Evaluation:
    """The world judged; a usage with an offering that its registry does not have has no results."""
    bundle = world.bundle
    subjects = tuple(
        subject
        for manifest in world.manifests
        for subject in resolve(
            manifest,
            world.snapshot,
            bundle.register,
            bundle.projects,
            _judged_usages(manifest, world),
            bundle.region_groups,
            bundle.observations,
        )
    )
    least = threshold(world.fail_on, world.bundle)
    return evaluate(world.manifests, subjects, world.snapshot, Program(world.bundle), world.as_of, least)


def judged(world: World, now: Mapping[str, str]) -> dict[ResultKey, Result]:
    """The results of a world by their keys; `now` gives the path of today for one that a manifest had before."""
    return keyed(evaluation(world).results, now)


def _judged_usages(manifest: Manifest, world: World) -> frozenset[str]:
    there, path = world.snapshot.offerings.keys(), manifest.source.path
    return frozenset(
        usage.id
        for usage in manifest.usages
        if routed_offerings([usage]) <= there and (path, usage.id) not in world.left_out
    )


def threshold(asked: FailOn | None, bundle: Bundle) -> FailOn:
    """The stricter of what is asked for and what a bundle demands; two bundles may be in play, and one is laxer."""
    return asked if asked is not None and stricter_or_equal(asked, bundle.fail_on) else bundle.fail_on
