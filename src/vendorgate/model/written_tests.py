"""Tests of policies as they are written: beside a policy in its file, and in files of their own.

A check looks at none.
"""

import datetime
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .agreement import Agreement
from .manifest import ManifestFile, Slug, UsageDraft
from .observation import ObservedInTest
from .text import Text
from .vocabulary import Expected


class PolicyTestUsage(UsageDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The usage of a policy's test: its `id` may be left out."""

    id: Slug | UnsetType = UNSET
    """May be left out."""


class PolicyTestDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every test of a policy may say."""

    name: Text
    """What the test shows, unique for its policy."""
    agreements: tuple[Union[Text, Agreement], ...] | UnsetType = UNSET
    """What is in force, and nothing else: kinds, in force on every route with nothing known of them, or whole
    agreements as in a register. Left out: the claims of the usage count."""
    registry: dict[str, dict[str, Any]] = {}
    """By offering: what the registry says otherwise than the snapshot; a key with null is taken out."""
    observed: ObservedInTest | UnsetType = UNSET
    """What was observed of the usage's own account on that day; left out: nothing. What the bundle observes and
    requires does not count in a test."""
    as_of: datetime.date | UnsetType = UNSET
    """The day to judge by; left out: the day of the run."""
    reason: Text | UnsetType = UNSET
    """A text that one of the reasons given must contain."""


class PolicyTest(PolicyTestDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One test of a policy, beside it in its file."""

    usage: PolicyTestUsage
    """What is judged."""
    expect: Expected
    """What the policy must come to: over all routes of the usage the worst."""


class FiledTest(PolicyTestDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One test in a `*.test.yaml`, of a usage or of a whole manifest."""

    policy: Slug
    """The id of the policy that it tests."""
    expect: Union[Expected, dict[str, Expected]]
    """What the policy must come to: the worst of all usages, or of each usage by its id."""
    usage: PolicyTestUsage | UnsetType = UNSET
    """What is judged; or `manifest`."""
    manifest: ManifestFile | UnsetType = UNSET
    """What is judged; or `usage`."""


class FiledTests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `*.test.yaml` of a bundle."""

    version: Literal[1]
    """The version of the format."""
    tests: Annotated[tuple[FiledTest, ...], Meta(min_length=1)]
    """The tests."""
