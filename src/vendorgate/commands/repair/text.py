"""Ways out for people: what to do, where, and what each part of it is good for.

In: repairs or alternatives, and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...lifting.model import Repair, Repairs, RepairStep
from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...model.manifest import RouteName
from ...model.result import Result
from ...model.subject import Subject
from ...report.every_result import result_lines
from ...report.finding import ROUTE, command_words, shortfalls, source_line
from ...terminal.escape import escape
from ...terminal.snippet import arrow
from ...terminal.style import PLAIN, Style
from . import wording
from .model import Alternative, Alternatives

_MOST: Final = 5
"""Alternatives that are shown where nobody asked for all."""


def render_repairs(found: Repairs, style: Style = PLAIN) -> str:
    """The repairs of a usage, ending with one line that says what was found."""
    evaluation, search = found.evaluation, found.search
    if search is None:
        return f"{_passes(evaluation, style)}\n"
    blocks = [_blocking(evaluation, style)]
    total = len(search.repairs)
    for number, repair in enumerate(search.repairs, 1):
        heading = f"repair {number} of {total}: {count(len(repair.steps), 'change')}, cost {repair.cost}"
        blocks.append([style.paint("bold", heading), *_steps(repair, evaluation, style)])
    blocks.extend([*result_lines(result, style)] for result in search.obstacles)
    if search.rest is not None:
        heading = style.paint("bold", wording.rest_words(search.rest))
        blocks.append([heading, *_steps(search.rest, evaluation, style)])
    blocks.append([*_closing_of_repairs(found, style)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _passes(evaluation: Evaluation, style: Style) -> str:
    waived = wording.waived_words(evaluation)
    more = f"\n{_help(waived, style)}" if waived else ""
    words = escape(f"{wording.usage_words(evaluation)} passes already")
    return f"{style.paint('pass', 'PASS')}: {words} as of {evaluation.as_of}{more}"


def _help(words: str, style: Style) -> str:
    return f"   {style.paint('bold', '= help:')} {escape(words)}"


def _blocking(evaluation: Evaluation, style: Style) -> list[str]:
    """What blocks now, a line each; the check says why."""
    lines = [style.paint("bold", escape(f"{wording.usage_words(evaluation)} does not pass"))]
    lines.append(arrow(evaluation.subjects[0].location, style))
    for result in evaluation.results:
        if result.blocks:
            lines.append(f"  {_named(result, style)}")
    return lines


def _named(result: Result, style: Style) -> str:
    """A result in one line: its policy, its route, and what is not met."""
    name = style.paint(result.severity, f"{result.severity}[{escape(result.policy.id)}]")
    offering = f"{result.subject.name}{ROUTE[result.subject.route]}"
    return f"{name}: {escape(f'{offering}: ' + '; '.join(found.message for found in shortfalls(result)))}"


def _steps(repair: Repair, evaluation: Evaluation, style: Style) -> Iterator[str]:
    """Each change, what would do as well, where it goes, and what blocks without it."""
    subject = evaluation.subjects[0]
    for step in repair.steps:
        yield from step_lines(step, subject, style)
        yield arrow(wording.place_of(step.change, subject, evaluation.bundle), style, 4)
        yield style.paint("dim", f"    without it: {escape(', '.join(step.needed_by))}")


def step_lines(step: RepairStep, subject: Subject, style: Style, own: RouteName | None = None) -> Iterator[str]:
    """A change, with its offering where that is not the one in question, and what would do as well."""
    change = step.change
    words = wording.step_words(step, subject.manifest.project)
    where = "" if change.name == own or change.kind == "bind" else f"{wording.route_words(change)}: "
    yield f"  {style.paint('pass', '*')} {escape(where + words)}"
    options = wording.option_words(step)
    if options is not None:
        yield f"    {escape(options)}"


def _closing_of_repairs(found: Repairs, style: Style) -> Iterator[str]:
    evaluation, search = found.evaluation, found.search
    assert search is not None
    day = f"as of {evaluation.as_of}"
    unsaid = wording.unsaid_words(search, evaluation)
    if search.repairs:
        more = "; there may be more" if search.more or unsaid else "; there are no others"
        stopped = f": {wording.stopped_words(search)}" if search.stopped and search.more else ""
        yield f"{style.paint('pass', 'FOUND')}: {count(len(search.repairs), 'repair')} {day}{more}{stopped}"
    else:
        yield f"{style.paint('error', 'NONE')}: no repair {day}: {wording.why_none(search)}"
        for words in wording.pattern_words(search):
            yield _help(words, style)
        subject = evaluation.subjects[0]
        yield _help(command_words("alternatives", subject.manifest.source.path, subject.usage), style)
    for words in unsaid:
        yield _help(words, style)
    yield from _about_waivers(evaluation, style)


def _about_waivers(evaluation: Evaluation, style: Style) -> Iterator[str]:
    waived = wording.waived_words(evaluation)
    if waived is not None:
        yield _help(waived, style)


def render_all_alternatives(found: Alternatives, style: Style = PLAIN) -> str:
    """Alternatives, of every offering."""
    return render_alternatives(found, style, everything=True)


def render_alternatives(found: Alternatives, style: Style = PLAIN, *, everything: bool = False) -> str:
    """Alternatives, ending with one line that counts them."""
    evaluation, route = found.evaluation, found.route
    if evaluation.verdict == "pass":
        return f"{_passes(evaluation, style)}\n"
    blocks = [_blocking(evaluation, style)]
    blocks[0].append(f"offerings in the place of {escape(str(route.name))}{ROUTE[route.route]}:")
    passing = found.passing if everything else found.passing[:_MOST]
    closest = found.failing if everything else found.failing[: 0 if found.passing else _MOST]
    for number, one in enumerate(passing, 1):
        blocks.append([*_passing(number, one, evaluation, route, style)])
    blocks.extend([*_failing(one, route, style)] for one in closest)
    blocks.append([*_closing_of_alternatives(found, len(passing) + len(closest), style)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _passing(number: int, one: Alternative, evaluation: Evaluation, route: Subject, style: Style) -> Iterator[str]:
    repair = one.repair
    assert repair is not None
    needs = f"needs {count(len(repair.steps), 'change')}, cost {repair.cost}" if repair.steps else "as it is"
    yield f"{style.paint('bold', escape(f'{number}. {wording.alternative_words(one)}'))}; {needs}"
    for step in repair.steps:
        yield from step_lines(step, route, style, one.subject.name)
    renamed = wording.renamed_words(one, route)
    if renamed is not None:
        yield f"    {escape(renamed)}"
    if one.left_behind:
        yield f"    not there by that name: {escape(', '.join(one.left_behind))}"
    for citation in wording.cited(one, evaluation, route):
        yield style.paint("dim", f"    {escape(source_line(citation))}")


def _failing(one: Alternative, route: Subject, style: Style) -> Iterator[str]:
    yield f"{style.paint('error', '-')} {escape(wording.alternative_words(one))}; does not pass"
    for result in one.search.obstacles:
        yield f"    {_named(result, style)}"
    if not one.search.obstacles:
        yield f"    {escape(wording.why_none(one.search))}"
    rest = one.search.rest
    if rest is not None:
        yield f"    {wording.rest_words(rest)}:"
        for step in rest.steps:
            yield from step_lines(step, route, style, one.subject.name)


def _closing_of_alternatives(found: Alternatives, shown: int, style: Style) -> Iterator[str]:
    looked_at = len(found.passing) + len(found.failing)
    state = style.paint("pass", "FOUND") if found.passing else style.paint("error", "NONE")
    left = f"; {looked_at - shown} left out here, --all shows them" if shown < looked_at else ""
    counts = f"{len(found.passing)} of {count(looked_at, 'offering')} would pass"
    yield f"{state}: {counts} as of {found.evaluation.as_of}{left}"
    for why in dict.fromkeys(why for _, why in found.skipped):
        offerings = ", ".join(offering for offering, reason in found.skipped if reason == why)
        yield f"   {style.paint('bold', '= not looked at:')} {escape(f'{offerings}: {why}')}"
    yield from _about_waivers(found.evaluation, style)
