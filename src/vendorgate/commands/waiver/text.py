"""Waivers for people: where each of them stands, and what a new one waives.

In: what each waiver does, or what was added. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...model.result import Result, WaiverUse
from ...model.vocabulary import FailOn
from ...model.waiver import Waiver, WaiverState
from ...report import unjudged
from ...report.every_result import headline, short_of
from ...report.finding import waived_words
from ...report.lines import subject_words
from ...terminal.escape import escape
from ...terminal.snippet import arrow
from ...terminal.style import PLAIN, Look, Style
from .baseline import Baseline
from .entries import place
from .permission import Permission
from .removal import Pruning

_LOOK: Final[dict[WaiverState, Look]] = {
    "in_use": "pass",
    "ends_soon": "warning",
    "expired": "error",
    "void": "error",
    "outlived": "dim",
    "unused": "dim",
}
_MOST: Final = 10
"""Results of one waiver that are named one by one."""
_NOTHING_CAN: Final = (
    "nothing blocks, because the bundle's fail_on is never; to waive what would block, name the severity that will:"
    " --fail-on error"
)


def listing(evaluation: Evaluation, uses: Sequence[WaiverUse], style: Style = PLAIN) -> str:
    """Each waiver with its state, the days that are left and what it waives, and a line of counts."""
    blocks = unjudged.blocks(evaluation, style)
    blocks += ["\n".join(_record(use, evaluation, style)) for use in uses]
    return "\n\n".join([*blocks, _counts(evaluation, uses)]) + "\n"


def _record(use: WaiverUse, evaluation: Evaluation, style: Style) -> Iterator[str]:
    waiver, written = use.waiver, use.waiver.written
    state = style.paint(_LOOK[use.state], use.state.replace("_", " "))
    days = (written.expires - evaluation.as_of).days
    yield f"{state}, {_days(days)}: {style.paint('bold', escape(_globs(waiver)))}"
    yield from _stated(waiver, style)
    yield from _named("waives", use.waives)
    for breach, results in use.void:
        yield f"   {style.paint('bold', 'void:')} {escape(breach.words)}"
        yield from _named("does not waive", results)


def _stated(waiver: Waiver, style: Style) -> Iterator[str]:
    """Where it stands, until when it is for, and on whose word."""
    written = waiver.written
    ticket = f" ({written.ticket})" if isinstance(written.ticket, str) else ""
    yield arrow(place(waiver), style)
    yield f"   until {written.expires} by {escape(f'{written.approved_by}{ticket}: {written.reason}')}"


def _globs(waiver: Waiver) -> str:
    written = waiver.written
    named = {"account": written.account, "vendor": written.vendor}
    beside = "".join(f", {field} {text}" for field, text in named.items() if isinstance(text, str))
    return f"{written.policy} on project {written.project}, usage {written.usage}, offering {written.offering}{beside}"


def _days(days: int) -> str:
    if days < 0:
        return f"{count(-days, 'day')} over"
    return f"{count(days, 'day')} left"


def _named(verb: str, results: Sequence[Result]) -> Iterator[str]:
    for result in results[:_MOST]:
        yield f"   {verb} {_finding(result)}"
    if len(results) > _MOST:
        yield f"   and {len(results) - _MOST} more"


def _counts(evaluation: Evaluation, uses: Sequence[WaiverUse]) -> str:
    states = Counter(use.state for use in uses)
    counts = ", ".join(f"{states[state]} {state.replace('_', ' ')}" for state in _LOOK)
    waived = evaluation.summary.waived
    waivers, results = count(len(uses), "waiver"), count(waived, "result")
    return f"{unjudged.missing_words(evaluation)}{waivers} as of {evaluation.as_of}: {counts}; {results} waived"


def findings(results: Iterable[Result], style: Style = PLAIN) -> str:
    """What a new waiver is about: each finding with its reasons."""
    blocks = ((*headline(result, style), *short_of(result, style), "") for result in results)
    return "".join(f"{line}\n" for block in blocks for line in block)


def spared(results: Iterable[Result]) -> str:
    """What was waived before."""
    words = (f"{subject_words(result)} is waived already, {escape(waived_words(result) or '')}" for result in results)
    return "".join(f"{line}\n" for line in words)


def baselined(found: Baseline, permission: Permission, fail_on: FailOn) -> str:
    """What waivers of all that blocks waive, and what goes on blocking, with the reason."""
    until = f"waived until {permission.expires} by {escape(permission.approved_by)}"
    groups = [(f"{until}:", found.waived)] if found.waived else []
    groups += [(f"not waived, since it would be void: {escape(words)}", results) for words, results in found.left]
    if not groups:
        return f"{_NOTHING_CAN if fail_on == 'never' else 'nothing blocks, so there is nothing to waive'}\n"
    several = len({_path(one) for _, results in groups for one in results}) > 1
    blocks = ((heading, *(_listed(one, several=several) for one in results)) for heading, results in groups)
    return "".join(f"{line}\n" for block in blocks for line in block)


def _listed(result: Result, *, several: bool) -> str:
    """A finding, with its manifest where there are several: any of them may write the name of any project."""
    return f"   {_finding(result)}" + (f" ({escape(_path(result))})" if several else "")


def _path(result: Result) -> str:
    return result.subject.manifest.source.path


def _finding(result: Result) -> str:
    """Which policy, for which usage of which project."""
    return escape(f"{result.policy.id} for {subject_words(result)}, project `{result.subject.manifest.project}`")


def outdated(waivers: Iterable[Waiver]) -> str:
    """Waivers that say nothing any more, because a new one does."""
    return "".join(
        f"{escape(str(place(one)))} is void for this; take it out if nothing else needs it\n" for one in waivers
    )


def removed(waivers: Iterable[Waiver], shown: str, style: Style = PLAIN, *, dry_run: bool) -> str:
    """Waivers that are taken out of their file, or would be."""
    blocks = ("\n".join((style.paint("bold", escape(_globs(one))), *_stated(one, style))) for one in waivers)
    return "".join(f"{block}\n" for block in (_verb(shown, dry_run=dry_run), *blocks))


def _verb(shown: str, *, dry_run: bool) -> str:
    return f"{'to be taken' if dry_run else 'taken'} out of {escape(shown)}:"


def pruned(found: Pruning, evaluation: Evaluation, shown: str, style: Style = PLAIN, *, dry_run: bool) -> str:
    """Waivers that nobody needs, those that nobody can know of, and what was judged."""
    blocks = [_verb(shown, dry_run=dry_run)] if found.gone else []
    blocks += ["\n".join(_record(use, evaluation, style)) for use in found.gone]
    if found.unjudged:
        blocks.append(
            "left, because no manifest of its project was judged; name that, or take it out: vendorgate waiver remove"
        )
        blocks += ["\n".join(_record(use, evaluation, style)) for use in found.unjudged]
    projects = count(len({one.project for one in evaluation.manifests}), "project")
    judged = f"judged as of {evaluation.as_of}: {count(len(evaluation.manifests), 'manifest')} of {projects}"
    waivers, gone = len(evaluation.bundle.waivers), len(found.gone)
    words = "to be taken out" if dry_run else "taken out"
    blocks.append(f"{judged}; {count(waivers, 'waiver')}: {gone} {words}, {waivers - gone} left")
    return "\n".join(blocks) + "\n"
