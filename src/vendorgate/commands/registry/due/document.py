"""The queue for programs, `vendorgate.registry-due/1`: its type, and what fills it.

In: a queue. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ....report.document import ReportedNotJudged, not_judged, written
from ..document import RegistryDocument, reported_snapshot
from .model import DueQueue, FedCell, SourceToRead, UsageName


class RestingUsage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A usage that rests on a source."""

    manifest: str
    """The path of the manifest."""
    usage: str
    """The id of the usage."""


class ReportedFedCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell that a source feeds."""

    offering: str
    """The id of the offering."""
    dimension: str
    """The dimension, which can be one of the bundle's own."""
    owner: Literal["registry", "bundle"] = msgspec.field(name="from")
    """Who states it."""
    grade: str
    """What it says."""
    source: Union[str, None]
    """The address as the cell states it, with its fragment."""
    verified: Union[datetime.date, None]
    """The day on which somebody last read the source; null: nobody did."""
    last_day: Union[datetime.date, None]
    """The last day on which it counts; null: it never does."""
    usages: Union[int, None]
    """How many usages rest on it; null where no manifest was given."""


class ReportedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source that is to be read."""

    source: Union[str, None]
    """The address of the page, without a fragment; null: the cells, all of one offering, state none."""
    last_read: Union[datetime.date, None]
    """The last day on which somebody read it for any of its cells; null: nobody did."""
    last_day: Union[datetime.date, None]
    """The last day on which all of its dated cells count; null: none has a day."""
    usages: Union[tuple[RestingUsage, ...], None]
    """Those with a result that rests on it; null where no manifest was given."""
    cells: tuple[ReportedFedCell, ...]
    """What stops counting first, first."""


class RegistryDue(RegistryDocument, frozen=True):
    """Which sources are to be read next."""

    schema: Literal["vendorgate.registry-due/1"]
    """The format."""
    as_of: datetime.date
    """The day from which it is counted."""
    within: int
    """Days that count as soon."""
    manifests: Union[tuple[str, ...], None]
    """Those whose usages are counted; null where none was given."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes."""
    due: tuple[ReportedSource, ...]
    """That feed a cell that no longer counts, or soon will not; the earliest first."""
    never_read: tuple[ReportedSource, ...]
    """That are not due, and feed a cell that nobody has dated."""
    later: int
    """How many sources have more time."""


def render(queue: DueQueue) -> str:
    """The queue; the same inputs give the same bytes."""
    found = queue.evaluation
    return written(
        RegistryDue(
            schema="vendorgate.registry-due/1",
            registry=reported_snapshot(queue.snapshot),
            as_of=queue.as_of,
            within=queue.within,
            manifests=None if found is None else tuple(one.source.path for one in found.manifests),
            not_judged=() if found is None else not_judged(found),
            due=tuple(_source(one, counted=found is not None) for one in queue.due),
            never_read=tuple(_source(one, counted=found is not None) for one in queue.never_read),
            later=queue.later,
        )
    )


def _source(one: SourceToRead, *, counted: bool) -> ReportedSource:
    usages = tuple(_usage(usage) for usage in sorted(one.usages)) if counted else None
    cells = tuple(_cell(cell, counted=counted) for cell in one.cells)
    return ReportedSource(one.source, one.last_read, one.last_day, usages, cells)


def _usage(usage: UsageName) -> RestingUsage:
    return RestingUsage(*usage)


def _cell(one: FedCell, *, counted: bool) -> ReportedFedCell:
    return ReportedFedCell(
        offering=one.offering.id,
        dimension=one.cell.dimension,
        owner=one.cell.owner,
        grade=one.cell.written.value,
        source=one.cell.written.source,
        verified=one.verified,
        last_day=one.last_day,
        usages=len(one.usages) if counted else None,
    )
