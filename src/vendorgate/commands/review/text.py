"""A review for people: what a change makes worse, by cause, what it begins to use, what it edits of what judges.

In: a review and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ...comparison.model import Effect, ResultChange
from ...comparison.wording import edit_words, registry_words
from ...logic.wording import count
from ...model.result import Result
from ...report import unjudged
from ...report.by_cause import in_full, in_short, line, more
from ...report.every_result import notice_lines
from ...report.grouping import Group, grouped
from ...report.look import TextLook
from ...terminal.escape import escape
from ...terminal.snippet import arrow
from ...terminal.style import PLAIN, Look, Style
from . import every_change, wording
from .model import Integration, Review

_EFFECT: Final[dict[Effect, Look]] = {"weaker": "warning", "stricter": "pass", "changed": "note"}
_IN_FULL: Final = 8
"""Groups of what is new or worse and blocks that are told with all their lines; more of them have two each."""
_IN_SHORT: Final = 30
_LINES: Final = 12
"""Groups, or results, that are told in a line each."""
_STEPS: Final = 3
"""Ways in which the results of a group have changed."""


def render(review: Review, style: Style = PLAIN, *, verbose: bool = False) -> str:
    """The report, ending with one line of counts; `verbose` tells every change with its reasons."""
    judges = review.judges
    bundle = None if judges.policies == "built-in" else judges.policies_path
    look = TextLook("all" if verbose else "groups", bundle=bundle)
    return "\n\n".join("\n".join(block) for block in _blocks(review, style, look) if block) + "\n"


def render_verbose(review: Review, style: Style = PLAIN) -> str:
    """The report with every change and its reasons."""
    return render(review, style, verbose=True)


def _blocks(review: Review, style: Style, look: TextLook) -> Iterator[list[str]]:
    heading = escape(f"review of {wording.sides_words(review)}")
    yield from ([block] for block in unjudged.blocks(review.evaluation, style))
    yield [style.paint("bold", heading), escape(wording.judges_words(review))]
    yield from (every_change.blocks(review, style) if look.amount == "all" else _by_cause(review, style, look))
    yield from _integrations(review, style, look)
    yield list(_edits(review, style))
    for notice in review.evaluation.notices:
        yield list(notice_lines(notice, style))
    yield [_closing(review, style)]


def _closing(review: Review, style: Style) -> str:
    verdict = style.paint("pass" if review.verdict == "pass" else "error", review.verdict.upper())
    return f"{verdict}: {wording.counts_words(review)}, {wording.days_words(review)}"


def _by_cause(review: Review, style: Style, look: TextLook) -> Iterator[list[str]]:
    """What is new or worse, by cause; what blocks as before, in short; what got better; how much else is as it was."""
    changes = {id(one.after): one for one in review.changes if one.after is not None}
    wrong = [one for one in review.changes if one.kind in ("new", "worse") and _falls_short(one.after)]
    blocking = grouped(_after(one for one in wrong if _blocks_now(one)))
    of_policies = set[str]()
    for group in blocking[:_IN_FULL]:
        yield list(_group(group, changes, style, look, of_policies))
    beyond = blocking[_IN_FULL:]
    yield [*_shorts(beyond[:_IN_SHORT], style), *more(beyond[_IN_SHORT:], "that are new or worse and block")]
    rest = grouped(_after(one for one in wrong if not _blocks_now(one)))
    told = [f"{_kinds(group, changes, style)}: {line(group, style)}" for group in rest[:_LINES]]
    yield [*told, *more(rest[_LINES:], "that are new or worse and do not block")]
    others = [one for one in review.changes if not (one.kind in ("new", "worse") and _falls_short(one.after))]
    before = grouped(_after(one for one in others if _blocks_now(one)))
    if before:
        yield [style.paint("bold", "as before, and blocking:"), *_shorts(before[:_IN_SHORT], style)]
        yield [*more(before[_IN_SHORT:], "that block as before")]
    yield [*_lines([one for one in others if one.kind != "unchanged" and not _blocks_now(one)], style)]
    yield [*_as_before(others)]


def _after(changes: Iterable[ResultChange]) -> Iterator[Result]:
    return (one.after for one in changes if one.after is not None)


def _falls_short(result: Result | None) -> bool:
    return result is not None and result.outcome in ("fail", "unknown")


def _blocks_now(change: ResultChange) -> bool:
    return change.after is not None and change.after.blocks


def _group(
    group: Group, changes: dict[int, ResultChange], style: Style, look: TextLook, told: set[str]
) -> Iterator[str]:
    first, *rest = in_full(group, style, look, told)
    yield f"{_kinds(group, changes, style)}: {first}"
    yield from rest
    steps = list(dict.fromkeys(wording.change_words(changes[id(one)]) for one in group.results))
    for step in steps[:_STEPS]:
        yield f"   {style.paint('bold', '= change:')} {escape(step)}"
    if len(steps) > _STEPS:
        yield f"   {style.paint('bold', '=')} and {len(steps) - _STEPS} other changes: --verbose"


def _kinds(group: Group, changes: dict[int, ResultChange], style: Style) -> str:
    """Whether its results are new, worse, or some of them each."""
    kinds = {changes[id(one)].kind: changes[id(one)] for one in group.results}
    return ", ".join(every_change.kind_words(kinds[kind], style) for kind in sorted(kinds))


def _shorts(groups: Sequence[Group], style: Style) -> Iterator[str]:
    return (told for group in groups for told in in_short(group, style))


def _lines(changes: Sequence[ResultChange], style: Style) -> Iterator[str]:
    """What got better, left, or is waived."""
    yield from (every_change.line(one, style) for one in changes[:_LINES])
    if len(changes) > _LINES:
        yield f"and {len(changes) - _LINES} more: --verbose"


def _as_before(changes: Iterable[ResultChange]) -> Iterator[str]:
    same = [one for one in changes if one.kind == "unchanged" and _falls_short(one.after) and not _blocks_now(one)]
    if same:
        yield f"as before: {count(len(same), 'result')} that {'fails' if len(same) == 1 else 'fail'} or cannot be told"


def _integrations(review: Review, style: Style, look: TextLook) -> Iterator[list[str]]:
    """New integrations, those with the same to watch out for together; of many, the first ones."""
    alike: dict[tuple[str, ...], list[Integration]] = {}
    for one in review.integrations:
        alike.setdefault((one.subject.offering.id, *wording.watch_out_words(one)), []).append(one)
    for (_, *watched), several in alike.items():
        told = several if look.amount == "all" else several[:_LINES]
        lines = [line for one in told for line in _integration(one, style)]
        left = [f"and {len(several) - len(told)} more: --verbose"] if len(several) > len(told) else []
        yield [*lines, *left, *(f"   = watch out: {escape(words)}" for words in watched)]
    for data in review.data:
        words = f"{style.paint('warning', 'new data')}: {escape(wording.data_words(data))}"
        yield [words, arrow(data.subject.location, style)]


def _integration(one: Integration, style: Style) -> Iterator[str]:
    yield f"{style.paint('warning', 'new integration')}: {escape(wording.integration_words(one))}"
    yield arrow(one.subject.location, style)


def _edits(review: Review, style: Style) -> Iterator[str]:
    if not review.edits.files and not review.edits.edits:
        return
    heading = f"the change edits what judges, {wording.in_force_words(review)}:"
    yield style.paint("bold", heading)
    for edit in review.edits.edits:
        yield f"  {style.paint(_EFFECT[edit.effect], edit.effect)}: {escape(edit_words(edit))}"
    if review.edits.registry is not None:
        for direction, words in registry_words(review.edits.registry):
            yield f"  {direction}: {escape(words)}"
    yield from (style.paint("dim", f"  {escape(path)}") for path in review.edits.files)
