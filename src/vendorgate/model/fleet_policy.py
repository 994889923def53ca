"""Rules over all usages of a fleet: as `fleet.yaml` has them, as they judge, and what they come to."""

import datetime
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..logic import Json
from .control import Control
from .manifest import Slug
from .policy import Policy, Requirement
from .text import Text, Texts
from .vocabulary import Decision, OnUnknown, Severity
from .written_tests import PolicyTestUsage


class FleetTestUsage(PolicyTestUsage, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A usage of a test, with what its fleet knows of it."""

    project: Slug = "tests"
    """The project that it is of."""
    owner: Text | UnsetType = UNSET
    """Who answers for the project; left out: nobody knows."""
    repository: Text | UnsetType = UNSET
    """OWNER/NAME, as a gather knows it; left out: nobody knows."""


class FleetPolicyTest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One test of a fleet policy, beside it in its file."""

    name: Text
    """What the test shows, unique for its policy."""
    usages: tuple[FleetTestUsage, ...]
    """All usages of the fleet; may be empty."""
    expect: Decision
    """What the policy must come to."""
    as_of: datetime.date | UnsetType = UNSET
    """The day to judge by; left out: the day of the run."""
    reason: Text | UnsetType = UNSET
    """A text that one of the reasons given must contain."""


class FleetPolicyOutline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fleet policy as a check sees it: its tests are not looked at, and cannot break a check."""

    id: Slug
    """Unique among all policies of the bundle."""
    title: Text
    """What it demands, in one line."""
    require: Annotated[tuple[Any, ...], Meta(min_length=1)]
    """All must hold: rules over `usages`, or `that` with a `message`."""
    severity: Severity = "error"
    """How much it matters."""
    on_unknown: OnUnknown = "fail"
    """What an unknown comes to: it fails, is a warning at most, or never blocks."""
    enforce_from: datetime.date | UnsetType = UNSET
    """Until this day it is a warning at most."""
    remediation: Text | UnsetType = UNSET
    """The way out, as an imperative."""
    references: Texts = ()
    """Articles, clauses, tickets."""
    controls: tuple[Control, ...] = ()
    """What it serves of frameworks."""
    tags: Texts = ()
    """For finding and grouping."""
    tests: Any = ()


class FleetPolicyEntry(FleetPolicyOutline, frozen=True, forbid_unknown_fields=True):
    """A fleet policy as it is written."""

    tests: tuple[FleetPolicyTest, ...] = ()
    """Fleets, and what the policy must say of them."""


class FleetPoliciesOutline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`fleet.yaml` as a check sees it."""

    version: Literal[1]
    fleet_policies: Annotated[tuple[FleetPolicyOutline, ...], Meta(min_length=1)]


class FleetPoliciesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`fleet.yaml`: rules over all usages of a fleet, which `check` reads and does not judge by."""

    version: Literal[1]
    """The version of the format."""
    fleet_policies: Annotated[tuple[FleetPolicyEntry, ...], Meta(min_length=1)]
    """In the order in which they judge."""


class Sight(msgspec.Struct, frozen=True):
    """A usage where it is seen."""

    project: Union[str, None]
    usage: str
    offering: str
    manifest: str
    repository: Union[str, None] = None


class CountedValue(msgspec.Struct, frozen=True):
    """A value that was counted."""

    value: Json
    usages: int
    """How many have it, each route of a usage by itself."""
    seen: Sight
    """The first of them."""


class FleetReason(msgspec.Struct, frozen=True):
    """Why a part of a rule is of the truth that it is."""

    outcome: Decision
    message: str
    values: tuple[CountedValue, ...] = ()
    """What was counted, the most frequent first."""
    usages: int = 0
    """How many usages decide it, or leave it open."""
    seen: tuple[Sight, ...] = ()
    """The first few of them."""


class FleetRequirementResult(msgspec.Struct, frozen=True):
    """One requirement, judged."""

    requirement: Requirement
    outcome: Decision
    message: str
    reasons: tuple[FleetReason, ...]


class FleetResult(msgspec.Struct, frozen=True):
    """One fleet policy on all usages."""

    policy: Policy
    outcome: Decision
    severity: Severity
    """In effect on the as-of day."""
    blocks: bool
    requirements: tuple[FleetRequirementResult, ...]
