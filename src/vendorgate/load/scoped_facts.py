"""Facts that hold for some names alone, checked: an entry that reached nothing would leave the others' in force.

In: a cell as it is written. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Problem
from ..model.registry import CellFile, FactScope, NamesReached
from ..source import Path, Source
from .exclusions import Exceptions


def check_scoped_facts(
    cell: CellFile, exceptions: Exceptions, path: Path, source: Source, problems: list[Problem]
) -> None:
    """Report each entry whose scope is not one axis of names."""
    for index, entry in enumerate(cell.scoped_facts or ()):
        where: Path = (*path, "scoped_facts", index, "scope")
        restricted = _restricted(entry.scope)
        if len(restricted) != 1:
            title = f"a scope of facts restricts {' and '.join(restricted) or 'nothing'}"
            help = "restrict one of `endpoints`, `models` and `features`, by `only`"
            problems.append(Problem(title, source.locate(where, key=True), help, source))
        names = ((axis, position, name) for axis in restricted for position, name in _reached(entry.scope, axis))
        for axis, position, name in names:
            exceptions.check(axis, name, (source, (*where, axis, "only", position)), problems)


def _reached(scope: FactScope, axis: str) -> Iterable[tuple[int, str]]:
    reach: NamesReached = getattr(scope, axis)
    return enumerate(reach.only)


def _restricted(scope: FactScope) -> list[str]:
    return [axis for axis in scope.__struct_fields__ if getattr(scope, axis) is not None]
