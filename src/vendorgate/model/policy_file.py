"""Files of policies as they are written, with the tests beside their policies, and files of such tests.

A check looks at neither: it reads the outlines in `policy.py`.
"""

import datetime
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .additions import AttributeRules, KindName, WrittenGroups
from .agreement import Agreement
from .manifest import ManifestFile, Slug, UsageDraft
from .observation import ObservedInTest
from .policy import PolicyOutline
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


class PolicyFileEntry(PolicyOutline, frozen=True, forbid_unknown_fields=True):
    """A policy as it is written."""

    tests: tuple[PolicyTest, ...] = ()
    """Usages, and what the policy must say of them."""


class PolicyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy file of a bundle."""

    version: Literal[1]
    """The version of the format."""
    policies: Annotated[tuple[PolicyFileEntry, ...], Meta(min_length=1)]
    """In the order in which they judge."""
    data_classes: tuple[Slug, ...] = ()
    """Data classes that they need beside the usual ones."""
    agreement_kinds: tuple[KindName, ...] = ()
    """Kinds of agreement that they need beside the usual ones."""
    attributes: AttributeRules = {}
    """Attributes of usages that they read, and what each can be."""
    region_groups: WrittenGroups = {}
    """Groups of regions that they name, beside the usual ones: regions by the group's name."""
