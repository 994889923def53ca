"""Tests of fleet policies, those beside them in `fleet.yaml`, to cases that can run.

In: the files of a bundle and its checked policies. Out: cases, in the order of the policies.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import UnsetType

from ..errors import Problem
from ..model.fleet_policy import FleetPoliciesFile, FleetPolicyTest, FleetTestUsage
from ..model.manifest import Manifest, ManifestFile, Usage
from ..model.policy import Bundle, FleetPolicy
from ..model.policy_test import FleetTestCase, Whose
from ..source import Path
from .bundle_files import BundleFiles
from .lexicon import Lexicon
from .manifest import ReadManifest, check_manifest
from .words import Words

_OWN = frozenset(("id", "project", "owner", "repository"))


def fleet_tests(
    files: BundleFiles, bundle: Bundle, lexicon: Lexicon, problems: list[Problem]
) -> tuple[FleetTestCase, ...]:
    """Every test of the fleet policies of a bundle; each mistake in one is a problem."""
    if files.fleet is None or not isinstance(files.fleet[0], FleetPoliciesFile):
        return ()
    # A test says its own world: which accounts the organization has does not matter there.
    words = lexicon.for_manifests(files.data_classes, msgspec.structs.replace(files.own_words, accounts=None))
    pairs = zip(bundle.fleet, files.fleet[0].fleet_policies, strict=True)
    return tuple(case for policy, entry in pairs for case in _cases(policy, entry.tests, words, problems))


def _cases(
    policy: FleetPolicy, tests: tuple[FleetPolicyTest, ...], words: Words, problems: list[Problem]
) -> Iterator[FleetTestCase]:
    for index, test in enumerate(tests):
        place: Path = ("policies", policy.policy.index, "tests", index)
        yield FleetTestCase(
            policy=policy.policy,
            name=test.name,
            manifest=_manifest(test, policy, place, words, problems),
            register=None,
            overrides={},
            observed=None,
            as_of=None if isinstance(test.as_of, UnsetType) else test.as_of,
            expect=test.expect,
            reason=None if isinstance(test.reason, UnsetType) else test.reason,
            source=policy.policy.source,
            place=place,
            fleet=policy,
            whose=tuple(map(_whose, test.usages)),
        )


def _manifest(
    test: FleetPolicyTest, policy: FleetPolicy, place: Path, words: Words, problems: list[Problem]
) -> Manifest:
    """All usages of a test in one manifest, so that they are read as those of a manifest are."""
    usages = tuple(_usage(one, number) for number, one in enumerate(test.usages, 1))
    written = ManifestFile(version=1, project="tests", usages=usages)
    return check_manifest(ReadManifest(written, policy.policy.source.below(place), ""), words, problems)


def _usage(written: FleetTestUsage, number: int) -> Usage:
    fields = {name: getattr(written, name) for name in written.__struct_fields__ if name not in _OWN}
    return Usage(**fields, id=f"usage-{number}" if isinstance(written.id, UnsetType) else written.id)


def _whose(written: FleetTestUsage) -> Whose:
    owner, repository = written.owner, written.repository
    return Whose(
        written.project,
        None if isinstance(owner, UnsetType) else owner,
        None if isinstance(repository, UnsetType) else repository,
    )
