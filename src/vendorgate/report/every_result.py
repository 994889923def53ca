"""Every result for people: what failed, where, why, on what evidence, and the way out; a result or a notice at a time.

In: an evaluation and a style. Out: blocks of text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ..logic.wording import count
from ..model.evaluation import Evaluation
from ..model.result import Notice, Result
from ..model.subject import Subject
from ..model.vocabulary import Outcome
from ..terminal.escape import escape
from ..terminal.snippet import arrow, snippet
from ..terminal.style import Look, Style
from .account_fields import field_line, observing
from .closing import counts
from .finding import (
    MARK,
    ROUTE,
    Shortfall,
    command_words,
    label,
    last_blocking,
    route_words,
    shortfalls,
    told_ways,
    usage_words,
    waived_words,
)
from .resting import ALONE, NOTHING, in_full, told_by_subject

if TYPE_CHECKING:
    from ..declarations.account_fields import AccountField

_SHOWN: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived")
"""Each is told by itself; passes by what they are about."""


def blocks(evaluation: Evaluation, style: Style) -> Iterator[str]:
    """Each result that does not pass, then passes by subject, then each notice, and every count."""
    last = last_blocking(evaluation)
    for result in evaluation.results:
        if result.outcome in _SHOWN:
            yield "\n".join((*result_lines(result, style), *_help(last.get(id(result)), style)))
    for subject, fields in observing(evaluation):
        yield "\n".join(_account(subject, fields, style))
    for subject, results in told_by_subject(evaluation):
        passing = [result for result in results if result.outcome == "pass"]
        if passing:
            yield "\n".join(_passes(subject, passing, style))
    for notice in evaluation.notices:
        yield "\n".join(notice_lines(notice, style))
    yield counts(evaluation)


def _account(subject: Subject, fields: Sequence[AccountField], style: Style) -> Iterator[str]:
    """How the account of a route is set up, and by whose word."""
    words = f"account of usage `{subject.usage}`{ROUTE[subject.route]} on {subject.name}"
    place = style.paint("dim", f"  ({escape(str(subject.location))})")
    yield f"{style.paint('bold', escape(words))}{place}"
    yield from (f"  {escape(field_line(one))}" for one in fields)


def _help(subject: Subject | None, style: Style) -> Iterator[str]:
    """Once for each usage: where to look for a way out."""
    if subject is not None:
        command = command_words("repair", subject.manifest.source.path, subject.usage)
        words = f"{command} (or alternatives), with the options of this check"
        yield f"   {style.paint('bold', '= help:')} {escape(words)}"


def result_lines(result: Result, style: Style) -> Iterator[str]:
    """What is wrong, where, why, and the way out."""
    yield from headline(result, style)
    if result.waiver is not None:
        yield from _waiver(result, style)
        return
    yield from short_of(result, style)
    for what, way in told_ways(result):
        yield f"   {style.paint('bold', f'= {what}:')} {escape(way)}"
    if result.policy.references:
        yield f"   {style.paint('bold', '= see:')} {escape('; '.join(result.policy.references))}"


def headline(result: Result, style: Style) -> Iterator[str]:
    """The finding's name and title, and the place in the manifest."""
    look: Look = "note" if result.outcome == "waived" else result.severity
    name = style.paint(look, f"{label(result)}[{escape(result.policy.id)}]")
    yield f"{name}{style.paint('bold', ': ' + escape(result.policy.title))}"
    subject = result.subject
    yield from snippet(subject.location, subject.manifest.source, escape(route_words(result)), look, style)


def _waiver(result: Result, style: Style) -> Iterator[str]:
    assert result.waiver is not None
    yield f"   {style.paint('bold', '= waived:')} {escape(waived_words(result) or '')}"
    yield f"       {escape(result.waiver.written.reason)}"
    for one in result.rests_on:
        if one.kind != "waiver":  # that has been told
            yield f"   {style.paint('bold', '= rests on:')} {escape(f'{one.kind} {in_full(one)}')}"


def _passes(subject: Subject, results: Sequence[Result], style: Style) -> Iterator[str]:
    """What passes of a subject, and what each pass rests on."""
    words = f"{count(len(results), 'pass', 'passes')} of {usage_words(results[0])} on {subject.name}"
    place = style.paint("dim", f"  ({escape(str(subject.location))})")
    yield f"{style.paint('bold', escape(words))}{place}"
    for result in results:
        alone = f" ({ALONE})" if result.on_claims_alone else ""
        yield f"  {style.paint('pass', f'pass[{escape(result.policy.id)}]')}: {escape(result.policy.title)}{alone}"
        supports = [f"{one.kind} {in_full(one)}" for one in result.rests_on] or [NOTHING]
        yield from (style.paint("dim", f"    {escape(words)}") for words in supports)


def short_of(result: Result, style: Style) -> Iterator[str]:
    """Each requirement that is not met, its reasons and its sources."""
    for found in shortfalls(result):
        yield from _shortfall(found, style)


def _shortfall(found: Shortfall, style: Style) -> Iterator[str]:
    yield f"   {style.paint('bold', f'= {found.outcome}:')} {escape(found.message)}"
    for step in found.steps:
        yield f"{' ' * (7 + 2 * step.depth)}{MARK[step.outcome]} {escape(step.text)}"
    for source in found.sources:
        yield style.paint("dim", f"       {escape(source)}")


def notice_lines(notice: Notice, style: Style) -> Iterator[str]:
    """A notice and its place."""
    yield f"{style.paint(notice.severity, f'{notice.severity}[{notice.id}]')}: {escape(notice.message)}"
    if notice.location is not None:
        yield arrow(notice.location, style)
    if notice.help is not None:
        yield f"   {style.paint('bold', '= help:')} {escape(notice.help)}"
