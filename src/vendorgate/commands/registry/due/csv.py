"""The queue as CSV (RFC 4180) for spreadsheets: a row for each cell, sources in the order of the queue.

In: a queue. Out: as the CSV report of a check has it: every cell is quoted, is one line, and is no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ....model.evaluation import NotJudged
from ....report import unjudged
from ....report.csv_rows import joined, written
from .model import DueQueue, FedCell, SourceToRead

_Row = tuple[str, SourceToRead, FedCell]
_COLUMNS: Final[Mapping[str, Callable[[_Row], str]]] = {
    "group": lambda row: row[0],
    "source": lambda row: row[1].source or "",
    "offering": lambda row: row[2].offering.id,
    "dimension": lambda row: row[2].cell.dimension,
    "from": lambda row: row[2].cell.owner,
    "grade": lambda row: row[2].cell.written.value,
    "verified": lambda row: _text(row[2].verified),
    "last_day": lambda row: _text(row[2].last_day),
    "archived": lambda row: row[2].cell.written.archived or "",
    "usages": lambda row: str(len(row[2].usages)),
    "usages_of_source": lambda row: str(len(row[1].usages)),
    "problems": lambda _: "",
}
_COUNTS: Final = ("usages", "usages_of_source")
"""Empty where no manifest was given."""


def render(queue: DueQueue) -> str:
    """A row of names, one for each manifest that was not judged, and one for each cell, with the day."""
    groups = {"due": queue.due, "never_read": queue.never_read}
    rows = ((name, source, one) for name, sources in groups.items() for source in sources for one in source.cells)
    judged = queue.evaluation is not None
    cells = (["" if name in _COUNTS and not judged else value(row) for name, value in _COLUMNS.items()] for row in rows)
    left = () if queue.evaluation is None else queue.evaluation.not_judged
    same = [queue.as_of.isoformat(), queue.snapshot.sha256]
    unread = ([_unjudged(one).get(name, "") for name in _COLUMNS] for one in left)
    return written([*_COLUMNS, "as_of", "registry_sha256"], (*unread, *cells), same)


def _unjudged(left: NotJudged) -> Mapping[str, str]:
    return {"group": "not_judged", "source": left.path, "problems": joined(map(unjudged.words, left.problems))}


def _text(day: object) -> str:
    return "" if day is None else str(day)
