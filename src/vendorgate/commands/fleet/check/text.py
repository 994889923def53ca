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
_DEPARTS: Final = "Code departs from what manifests declare"
_DIFFERENCE: Final = "difference between code and manifests"
_DIFFERENCES: Final = "differences between code and manifests"
_LOOKS: Final[dict[Verdict, Look]] = {"pass": "pass", "fail": "error", "incomplete": "error"}


def render(found: FleetRun, style: Style) -> str:
    """The run in a page."""
    told = (_blocking, _of_all, _departing, _unjudged, _end)
    every = (part(found, style) for part in told)
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


def _departing(found: FleetRun, style: Style) -> Iterator[str]:
    """What blocks of the differences between code and manifests."""
    for one in found.drift:
        if one.blocks:
            yield f"{style.paint(one.severity, one.severity)}[{escape(one.id)}]: {_DEPARTS}"
            where = count(one.repositories, "repository", "repositories")
            yield f"  {count(one.differences, 'difference')} in {where}"


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
        f" {count(counts.cases, 'distinct case')}, {count(found.notices, 'notice')}{_differences(found)}"
    )
    yield f"{style.paint(_LOOKS[found.verdict], found.verdict)}: {_verdict(found)}"


def _differences(found: FleetRun) -> str:
    """How many of code and manifests there are; nothing where nobody looked into code, or it is as declared."""
    every = sum(one.differences for one in found.drift)
    return f", {count(every, _DIFFERENCE, _DIFFERENCES)}" if every else ""


def _manifests(found: FleetRun) -> str:
    words = count(found.counts.manifests, "manifest")
    if found.counts.repositories:
        words += f" of {count(found.counts.repositories, 'repository', 'repositories')}"
    return words


def _day(found: FleetRun) -> str:
    return f"{found.as_of} (given)" if found.as_of_given else found.as_of.isoformat()


def _what_blocks(found: FleetRun) -> str:
    results, departing = found.summary.blocking, sum(one.differences for one in found.drift if one.blocks)
    parts = [f"{count(results, 'result')} block{'s' if results == 1 else ''}"] if results else []
    if departing:
        parts.append(f"{count(departing, _DIFFERENCE, _DIFFERENCES)} block{'s' if departing == 1 else ''}")
    return "; ".join(parts) or "nothing blocks"


def _verdict(found: FleetRun) -> str:
    counts = found.counts
    blocks = _what_blocks(found)
    if found.verdict != "incomplete":
        return blocks
    left = [f"{counts.not_judged} of {count(counts.manifests, 'manifest')}"] if counts.not_judged else []
    if counts.unreachable:
        left.append(f"{counts.unreachable} of {count(counts.repositories, 'repository', 'repositories')}")
    return f"{' and '.join(left)} not judged; {blocks}"
