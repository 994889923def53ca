"""An evaluation in the order and the pieces in which the page shows it.

In: an evaluation and its surroundings. Out: plain text in frozen pieces, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from ...logic import Json
from ...model.evaluation import Evaluation
from ...model.result import Citation, Notice, Result
from ...model.subject import Subject
from ...model.vocabulary import ROUTES_OF_USAGE, Outcome, RouteOfUsage, in_order
from ...source import Location
from ..finding import OWN, Shortfall, command_words, last_blocking, shortfalls, waived_words, ways_out
from ..lines import bundle_words
from ..surroundings import Surroundings
from ..unjudged import findings

OUTCOMES: Final[Mapping[Outcome, str]] = {
    "fail": "fail",
    "unknown": "unknown",
    "waived": "waived",
    "pass": "pass",
    "not_applicable": "n/a",
}
"""Worst first, and the word that a reader sees."""
WANTING: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived")
_ROUTE: Final[Mapping[RouteOfUsage, str]] = {route: "" if route == "primary" else route for route in ROUTES_OF_USAGE}
_IN_A_LINK: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%")
"""The characters of a URL (RFC 3986, sections 2.2 and 2.3)."""


class Reference(msgspec.Struct, frozen=True):
    """A text, and whether it is the address of a page."""

    text: str
    is_link: bool


class Evidence(msgspec.Struct, frozen=True):
    """What the registry says of one dimension, and where it has that from."""

    dimension: str
    words: str
    """Grade, day and confidence."""
    source: Reference | None
    archived: Reference | None


class Waived(msgspec.Struct, frozen=True):
    """The waiver of a result."""

    words: str
    """Until when, by whom, and its ticket."""
    reason: str


class ResultView(msgspec.Struct, frozen=True):
    """One result."""

    id: str
    """Its anchor in the page."""
    policy: str
    title: str
    outcome: Outcome
    severity: str
    blocks: bool
    shortfalls: tuple[Shortfall, ...]
    met: tuple[str, ...]
    """The requirements that are met."""
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


class Group(msgspec.Struct, frozen=True):
    """A subject and its results."""

    project: str
    usage: str
    offering: str
    route: str
    """Empty for the usage's own offering."""
    facts: tuple[str, ...]
    """Who serves the offering, and what is sent there."""
    place: str
    judged: tuple[ResultView, ...]
    """What the policies that apply say, the worst first."""
    beside_the_point: tuple[ResultView, ...]
    """The results of policies that do not apply."""
    cells: tuple[ResultView | None, ...]
    """The results again, a policy each in the order of the bundle; None where there is no result."""
    evidence: tuple[Evidence, ...]
    """Of all of them, each once."""
    help: str
    """The command that looks for a way out, once for each usage that needs one; else empty."""


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


def groups(evaluation: Evaluation, surroundings: Surroundings) -> tuple[Group, ...]:
    """Every result, with its subject; subjects and results in the evaluation's order."""
    by_subject: dict[int, list[ResultView]] = {id(subject): [] for subject in evaluation.subjects}
    for number, result in enumerate(evaluation.results, 1):
        by_subject[id(result.subject)].append(_entry(number, result))
    policies = [policy.id for policy in evaluation.bundle.policies]
    helped = {id(subject) for subject in last_blocking(evaluation).values()}
    return tuple(
        _group(subject, tuple(by_subject[id(subject)]), policies, surroundings, id(subject) in helped)
        for subject in evaluation.subjects
    )


def unjudged(evaluation: Evaluation, surroundings: Surroundings) -> tuple[Remark, ...]:
    """A remark for each manifest that was not judged."""
    return tuple(_remark(notice, surroundings) for notice in findings(evaluation))


def remarks(evaluation: Evaluation, surroundings: Surroundings) -> tuple[Remark, ...]:
    return tuple(_remark(notice, surroundings) for notice in evaluation.notices)


