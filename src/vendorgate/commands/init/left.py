"""What is left to do before a usage passes, in a few lines.

In: an evaluation, a usage. Out: text; every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...model.result import Result
from ...report.cause import Cause, causes_of, said
from ...terminal.escape import escape

_MOST: Final = 12
"""Facts that are told; a check tells them all."""
_UNREAD: Final = "unread-setting"


def left_words(evaluation: Evaluation, usage: str, options: str) -> str:
    """What a check says of a usage now, and the command that says it in full."""
    mine = [one for one in evaluation.results if one.subject.usage == usage]
    blocking = [one for one in mine if one.blocks]
    check, day = f"vendorgate check{options}", f"as of {evaluation.as_of}"
    unread = [f"  {escape(one.message)}\n" for one in evaluation.notices if one.id == _UNREAD]
    if not blocking:
        warnings = sum(one.outcome in ("fail", "unknown") for one in mine)
        more = f"; {count(warnings, 'result')} would be better, and none blocks" if warnings else ""
        return f"usage `{escape(usage)}` passes {day}{more}\n{''.join(unread)}next: {escape(check)}\n"
    policies = dict.fromkeys(one.policy.id for one in blocking)
    title = f"usage `{escape(usage)}` does not pass yet {day}: {count(len(blocking), 'result')} block"
    title += "s" if len(blocking) == 1 else ""
    facts = [*_facts(blocking)]
    more = f"  and {len(facts) - _MOST} more\n" if len(facts) > _MOST else ""
    lines = "".join(f"  {escape(fact)}\n" for fact in facts[:_MOST])
    asking = f"  (asked by {escape(', '.join(policies))})\n"
    return f"{title}\n{lines}{more}{asking}{''.join(unread)}next: {escape(check)}\n"


def _needed(result: Result) -> Iterable[Cause]:
    """What must change for a result to pass: where its policy may not apply, that; of several that would do, all."""
    causes = causes_of(result)
    if causes and causes[0].kind == "applies":
        return causes[:1]
    return [one for one in causes if not one.either] or causes


def _facts(blocking: list[Result]) -> Iterator[str]:
    """Each fact that keeps a result from passing, once."""
    found = [cause for result in blocking for cause in _needed(result)]
    told: set[tuple[str, ...]] = set()
    for cause in found:
        if cause.key not in told:
            told.add(cause.key)
            yield said(one for one in found if one.key == cause.key)
