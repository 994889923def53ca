"""What a gather came to as JSON, `vendorgate.fleet-gather/1`: types, and what fills them.

In: a `Summary`. Out: ASCII text.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ....load.places import is_repository
from ....report.document import TOOL, JsonDocument, written
from .model import RepositoryTold, State, Summary


class ReportedGathered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of one repository."""

    name: str
    """OWNER/NAME; where nobody knows it, its folder."""
    named: bool
    """Whether that is OWNER/NAME, so that projects can be bound to it."""
    origin: str
    """The address or folder that it is read from."""
    state: State
    """Whether it was read anew, is as it was when it was read before, or could not be read."""
    problem: Union[str, None]
    """Why it could not be read; null where it could."""
    help: Union[str, None]
    """What to do about that; null where it could be read, or where nobody knows."""
    commit: Union[str, None]
    """The commit whose manifests these are; null where it has none yet, or could not be read."""
    digest: Union[str, None]
    """Of its manifests and differences, as the store has them; null where it could not be read. It is the same where
    nothing of them is another, whatever else a commit changed."""
    manifests: int
    """How many a check judges, those with mistakes among them; none where it could not be read."""
    differences: Union[int, None]
    """How often its code departs from its manifests; null where nobody looked, or where it could not be read."""


class GatherSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Totals."""

    repositories: int
    """All that were asked for."""
    changed: int
    """Those that were read anew."""
    unchanged: int
    """Those that are as they were."""
    error: int
    """Those that could not be read."""
    unnamed: int
    """Those of which nobody knows OWNER/NAME."""
    removed: int
    """Those that left the store."""
    manifests: int
    """Manifests of all."""
    differences: Union[int, None]
    """How often code departs from manifests; null where nobody looked."""


class FleetGather(JsonDocument, frozen=True):
    """What a gather read of many repositories into a store."""

    schema: Literal["vendorgate.fleet-gather/1"]
    """The format."""
    gathered: datetime.date
    """The day of it."""
    store: str
    """The folder of the store, as it was given."""
    code: bool
    """Whether code was looked into."""
    summary: GatherSummary
    """Totals."""
    repositories: tuple[ReportedGathered, ...]
    """By name, as the store has them; several of one name are one, which is in error."""
    removed: tuple[str, ...]
    """Repositories that left the store, because nothing names them any more; by name."""


def render(found: Summary) -> str:
    """The document."""
    return written(
        FleetGather(
            schema="vendorgate.fleet-gather/1",
            tool=TOOL,
            gathered=found.day,
            store=found.store,
            code=found.looked,
            summary=_summary(found),
            repositories=tuple(_repository(one, looked=found.looked) for one in found.repositories),
            removed=found.removed,
        )
    )


def _summary(found: Summary) -> GatherSummary:
    return GatherSummary(
        repositories=len(found.repositories),
        changed=found.changed,
        unchanged=found.count("unchanged"),
        error=found.failed,
        unnamed=len(found.unnamed),
        removed=len(found.removed),
        manifests=found.manifests,
        differences=found.drift,
    )


def _repository(one: RepositoryTold, *, looked: bool) -> ReportedGathered:
    return ReportedGathered(
        name=one.name,
        named=is_repository(one.name),
        origin=one.place,
        state=one.state,
        problem=None if one.failed is None else one.failed.problem,
        help=None if one.failed is None else one.failed.help,
        commit=one.commit,
        digest=one.digest,
        manifests=one.manifests,
        differences=one.drift if looked and one.failed is None else None,
    )
