"""What a period came to in words, for every format alike: plain text, not yet escaped.

In: parts of an `EvidenceSeries`. Out: one line each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from ...logic.wording import count, few
from .series_document import summary
from .series_model import (
    DayState,
    Disagreement,
    EvidenceSeries,
    KeptFile,
    LeftBecause,
    MissingDays,
    ResultKey,
    ResultSeries,
    SeriesTurn,
    Span,
)
from .turning import support_words

STATES: Final[Mapping[DayState, str]] = {
    "pass": "passes",
    "fail": "fails",
    "unknown": "is not known",
    "waived": "is waived",
    "not_applicable": "does not apply",
    "not_declared": "is not declared",
    "not_in_force": "is judged by nobody: no such policy is in force",
    "no_evidence": "no evidence",
}
LEFT: Final[Mapping[LeftBecause, str]] = {
    "not-evidence": "neither a pack nor a JSON report",
    "another-document": "JSON of another kind than a report",
    "link": "a link, which nobody follows",
    "to-come": "of a day that is still to come",
    "outside": "of a day that says nothing of the period",
}
_MOST_FILES: Final = 3
BELIEVED: Final = (
    "digests of packs were checked, and what reports say was believed: `vendorgate verify` judges each of them again"
)


def period_words(found: EvidenceSeries) -> str:
    """The days that are asked about."""
    period = found.period
    speaks = "its own day alone" if period.every == 1 else f"{count(period.every, 'day')} at most"
    days = f"{period.first} to {period.last}, {count(period.days, 'day')}"
    return f"{days}; a report speaks for {speaks}"


def closing_words(found: EvidenceSeries) -> str:
    """What it came to."""
    counts = summary(found)
    said = [f"{counts.held} of {count(counts.series, 'result')} held on every day"]
    for number, words in (
        (counts.blocked, "blocked on some day"),
        (counts.worse, "got worse"),
        (counts.missing, "not known on some day"),
        (counts.disagreeing, "told in two ways"),
    ):
        if number:
            said.append(f"{number} {words}")
    if found.incomplete:
        said.append(f"{count(len(found.incomplete), 'file')} of checks that could not judge all manifests")
    if found.failed_beside:
        said.append(f"{count(len(found.failed_beside), 'file')} of checks that failed by something else than a result")
    if found.refused:
        said.append(f"{count(len(found.refused), 'file')} refused")
    return "; ".join(said)


def verdict_words(found: EvidenceSeries) -> str:
    """The answer in two words."""
    if found.refused or found.failed:
        return "did not hold"
    return "held" if all(one.held for one in found.series) else "nothing blocked"


def file_words(found: EvidenceSeries) -> str:
    """The files that speak."""
    packs = sum(one.kind == "pack" for one in found.files)
    parts = [count(packs, "pack")] if packs else []
    parts += [count(len(found.files) - packs, "report")] if len(found.files) > packs else []
    projects = {(one.repository, project) for one in found.files for project in one.projects}
    return f"{' and '.join(parts)} of {count(len(projects), 'project')}"


def key_words(key: ResultKey) -> str:
    """Which policy on which subject."""
    subject = key.subject
    route = "" if subject.route == "primary" else f" ({subject.route})"
    return f"{key.policy} on usage `{subject.usage}`{route} with {subject.name}, {project_words(key)}"


def project_words(key: ResultKey) -> str:
    subject = key.subject
    inside = f" in {subject.repository}" if subject.repository else ""
    return f"project `{subject.project}`{inside}"


def span_words(one: Span) -> str:
    """What it was, and for how long."""
    blocks = ", and blocks" if one.blocks else ""
    ended = "" if one.ended is None else f": {support_words(one.ended)} counted until {one.ended.until}"
    return f"{days_words(one.first, one.last)}: {STATES[one.state]}{blocks}{ended}"


def days_words(first: object, last: object) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def turn_words(one: SeriesTurn) -> Iterator[str]:
    """When it turned, why, and what stands in the way now."""
    since = (one.day - one.last_day).days
    when = f"on {one.day}" if since == 1 else f"by {one.day}, at some time after {one.last_day}"
    word = {"worse": "turned", "better": "was put right", "neither": "changed"}[one.direction]
    yield f"{word} {when}: {'; '.join(reason.words for reason in one.reasons)}"
    if one.said is not None:
        yield f"because: {one.said}"


def disagreement_words(one: Disagreement) -> str:
    """What two files say."""
    states = " and ".join(STATES[state] for state in one.states)
    return f"{one.day}: files of one day say that it {states} ({', '.join(one.paths)}); the worse counts"


def missing_words(one: MissingDays) -> str:
    """Days without evidence."""
    inside = f" in {one.repository}" if one.repository else ""
    return f"no evidence of project `{one.project}`{inside}: {days_words(one.first, one.last)}"


def notes(found: EvidenceSeries) -> Iterator[str]:
    """What a reader must know of the files."""
    chosen = len(found.chosen)
    if chosen:
        files = f"{chosen} of {count(len(found.files), 'file')}"
        yield f"the day of {files} was chosen by somebody (--as-of): such a file can have been made on any other day"
    if len(found.repositories) > 1:
        names = ", ".join(one or "one that nobody said" for one in found.repositories)
        yield f"of {len(found.repositories)} repositories, each told by itself: {names}"
    yield from _beside(found)
    yield from _changes(found)
    yield BELIEVED


def _beside(found: EvidenceSeries) -> Iterator[str]:
    """Files whose verdict their results alone do not tell."""
    if found.incomplete:
        yield f"not all manifests were judged, so that nothing is known of the others: {_named(found.incomplete)}"
    if found.failed_beside:
        what = "failed by something that is no result of a policy, such as code that no manifest declares"
        yield f"{what}: {_named(found.failed_beside)}"


def _named(files: Sequence[KeptFile]) -> str:
    return few([one.path for one in files], _MOST_FILES)


def _changes(found: EvidenceSeries) -> Iterator[str]:
    """Days by which other policies or another registry judged, whether anything turned or not."""
    for repository in found.repositories:
        inside = f" in {repository}" if repository else ""
        for before, after in pairwise(one for one in found.files if one.repository == repository):
            if before.bundle != after.bundle:
                yield f"by {after.as_of} other policies judged{inside}{_release(before, after)}"
            if before.registry != after.registry:
                yield f"by {after.as_of} another registry judged{inside}"


def _release(before: KeptFile, after: KeptFile) -> str:
    if before.release == after.release:
        return ""
    return f" (release {before.release or 'none'} -> {after.release or 'none'})"


def told(found: EvidenceSeries) -> list[ResultSeries]:
    """Results of which there is more to say than that they held, or that days of their project are missing: what
    blocked first."""
    wanted = [one for one in found.series if one.turns or one.disagreements or any(map(_says_more, one.spans))]
    return sorted(wanted, key=lambda one: (not one.blocked, not one.worse, one.key))


def _says_more(one: Span) -> bool:
    return one.ended is not None or one.state in ("fail", "unknown", "not_in_force")
