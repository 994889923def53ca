"""The JSON reports on the agreements register, as they are written.

`vendorgate.agreements-list/1`, `vendorgate.agreements-check/1` and `vendorgate.agreements-report/1`.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.report import ReportedInputs, ReportedLocation, ReportedTool
from ...model.vocabulary import AgreementKind, AgreementStatus, Dimension, FailOn, Outcome, RouteOfUsage, Severity
from .model import FindingId, State


class ReportedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement of the register."""

    number: int
    """Its place in the register, from 1."""
    kind: AgreementKind
    """What was signed."""
    reference: Union[str, None]
    """Where it is filed."""
    location: ReportedLocation
    """Where it stands."""


class ReportedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement for one offering."""

    offering: Union[str, None]
    """The offering; null where a glob matches none of the registry."""
    glob: Union[str, None]
    """The glob that matches none; else null."""
    kind: AgreementKind
    """What was signed."""
    status: AgreementStatus
    """As the register has it."""
    state: State
    """Where it stands on the day; `not_yet`: executed, and signed on a day to come."""
    signed: Union[str, None]
    """The day on which it was signed, YYYY-MM-DD."""
    expires: Union[str, None]
    """Its last day, YYYY-MM-DD; null without an end."""
    days_left: Union[int, None]
    """To the last day, which is day 0; null where it is not in force or has no end."""
    projects: tuple[str, ...]
    """Globs."""
    reference: Union[str, None]
    """Where it is filed."""
    number: int
    """Its place in the register, from 1."""
    usages: Union[int, None]
    """How many usages, by all routes, of the given manifests it names; null where none is given."""
    location: ReportedLocation
    """Where it stands."""


class AgreementsList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The agreements register by offering and kind."""

    schema: Literal["vendorgate.agreements-list/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    inputs: ReportedInputs
    """What was looked at."""
    agreements: int
    """Entries of the whole register."""
    rows: tuple[ReportedRow, ...]
    """By offering, then by kind, then as the register has them; globs that match nothing last."""


class ReportedFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to know."""

    id: FindingId
    """What kind of finding it is."""
    severity: Severity
    """How much it matters."""
    message: str
    """The finding in words."""
    help: str
    """What to do."""
    location: ReportedLocation
    """Where."""
    related: tuple[ReportedEntry, ...]
    """Other agreements that it is about, ten at most."""


class ReportedFindings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    agreements: int
    """Entries of the register."""
    subjects: int
    """Pairs of usage and offering."""
    error: int
    """Findings that are errors."""
    warning: int
    """Findings that are warnings."""
    note: int
    """Findings that are notes."""
    blocking: int
    """Findings that fail."""


class AgreementsCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong with the agreements register, and with relying on claims."""

    schema: Literal["vendorgate.agreements-check/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    inputs: ReportedInputs
    """What was looked at."""
    within_days: int
    """Days that count as soon."""
    fail_on: FailOn
    """The least severity that fails."""
    verdict: Literal["pass", "fail"]
    """Fail as soon as one finding is so severe."""
    summary: ReportedFindings
    """Counts."""
    findings: tuple[ReportedFinding, ...]
    """Errors first, then by id, then as the files have them."""


class ReportedSuccession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement that counts today."""

    agreement: ReportedEntry
    """The agreement."""
    successor: Union[ReportedEntry, None]
    """What would count in its place; null: nothing."""


class ReportedRuling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a policy comes to."""

    outcome: Outcome
    """What it comes to."""
    severity: Severity
    """In effect on the day."""
    blocks: bool
    """Whether it fails a check."""


class ReportedShift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result that would be another one."""

    policy: str
    """The id of the policy."""
    title: str
    """Its title."""
    change: Literal["worse", "better", "changed"]
    """What would become of it."""
    before: ReportedRuling
    """As it is."""
    after: ReportedRuling
    """As it would be."""


class ReportedEffect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What would become of a usage for which the agreement counts."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering."""
    route: RouteOfUsage
    """How the usage comes to it."""
    location: ReportedLocation
    """Where the manifest names the offering."""
    successions: tuple[ReportedSuccession, ...]
    """What would count instead."""
    lost: tuple[Dimension, ...]
    """Dimensions that are covered and would not be."""
    results: tuple[ReportedShift, ...]
    """Results that would be others."""


class ReportedTermination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreements that would be terminated."""

    agreements: tuple[ReportedEntry, ...]
    """The agreements."""
    state: tuple[State, ...]
    """Where each stands on the day."""
    blocking: int
    """Results that would begin to block."""
    spare: int
    """For how many usages it is in force while another agreement counts anyway."""
    effects: tuple[ReportedEffect, ...]
    """On each usage for which one of them counts, and on no other."""


class AgreementsReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What would happen if agreements were terminated on the day."""

    schema: Literal["vendorgate.agreements-report/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    inputs: ReportedInputs
    """What was looked at."""
    terminations: tuple[ReportedTermination, ...]
    """Of each agreement by itself in the order of the register, or of those that were asked for together."""
