"""What a new waiver would waive, and whether it may.

In: an evaluation, and what somebody wants to have waived. Out: the new text of `waivers.yaml`, the findings that it
waives, and the judgement by it. Refuses whatever would waive nothing, in the words of the rules that judge.
"""

from __future__ import annotations

import datetime

import msgspec
from msgspec import UNSET

from ..errors import InputError, Problem, UsageError
from ..evaluate import Program, evaluate
from ..evaluate.fingerprint import fingerprint
from ..load.decode import decode
from ..load.document import read_document
from ..model.evaluation import Evaluation
from ..model.result import Result
from ..model.waiver import Waiver, WaiverEntry, WaiversFile
from ..source import Location
from .appending import appended
from .writing import plain


class Wanted(msgspec.Struct, frozen=True):
    """What somebody wants to have waived, and on whose word."""

    policy: str
    usage: str
    offering: str | None
    """None: every route."""
    reason: str
    approved_by: str
    expires: datetime.date
    ticket: str | None = None


class File(msgspec.Struct, frozen=True):
    """The `waivers.yaml` of a bundle."""

    shown: str
    data: bytes | None
    """None where there is none yet."""


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
    text: str
    """The file with them in it."""
    after: Evaluation
    """The judgement by it."""


def addition(evaluation: Evaluation, wanted: Wanted, file: File) -> Addition:
    """The waivers that are wanted.

    Raises:
        UsageError: nothing is there to waive, or the waiver would not hold.
        InputError: the file would become one that cannot be read.
    """
    _refuse_past(wanted, evaluation.as_of)
    named = [result for result in evaluation.results if _is_meant(result, wanted)]
    findings = tuple(result for result in named if result.outcome in ("fail", "unknown"))
    spared = tuple(result for result in named if result.waiver is not None)
    if not findings:
        raise UsageError(_nothing(wanted, named, spared))
    entries = tuple(_entry(result, wanted) for result in findings)
    text = _with(file, entries)
    after = _judged(evaluation, file.shown, text)
    _refuse_void(findings, after, len(entries))
    void = {id(one.waiver): one.waiver for result in findings for one in result.void}
    return Addition(entries, findings, spared, tuple(void.values()), text, after)


def _refuse_past(wanted: Wanted, as_of: datetime.date) -> None:
    if wanted.expires < as_of:
        title = f"a waiver that ends on {wanted.expires}, before the day to judge by, {as_of}"
        raise UsageError([Problem(title, help="name a day to come")])


def _is_meant(result: Result, wanted: Wanted) -> bool:
    subject = result.subject
    return (
        result.policy.id == wanted.policy
        and subject.usage == wanted.usage
        and wanted.offering in (None, subject.offering.id)
    )


def _nothing(wanted: Wanted, named: list[Result], spared: tuple[Result, ...]) -> list[Problem]:
    """Why there is nothing to waive."""
    if not spared:
        how = "passes" if any(result.outcome == "pass" for result in named) else "does not apply"
        title = f"nothing to waive: `{wanted.policy}` {how} for {_place(wanted)}"
        return [Problem(title, help=f"ask why: vendorgate explain … --usage {wanted.usage} --policy {wanted.policy}")]
    return [_covered(result) for result in spared]


def _place(wanted: Wanted) -> str:
    return f"usage `{wanted.usage}`" + (f" ({wanted.offering})" if wanted.offering is not None else "")


def _covered(result: Result) -> Problem:
    assert result.waiver is not None
    written, source = result.waiver.written, result.waiver.source
    title = (
        f"nothing to waive: `{result.policy.id}` on usage `{result.subject.usage}` ({result.subject.offering.id}) is"
        f" waived until {written.expires} by {written.approved_by}"
    )
    location = source.locate_entry(("waivers", result.waiver.index, "policy"))
    return Problem(title, location, "to prolong or replace that waiver, edit it", source)


def _entry(result: Result, wanted: Wanted) -> WaiverEntry:
    subject = result.subject
    return WaiverEntry(
        policy=wanted.policy,
        project=subject.manifest.project,
        usage=wanted.usage,
        offering=subject.offering.id,
        reason=wanted.reason,
        approved_by=wanted.approved_by,
        ticket=UNSET if wanted.ticket is None else wanted.ticket,
        expires=wanted.expires,
        fingerprint=fingerprint(result.policy, subject, result.requirements),
    )


def _with(file: File, entries: tuple[WaiverEntry, ...]) -> str:
    """The file with waivers in it, read again: they are there, and all else is as it was."""
    before = None if file.data is None else file.data.decode("utf-8")
    mark = "\ufeff" if before is not None and before.startswith("\ufeff") else ""
    text = mark + appended(None if before is None else before.removeprefix(mark), entries)
    old = [] if file.data is None else _read(file.shown, file.data)
    if _read(file.shown, text.encode("utf-8")) != [*old, *map(plain, entries)]:
        help = "add it by hand; --dry-run prints it"
        raise UsageError([Problem("nothing can be added without a change of the rest", _first(file), help)])
    return text


def _first(file: File) -> Location:
    return Location(file.shown, 1, 1)


def _read(shown: str, data: bytes) -> list[object]:
    """The waivers of a file, as they are written."""
    problems: list[Problem] = []
    document = read_document(shown, data, problems)
    if document is None or problems:
        raise InputError(problems)
    return list(document.value["waivers"])


def _judged(evaluation: Evaluation, shown: str, text: str) -> Evaluation:
    """The same manifests, judged with the waivers of a text."""
    problems: list[Problem] = []
    document = read_document(shown, text.encode("utf-8"), problems)
    written = None if document is None else decode(document, WaiversFile, problems)
    if document is None or written is None or problems:
        raise InputError(problems)
    waivers = tuple(Waiver(entry, document.source, index) for index, entry in enumerate(written.waivers))
    program = Program(msgspec.structs.replace(evaluation.bundle, waivers=waivers))
    return evaluate(evaluation.manifests, evaluation.subjects, evaluation.snapshot, program, evaluation.as_of)


def _refuse_void(findings: tuple[Result, ...], after: Evaluation, count: int) -> None:
    """Refuse waivers that would not hold, with every rule that they break."""
    new = {id(waiver) for waiver in after.bundle.waivers[-count:]}
    now = {_key(result): result for result in after.results}
    words = [
        breach.words
        for finding in findings
        for void in now[_key(finding)].void
        if id(void.waiver) in new and void.waiver.written.offering == finding.subject.offering.id
        for breach in void.breaches
    ]
    if words:
        raise UsageError(Problem(f"the waiver would be void: {one}") for one in dict.fromkeys(words))


def _key(result: Result) -> tuple[int, str, str, str]:
    return id(result.subject.manifest), result.subject.usage, result.subject.offering.id, result.policy.id
