"""The queue in words, the same in every format for people.

In: parts of a queue. Out: plain text; whoever shows it escapes it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby

from ....logic.wording import count
from ....model.vocabulary import in_order
from ....report import unjudged
from ....report.finding import OWN
from .model import DueQueue, FedCell, SourceToRead


def name_words(one: SourceToRead) -> str:
    """Which source is meant."""
    return one.source or f"{one.cells[0].offering.id}: no source is stated"


def reading_words(one: SourceToRead, queue: DueQueue) -> str:
    """When it was read, until when it will do, and what rests on it."""
    parts = ["never read" if one.last_read is None else f"last read {one.last_read}"]
    if one.last_day is not None:
        several = len({cell.last_day for cell in one.cells}) > 1
        parts.append(f"{'the first cell ' if several else ''}{until_words(one.last_day, queue.as_of)}")
    if queue.evaluation is not None:
        parts.append(usage_words(one))
    return "; ".join(parts)


def usage_words(one: SourceToRead) -> str:
    """How many usages rest on it."""
    return f"{count(len(one.usages), 'usage')} rest{'s' * (len(one.usages) == 1)} on it"


def until_words(last_day: datetime.date, as_of: datetime.date) -> str:
    """How long something counts."""
    days = (last_day - as_of).days
    if days < 0:
        return f"counted until {last_day}"
    return f"counts until {last_day}, {count(days, 'more day')}" if days else f"counts until {last_day}, its last day"


def cells_by_day(one: SourceToRead, as_of: datetime.date) -> Iterator[tuple[str, str]]:
    """The cells by the day on which they stop counting: how that is said, and which they are."""
    for last_day, cells in groupby(one.cells, key=lambda cell: cell.last_day):
        label = "never read" if last_day is None else until_words(last_day, as_of).partition(",")[0]
        yield label, cell_words(cells)


def cell_words(cells: Iterable[FedCell]) -> str:
    """Cells, each offering once."""
    by_offering: dict[str, list[FedCell]] = {}
    for one in cells:
        by_offering.setdefault(one.offering.id, []).append(one)
    return "; ".join(f"{id} {', '.join(_dimensions(found))}" for id, found in by_offering.items())


def _dimensions(cells: Iterable[FedCell]) -> list[str]:
    own = {one.cell.dimension for one in cells if one.cell.owner == "bundle"}
    return [f"{name} ({OWN})" if name in own else name for name in in_order(one.cell.dimension for one in cells)]


def closing_words(queue: DueQueue) -> Iterator[str]:
    """What the queue comes to, one sentence a line."""
    fed = sum(len(one.cells) for one in queue.due)
    span = "today" if not queue.within else f"within {count(queue.within, 'day')} of {queue.as_of}"
    have = "has" if queue.later == 1 else "have"
    yield f"{count(len(queue.due), 'source')} to read {span}, for {count(fed, 'cell')}; {queue.later} {have} more time"
    if queue.undated:
        yield f"{count(queue.undated, 'cell')} without a day of reading, which no check counts"
    if queue.evaluation is None:
        yield "no manifest is given, so that no usage is counted"
    else:
        usages = {usage for one in (*queue.due, *queue.never_read) for usage in one.usages}
        manifests = count(len(queue.evaluation.manifests), "manifest")
        rest = f"{count(len(usages), 'usage')} of {manifests} rest{'s' * (len(usages) == 1)} on these"
        yield unjudged.missing_words(queue.evaluation) + rest
