"""The one line that says it all, and what to type next.

In: an evaluation. Out: lines, of which a command to type next is not yet escaped; nothing else is a word of an input.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ..logic.wording import count
from ..model.detect import DRIFT_KINDS
from ..model.evaluation import Evaluation
from ..model.result import Result
from ..model.signoff import Signoff
from ..terminal.escape import escape
from ..terminal.style import Style
from .look import TextLook

_VERBS: Final = {"passes": "pass", "warns": "warn", "noted": "noted", "waived": "waived"}
"""What results do, of one and of several."""
PIPED: Final = "-"
"""The name of a manifest that no other command can read again."""


def closing(evaluation: Evaluation, style: Style, causes: int = 0) -> str:
    """The verdict, what was judged by how much on which day, and what came of it."""
    word = evaluation.verdict.upper()
    verdict = style.paint("pass" if evaluation.verdict == "pass" else "error", word)
    came_of_it = "; ".join([_came_of_it(evaluation, causes), *_resting(evaluation)])
    return f"{verdict}  {', '.join(_judged(evaluation))}, as of {evaluation.day}: {came_of_it}"


def signed_off(evaluation: Evaluation, style: Style, look: TextLook) -> tuple[str, ...]:
    """A line where the policies are not those that were signed off; where they are, for who asks for everything."""
    if not isinstance(evaluation.bundle.signoff, Signoff):
        return ()
    from .signoff import signoff_words  # few bundles are signed off

    holds = evaluation.bundle.signoff.holds(evaluation.as_of)
    words = escape(signoff_words(evaluation.bundle.signoff, evaluation.as_of))
    if holds:
        return (words,) if look.amount == "all" else ()
    return (style.paint("warning", words),)


def _judged(evaluation: Evaluation) -> Iterator[str]:
    judged = len(evaluation.manifests)
    meant = judged + len(evaluation.not_judged)
    if evaluation.not_judged:
        yield f"{judged} of {count(meant, 'manifest')} judged"
    elif meant > 1:
        yield count(meant, "manifest")
    yield count(sum(len(manifest.usages) for manifest in evaluation.manifests), "usage")
    yield count(len(evaluation.bundle.policies), "policy", "policies")


def _came_of_it(evaluation: Evaluation, causes: int) -> str:
    blocking = [one for one in evaluation.results if one.blocks]
    beside = sum(notice.blocks and notice.id in DRIFT_KINDS for notice in evaluation.notices)
    found = []
    if blocking:
        told = f" ({count(causes, 'cause')})" if causes else ""
        found.append(f"{count(len(blocking), 'result')} {_block(len(blocking))}{told}{_where(evaluation, blocking)}")
    if beside:
        found.append(f"{count(beside, 'difference')} between code and manifests {_block(beside)}")
    return "; ".join([*found, *filter(None, [", ".join(_others(evaluation.results))])]) or "no result"


def _block(number: int) -> str:
    return "blocks" if number == 1 else "block"


def _resting(evaluation: Evaluation) -> Iterator[str]:
    """Of a run that passes: how much of it is only claimed, and the day on which something that it rests on ends."""
    passing = [one for one in evaluation.results if one.outcome in ("pass", "waived")]
    if evaluation.verdict != "pass" or not passing:
        return
    claimed = evaluation.on_claims_alone
    yield f"{claimed} {'rests' if claimed == 1 else 'rest'} on claims alone"
    ends = min((one.until for result in passing for one in result.rests_on if one.until is not None), default=None)
    if ends is not None:
        yield f"first to end: {ends} (vendorgate plan --until {_day_after(ends)})"


def _day_after(day: datetime.date) -> datetime.date:
    """The day on which what counts until a day counts no more; of the last day of the calendar itself."""
    return day if day == datetime.date.max else day + datetime.timedelta(days=1)


def _where(evaluation: Evaluation, blocking: Iterable[Result]) -> str:
    if len(evaluation.manifests) < 2:
        return ""
    hit = len({id(one.subject.manifest) for one in blocking})
    return f" in {hit} of {len(evaluation.manifests)} manifests"


def _others(results: Iterable[Result]) -> Iterator[str]:
    """How many results pass, do not block, are waived; what passes is always said."""
    found = Counter(_verb(one) for one in results if not one.blocks)
    for verb, plural in _VERBS.items():
        if found[verb] or verb == "passes":
            yield f"{found[verb]} {verb if found[verb] == 1 else plural}"


def _verb(result: Result) -> str | None:
    if result.outcome == "not_applicable":
        return None
    if result.outcome in ("pass", "waived"):
        return "passes" if result.outcome == "pass" else "waived"
    return "noted" if result.severity == "note" else "warns"


def counted_closing(evaluation: Evaluation, style: Style) -> str:
    """The same with every count, for who keeps books."""
    word = evaluation.verdict.upper()
    verdict = style.paint("pass" if evaluation.verdict == "pass" else "error", word)
    left = len(evaluation.not_judged)
    missing = f"{left} of {left + len(evaluation.manifests)} manifests not judged; " if left else ""
    usages, routes = sum(len(manifest.usages) for manifest in evaluation.manifests), evaluation.summary.subjects
    judged = [
        count(usages, "usage"),
        *([count(routes, "route")] if routes != usages else []),
        count(len(evaluation.bundle.policies), "policy", "policies"),
    ]
    return f"{verdict}: {missing}{', '.join(judged)} as of {evaluation.day}: {counts(evaluation)}"


def counts(evaluation: Evaluation) -> str:
    """Every count, also of what did not apply."""
    counts = evaluation.summary
    return (
        f"{counts.fail} failed, {counts.unknown} unknown, {counts.waived} waived, {counts.passed} passed"
        f" ({evaluation.on_claims_alone} on claims alone), {counts.not_applicable} not applicable; "
        f"{counts.blocking} blocking"
    )


def next_steps(evaluation: Evaluation, look: TextLook) -> Iterator[str]:
    """The command that finds a way out, of the first usage that has one."""
    from .cause import is_beyond_us
    from .finding import command_words

    found = [one for one in evaluation.results if one.blocks and one.subject.manifest.source.path != PIPED]
    if found:
        ours = next((one for one in found if not is_beyond_us(one)), None)
        subject = (ours or found[0]).subject
        command, more = ("alternatives", ()) if ours is None else ("repair", ("--diff",))
        yield command_words(command, subject.manifest.source.path, subject.usage, (*more, *look.options))
