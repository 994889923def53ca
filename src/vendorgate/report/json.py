"""The JSON report, `vendorgate.report/1`: its type, and what fills it.

In: an evaluation. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from ..model.control import Control
from ..model.evaluation import Evaluation
from ..model.result import Citation, Reason, ReasonKind, RequirementResult, Result, SaidIn, Support, SupportKind
from ..model.vocabulary import Confidence, Decision, Outcome, Severity, Verdict
from .cause import cause_of
from .document import (
    TOOL,
    DatedDocument,
    ReportedInputs,
    ReportedLocation,
    ReportedNotice,
    ReportedNotJudged,
    ReportedRepository,
    ReportedSubject,
    ReportedSummary,
    ReportedTool,
    ReportedWaiver,
    inputs,
    location,
    not_judged,
    notice,
    result_fields,
    summary,
    waiver,
    written,
)
from .usages import ListedUsage, listed_usages


class ReportedReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step on the way to an outcome."""

    kind: ReasonKind
    """What was looked at."""
    dimension: Union[str, None]
    """The dimension that it is about."""
    outcome: Decision
    """What the step came to."""
    message: str
    """The step in words."""
    reasons: tuple[ReportedReason, ...]
    """What led to it."""


class ReportedRequirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement of the policy."""

    expression: Any
    """The rule as it is written."""
    outcome: Decision
    """What it came to."""
    message: str
    """What it came to, in words."""
    reasons: tuple[ReportedReason, ...]
    """Why; empty where it passes."""


class ReportedEvidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A registry cell that the outcome rests on."""

    dimension: str
    """The dimension."""
    value: Union[str, None]
    """The grade; null where the registry states nothing."""
    confidence: Union[str, None]
    """How sure the registry is."""
    verified: Union[datetime.date, None]
    """The day on which somebody read the source."""
    source: Union[str, None]
    """The primary source."""
    owner: Literal["bundle"] | UnsetType = msgspec.field(name="from", default=UNSET)
    """Whose it is: the organization's own, out of its bundle; left out: the registry's."""
    facts: Union[dict[str, Any], UnsetType] = UNSET
    """Facts that rules read, by their path below `facts`, as this usage reads them; null: not known. Left out where
    they read none."""


class ReportedSupport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that an outcome rests on."""

    kind: SupportKind
    """Evidence, an agreement of the register and an observation can be shown; a claim is the manifest's word; a waiver
    is a permission."""
    what: str
    """Of evidence the dimension, or a path such as `offering.platform`; of an agreement its kind; of a claim the field
    of the manifest; of a waiver the policies that it names."""
    value: Any
    """What is said: a grade, the status of an agreement, what is declared, who approved the waiver."""
    said_in: SaidIn = msgspec.field(name="from")
    """Where it is said."""
    location: Union[ReportedLocation, None]
    """The place in the manifest or in a file of the bundle; null for what holds by default, and for the registry's."""
    reference: Union[str, None]
    """The source of evidence, the reference of an agreement or of a contract, the ticket of a waiver; of an observation
    what was asked, or the evidence of who attests it."""
    until: Union[datetime.date, None]
    """The last day on which it counts; null where it has none."""
    verified: Union[datetime.date, UnsetType, None] = UNSET
    """The day on which somebody read it: of a cell its source, of an observation the account; left out of all else, and
    of reports of earlier versions."""
    confidence: Union[Confidence, UnsetType, None] = UNSET
    """Of a cell how sure is who states it; left out of all else, and of reports of earlier versions."""
    attested_by: Union[str, UnsetType] = UNSET
    """Of an observation who attests it; left out where it was read at the vendor."""
    claimed: Any = UNSET
    """Of an observation what the manifest claims in its place; left out where it claims nothing else."""


class ReportedResult(ReportedSubject, frozen=True, kw_only=True):
    """One policy on one subject."""

    policy: str
    """The id of the policy."""
    title: str
    """Its title."""
    severity: Severity
    """In effect on the day."""
    outcome: Outcome
    """What it came to."""
    blocks: bool
    """Whether it fails the check."""
    location: Union[ReportedLocation, None]
    """Where the manifest names the offering."""
    requirements: tuple[ReportedRequirement, ...]
    """All requirements, passes too; none where the policy does not apply."""
    evidence: tuple[ReportedEvidence, ...]
    """What the registry says, with sources."""
    rests_on: tuple[ReportedSupport, ...] | UnsetType = UNSET
    """What the outcome rests on; empty where it is unknown, missing in reports of earlier versions."""
    on_claims_alone: bool | UnsetType = UNSET
    """Whether it passes, and its requirements rest on claims and on nothing that could be shown; missing in reports of
    earlier versions."""
    cause: Union[str, None]
    """The one fact that keeps it from passing, and that it is told under; null where it passes or does not apply."""
    remediation: Union[str, None]
    """The way out."""
    references: tuple[str, ...]
    """Articles and clauses."""
    controls: tuple[Control, ...]
    """What the policy serves of frameworks."""
    waiver: Union[ReportedWaiver, None]
    """The waiver in use."""


