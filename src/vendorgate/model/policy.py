"""What an organization requires: policies, and the bundle that holds them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..logic import Json, Node
from ..source import Path, Source
from .additions import KIND_NAME, KIND_NAME_WORDS, AttributeRule, AttributeRules, PolicyOverride, WrittenGroups
from .bundle_settings import NOTHING_OBSERVED, Days, LintException, ObservationRules, WaiverRules
from .control import Control
from .detect import DetectRules, DetectSettings
from .manifest import Slug
from .projects import ProjectBinding
from .registry import Sha256
from .signoff import SignoffEntry
from .text import Text, Texts
from .vocabulary import (
    AGREEMENT_KINDS,
    NO_GROUPS,
    Confidence,
    Dimension,
    FailOn,
    OnUnknown,
    RegionGroups,
    Severity,
)

if TYPE_CHECKING:
    from .agreement import Register
    from .observation import AccountEntry, Observations
    from .signoff import Signoff
    from .switched_off import StaleWord, SwitchedOff
    from .waiver import Waiver
    from .written_tests import PolicyTest


class FiledTestsOutline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `*.test.yaml` as a check sees it: that it is one, and no policy file by another name."""

    version: Literal[1]
    tests: Any = ()


class PolicyOutline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy as a check sees it: its tests are not looked at, and cannot break a check."""

    id: Slug
    """Unique in the bundle."""
    title: Text
    """What it demands, in one line."""
    require: Annotated[tuple[Any, ...], Meta(min_length=1)]
    """All must hold: rules, or `that` with a `message`."""
    severity: Severity = "error"
    """How much it matters."""
    on_unknown: OnUnknown = "fail"
    """What an unknown comes to: it fails, is a warning at most, or never blocks."""
    when: Any = UNSET
    """To whom it applies; left out: to everybody."""
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


class PolicyFileOutline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy file as a check sees it."""

    version: Literal[1]
    policies: Annotated[tuple[PolicyOutline, ...], Meta(min_length=1)]
    data_classes: tuple[Slug, ...] = ()
    agreement_kinds: tuple[Annotated[str, Meta(pattern=KIND_NAME, description=KIND_NAME_WORDS)], ...] = ()
    attributes: AttributeRules = {}
    region_groups: WrittenGroups = {}


class RegistryDemands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle demands of the registry."""

    max_evidence_age_days: Union[Days, dict[Text, Days]] = 365
    """Days for which evidence counts; one number, or one for each dimension, the bundle's own too, and a default."""
    min_confidence: Confidence = "low"
    """The least confidence that counts."""
    sha256: Sha256 | UnsetType = UNSET
    """The digest of the only snapshot to judge by."""

    def max_age(self, dimension: str) -> int:
        """The greatest age, in days, of evidence that still counts."""
        ages = self.max_evidence_age_days
        if isinstance(ages, int):
            return ages
        return ages.get(dimension, ages.get("default", 365))


class ReviewRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle says of reviews."""

    gone: Severity = "warning"
    """How much it matters that a change removes a manifest, or empties it of usages."""


class AsOfLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far from the day of the run somebody may have it judged."""

    within_days: Days
    """Days before or after it."""


class BundleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bundle.yaml`."""

    version: Literal[1] = 1
    """The version of the format."""
    name: Text | UnsetType = UNSET
    """The bundle's name."""
    release: Text | UnsetType = UNSET
    """Its release."""
    signoff: SignoffEntry | UnsetType = UNSET
    """Who has signed it off, and the digest of what: lines of its own."""
    required_version: Text | UnsetType = UNSET
    """The versions of vendorgate that it is for, as `>=0.2,<1` (PEP 440); left out: any that can read it."""
    fail_on: FailOn = "error"
    """The least severity that blocks."""
    registry: RegistryDemands = RegistryDemands()
    """What is demanded of the registry."""
    data_classes: tuple[Slug, ...] = ()
    """Data classes beside the usual ones."""
    agreement_kinds: tuple[Annotated[str, Meta(pattern=KIND_NAME, description=KIND_NAME_WORDS)], ...] = ()
    """Kinds of agreement beside the usual ones."""
    packs: tuple[Slug, ...] = ()
    """Packs of the library that comes with vendorgate which are in force beside the bundle's own policies."""
    optional_packs: tuple[Slug, ...] = ()
    """Folders of the bundle whose policies are in force only where `--pack` asks for them."""
    waivers: WaiverRules = WaiverRules()
    """What is demanded of waivers."""
    lint: tuple[LintException, ...] = ()
    """Lints that are switched off."""
    as_of: AsOfLimit | UnsetType = UNSET
    """How far from the day of the run `--as-of` may be; left out: any day."""
    review: ReviewRules = ReviewRules()
    """What is said of reviews."""
    detect: DetectSettings = DetectSettings()
    """What is said of detection."""
    projects: tuple[ProjectBinding, ...] | UnsetType = UNSET
    """Whose projects are whose; the first entry that fits a manifest counts. Left out: names count as they stand."""
    dimensions: dict[Text, Text] = {}
    """Dimensions beside the usual ones, by name: the question that each answers. Cells stand in `offerings/`."""
    unmatched: Texts = ()
    """Words, no globs, that policies may name although no offering has them yet."""
    overrides: tuple[PolicyOverride, ...] = ()
    """How policies count here, own ones included; of several that fit a policy the last one counts."""
    attributes: AttributeRules | UnsetType = UNSET
    """What attributes a usage can have, those of its packs beside; left out: any."""
    region_groups: WrittenGroups = {}
    """Groups of regions beside `eu`, `eea` and `global`, by name: regions. Policies and manifests can name them."""
    observations: ObservationRules = ObservationRules()
    """What is made of observations."""


class Requirement(msgspec.Struct, frozen=True):
    """One requirement of a policy, checked."""

    expression: Json
    """As it is written."""
    tree: Node
    message: str | None
    index: int
    place: Path
    """Of the rule, below the policy: `require`, its index, and `that` in the long form."""


class Policy(msgspec.Struct, frozen=True):
    """A policy whose expressions have been checked against the data model."""

    id: str
    title: str
    severity: Severity
    on_unknown: OnUnknown
    when: Node | None
    require: tuple[Requirement, ...]
    enforce_from: datetime.date | None
    remediation: str | None
    references: tuple[str, ...]
    controls: tuple[Control, ...]
    tags: tuple[str, ...]
    tests: tuple[PolicyTest, ...]
    dimensions: tuple[Dimension, ...]
    """The dimensions that `require` reads, in the order in which it names them."""
    settings_read: frozenset[str]
    attributes_read: frozenset[str]
    facts_read: tuple[str, ...]
    """The paths of the facts that `require` reads."""
    source: Source
    index: int
    """Its place in the `policies` of its file."""

    @property
    def rules(self) -> tuple[Node, ...]:
        """To whom it applies, where it says so, and then what it requires."""
        return (*(() if self.when is None else (self.when,)), *[one.tree for one in self.require])


class FleetPolicy(msgspec.Struct, frozen=True):
    """A policy on all usages of a fleet, whose rules have been checked."""

    policy: Policy
    """Its rules and how it counts; it has no `when`, and no tests here."""
    paths: tuple[str, ...]
    """What its rules read of each usage, by whole path."""


class Bundle(msgspec.Struct, frozen=True):
    """A policy bundle: policies, demands of the registry, and, in the same folder, agreements and waivers."""

    name: str | None
    release: str | None
    sha256: str
    """Of the whole folder, as `load.digest` defines it."""
    fail_on: FailOn
    registry: RegistryDemands
    policies: tuple[Policy, ...]
    """Files by path, then as written; each as the bundle lets it count, those that are off left out."""
    register: Register | None
    """None where the bundle has no `agreements.yaml`: claims of the manifest count instead."""
    waivers: tuple[Waiver, ...]
    waiver_rules: WaiverRules
    review: ReviewRules
    data_classes: frozenset[str]
    """The contract's and the bundle's own."""
    projects: tuple[ProjectBinding, ...] | None = None
    """None: the bundle binds no names."""
    stale_unmatched: tuple[StaleWord, ...] = ()
    as_of_within: int | None = None
    """Days from the day of the run; None: any day may be judged by."""
    agreement_kinds: frozenset[str] = frozenset(AGREEMENT_KINDS)
    """The contract's and the bundle's own."""
    off: tuple[SwitchedOff, ...] = ()
    """Policies of the bundle that judge nobody."""
    attributes: Mapping[str, AttributeRule] = {}
    """What attributes of usages can be, by name, as far as the bundle and its packs declare them."""
    address: str | None = None
    """Where it is kept, pinned, where that is elsewhere; None: a folder here."""
    region_groups: RegionGroups = NO_GROUPS
    """Groups of regions that the bundle and its packs add, each with its members."""
    signoff: Signoff | UnsetType | None = UNSET
    """None: nobody has signed it off; unset: nobody asked, because other files than those of a check were read."""
    detect: DetectRules = DetectRules()
    """How code and manifests are held against each other."""
    observing: ObservationRules = ObservationRules()
    """What is made of observations."""
    observations: Observations = NOTHING_OBSERVED
    """How accounts are really set up."""
    accounts: tuple[AccountEntry, ...] | None = None
    """The accounts that exist; None: the bundle does not say."""
    fleet: tuple[FleetPolicy, ...] = ()
    """Rules over all usages of a fleet, by which no check judges."""
