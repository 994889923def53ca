"""A review as Markdown, for a job summary or a comment on a pull request.

In: a review. Out: Markdown of at most 60,000 bytes, which is less than a comment on GitHub may have; every word from an
input passes `markdown`. What does not fit is counted, the most important last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ...comparison.model import ResultChange
from ...comparison.wording import edit_words, registry_words, subject_words
from ...model.detect import DRIFT_KINDS
from ...model.result import Notice
from ...model.vocabulary import SEVERITIES
from ...report import unjudged
from ...report.finding import label, shortfalls
from ...report.markup import place, short
from . import wording
from .model import Integration, Review

_MOST: Final = 60_000
"""Bytes; GitHub takes 65,536 characters in a comment."""
_KEPT: Final = 2_000
"""Of these, for headings and counts."""


class ReviewSection(msgspec.Struct, frozen=True):
    """A heading, what stands under it at once, and rows that may be left out."""

    heading: str
    opening: str
    rows: tuple[str, ...]
    folded: bool = False


def render(review: Review) -> str:
    """The report; where it would be too long, rows at the end of the longest sections are left out and counted."""
    sections = [section for section in _sections(review) if section.rows]
    room = _shares([_length(section.rows) for section in sections], _MOST - _KEPT)
    return "\n".join([_head(review), *(_fitted(section, share) for section, share in zip(sections, room, strict=True))])


def _length(rows: Iterable[str]) -> int:
    return sum(len(row.encode("utf-8", "backslashreplace")) + 1 for row in rows)


def _shares(wanted: list[int], room: int) -> list[int]:
    """Room for each: what it wants, or as much as every other that cannot have what it wants."""
    shares = list(wanted)
    left = len(wanted)
    for index in sorted(range(len(wanted)), key=lambda index: wanted[index]):
        shares[index] = min(wanted[index], room // left)
        room -= shares[index]
        left -= 1
    return shares


def _fitted(section: ReviewSection, room: int) -> str:
    """As many rows as there is room for, and how many there are more."""
    kept: list[str] = []
    for row in section.rows:
        room -= _length([row])
        if room < 0:
            break
        kept.append(row)
    more = len(section.rows) - len(kept)
    table = "\n".join([*([section.opening] if section.opening else []), *kept]) if kept else ""
    body = "\n\n".join([*([table] if table else []), *([f"and {more} more"] if more else [])])
    if section.folded:
        return f"<details><summary>{section.heading}</summary>\n\n{body}\n\n</details>\n"
    return f"### {section.heading}\n\n{body}\n"


def _head(review: Review) -> str:
    lines = [
        "## vendorgate review",
        f"**{review.verdict.upper()}**: {short(wording.counts_words(review))}, {wording.days_words(review)}",
        f"{short(wording.sides_words(review))}; {short(wording.judges_words(review))}",
    ]
    return "\n\n".join(lines) + "\n"


def _sections(review: Review) -> Iterator[ReviewSection]:
    """The most important first."""
    listed = sorted((change for change in review.changes if wording.is_listed(change)), key=_blocks, reverse=True)
    rows = {kind: tuple(_change(one) for one in listed if one.kind == kind) for kind in ("new", "worse", "gone")}
    notices = [one for one in review.evaluation.notices if one.id not in DRIFT_KINDS]
    code = [one for one in review.evaluation.notices if one.id in DRIFT_KINDS]
    yield ReviewSection("Not judged", "", tuple(map(_notice, unjudged.findings(review.evaluation))))
    yield ReviewSection("Manifests that left, and blocking", "", tuple(_notice(one) for one in notices if one.blocks))
    told = sorted(code, key=lambda one: (not one.blocks, SEVERITIES.index(one.severity)))
    yield ReviewSection("Code otherwise than declared", "", tuple(_difference(one) for one in told))
    table = "| | policy | where | why |\n|---|---|---|---|"
    yield ReviewSection("New or worse", table, (*rows["new"], *rows["worse"]))
    standing = [one for one in listed if one.kind in ("unchanged", "better") and wording.in_full(one)]
    yield ReviewSection("As before, and blocking", table, tuple(_change(one) for one in standing))
    yield _integrations(review.integrations)
    sends = tuple(f"- {short(wording.data_words(one))}" for one in review.data)
    yield ReviewSection("Newly sent data", "", sends)
    yield _edits(review)
    yield ReviewSection("Notices", "", tuple(_notice(one) for one in notices if not one.blocks))
    done = [one for one in listed if one.kind in ("fixed", "better") and not wording.in_full(one)]
    yield ReviewSection("Fixed or better", table, tuple(_change(one) for one in done), folded=True)
    others = [one for one in listed if one.kind == "unchanged" and not wording.in_full(one)]
    yield ReviewSection("Gone", table, rows["gone"], folded=True)
    yield ReviewSection("Unchanged", table, tuple(_change(one) for one in others), folded=True)


def _notice(one: Notice) -> str:
    return f"- {one.severity}: {short(one.message)}{place(one.location)}"


def _difference(one: Notice) -> str:
    blocks = ", blocks" if one.blocks else ""
    help = "" if one.help is None else f"; {short(one.help)}"
    return f"- {one.severity}{blocks} {short(f'`{one.id}`')}: {short(one.message)}{place(one.location)}{help}"


def _blocks(change: ResultChange) -> bool:
    return change.after is not None and change.after.blocks


def _change(change: ResultChange) -> str:
    result = change.result
    blocks = ", blocks" if _blocks(change) else ""
    policy = f"{label(result)}: {short(result.policy.title)} ({short(result.policy.id)})"
    where = f"{short(subject_words(result))}{place(result.subject.location)}"
    why = [short(f"{found.outcome}: {found.message}") for found in shortfalls(result) if change.after is not None]
    return (
        f"| {change.kind}{blocks} | {policy} | {where} | {'<br>'.join([short(wording.change_words(change)), *why])} |"
    )


def _integrations(found: Iterable[Integration]) -> ReviewSection:
    rows = tuple(
        f"| {short(wording.integration_words(one))}{place(one.subject.location)} | "
        f"{'<br>'.join(short(words) for words in wording.watch_out_words(one)) or 'nothing to watch out for'} |"
        for one in found
    )
    return ReviewSection("New AI integrations", "| | watch out |\n|---|---|", rows)


def _edits(review: Review) -> ReviewSection:
    edits = review.edits
    rows = [f"- {edit.effect}: {short(edit_words(edit))}" for edit in edits.edits]
    if edits.registry is not None:
        rows += [f"- {direction}: {short(words)}" for direction, words in registry_words(edits.registry)]
    files = [f"- {short(path)}" for path in edits.files]
    heading = "Edits to policies, waivers, agreements or registry"
    return ReviewSection(heading, f"These are **{wording.in_force_words(review)}**.\n", (*rows, *files))
