"""Agreements that have ended, that end soon, and the days that none of them has.

In: an inquiry. Out: findings, about the usages of which a policy that applies asks for the kind.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from ...evaluate.calendar import first_day, last_day, left_words
from ...model.agreement import Agreement
from ...model.subject import Subject
from ...model.vocabulary import Severity
from .inquiry import Inquiry
from .model import AgreementFinding, RegisterEntry
from .register import days_left
from .wording import usages

_DAY = datetime.timedelta(days=1)


class DaysWithout(msgspec.Struct, frozen=True):
    """Days between two agreements on which neither is in force."""

    before: RegisterEntry
    after: RegisterEntry
    begins: datetime.date
    ends: datetime.date


def ended(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`ended`: none of its kind is in force any more, and none is to come."""
    found: dict[int, list[Subject]] = {}
    for subject, kind in _needs(inquiry):
        if inquiry.judge.counting(subject, kind) is None:
            last = _last(subject, kind, inquiry.as_of)
            if last is not None:
                found.setdefault(inquiry.entry(last).index, []).append(subject)
    for index, subjects in sorted(found.items()):
        entry = inquiry.entries[index]
        severity = _severity(inquiry, subjects, entry.agreement.kind)
        if entry.agreement.status == "terminated":
            how, where = "is terminated", "status"
        else:
            how, where = f"ended on {entry.agreement.expires}", "expires"
        message = f"{entry.name} {how} and nothing follows it; policies ask for it of {usages(subjects)}"
        help = "renew it and enter the new one, or stop the usage"
        yield AgreementFinding("ended", severity, message, help, entry.source, (*entry.path, where))


def _needs(inquiry: Inquiry) -> Iterator[tuple[Subject, str]]:
    """Each usage with each kind that is asked of it."""
    for subject in inquiry.evaluation.subjects:
        for kind in sorted(inquiry.judge.needed(subject)):
            yield subject, kind


def _severity(inquiry: Inquiry, subjects: list[Subject], kind: str) -> Severity:
    """An error where a result suffers today."""
    return "error" if any(inquiry.judge.unmet(subject, kind) for subject in subjects) else "warning"


def _executed(subject: Subject, kind: str) -> list[Agreement]:
    """By first day, then by last day; else as the register has them."""
    found = [one for one in subject.agreements or () if one.kind == kind and one.status == "executed"]
    return sorted(found, key=lambda one: (first_day(one), last_day(one)))


def _last(subject: Subject, kind: str, as_of: datetime.date) -> Agreement | None:
    """What ended last, or was terminated; None where something is to come, or there never was anything."""
    executed = _executed(subject, kind)
    if any(first_day(one) > as_of for one in executed):
        return None
    if executed:
        return max(executed, key=last_day)
    gone = [one for one in subject.agreements or () if one.kind == kind and one.status == "terminated"]
    return max(gone, key=first_day, default=None)


def gaps(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`gap`: days between two agreements of a kind on which a usage has none."""
    found: dict[DaysWithout, list[Subject]] = {}
    for subject, kind in _needs(inquiry):
        for gap in _gaps(inquiry, subject, kind):
            found.setdefault(gap, []).append(subject)
    for gap, subjects in sorted(found.items(), key=lambda one: (one[0].after.index, one[0].begins)):
        yield _gap(inquiry, gap, subjects)


def _gaps(inquiry: Inquiry, subject: Subject, kind: str) -> Iterator[DaysWithout]:
    latest: Agreement | None = None
    for agreement in _executed(subject, kind):
        if latest is not None and first_day(agreement) > _next(last_day(latest)):
            begins, ends = _next(last_day(latest)), first_day(agreement) - _DAY
            yield DaysWithout(inquiry.entry(latest), inquiry.entry(agreement), begins, ends)
        latest = agreement if latest is None else max(latest, agreement, key=last_day)


def _next(day: datetime.date) -> datetime.date:
    """The day after; the last of the calendar has none."""
    return day if day == datetime.date.max else day + _DAY


def _gap(inquiry: Inquiry, gap: DaysWithout, subjects: list[Subject]) -> AgreementFinding:
    entry, kind = gap.after, gap.after.agreement.kind
    if gap.ends < inquiry.as_of:
        severity: Severity = "note"
    else:
        severity = _severity(inquiry, subjects, kind) if gap.begins <= inquiry.as_of else "warning"
    days = f"on {gap.begins}" if gap.begins == gap.ends else f"from {gap.begins} to {gap.ends}"
    message = f"no `{kind}` {days}, between {gap.before.name} and {entry.name}, for {usages(subjects)}"
    help = "enter what was in force on these days" if severity == "note" else "have the earlier one extended"
    return AgreementFinding("gap", severity, message, help, entry.source, (*entry.path, "signed"), (gap.before,))


def ends_soon(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`ends-soon`: in force, and its last day is near."""
    for entry in inquiry.in_force():
        left = days_left(entry.agreement, inquiry.as_of)
        if left is not None and left <= inquiry.within:
            yield _ends_soon(inquiry, entry, left)


def _ends_soon(inquiry: Inquiry, entry: RegisterEntry, left: int) -> AgreementFinding:
    depending = inquiry.depending(entry)
    bare = [subject for subject in depending if _successor(subject, entry.agreement) is None]
    followers = {_successor(subject, entry.agreement) for subject in depending} - {None}
    related = sorted((inquiry.entry(one) for one in followers if one), key=lambda one: one.index)
    if bare:
        words = f"nothing follows it for {usages(bare)}"
    elif related:
        words = f"{related[0].name} follows it"
    else:
        words = "no result of the given manifests depends on it"
    message = f"{entry.name} ends on {entry.agreement.expires}, {left_words(left)}; {words}"
    help = "renew it and enter the new one" if bare else "nothing has to be done for the given manifests"
    where = (*entry.path, "expires")
    return AgreementFinding(
        "ends-soon", "warning" if bare else "note", message, help, entry.source, where, tuple(related)
    )


def _successor(subject: Subject, ending: Agreement) -> Agreement | None:
    """What is in force for a usage on the day after an agreement ends; of several, what ends last."""
    day = _next(last_day(ending))
    following = [one for one in _executed(subject, ending.kind) if first_day(one) <= day <= last_day(one)]
    return max((one for one in following if one is not ending), key=last_day, default=None)
