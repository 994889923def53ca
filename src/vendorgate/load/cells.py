"""Cells as they are written to cells that are judged by: scopes, conditions and facts, checked.

In: cells, the offering that they are of, who states them. Out: checked cells, and every mistake in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import cast

import msgspec

from ..errors import Problem
from ..logic.functions import is_glob
from ..logic.paths import words_of
from ..logic.types import Dialect
from ..model.asking import dimensions_of, facts_of, settings_of
from ..model.registry import Cell, CellCondition, CellFile, Offering, OfferingFile, Reach
from ..model.vocabulary import CONTRACT, LIFECYCLES, NO_GROUPS, Dimension, Owner, RegionGroups, canonical_region
from ..source import Path, Source
from .common_facts import check_common_facts
from .exclusions import Exceptions
from .rules import read_rule
from .scoped_facts import check_scoped_facts
from .words import check_region, check_word


def checked_cells(
    stated: Mapping[Dimension, CellFile | None] | Mapping[str, CellFile | None],
    offering: OfferingFile,
    source: Source,
    dialect: Dialect | None,
    problems: list[Problem],
    own: Collection[str] = (),
    groups: RegionGroups = NO_GROUPS,
    cloud_regions: Collection[str] = (),
) -> dict[str, Cell]:
    """The cells that a file states of an offering; a key without a value is none.

    Those of the dimensions in `own` are the organization's, and may name its groups of regions; `cloud_regions` are the
    names that the offering's cloud has for regions. Without a dialect, only grades and evidence are looked at.
    """
    found = {}
    exceptions = {
        "bundle": Exceptions(offering, groups, cloud_regions),
        "registry": Exceptions(offering, NO_GROUPS, cloud_regions),
    }
    for name, cell in stated.items():
        if cell is not None:
            dimension = cast(Dimension, name)
            owner: Owner = "bundle" if dimension in own else "registry"
            reference = _contract(cell, (source, ("dimensions", dimension)), problems)
            written = _as_sure_as_its_owner(cell, owner)
            if dialect is None:
                found[name] = Cell(dimension, written, (), (), owner, source, reference)
                continue
            place: Path = ("dimensions", dimension)
            known = groups if owner == "bundle" else NO_GROUPS
            scoped = _with_scope(written, exceptions[owner], (source, place), problems, known)
            check_scoped_facts(cell, exceptions[owner], place, source, problems)
            check_common_facts(cell, place, source, problems)
            conditions = _conditions(cell, place, source, dialect, problems)
            needs = _needs(conditions)
            reads = facts_of(condition.tree for condition in conditions)
            found[name] = Cell(dimension, scoped, conditions, needs, owner, source, reference, reads)
    return found


def _contract(cell: CellFile, place: tuple[Source, Path], problems: list[Problem]) -> str | None:
    """The reference of the contract that a cell rests on: the organization's, which it states in its bundle alone."""
    source, path = place
    stated: str | None = getattr(cell, "agreement", None)  # of `OwnCellFile`, which few bundles need
    if cell.value == CONTRACT and type(cell) is CellFile:
        title = f"`{CONTRACT}` in a registry, which knows no contract of anybody"
        help = "state the cell in `offerings/` of a bundle, with the `agreement` that it rests on"
        problems.append(Problem(title, source.locate((*path, "value")), help, source))
    elif cell.value == CONTRACT and stated is None:
        help = "add `agreement`, the `reference` of the contract in agreements.yaml"
        problems.append(Problem(f"`{CONTRACT}` without its agreement", source.locate((*path, "value")), help, source))
    elif cell.value != CONTRACT and stated is not None:
        title, help = f"an agreement beside the grade `{cell.value}`", f"grade it `{CONTRACT}`, or take it out"
        problems.append(Problem(title, source.locate((*path, "agreement"), key=True), help, source))
    return stated


def _as_sure_as_its_owner(cell: CellFile, owner: Owner) -> CellFile:
    """A cell of the organization without a confidence: nobody knows better than the one who wrote it."""
    unsaid = owner == "bundle" and cell.confidence is None
    return msgspec.structs.replace(cell, confidence="high") if unsaid else cell


