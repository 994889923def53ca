"""The JSON reports on ways out, `vendorgate.repair/1` and `vendorgate.alternatives/1`, as they are written."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.manifest import Scalar
from ...model.report import Report, ReportedEvidence, ReportedLocation, ReportedResult, ReportedTool
from ...model.vocabulary import RouteOfUsage
from .model import ChangeKind, Kinship, Limit


class ReportedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that the agreements register needs."""

    kind: str
    """What is to be signed."""
    offerings: tuple[str, ...]
    """Globs; the entry may name more."""
    status: str
    """Where it must stand."""
    signed: str
    """The day by which it must be signed, YYYY-MM-DD."""
    expires: Union[str, None]
    """The day until which it must run, YYYY-MM-DD; null where one without an end will do."""
    or_later: bool
    """Whether it may run for another year as well."""
    projects: tuple[str, ...]
    """Globs; the entry may name more."""
    reference: Union[str, None]
    """That it is filed somewhere; null where no policy asks for that."""


class ReportedChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change."""

    kind: ChangeKind
    """What is asked of us."""
    words: str
    """What to do, in words."""
    cost: int
    """What it asks of us, as a number; the costs of a set add up."""
    offering: str
    """Of the route that it is on."""
    route: RouteOfUsage
    """How the usage comes to it."""
    field: str
    """As the manifest names it, settings with their name: `settings.data_sharing`."""
    old: Union[Scalar, None]
    """The value that it has, or the name in a list that is replaced; null where nothing is declared or only added."""
    new: Union[Scalar, None]
    """The value or the name instead; null: do without."""
    options: tuple[Scalar, ...]
    """What would do as well as `new`, with all else as it is."""
    agreement: Union[ReportedEntry, None]
    """The entry that the register needs; null without a register, or where no agreement is meant."""
    needed_by: tuple[str, ...]
    """Policies that block without it."""
    location: Union[ReportedLocation, None]
    """Where in the manifest or in the register; null where neither has such a place yet."""


class ReportedRepair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of changes with which the usage passes, and with fewer of them does not."""

    cost: int
    """Of all its changes."""
    changes: tuple[ReportedChange, ...]
    """By route, the least first."""


class RepairReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The repairs of a usage."""

    schema: Literal["vendorgate.repair/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    usage: str
    """The id of the usage."""
    answer: Literal["passes", "repairs", "none"]
    """It passes already; there are repairs; or none was found."""
    ignored_waivers: bool
    """Whether waivers were left out of account."""
    repairs: tuple[ReportedRepair, ...]
    """The cheapest first."""
    more: bool
    """Whether there may be more."""
    stopped: Union[Limit, None]
    """The bound that ended the search early; null where none did."""
    bound: Union[int, None]
    """How much that was: so many judgements of a route by a policy, or changes on one route."""
    obstacles: tuple[ReportedResult, ...]
    """Without a repair: results that no changes on our side lift."""
    rest: Union[ReportedRepair, None]
    """Beside these: the cheapest changes with which nothing else blocks; null where nothing else does, or none were
    found."""
    report: Report
    """On the usage as it is, as a check writes it, without notices."""


class ReportedAlternative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering in the place of another."""

    offering: str
    """The offering."""
    name: str
    """Its name."""
    developer: str
    """Makes the model."""
    platform: str
    """Serves it."""
    kinship: Kinship
    """How near it is to the one that it would replace."""
    passes: bool
    """Whether the usage passes with it and with the changes."""
    cost: Union[int, None]
    """Of the changes; null where it does not pass."""
    changes: tuple[ReportedChange, ...]
    """What it still needs."""
    models: Union[tuple[str, ...], None]
    """Models that are taken over, by their names there; null where none are declared, or not before a change does."""
    features: tuple[str, ...]
    """Features that are taken over. Nothing else of the route is: other accounts have their own."""
    left_behind: tuple[str, ...]
    """What is declared now and has no counterpart there by its name."""
    evidence: tuple[ReportedEvidence, ...]
    """Where it passes: what the policies that apply would rest on."""
    obstacles: tuple[ReportedResult, ...]
    """Where it does not: results that no changes on our side lift."""
    rest: Union[ReportedRepair, None]
    """Beside these: the cheapest changes with which nothing else blocks; null where nothing else does, or none were
    found."""
    stopped: Union[Limit, None]
    """The bound that ended the search early; null where none did."""
    bound: Union[int, None]
    """How much that was: so many judgements of a route by a policy, or changes on one route."""


class ReportedSkipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering that was not looked at."""

    offering: str
    """The offering."""
    why: str
    """Why."""


class AlternativesReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every offering in the place of one route's."""

    schema: Literal["vendorgate.alternatives/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering that would be replaced."""
    route: RouteOfUsage
    """How the usage comes to it."""
    answer: Literal["passes", "alternatives", "none"]
    """The usage passes already; there are offerings with which it would; or there are none."""
    ignored_waivers: bool
    """Whether waivers were left out of account."""
    alternatives: tuple[ReportedAlternative, ...]
    """Those that pass, the nearest first, then those that do not, the closest first; empty where it passes already."""
    skipped: tuple[ReportedSkipped, ...]
    """Offerings that were not looked at."""
    report: Report
    """On the usage as it is, as a check writes it, without notices."""
