"""Fleet policies on a run, for people: what each came to, what was counted, and where it is seen.

In: what they came to, and a style. Out: text, in which nothing from an input does anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....logic.wording import count, value_words
from ....model.fleet_policy import FleetReason, FleetResult, Sight
from ....model.vocabulary import Verdict
from ....terminal.escape import escape
from ....terminal.style import PLAIN, Look, Style
from .asking import FleetPolicyReport

_LOOKS: Final[dict[Verdict, Look]] = {"pass": "pass", "fail": "error", "incomplete": "error"}


def render(found: FleetPolicyReport, style: Style = PLAIN) -> str:
    """One block a policy, and one line that sums it up."""
    blocks = ["\n".join(_result(one, style)) for one in found.results]
    if not found.same_bundle:
        blocks.append(f"{style.paint('warning', 'warning')}: {_OTHERS}")
    return "\n\n".join((*blocks, "\n".join(_end(found, style)))) + "\n"


_OTHERS: Final = (
    "the run was judged by other policies than these: settings and attributes that it did not keep are unknown here"
)


def _result(one: FleetResult, style: Style) -> Iterator[str]:
    policy = one.policy
    word = "pass" if one.outcome == "pass" else one.severity
    look: Look = "pass" if one.outcome == "pass" else one.severity
    yield f"{style.paint(look, f'{word}[{escape(policy.id)}]')}: {escape(policy.title)}"
    if one.outcome == "pass":
        return
    yield f"  {style.paint('frame', '-->')} {escape(str(policy.source.locate(('policies', policy.index, 'id'))))}"
    for requirement in one.requirements:
        if requirement.outcome != "pass":
            yield f"  {style.paint('frame', '=')} {requirement.outcome}: {escape(requirement.message)}"
            for reason in requirement.reasons:
                yield from _reason(reason)
    if policy.remediation is not None:
        yield f"  {style.paint('frame', '= fix')}: {escape(policy.remediation)}"


def _reason(reason: FleetReason) -> Iterator[str]:
    yield f"      {escape(reason.message)}"
    for value in reason.values:
        words = escape(value_words(value.value))
        yield f"        {words}: {count(value.usages, 'usage')}, such as {_sight(value.seen)}"
    what = "not known" if reason.values or reason.outcome == "unknown" else "seen"
    for one in reason.seen:
        yield f"        {what}: {_sight(one)}"


def _sight(one: Sight) -> str:
    below = one.repository is None or one.manifest.startswith(f"{one.repository}/")
    where = one.manifest if below else f"{one.repository}: {one.manifest}"
    return escape(f"`{one.usage}` of {one.project or 'no project'}, {one.offering} ({where})")


def _end(found: FleetPolicyReport, style: Style) -> Iterator[str]:
    blocking = sum(one.blocks for one in found.results)
    rules = count(len(found.results), "rule")
    yield f"{rules} over {count(found.usages, 'usage')}, as of {found.as_of}"
    words = "nothing blocks" if not blocking else f"{blocking} of {rules} {'block' if blocking > 1 else 'blocks'}"
    left = f"{count(found.not_judged, 'place')} of the run not judged; " if found.not_judged else ""
    yield f"{style.paint(_LOOKS[found.verdict], found.verdict)}: {left}{words}"
