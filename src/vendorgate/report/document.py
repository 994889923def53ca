"""What the JSON documents of all commands share: their beginning, who is meant, what was judged by what, and places.

In: nouns of the core. Out: the parts of a document, typed, of which the published schemas are made too. What only one
command says stands beside that command.
"""

from __future__ import annotations

import datetime
from typing import Final, Literal, TypedDict, TypeVar, Union

import msgspec
from msgspec import UNSET, UnsetType

from ..errors import Problem
from ..model.evaluation import Evaluation
from ..model.identity import SaidBy
from ..model.notice_ids import NoticeId
from ..model.policy import Bundle, Policy
from ..model.result import Notice
from ..model.subject import Subject
from ..model.vocabulary import Outcome, RouteOfUsage, Severity
from ..model.waiver import Waiver
from ..source import Location
from ..version import VERSION
from .ascii_json import dumps
from .signoff import ReportedSignoff, reported_signoff

Stated = TypeVar("Stated")


class ReportedTool(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What made the document."""

    name: Literal["vendorgate"]
    """The program."""
    version: str
    """Its version."""


TOOL: Final = ReportedTool("vendorgate", VERSION)


class JsonDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a document begins with; each says of itself which format it is."""

    schema: str
    """The format."""
    tool: ReportedTool
    """What made it."""


class DatedDocument(JsonDocument, frozen=True):
    """What a document begins with that is of a day."""

    as_of: datetime.date
    """The day that was judged by."""


def written(document: msgspec.Struct) -> str:
    """A document as it is printed: ASCII text, in which no input does anything; the same document, the same bytes."""
    return dumps(msgspec.to_builtins(document))


class ReportedUsage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which usage is meant."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""


class ReportedSubject(ReportedUsage, frozen=True):
    """Which usage is meant, by which route."""

    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""
    route: RouteOfUsage
    """How the usage comes to it."""


class SubjectFields(TypedDict):
    """The fields that identify a subject, wherever a document has them."""

    manifest: str
    project: str
    usage: str
    offering: str
    account: str | None
    vendor: str | None
    route: RouteOfUsage


class ResultFields(SubjectFields):
    """The fields that identify a result."""

    policy: str
    title: str


def subject_fields(subject: Subject) -> SubjectFields:
    """Which subject is meant."""
    return {
        "manifest": subject.manifest.source.path,
        "project": subject.manifest.project,
        "usage": subject.usage,
        "offering": subject.offering.id,
        "account": subject.name.account,
        "vendor": subject.name.vendor,
        "route": subject.route,
    }


def result_fields(subject: Subject, policy: Policy) -> ResultFields:
    """Which policy on which subject is meant."""
    return {**subject_fields(subject), "policy": policy.id, "title": policy.title}


class ReportedRepository(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The repository that the manifests are judged in."""

    name: Union[str, None]
    """OWNER/NAME; null where nobody said it."""
    said_by: SaidBy
    """Who said it."""


class ReportedManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was judged."""

    path: str
    """As it was named, with forward slashes."""
    sha256: str
    """Of its bytes."""


class ReportedBundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The policy bundle."""

    name: Union[str, None]
    """Its name."""
    release: Union[str, None]
    """Its release."""
    sha256: str
    """Of its files, with their paths."""
    source: Union[str, UnsetType] = UNSET
    """Where it is kept, pinned; left out: a folder of the machine that judged."""
    signoff: Union[ReportedSignoff, UnsetType, None] = UNSET
    """Who has signed it off, and whether that holds; null: nobody. Left out where it was not asked."""


class ReportedRegistry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The registry snapshot."""

    name: str
    """Its name."""
    generated: datetime.date
    """The day on which it was made."""
    sha256: str
    """Of its files, with their paths."""


class ReportedInputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the verdict depends on, with digests."""

    manifests: tuple[ReportedManifest, ...]
    """In the order in which they were judged."""
    bundle: ReportedBundle
    """The policies."""
    registry: ReportedRegistry
    """The evidence."""
    agreements: Literal["register", "self-declared"]
    """What counted as an agreement in force: the bundle's register, or the claims of the manifests."""


def inputs(evaluation: Evaluation) -> ReportedInputs:
    """Everything that a verdict depends on, with digests."""
    snapshot = evaluation.snapshot.written
    return ReportedInputs(
        tuple(ReportedManifest(one.source.path, one.sha256) for one in evaluation.manifests),
        reported_bundle(evaluation.bundle, evaluation.as_of),
        ReportedRegistry(snapshot.name, snapshot.generated, evaluation.snapshot.sha256),
        evaluation.agreements,
    )


def reported_bundle(bundle: Bundle, as_of: datetime.date | None = None) -> ReportedBundle:
    """A policy bundle as it is written, and on a day whether it is the one that was signed off."""
    source = UNSET if bundle.address is None else bundle.address
    signoff = UNSET if as_of is None else reported_signoff(bundle, as_of)
    return ReportedBundle(bundle.name, bundle.release, bundle.sha256, source, signoff)


class ReportedSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    subjects: int
    """Pairs of usage and offering."""
    passed: int = msgspec.field(name="pass")
    """Results that pass."""
    fail: int
    """Results that fail."""
    unknown: int
    """Results that are unknown."""
    waived: int
    """Results that a waiver covers."""
    not_applicable: int
    """Results of policies that do not apply."""
    blocking: int
    """Results and notices that block."""
    on_claims_alone: Union[int, UnsetType] = UNSET
    """Results that pass, and whose requirements rest on claims and on nothing that could be shown; missing in reports
    of earlier versions."""


def summary(evaluation: Evaluation) -> ReportedSummary:
    """Counts."""
    counted = ReportedSummary(*msgspec.structs.astuple(evaluation.summary))
    return msgspec.structs.replace(counted, on_claims_alone=evaluation.on_claims_alone)


class ReportedStanding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a policy comes to on a subject, on one side of a comparison."""

    outcome: Outcome
    """What it comes to."""
    severity: Severity
    """In effect on the day."""
    blocks: bool
    """Whether it blocks."""


class ReportedLocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a file."""

    path: str
    """The file."""
    line: int
    """From 1."""
    column: int
    """From 1, in code points."""


def location(found: Location | None) -> ReportedLocation | None:
    """A place as it is written, where there is one."""
    return None if found is None else place(found)


def place(found: Location) -> ReportedLocation:
    """A place as it is written."""
    return ReportedLocation(found.path, found.line, found.column)


class ReportedProblem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mistake in an input."""

    message: str
    """What was found."""
    location: Union[ReportedLocation, None]
    """Where."""
    help: Union[str, None]
    """What was expected, or what to do."""


def problem(found: Problem) -> ReportedProblem:
    """A mistake in an input as it is written."""
    return ReportedProblem(found.title, location(found.location), found.help)


class ReportedNotJudged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was not judged."""

    path: str
    """As it was named, with forward slashes."""
    problems: tuple[ReportedProblem, ...]
    """Every mistake in it."""


def not_judged(evaluation: Evaluation) -> tuple[ReportedNotJudged, ...]:
    """Manifests that were meant, too, and have mistakes."""
    return tuple(ReportedNotJudged(left.path, tuple(map(problem, left.problems))) for left in evaluation.not_judged)


class ReportedNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something worth knowing; what is said of code, and of a manifest that is gone, blocks as its severity does."""

    id: NoticeId
    """What kind of notice it is."""
    severity: Severity
    """How much it matters."""
    message: str
    """The notice in words."""
    location: Union[ReportedLocation, None]
    """Where."""


def notice(told: Notice) -> ReportedNotice:
    """A notice as it is written."""
    assert told.id != "not-judged"
    return ReportedNotice(told.id, told.severity, told.message, location(told.location))


class ReportedWaiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The waiver in use."""

    policy: str
    """The policies that it names."""
    reason: str
    """Why it was given."""
    approved_by: str
    """By whom."""
    ticket: Union[str, None]
    """Where it is tracked."""
    expires: datetime.date
    """Its last day."""


def waiver(found: Waiver) -> ReportedWaiver:
    """A waiver as it is written."""
    entry = found.written
    return ReportedWaiver(entry.policy, entry.reason, entry.approved_by, stated(entry.ticket), entry.expires)


def stated(value: Union[Stated, UnsetType]) -> Union[Stated, None]:
    """A value that may be left out; null where it is."""
    return None if isinstance(value, UnsetType) else value