class Report(DatedDocument, frozen=True, kw_only=True):
    """A judgement, with everything that it depends on."""

    schema: Literal["vendorgate.report/1"]
    """The format."""
    tool: ReportedTool  # stated once more, so that the fields stay in their order
    """What made it."""
    as_of: datetime.date
    """The day that was judged by."""
    as_of_given: bool
    """Whether somebody chose the day; else it is the day of the run."""
    repository: ReportedRepository
    """In which it was judged."""
    inputs: ReportedInputs
    """What was judged, by what."""
    verdict: Verdict
    """Incomplete as soon as one manifest was not judged, else fail as soon as one result blocks."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the report is about them."""
    summary: ReportedSummary
    """Counts."""
    results: tuple[ReportedResult, ...]
    """In manifest order, then route order, then policy order."""
    usages: tuple[ListedUsage, ...] | UnsetType = UNSET
    """What was judged, in manifest order; missing in reports of earlier versions."""
    notices: tuple[ReportedNotice, ...]
    """What is worth knowing."""


def render(evaluation: Evaluation) -> str:
    """The report; the same evaluation gives the same bytes."""
    return written(reported(evaluation))


def reported(evaluation: Evaluation) -> Report:
    """The report as it is typed."""
    return Report(
        schema="vendorgate.report/1",
        tool=TOOL,
        as_of=evaluation.as_of,
        as_of_given=evaluation.as_of_given,
        repository=ReportedRepository(evaluation.repository.name, evaluation.repository.said_by),
        inputs=inputs(evaluation),
        verdict=evaluation.verdict,
        not_judged=not_judged(evaluation),
        summary=summary(evaluation),
        results=tuple(map(reported_result, evaluation.results)),
        usages=listed_usages(evaluation),
        notices=tuple(map(notice, evaluation.notices)),
    )


def reported_result(result: Result) -> ReportedResult:
    """A result as it is typed."""
    policy, cause = result.policy, cause_of(result)
    return ReportedResult(
        **result_fields(result.subject, policy),
        severity=result.severity,
        outcome=result.outcome,
        blocks=result.blocks,
        location=location(result.subject.location),
        requirements=tuple(map(reported_requirement, result.requirements)),
        evidence=tuple(map(reported_citation, result.evidence)),
        rests_on=tuple(map(reported_support, result.rests_on)),
        on_claims_alone=result.on_claims_alone,
        cause=None if cause is None else cause.message,
        remediation=policy.remediation,
        references=policy.references,
        controls=policy.controls,
        waiver=None if result.waiver is None else waiver(result.waiver),
    )


def reported_support(one: Support) -> ReportedSupport:
    """One thing that an outcome rests on."""
    place = None if one.locate is None else location(one.locate())
    return ReportedSupport(
        kind=one.kind,
        what=one.what,
        value=one.value,
        said_in=one.said_in,
        location=place,
        reference=one.reference,
        until=one.until,
        verified=one.verified if one.is_cell or one.kind == "observation" else UNSET,
        confidence=one.confidence if one.is_cell else UNSET,
        attested_by=UNSET if one.attested_by is None else one.attested_by,
        claimed=one.claimed,
    )


def reported_requirement(result: RequirementResult) -> ReportedRequirement:
    """A requirement as it is typed."""
    reasons = tuple(map(_reason, result.reasons))
    return ReportedRequirement(result.requirement.expression, result.outcome, result.message, reasons)


def _reason(reason: Reason) -> ReportedReason:
    inner = tuple(map(_reason, reason.reasons))
    return ReportedReason(reason.kind, reason.dimension, reason.outcome, reason.message, inner)


def reported_citation(citation: Citation) -> ReportedEvidence:
    """What the registry says, as it is typed."""
    if citation.cell is None:
        return ReportedEvidence(citation.dimension, None, None, None, None)
    cell = citation.cell.written
    owner = citation.cell.owner if citation.cell.owner == "bundle" else UNSET
    facts = dict(citation.facts) or UNSET
    return ReportedEvidence(citation.dimension, cell.value, cell.confidence, cell.verified, cell.source, owner, facts)
