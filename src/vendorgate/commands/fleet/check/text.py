"""What a run came to, for people: what blocks most and where, what was not judged, and what it counts.

In: a run. Out: text, in which nothing from an input does anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....logic.wording import count
from ....model.vocabulary import Verdict
from ....terminal.escape import escape
from ....terminal.style import Look, Style
from ..run.document import FleetPolicy, FleetRun

_MOST: Final = 10
"""Policies, and manifests that were not judged, that are named one by one."""
_LOOKS: Final[dict[Verdict, Look]] = {"pass": "pass", "fail": "error", "incomplete": "error"}


def render(found: FleetRun, style: Style) -> str:
    """The run in a page."""
    every = (_blocking(found, style), _of_all(found, style), _unjudged(found, style), _end(found, style))
    parts = map("\n".join, every)
    return "\n\n".join(part for part in parts if part) + "\n"


def _blocking(found: FleetRun, style: Style) -> Iterator[str]:
    """The policies that block most, of equals the first."""
    blocking = sorted((one for one in found.policies if one.blocking), key=lambda one: -one.blocking)
    for one in blocking[:_MOST]:
        yield f"{style.paint(one.severity, one.severity)}[{escape(one.id)}]: {escape(one.title)}"
        yield f"  {_where(one)}"
    if len(blocking) > _MOST:
        yield f"and {count(len(blocking) - _MOST, 'more policy that blocks', 'more policies that block')}"


def _of_all(found: FleetRun, style: Style) -> Iterator[str]:
    """What blocks of the policies over all usages."""
    for one in found.rules:
        if one.blocks:
            yield f"{style.paint(one.severity, one.severity)}[{escape(one.id)}]: {escape(one.title)}"
            yield f"  comes to {one.outcome} for all usages together"


def _where(one: FleetPolicy) -> str:
    words = f"blocks {count(one.blocking, 'subject')} in {count(one.blocked_manifests, 'manifest')}"
    if one.blocked_repositories:
        words += f" of {count(one.blocked_repositories, 'repository', 'repositories')}"
    return words


def _unjudged(found: FleetRun, style: Style) -> Iterator[str]:
    left = found.counts.not_judged + found.counts.unreachable
    for one in found.not_judged[:_MOST]:
        yield f"{style.paint('error', 'not judged')}: {escape(one.path)}"
        yield from (f"  {escape(told)}" for told in one.problems)
    if left > _MOST:
        yield f"and {left - min(_MOST, len(found.not_judged))} more that were not judged"


def _end(found: FleetRun, style: Style) -> Iterator[str]:
    counts, summed = found.counts, found.summary
    judged = f"{count(summed.subjects, 'subject')} of {count(counts.usages, 'usage')} in {_manifests(found)}"
    yield f"{judged}, {count(len(found.policies), 'policy', 'policies')}, as of {_day(found)}"
    yield (
        f"{summed.passed} pass, {summed.fail} fail, {summed.unknown} unknown, {summed.waived} waived,"
        f" {summed.not_applicable} not applicable;"
        f" {count(counts.cases, 'distinct case')}, {count(found.notices, 'notice')}"
    )
    yield f"{style.paint(_LOOKS[found.verdict], found.verdict)}: {_verdict(found)}"


def _manifests(found: FleetRun) -> str:
    words = count(found.counts.manifests, "manifest")
    if found.counts.repositories:
        words += f" of {count(found.counts.repositories, 'repository', 'repositories')}"
    return words


def _day(found: FleetRun) -> str:
    return f"{found.as_of} (given)" if found.as_of_given else found.as_of.isoformat()


def _verdict(found: FleetRun) -> str:
    counts = found.counts
    blocks = f"{count(found.summary.blocking, 'result')} block{'s' if found.summary.blocking == 1 else ''}"
    blocks = blocks if found.summary.blocking else "nothing blocks"
    if found.verdict != "incomplete":
        return blocks
    left = [f"{counts.not_judged} of {count(counts.manifests, 'manifest')}"] if counts.not_judged else []
    if counts.unreachable:
        left.append(f"{counts.unreachable} of {count(counts.repositories, 'repository', 'repositories')}")
    return f"{' and '.join(left)} not judged; {blocks}"
