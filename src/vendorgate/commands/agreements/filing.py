"""How an agreement is filed: what its entry does not say, its paper, its review, and the notice that ends it.

In: an inquiry. Out: findings. What merely lacks is a note: no check depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UnsetType

from ...evaluate.calendar import agreement_state, days_since, left_words
from ...logic.wording import count
from .inquiry import Inquiry
from .model import AgreementFinding, RegisterEntry

_OF_SIGNED = ("reference", "counterparty", "document", "owner", "reviewed")
_OF_PENDING = ("counterparty", "owner")
"""What is known before anybody has signed."""


def incomplete(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`incomplete-entry`: of what is not over, something is not said that an auditor asks for."""
    for entry in _going(inquiry):
        wanted = _OF_PENDING if entry.agreement.status == "pending" else _OF_SIGNED
        missing = [field for field in wanted if isinstance(getattr(entry.agreement, field), UnsetType)]
        if missing:
            message = f"{entry.name} does not say its {_listed(missing)}"
            help = f"add to the entry: {', '.join(missing)}"
            yield AgreementFinding("incomplete-entry", "note", message, help, entry.source, (*entry.path, "kind"))


def _going(inquiry: Inquiry) -> Iterator[RegisterEntry]:
    """Every entry that is not over."""
    for entry in inquiry.entries:
        if agreement_state(entry.agreement, inquiry.as_of) in ("in_force", "not_yet", "pending"):
            yield entry


def _listed(fields: list[str]) -> str:
    words = ["review" if field == "reviewed" else field for field in fields]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def reviews(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`review-due`: the last review is too long ago, or is said to be on a day to come."""
    for entry in inquiry.in_force():
        review = entry.agreement.reviewed
        if isinstance(review, UnsetType):
            continue
        age = days_since(review.on, inquiry.as_of)
        if age > inquiry.review_within:
            message = f"{entry.name} was last reviewed on {review.on}, {count(age, 'day')} ago, by {review.by}"
            help = "read it again, and write who did and when"
        elif age < 0:
            message = (
                f"{entry.name} is said to be reviewed on {review.on}, a day to come: until then it is not reviewed"
            )
            help = "write the day on which somebody has read it"
        else:
            continue
        where = (*entry.path, "reviewed", "on")
        yield AgreementFinding("review-due", "warning", message, help, entry.source, where)


def notices(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`notice-due`: notice must be given soon, or the last day for it is over while the agreement goes on."""
    for entry in inquiry.in_force():
        day, agreement = entry.notice_by, entry.agreement
        if day is None or agreement.notice_days == 0:
            continue
        left = (day - inquiry.as_of).days
        where = (*entry.path, "notice_days")
        if 0 <= left <= inquiry.within:
            message = f"notice must be given by {day}, {left_words(left)}, to end {entry.name} on {agreement.expires}"
            help = f"decide{_with_owner(entry)} whether it goes on, and give notice or enter its new end"
            yield AgreementFinding("notice-due", "warning", message, help, entry.source, where)
        elif left < 0:
            message = f"notice was to be given by {day}, to end {entry.name} on {agreement.expires}"
            help = f"find out{_with_owner(entry)} whether it goes on, and enter its new end"
            yield AgreementFinding("notice-due", "note", message, help, entry.source, where)


def _with_owner(entry: RegisterEntry) -> str:
    owner = entry.agreement.owner
    return "" if isinstance(owner, UnsetType) else f" with {owner}"


def documents(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`missing-document`, `another-document` and `unpinned-document`."""
    going = {entry.index for entry in _going(inquiry)}
    for entry in inquiry.entries:
        document = entry.agreement.document
        if isinstance(document, UnsetType):
            continue
        found = None if "://" in document else inquiry.papers.at(document)
        if found is not None and found.sha256 is None:
            yield _missing(entry, document, found.trouble, elsewhere=found.elsewhere)
        else:
            there = None if found is None else found.sha256
            yield from _held(entry, document, there, going=entry.index in going)


def _missing(entry: RegisterEntry, document: str, trouble: str, *, elsewhere: bool) -> AgreementFinding:
    how = "was not looked at" if elsewhere else "is not there"
    help = "check the register where its papers are" if elsewhere else "put the paper itself there, or correct the path"
    message = f"document {document} of {entry.name} {how}: {trouble}"
    where = (*entry.path, "document")
    return AgreementFinding("missing-document", "note" if elsewhere else "error", message, help, entry.source, where)


def _held(entry: RegisterEntry, document: str, there: str | None, *, going: bool) -> Iterator[AgreementFinding]:
    """What is found of a document; `there`: the digest of what is there, where it can be read."""
    filed = entry.agreement.sha256
    if isinstance(filed, UnsetType) and going:
        message = f"{entry.name} does not say the SHA-256 of {document}: nobody would notice another paper there"
        help = f"add sha256: {there}" if there is not None else "add sha256, of the paper that was filed"
        where = (*entry.path, "document")
        yield AgreementFinding("unpinned-document", "note", message, help, entry.source, where)
    elif there is not None and there != filed and not isinstance(filed, UnsetType):
        message = f"document {document} of {entry.name} is not the one that was filed: its SHA-256 is {there}"
        help = "find out who has put another paper there; where it is right, have it reviewed and write its SHA-256"
        yield AgreementFinding("another-document", "error", message, help, entry.source, (*entry.path, "sha256"))
