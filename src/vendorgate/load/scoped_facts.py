"""Facts that hold for some names alone, checked: an entry that reached nothing would leave the others' in force.

In: a cell as it is written. Out: problems.
"""

from __future__ import annotations

from ..errors import Problem
from ..logic.functions import is_glob
from ..model.registry import CellFile, OfferingFile, Reach, Scope
from ..source import Path, Source
from .words import check_word, names_listed

AXES = ("endpoints", "models", "features")
"""What the scope of an entry can restrict."""


def check_scoped_facts(
    cell: CellFile, written: OfferingFile, path: Path, source: Source, problems: list[Problem]
) -> None:
    """Report each entry whose scope is not one axis of names, by `only`."""
    listed = names_listed(written)
    for index, entry in enumerate(cell.scoped_facts or ()):
        where: Path = (*path, "scoped_facts", index, "scope")
        restricted = _restricted(entry.scope)
        if len(restricted) != 1 or restricted[0] not in AXES:
            title = f"a scope of facts restricts {' and '.join(restricted) or 'nothing'}"
            help = "restrict one of `endpoints`, `models` and `features`, by `only`"
            problems.append(Problem(title, source.locate(where, key=True), help, source))
            continue
        (axis,) = restricted
        reach: Reach = getattr(entry.scope, axis)
        if not reach.only or reach.excluded is not None:
            title, help = (
                f"the scope of facts says more of {axis} than `only`",
                "say with `only` which names it reaches",
            )
            problems.append(Problem(title, source.locate((*where, axis), key=True), help, source))
        for position, name in enumerate(reach.only or ()):
            if axis in listed and not is_glob(name):
                place = (source, (*where, axis, "only", position))
                check_word(name, listed[axis], f"among the {axis} of this offering", place, problems)


def _restricted(scope: Scope) -> list[str]:
    return [axis for axis in scope.__struct_fields__ if getattr(scope, axis) is not None]
