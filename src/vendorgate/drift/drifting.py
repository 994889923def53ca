"""The whole way: from what was detected and what is declared to where both differ.

In: a `Detection`, manifests, the catalogue, what the bundle says of detection, the day. Out: `DriftFound`. A finding of
a status that counts is declared, differs, or is suppressed; none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import UnsetType

from ..detection.comments import Comment, comments_of
from ..detection.model import Detection
from ..evaluate.judge import stricter_or_equal
from ..logic.wording import count
from ..model.detect import DRIFT_KINDS, DetectRules, DriftKind, severity_of
from ..model.result import Notice
from ..model.vocabulary import Severity
from ..source import Location
from .departures import Departure, Known, departures
from .matching import declared_as
from .missing import missing
from .model import Drift, DriftFound, Suppressed
from .question import Question
from .suppressing import Suppressor, Suppressors, notices, place_of
from .unread import unread
from .wording import words


def drift(detection: Detection, question: Question) -> DriftFound:
    """Where code and manifests differ."""
    rules, known = question.rules, Known(question.catalogue, question.geography)
    covered = {path: question.declarations.above(question.place(path)) for path in _paths(detection)}
    found = [
        one
        for finding in detection.findings
        if finding.status in rules.statuses
        for one in departures(finding, covered[finding.location.path], known)
    ]
    comments = comments_of(detection.comments)
    is_whole = "" in (question.looked_at or ())
    suppressors = Suppressors.of_comments(rules, comments, question.as_of, question.place, is_whole=is_whole)
    met = [(one, suppressors.of(one)) for one in found]
    open = [one for one, suppressor in met if suppressor is None]
    return DriftFound(
        tuple(sorted((*_drifts(open, question), *missing(detection.findings, question)), key=_order)),
        tuple(_suppressed(met, question)),
        (*unread(detection.skipped, question), *notices(suppressors, met), *_off(open, rules)),
    )


def _paths(detection: Detection) -> set[str]:
    return {one.location.path for one in detection.findings}


def _order(one: Drift) -> tuple[str, int, int, int, str, tuple[str, ...], str]:
    """Last by its words: of several that are called through one gateway at one place nothing else is another."""
    at, who = one.location, one.offering or one.vendor or ""
    return at.path, at.line, at.column, DRIFT_KINDS.index(one.kind), who, one.names, one.message


def _drifts(found: Iterable[Departure], question: Question) -> Iterator[Drift]:
    """One difference for each thing that differs, at its first place."""
    for group in _grouped(found):
        severity = _severity(group[0], question.rules)
        if severity is not None:
            yield _drift(group, severity, question)


def _grouped(found: Iterable[Departure]) -> list[list[Departure]]:
    groups: dict[tuple[object, ...], list[Departure]] = {}
    for one in found:
        name = "" if one.is_left_out else one.name
        groups.setdefault((one.kind, one.manifest, one.party, name, one.instead, one.is_unsure, one.behind), []).append(
            one
        )
    return list(groups.values())


def _severity(one: Departure, rules: DetectRules) -> Severity | None:
    """None where the kind is off; what is declared perhaps is worth a note."""
    found = severity_of(one.kind, rules.severity)
    return None if found == "off" else "note" if one.is_unsure else found


def _drift(group: Sequence[Departure], severity: Severity, question: Question) -> Drift:
    first = min(group, key=lambda one: _at(one.location))
    names = tuple(sorted({one.name for one in group if one.name}))
    message, help = words([first, *group], names, declared_as(first.party, question.catalogue))
    return Drift(
        kind=first.kind,
        severity=severity,
        blocks=stricter_or_equal(question.fail_on, severity),
        message=message,
        help=help,
        location=first.location,
        manifest=first.manifest,
        offering=first.party.offering,
        vendor=first.party.vendor,
        names=names,
        places=tuple(sorted({one.location for one in group}, key=_at)),
    )


def _at(location: Location) -> tuple[str, int, int]:
    return location.path, location.line, location.column


def _suppressed(found: Iterable[tuple[Departure, Suppressor | None]], question: Question) -> Iterator[Suppressed]:
    """What each exception and comment suppresses."""
    by: dict[int, tuple[Suppressor, list[Departure]]] = {}
    for one, suppressor in found:
        if suppressor is not None:
            by.setdefault(id(suppressor), (suppressor, []))[1].append(one)
    for suppressor, several in by.values():
        for drift in sorted(_drifts(several, question), key=_order):
            yield _with_reason(drift, suppressor)


def _with_reason(drift: Drift, suppressor: Suppressor) -> Suppressed:
    location = place_of(suppressor)
    if isinstance(suppressor, Comment):
        return Suppressed(drift, "comment", location, suppressor.reason, suppressor.until)
    written = suppressor.written
    expires = None if isinstance(written.expires, UnsetType) else written.expires
    return Suppressed(drift, "exception", location, written.reason, expires)


def _off(found: Iterable[Departure], rules: DetectRules) -> Iterator[Notice]:
    """What differs in a way that the bundle does not want to hear of."""
    counts: dict[DriftKind, int] = {}
    for one in found:
        if _severity(one, rules) is None:
            counts[one.kind] = counts.get(one.kind, 0) + 1
    for kind in DRIFT_KINDS:
        if kind in counts:
            yield Notice(
                "drift-off", "note", f"{kind} is off, which {count(counts[kind], 'place')} of the code would be"
            )