def offering_of(
    written: OfferingFile, cells: dict[str, Cell], source: Source, owner: Owner, cloud_regions: Collection[str]
) -> Offering:
    """An offering with its checked cells; the names are those that its cloud has for regions."""
    settings = settings_of(condition.tree for cell in cells.values() for condition in cell.conditions)
    return Offering(written.id, written, cells, source, settings, owner, cloud_regions)


def _conditions(
    cell: CellFile, place: Path, source: Source, dialect: Dialect, problems: list[Problem]
) -> tuple[CellCondition, ...]:
    rules = enumerate(cell.conditions or ())
    return tuple(
        CellCondition(read_rule(rule, (*place, "conditions", index), source, dialect, problems), index)
        for index, rule in rules
    )


def _needs(conditions: tuple[CellCondition, ...]) -> tuple[Dimension, ...]:
    found = [name for condition in conditions for name in dimensions_of(condition.tree)]
    return tuple(dict.fromkeys(found))


def _with_scope(
    cell: CellFile, exceptions: Exceptions, place: tuple[Source, Path], problems: list[Problem], groups: RegionGroups
) -> CellFile:
    """The cell with the regions of its scope in their canonical spelling; a scope that restricts nothing is none."""
    if cell.scope is None:
        return cell
    source, path = place
    axes: dict[str, Reach | None] = {}
    for axis in cell.scope.__struct_fields__:
        reach: Reach | None = getattr(cell.scope, axis)
        where = (*path, "scope", axis)
        if reach is not None and reach.only is None and reach.excluded is None:
            title = f"the scope of {axis} says neither `only` nor `except`"
            problems.append(
                Problem(title, source.locate(where, key=True), "say which it reaches, or leave it out", source)
            )
        if reach is not None:
            for index, name in enumerate(reach.excluded or ()):
                exceptions.check(axis, name, (source, (*where, "except", index)), problems)
        axes[axis] = reach and _checked_reach(axis, reach, (source, where), problems, groups)
    if not any(axes.values()):
        return msgspec.structs.replace(cell, scope=None)
    return msgspec.structs.replace(cell, scope=msgspec.structs.replace(cell.scope, **axes))


def _checked_reach(
    axis: str, reach: Reach, place: tuple[Source, Path], problems: list[Problem], groups: RegionGroups
) -> Reach:
    source, path = place
    for index, name in enumerate(reach.only or ()):
        where = (source, (*path, "only", index))
        if axis == "regions" and not is_glob(name):
            check_region(name, where, problems, groups)
        elif axis == "lifecycle" and not is_glob(name):
            check_word(name, LIFECYCLES, "a lifecycle", where, problems)
    if axis != "regions":
        return reach
    return Reach(reach.only and _regions(reach.only, groups), reach.excluded and _regions(reach.excluded, groups))


def _regions(names: Iterable[str], groups: RegionGroups) -> tuple[str, ...]:
    """Names of regions in their canonical spelling, the members of each group beside it."""
    canonical = tuple(map(canonical_region, names))
    if not groups:
        return canonical
    from .region_groups import with_members  # few bundles have any

    return with_members(canonical, groups)


def report_cycles(cells: Mapping[str, Cell], offering: Source, problems: list[Problem]) -> None:
    """A commitment cannot depend on itself, however many others stand between."""
    needs = {name: {d for c in cell.conditions for d in words_of(c.tree, "covered")} for name, cell in cells.items()}
    for name in needs:
        reached: set[str] = set()
        waiting = set(needs[name])
        while waiting:
            current = waiting.pop()
            reached.add(current)
            waiting |= needs.get(current, set()) - reached
        if name in reached:
            title = f"the conditions of {name} lead back to {name}"
            source = cells[name].source or offering
            place = source.locate(("dimensions", name, "conditions"), key=True)
            problems.append(Problem(title, place, "take one `covered` out of the circle", source))
