"""What to read next: one entry a source, however many cells it feeds.

In: a snapshot, how long evidence counts, a day, and the manifests as they are judged, where any were given.
Out: a `DueQueue`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ....evaluate.ageing import last_day_of_evidence
from ....model.evaluation import Evaluation
from ....model.policy import RegistryDemands
from ....model.registry import Snapshot
from ....model.vocabulary import in_order
from ..pages import page_of
from .model import DueQueue, FedCell, SourceToRead, UsageName

CellName = tuple[str, str]
"""The id of an offering, and a dimension."""
_SourceKey = tuple[str, str]
"""The page, or nothing and the offering: what states no source is looked for offering by offering."""


def queue(
    snapshot: Snapshot, demands: RegistryDemands, as_of: datetime.date, within: int, evaluation: Evaluation | None
) -> DueQueue:
    """Every source, sorted into what is due, what nobody ever read, and what has time."""
    found = _sources(snapshot, demands, {} if evaluation is None else usages_by_cell(evaluation))
    soon = as_of + datetime.timedelta(days=min(within, (datetime.date.max - as_of).days))
    due = [one for one in found if _is_due(one, soon)]
    never = [one for one in found if one.undated and not _is_due(one, soon)]
    return DueQueue(
        snapshot=snapshot,
        as_of=as_of,
        within=within,
        due=tuple(sorted(due, key=lambda one: (one.last_day or soon, -len(one.usages), _name(one)))),
        never_read=tuple(sorted(never, key=lambda one: (-len(one.usages), _name(one)))),
        later=len(found) - len(due) - len(never),
        evaluation=evaluation,
    )


def _is_due(one: SourceToRead, soon: datetime.date) -> bool:
    return one.last_day is not None and one.last_day < soon


def usages_by_cell(evaluation: Evaluation) -> dict[CellName, frozenset[UsageName]]:
    """Which usages have a result that rests on a cell: of every policy that applies, whatever it comes to."""
    found: defaultdict[CellName, set[UsageName]] = defaultdict(set)
    for result in evaluation.results:
        subject = result.subject
        for citation in result.evidence:
            if citation.cell is not None:
                usage = subject.manifest.source.path, subject.usage
                found[subject.offering.id, citation.dimension].add(usage)
    return {cell: frozenset(usages) for cell, usages in found.items()}


def _sources(
    snapshot: Snapshot, demands: RegistryDemands, usages: Mapping[CellName, frozenset[UsageName]]
) -> list[SourceToRead]:
    fed: defaultdict[_SourceKey, list[FedCell]] = defaultdict(list)
    for one in _cells(snapshot, demands, usages):
        source = one.cell.written.source
        fed["" if source is None else page_of(source), one.offering.id if source is None else ""].append(one)
    return [SourceToRead(page or None, tuple(sorted(cells, key=_order))) for (page, _), cells in fed.items()]


def _cells(
    snapshot: Snapshot, demands: RegistryDemands, usages: Mapping[CellName, frozenset[UsageName]]
) -> Iterator[FedCell]:
    for id in sorted(snapshot.offerings):
        offering = snapshot.offerings[id]
        for dimension in in_order(offering.cells):
            cell = offering.cells[dimension]
            last_day = last_day_of_evidence(cell, demands)
            yield FedCell(offering, cell, last_day, usages.get((id, dimension), frozenset()))


def _order(one: FedCell) -> datetime.date:
    return one.last_day or datetime.date.max


def _name(one: SourceToRead) -> tuple[bool, str, str]:
    """Pages by their address, then what states none."""
    return one.source is None, one.source or "", one.cells[0].offering.id
