"""An evaluation in the order and the pieces in which the page shows it.

In: an evaluation and its surroundings. Out: plain text in frozen pieces, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import msgspec

from ...logic import Json
from ...model.evaluation import Evaluation
from ...model.result import Notice, Result, Support
from ...model.subject import Subject
from ...model.vocabulary import Outcome, RouteOfUsage, in_order
from ...source import Location
from ..cause import Cause
from ..finding import OWN, Shortfall, command_words, last_blocking, shortfalls, waived_words, ways_out
from ..lines import bundle_words
from ..resting import TOLD, counted, said
from ..signoff import signoff_of, signoff_words
from ..surroundings import Surroundings
from ..unjudged import findings
from .causes import named
from .evidence import Evidence
from .names import offering_name, owner_name
from .reference import Reference, reference
from .settings import SettingView, settings

OUTCOMES: Final[Mapping[Outcome, str]] = {
    "fail": "fail",
    "unknown": "unknown",
    "waived": "waived",
    "pass": "pass",
    "not_applicable": "n/a",
}
"""Worst first, and the word that a reader sees."""
WANTING: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived")
_FEW: Final = 24
"""Results that do not pass: so many are shown with their reasons at once; of more, a reader opens what matters."""


class Waived(msgspec.Struct, frozen=True):
    """The waiver of a result."""

    words: str
    """Until when, by whom, and its ticket."""
    reason: str


class SupportView(msgspec.Struct, frozen=True):
    """One thing that a result rests on."""

    kind: str
    evidence: str
    """The anchor of the cell; empty of what is no cell, and of one that no requirement reads."""
    what: str
    words: str


class Resting(msgspec.Struct, frozen=True):
    """What a result rests on."""

    counted: str
    on_claims_alone: bool
    supports: tuple[SupportView, ...]


class ResultView(msgspec.Struct, frozen=True):
    """One result."""

    id: str
    """Its anchor in the page."""
    policy: str
    title: str
    outcome: Outcome
    severity: str
    blocks: bool
    cause: str
    """The one fact that keeps it from passing; empty where it passes."""
    cause_name: str
    """What the address calls that."""
    shortfalls: tuple[Shortfall, ...]
    met: tuple[str, ...]
    """The requirements that are met."""
    resting: Resting | None
    """Of what passes or is waived."""
    evidence: tuple[Evidence, ...]
    ways_out: tuple[str, ...]
    references: tuple[Reference, ...]
    waived: Waived | None

    @property
    def applies(self) -> bool:
        return self.outcome != "not_applicable"

    @property
    def is_wanting(self) -> bool:
        """Whether it needs reasons; what passes or does not apply is a line."""
        return self.outcome in WANTING


class SubjectView(msgspec.Struct, frozen=True):
    """A subject and its results."""

    project: str
    owner: str | None
    usage: str
    offering: str
    """As it is filtered by: without the account."""
    account: str | None
    route: RouteOfUsage
    title: str
    """The offering and its account."""
    facts: tuple[str, ...]
    """Who serves the offering, and what is sent there."""
    place: str
    settings: tuple[SettingView, ...]
    """How the account is set up, as far as that is declared or was observed."""
    judged: tuple[ResultView, ...]
    """What the policies that apply say, the worst first."""
    beside_the_point: tuple[ResultView, ...]
    """The results of policies that do not apply."""
    cells: tuple[ResultView | None, ...]
    """The results again, a column of the matrix each; None where there is no result."""
    evidence: tuple[Evidence, ...]
    """Of all of them, each once."""
    help: str
    """The command that looks for a way out, once for each usage that needs one; else empty."""


class Column(msgspec.Struct, frozen=True):
    """A policy that applies to any usage, and so has a column in the matrix."""

    policy: str
    title: str


class Remark(msgspec.Struct, frozen=True):
    """A notice."""

    id: str
    severity: str
    message: str
    place: str


class Input(msgspec.Struct, frozen=True):
    """Something that the verdict depends on."""

    kind: Literal["manifest", "bundle", "registry"]
    name: str
    sha256: str


def columns(evaluation: Evaluation) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The policies that apply to any usage, and those that apply to none, in the order of the bundle."""
    applying = {result.policy.id for result in evaluation.results if result.outcome != "not_applicable"}
    every = [Column(policy.id, policy.title) for policy in evaluation.bundle.policies]
    return tuple(one for one in every if one.policy in applying), tuple(
        one for one in every if one.policy not in applying
    )


def groups(
    evaluation: Evaluation,
    surroundings: Surroundings,
    shown: tuple[Column, ...],
    evidence: Mapping[tuple[str, str], Evidence],
    causes: Mapping[int, Cause],
) -> tuple[SubjectView, ...]:
    """Every result, with its subject; subjects and results in the evaluation's order."""
    by_subject: dict[int, list[ResultView]] = {id(subject): [] for subject in evaluation.subjects}
    for number, result in enumerate(evaluation.results, 1):
        by_subject[id(result.subject)].append(_entry(number, result, surroundings, evidence, causes.get(id(result))))
    policies = [column.policy for column in shown]
    helped = {id(subject) for subject in last_blocking(evaluation).values()}
    return tuple(
        _group(
            subject,
            tuple(by_subject[id(subject)]),
            policies,
            surroundings,
            id(subject) in helped,
            settings(subject, evaluation),
        )
        for subject in evaluation.subjects
    )


def is_short(evaluation: Evaluation) -> bool:
    """Whether so few results do not pass that all of them are shown with their reasons at once."""
    return sum(result.outcome in WANTING for result in evaluation.results) <= _FEW


def unjudged(evaluation: Evaluation, surroundings: Surroundings) -> tuple[Remark, ...]:
    """A remark for each manifest that was not judged."""
    return tuple(_remark(notice, surroundings) for notice in findings(evaluation))