def inputs(evaluation: Evaluation, surroundings: Surroundings) -> tuple[Input, ...]:
    """Everything that the verdict depends on beside the day, with digests."""
    bundle, registry = evaluation.bundle, evaluation.snapshot
    named = f"{registry.written.name}, made on {registry.written.generated}"
    return (
        *(Input("manifest", surroundings.path(one.source.path), one.sha256) for one in evaluation.manifests),
        Input("bundle", bundle_words(bundle), bundle.sha256),
        Input("registry", named, registry.sha256),
    )


def reference(text: str) -> Reference:
    """A link where the text is the address of a page on the web and nothing else, without a name or a password."""
    return Reference(text, _IN_A_LINK.issuperset(text) and _is_web(text))


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _group(
    subject: Subject, entries: tuple[ResultView, ...], policies: list[str], surroundings: Surroundings, is_helped: bool
) -> Group:
    by_policy = {entry.policy: entry for entry in entries}
    evidence = {one.dimension: one for entry in entries for one in entry.evidence}
    return Group(
        project=subject.manifest.project,
        usage=subject.usage,
        offering=str(subject.name),
        route=_ROUTE[subject.route],
        facts=tuple(_facts(subject)),
        place=_place(subject.location, surroundings),
        judged=tuple(entry for outcome in OUTCOMES for entry in entries if outcome == entry.outcome and entry.applies),
        beside_the_point=tuple(entry for entry in entries if not entry.applies),
        cells=tuple(by_policy.get(policy) for policy in policies),
        evidence=tuple(evidence[dimension] for dimension in in_order(evidence)),
        help=_help(subject, surroundings) if is_helped else "",
    )


def _help(subject: Subject, surroundings: Surroundings) -> str:
    return command_words("repair", surroundings.path(subject.manifest.source.path), subject.usage)


def _facts(subject: Subject) -> Iterable[str]:
    written = subject.offering.written
    yield "not in the registry" if subject.name.vendor is not None else f"{written.name}, served by {written.platform}"
    for name in ("data", "environment"):
        words = _words(subject.stated.get(f"usage.{name}"))
        if words:
            yield f"{name}: {words}"


def _words(value: Json) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


def _place(location: Location | None, surroundings: Surroundings) -> str:
    return "" if location is None else f"{surroundings.path(location.path)}:{location.line}:{location.column}"


def _entry(number: int, result: Result) -> ResultView:
    policy = result.policy
    is_wanting = result.outcome in WANTING
    return ResultView(
        id=f"r{number}",
        policy=policy.id,
        title=policy.title,
        outcome=result.outcome,
        severity=result.severity,
        blocks=result.blocks,
        shortfalls=shortfalls(result) if is_wanting else (),
        met=tuple(one.message for one in result.requirements if one.outcome == "pass"),
        evidence=tuple(_evidence(citation) for citation in result.evidence),
        ways_out=ways_out(result) if is_wanting else (),
        references=tuple(reference(text) for text in policy.references) if is_wanting else (),
        waived=_waived(result),
    )


def _evidence(citation: Citation) -> Evidence:
    if citation.cell is None:
        return Evidence(citation.dimension, "the registry states nothing", None, None)
    written = citation.cell.written
    verified = f"verified {written.verified}" if written.verified is not None else "never verified"
    confidence = f"confidence {written.confidence}" if written.confidence is not None else "no confidence stated"
    owner = f", {OWN}" if citation.cell.owner == "bundle" else ""
    return Evidence(
        citation.dimension,
        f"{written.value}, {verified}, {confidence}{owner}",
        reference(written.source) if written.source else None,
        reference(written.archived) if written.archived else None,
    )


def _waived(result: Result) -> Waived | None:
    words = waived_words(result)
    return None if result.waiver is None or words is None else Waived(words, result.waiver.written.reason)


def _remark(notice: Notice, surroundings: Surroundings) -> Remark:
    return Remark(notice.id, notice.severity, notice.message, _place(notice.location, surroundings))
