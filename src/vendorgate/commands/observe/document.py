"""The JSON report on what was observed, `vendorgate.observe/1`: its type, and what fills it.

In: what observing comes to. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...report.document import TOOL, DatedDocument, written
from .outcome import AccountOutcome, ChangeKind, FieldChange, Observing, State, Value


class ReportedChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of one value."""

    name: str
    """As rules read it, without `usage.`: `settings.zero_data_retention`, `region`; or for which usages settings count:
    `scope.cloud_regions`, `scope.models`."""
    of: Union[str, None]
    """The model or endpoint that it is told for alone; null: for all."""
    kind: ChangeKind
    """Told for the first time, told otherwise, no longer told, as before."""
    before: Union[Value, None]
    """What was told; null: nothing."""
    after: Union[Value, None]
    """What is told; null: nothing."""
    why: Union[str, None]
    """Why it is not told, where that is known."""
    worse: bool
    """Whether it is worse than before: no longer told, or something holds no longer because of it."""
    worse_for: tuple[str, ...]
    """The policies and cells of the registry of which a condition holds no longer."""


class ReportedUnreadable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was asked for and is not told, and was not before."""

    name: str
    """A setting or a field."""
    why: Union[str, None]
    """Why not, where that is known."""


class ReportedAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of an account."""

    offering: str
    """The offering."""
    account: Union[str, None]
    """As manifests name it; null: usages without `account`."""
    vendor: Union[str, None]
    """Whom was asked; null where nobody was."""
    state: State
    """Nothing stood there; values differ; the same values, renewed; all as it was; not read; nobody reads it."""
    file: Union[str, None]
    """The file that it stands in, or would; null where there is none."""
    written: bool
    """Whether the file was written."""
    worse: bool
    """Whether anything is worse than before."""
    observed_before: Union[datetime.date, None]
    """The day of what stood there; null where nothing did."""
    observed: Union[datetime.date, None]
    """The day of what was found; null where nothing was."""
    source: Union[str, None]
    """What was asked; null where nothing was."""
    sha256: Union[str, None]
    """Of what was answered, or of the evidence."""
    changes: tuple[ReportedChange, ...]
    """By name, what is as before included."""
    unreadable: tuple[ReportedUnreadable, ...]
    """By name."""
    notes: tuple[str, ...]
    """What else is worth knowing; no value rests on it."""
    trouble: Union[str, None]
    """Why it was not read or not written; null where it was, or need not be."""
    help: Union[str, None]
    """What to do about that."""


class ObserveCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of accounts."""

    new: int
    """Of which nothing stood there."""
    changed: int
    """Whose values differ."""
    renewed: int
    """Whose values are as before, with a newer day."""
    same: int
    """Of which all is as it was."""
    failed: int
    """That could not be read."""
    left: int
    """That nobody reads."""
    worse: int
    """Of which anything is worse than before."""
    written: int
    """Whose file was written."""


class ObserveReport(DatedDocument, frozen=True):
    """What was observed or attested of accounts: `vendorgate observe --format json`."""

    schema: Literal["vendorgate.observe/1"]
    """The format."""
    bundle: str
    """The folder of the bundle."""
    attested: bool
    """Whether a person says it, and no vendor."""
    summary: ObserveCounts
    """Counts of accounts."""
    accounts: tuple[ReportedAccount, ...]
    """In the order in which they are listed."""
    signoff_ended: bool
    """Whether a sign-off that held is of the files as they were, and no longer of these."""


def render(found: Observing) -> str:
    """The report; the same findings give the same bytes."""
    return written(_report(found))


def _report(found: Observing) -> ObserveReport:
    return ObserveReport(
        schema="vendorgate.observe/1",
        tool=TOOL,
        as_of=found.day,
        bundle=found.bundle,
        attested=found.attesting,
        summary=_counts(found),
        accounts=tuple(map(_account, found.accounts)),
        signoff_ended=found.ends_signoff,
    )


def _counts(found: Observing) -> ObserveCounts:
    states = [one.state for one in found.accounts]
    return ObserveCounts(
        new=states.count("new"),
        changed=states.count("changed"),
        renewed=states.count("renewed"),
        same=states.count("same"),
        failed=states.count("failed"),
        left=states.count("left"),
        worse=sum(one.is_worse for one in found.accounts),
        written=sum(one.written for one in found.accounts),
    )


def _account(one: AccountOutcome) -> ReportedAccount:
    after = one.after
    return ReportedAccount(
        offering=one.name.offering,
        account=one.name.account,
        vendor=one.vendor or None,
        state=one.state,
        file=one.file,
        written=one.written,
        worse=one.is_worse,
        observed_before=None if one.before is None else one.before.observed,
        observed=None if after is None else after.observed,
        source=None if after is None else after.source or None,
        sha256=None if after is None else after.sha256 or None,
        changes=tuple(map(_change, one.changes)),
        unreadable=tuple(ReportedUnreadable(name, why or None) for name, why in one.unreadable.items()),
        notes=one.beside,
        trouble=one.trouble,
        help=one.help,
    )


def _change(one: FieldChange) -> ReportedChange:
    name = one.name
    return ReportedChange(name.path, name.of or None, one.kind, one.before, one.after, one.why, one.is_worse, one.worse)
