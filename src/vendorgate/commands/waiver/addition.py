"""What a new waiver would waive, and whether it may.

In: an evaluation, and what somebody wants to have waived. Out: waivers, and what they waive. Whatever would
waive nothing is refused, in the words of the rules that judge.
"""

from __future__ import annotations

import msgspec

from ...errors import Problem, UsageError
from ...evaluate.naming import way_out
from ...model.evaluation import Evaluation
from ...model.result import Result
from ...model.waiver import Waiver, WaiverEntry
from ...report.finding import command_words
from .permission import Permission, entry_for, judged_with, key, refuse_past


class WantedWaiver(msgspec.Struct, frozen=True):
    """What somebody wants to have waived, and on whose word."""

    policy: str
    usage: str
    offering: str | None
    """None: every route."""
    permission: Permission
    options: tuple[str, ...] = ()
    """What judges and when, as another command takes it."""


class Addition(msgspec.Struct, frozen=True):
    """Waivers that can be added."""

    entries: tuple[WaiverEntry, ...]
    """One for each finding."""
    findings: tuple[Result, ...]
    """As they are without them."""
    spared: tuple[Result, ...]
    """What was wanted, too, and is waived already."""
    outdated: tuple[Waiver, ...]
    """Waivers that name a finding and are void."""


def addition(evaluation: Evaluation, wanted: WantedWaiver) -> Addition:
    """The waivers that are wanted.

    Raises:
        UsageError: nothing is there to waive, or the waiver would not hold.
    """
    refuse_past(wanted.permission, evaluation.as_of)
    named = [result for result in evaluation.results if _is_meant(result, wanted)]
    findings = tuple(result for result in named if result.outcome in ("fail", "unknown"))
    spared = tuple(result for result in named if result.waiver is not None)
    if not findings:
        raise UsageError(_nothing(wanted, evaluation, named, spared))
    _refuse_strangers(findings)
    entries = tuple(entry_for(result, wanted.permission) for result in findings)
    _refuse_void(findings, judged_with(evaluation, entries), len(entries))
    void = {id(one.waiver): one.waiver for result in findings for one in result.void}
    return Addition(entries, findings, spared, tuple(void.values()))


def _refuse_strangers(findings: tuple[Result, ...]) -> None:
    """A waiver names its project, and a manifest with a name that nobody bound is not that project's."""
    strangers = {id(one.subject.manifest): one.subject.manifest for one in findings if one.subject.identity.is_stranger}
    if strangers:
        raise UsageError(
            Problem(
                f"the waiver would not reach project `{one.project}`: no entry of `projects` in bundle.yaml binds it",
                one.source.locate(("project",)),
                way_out(one),
                one.source,
            )
            for one in strangers.values()
        )


def _is_meant(result: Result, wanted: WantedWaiver) -> bool:
    subject = result.subject
    return (
        result.policy.id == wanted.policy
        and subject.usage == wanted.usage
        and wanted.offering in (None, subject.offering.id)
    )


def _nothing(
    wanted: WantedWaiver, evaluation: Evaluation, named: list[Result], spared: tuple[Result, ...]
) -> list[Problem]:
    """Why there is nothing to waive."""
    if not spared:
        how = "passes" if any(result.outcome == "pass" for result in named) else "does not apply"
        title = f"nothing to waive: `{wanted.policy}` {how} for {_place(wanted)}"
        options = ("--policy", wanted.policy, *wanted.options)
        ask = command_words("explain", evaluation.manifests[0].source.path, wanted.usage, options)
        return [Problem(title, help=f"ask why: {ask}")]
    return [_covered(result) for result in spared]


def _place(wanted: WantedWaiver) -> str:
    return f"usage `{wanted.usage}`" + (f" ({wanted.offering})" if wanted.offering is not None else "")


def _covered(result: Result) -> Problem:
    assert result.waiver is not None
    written, source = result.waiver.written, result.waiver.source
    title = (
        f"nothing to waive: `{result.policy.id}` on usage `{result.subject.usage}` ({result.subject.name}) is"
        f" waived until {written.expires} by {written.approved_by}"
    )
    location = source.locate_entry(("waivers", result.waiver.index, "policy"))
    return Problem(title, location, "to prolong or replace that waiver, edit it", source)


def _refuse_void(findings: tuple[Result, ...], after: Evaluation, count: int) -> None:
    """Refuse waivers that would not hold, with every rule that they break."""
    new = {id(waiver) for waiver in after.bundle.waivers[-count:]}
    now = {key(result): result for result in after.results}
    words = [
        breach.words
        for finding in findings
        for void in now[key(finding)].void
        if id(void.waiver) in new
        for breach in void.breaches
    ]
    if words:
        raise UsageError(Problem(f"the waiver would be void: {one}") for one in dict.fromkeys(words))
