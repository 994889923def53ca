"""What the register says of an agreement beside what is in force, in words: who signed, its paper, owner and review.

In: entries. Out: plain text, not yet escaped; empty where the register does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import UnsetType

from ...logic.wording import count
from .model import RegisterEntry

NOT_SAID: Final = "not said"


def _stated(value: object) -> str:
    return "" if isinstance(value, UnsetType) else str(value)


def _notice_by(entry: RegisterEntry) -> str:
    return "" if entry.notice_by is None else entry.notice_by.isoformat()


def _modules(entry: RegisterEntry) -> str:
    modules = entry.agreement.scc_modules
    return "" if isinstance(modules, UnsetType) else ", ".join(map(str, modules))


def _reviewed_by(entry: RegisterEntry) -> str:
    review = entry.agreement.reviewed
    return "" if isinstance(review, UnsetType) else review.by


def _reviewed_on(entry: RegisterEntry) -> str:
    review = entry.agreement.reviewed
    return "" if isinstance(review, UnsetType) else review.on.isoformat()


RECORD: Final[Mapping[str, Callable[[RegisterEntry], str]]] = {
    "counterparty": lambda entry: _stated(entry.agreement.counterparty),
    "document": lambda entry: _stated(entry.agreement.document),
    "sha256": lambda entry: _stated(entry.agreement.sha256),
    "owner": lambda entry: _stated(entry.agreement.owner),
    "notice_days": lambda entry: _stated(entry.agreement.notice_days),
    "notice_by": _notice_by,
    "scc_modules": _modules,
    "reviewed_by": _reviewed_by,
    "reviewed_on": _reviewed_on,
}
"""Each thing by itself, by the name of its column."""


def _notice(entry: RegisterEntry) -> str:
    """When it must be given: by a day, or where it has no end so many days before."""
    days = entry.agreement.notice_days
    return _notice_by(entry) or ("" if isinstance(days, UnsetType) else count(days, "day"))


RECORD_COLUMNS: Final[Mapping[str, Callable[[RegisterEntry], str]]] = {
    "counterparty": RECORD["counterparty"],
    "owner": RECORD["owner"],
    "notice by": _notice,
    "modules": _modules,
    "reviewed": _reviewed_on,
    "document": RECORD["document"],
}
"""What a reader of the list sees, as far as any entry says it."""


def record_words(entry: RegisterEntry) -> str:
    """All that is said, in one line; empty where nothing is."""
    return "; ".join(_parts(entry))


def _parts(entry: RegisterEntry) -> Iterator[str]:
    told = {name: tell(entry) for name, tell in RECORD.items()}
    if told["counterparty"]:
        yield f"signed with {told['counterparty']}"
    if told["owner"]:
        yield f"owner {told['owner']}"
    if told["notice_days"]:
        by = f", by {told['notice_by']}" if told["notice_by"] else ""
        yield f"notice {count(int(told['notice_days']), 'day')} before its end{by}"
    if told["scc_modules"]:
        yield f"modules {told['scc_modules']} of the standard contractual clauses"
    if told["reviewed_on"]:
        yield f"reviewed on {told['reviewed_on']} by {told['reviewed_by']}"
    if told["document"]:
        yield f"document {told['document']}"
