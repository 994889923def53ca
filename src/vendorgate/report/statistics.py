"""How often results come out how, by policy, offering, project, owner and cause.

In: an evaluation. Out: tables. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Final

from ..model.evaluation import Evaluation
from ..model.result import Result
from ..terminal.escape import escape, width
from ..terminal.style import Style
from .closing import counts
from .grouping import grouped
from .lines import shortened

_ROWS: Final = 15
"""Of a table; what blocks most comes first."""
_WIDEST: Final = 70
"""Columns of a name."""
_COLUMNS: Final = ("blocks", "warns", "waived", "passes")
_NOBODY: Final = "(not stated)"

_NAMES: Final[Mapping[str, Callable[[Result], str]]] = {
    "policy": lambda one: one.policy.id,
    "offering": lambda one: str(one.subject.name),
    "project": lambda one: one.subject.manifest.project,
    "owner": lambda one: _owner(one),
}
"""What results are counted by, beside causes."""


def tables(evaluation: Evaluation, style: Style) -> Iterator[str]:
    """A table for each, then every count; owners only where any is stated."""
    applying = [one for one in evaluation.results if one.outcome != "not_applicable"]
    has_owner = any(_owner(one) != _NOBODY for one in applying)
    for what, name in _NAMES.items():
        if what != "owner" or has_owner:
            yield from _table(what, _counted(applying, name), style)
    yield from _table("cause", _by_cause(applying), style)
    yield counts(evaluation)


def _counted(results: Iterable[Result], name: Callable[[Result], str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for one in results:
        found.setdefault(name(one), Counter())[_column(one)] += 1
    return found


def _by_cause(results: Iterable[Result]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for group in grouped(results):
        found.setdefault(group.headline, Counter()).update(map(_column, group.results))
    return found


def _column(result: Result) -> str:
    if result.blocks:
        return "blocks"
    return {"pass": "passes", "waived": "waived"}.get(result.outcome, "warns")


def _owner(result: Result) -> str:
    subject = result.subject
    return subject.identity.owner or subject.manifest.owner or _NOBODY


def _table(what: str, found: Mapping[str, Counter[str]], style: Style) -> Iterator[str]:
    """The rows in which most blocks, then most warns, then by name; how many more there are is said."""
    if not found:
        return
    ranked = sorted(found.items(), key=lambda row: (*(-row[1][column] for column in _COLUMNS[:3]), row[0]))
    names = [escape(shortened(escape(name), _WIDEST)) for name, _ in ranked[:_ROWS]]
    room = max(width(word) for word in (*names, f"by {what}"))
    heading = _row(f"by {what}", room, _COLUMNS)
    cells = ([str(one[column]) for column in _COLUMNS] for _, one in ranked[:_ROWS])
    rows = map(_row, names, repeat(room), cells)
    more = [f"and {len(ranked) - _ROWS} more"] if len(ranked) > _ROWS else []
    yield "\n".join([style.paint("bold", heading), *rows, *more])


def _row(name: str, room: int, cells: Iterable[str]) -> str:
    return name + " " * (room - width(name)) + "".join(f"{cell:>9}" for cell in cells)