def remarks(notices: Iterable[Notice], surroundings: Surroundings, *, blocks: bool = False) -> tuple[Remark, ...]:
    """A remark for each notice, or for each that blocks."""
    return tuple(_remark(notice, surroundings) for notice in notices if notice.blocks or not blocks)


def blocked_projects(evaluation: Evaluation) -> int:
    """In how many projects any result blocks."""
    return len({result.subject.manifest.project for result in evaluation.results if result.blocks})


def lenient(evaluation: Evaluation) -> int:
    """How many results fail or are not known, and do not block."""
    return sum(one.outcome in ("fail", "unknown") and not one.blocks for one in evaluation.results)


def inputs(evaluation: Evaluation, surroundings: Surroundings) -> tuple[Input, ...]:
    """Everything that the verdict depends on beside the day, with digests."""
    bundle, registry = evaluation.bundle, evaluation.snapshot
    named = f"{registry.written.name}, made on {registry.written.generated}"
    return (
        *(Input("manifest", surroundings.path(one.source.path), one.sha256) for one in evaluation.manifests),
        Input("bundle", bundle_words(bundle), bundle.sha256),
        Input("registry", named, registry.sha256),
    )


class SignoffView(msgspec.Struct, frozen=True):
    """Whether the policies are those that somebody has signed off."""

    words: str
    holds: bool


def signoff(evaluation: Evaluation) -> SignoffView | None:
    """None: nobody has signed them off."""
    found = signoff_of(evaluation)
    if found is None:
        return None
    words = signoff_words(found, evaluation.as_of)
    return SignoffView(words[:1].upper() + words[1:], found.holds(evaluation.as_of))


def _group(
    subject: Subject,
    entries: tuple[ResultView, ...],
    policies: list[str],
    surroundings: Surroundings,
    is_helped: bool,
    account: tuple[SettingView, ...],
) -> SubjectView:
    by_policy = {entry.policy: entry for entry in entries}
    evidence = {one.dimension: one for entry in entries for one in entry.evidence}
    return SubjectView(
        project=subject.manifest.project,
        owner=owner_name(subject),
        usage=subject.usage,
        offering=offering_name(subject),
        account=subject.name.account,
        route=subject.route,
        title=str(subject.name),
        facts=tuple(_facts(subject)),
        place=_place(subject.location, surroundings),
        settings=account,
        judged=tuple(sorted((entry for entry in entries if entry.applies), key=_rank)),
        beside_the_point=tuple(entry for entry in entries if not entry.applies),
        cells=tuple(by_policy.get(policy) for policy in policies),
        evidence=tuple(evidence[dimension] for dimension in in_order(evidence)),
        help=_help(subject, surroundings) if is_helped else "",
    )


def _rank(entry: ResultView) -> tuple[bool, int]:
    """What blocks comes first, then the worst outcome."""
    return not entry.blocks, [*OUTCOMES].index(entry.outcome)


def _help(subject: Subject, surroundings: Surroundings) -> str:
    return command_words("repair", surroundings.path(subject.manifest.source.path), subject.usage)


def _facts(subject: Subject) -> Iterable[str]:
    written = subject.offering.written
    yield "not in the registry" if subject.name.vendor is not None else f"{written.name}, served by {written.platform}"
    if subject.offering.owner == "bundle":
        yield f"{OWN} offering"
    for name in ("purpose", "data", "subjects", "environment"):
        words = _words(subject.stated.get(f"usage.{name}"))
        if words:
            yield f"{name}: {words}"


def _words(value: Json) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


def _place(location: Location | None, surroundings: Surroundings) -> str:
    return "" if location is None else f"{surroundings.path(location.path)}:{location.line}:{location.column}"


def _entry(
    number: int,
    result: Result,
    surroundings: Surroundings,
    evidence: Mapping[tuple[str, str], Evidence],
    cause: Cause | None,
) -> ResultView:
    policy = result.policy
    is_wanting = result.outcome in WANTING
    return ResultView(
        id=f"r{number}",
        policy=policy.id,
        title=policy.title,
        outcome=result.outcome,
        severity=result.severity,
        blocks=result.blocks,
        cause="" if cause is None else cause.message,
        cause_name="" if cause is None else named(cause),
        shortfalls=shortfalls(result) if is_wanting else (),
        met=tuple(one.message for one in result.requirements if one.outcome == "pass"),
        resting=_resting(result, surroundings, evidence) if result.outcome in TOLD else None,
        evidence=tuple(evidence[(offering_name(result.subject), one.dimension)] for one in result.evidence),
        ways_out=ways_out(result) if is_wanting else (),
        references=tuple(reference(text) for text in policy.references) if is_wanting else (),
        waived=_waived(result),
    )


def _resting(result: Result, surroundings: Surroundings, evidence: Mapping[tuple[str, str], Evidence]) -> Resting:
    name = offering_name(result.subject)

    def view(one: Support) -> SupportView:
        cell = evidence.get((name, one.what)) if one.is_cell else None
        anchor = "" if cell is None else cell.id
        return SupportView(one.kind, anchor, one.what, said(one, surroundings.path, source=not anchor))

    supports = tuple(view(one) for one in result.rests_on if one.kind != "waiver")  # that is told at its head
    return Resting(counted(result), result.on_claims_alone, supports)


def _waived(result: Result) -> Waived | None:
    words = waived_words(result)
    return None if result.waiver is None or words is None else Waived(words, result.waiver.written.reason)


def _remark(notice: Notice, surroundings: Surroundings) -> Remark:
    return Remark(notice.id, notice.severity, notice.message, _place(notice.location, surroundings))
