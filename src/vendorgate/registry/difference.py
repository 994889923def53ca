"""From one snapshot to another: cells added, removed, changed, better or worse.

In: two snapshots. Out: a `Difference`. Better and worse are a reader's who relies on what is documented: a fact that
is gone is worse, and where nobody can say without reading it is merely changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from ..logic import unparse
from ..model.difference import CellChange, Difference, Direction, FieldChange, OfferingChange
from ..model.registry import Cell, Offering, Reach, Scope, Snapshot
from ..model.vocabulary import CONFIDENCES, DIMENSIONS, TIERS, Dimension

_RANKS: Final[Mapping[str, int]] = {
    "no": 0,
    "no_public_evidence": 1,
    "unclear": 1,
    "partial": 2,
    "yes_platform_only": 3,
    "yes_sales_gated": 3,
    "yes_public": 4,
}
_NOT_KNOWN: Final = 1
"""Of a grade that this version does not know, and of a cell that is not there."""
_OFFERING_FIELDS: Final = (
    "name",
    "developer",
    "platform",
    "category",
    "model_family",
    "summary",
    "endpoints",
    "models",
    "features",
    "hosts",
    "sdk_packages",
    "aliases",
)


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """What changed; both snapshots must have all their offerings read."""
    ids = sorted(old.offerings.keys() | new.offerings.keys())
    pairs = [(old.offerings.get(id), new.offerings.get(id)) for id in ids]
    offerings = tuple(change for before, after in pairs for change in _offering(before, after))
    cells = tuple(
        change
        for before, after in pairs
        if before is not None and after is not None
        for change in _cells(before, after)
    )
    return Difference(old.sha256, new.sha256, offerings, cells)


def _offering(old: Offering | None, new: Offering | None) -> Iterator[OfferingChange]:
    if old is None and new is not None:
        yield OfferingChange(new, "added", "better")
    elif new is None and old is not None:
        yield OfferingChange(old, "removed", "worse")
    elif old is not None and new is not None:
        pairs = ((field, getattr(old.written, field), getattr(new.written, field)) for field in _OFFERING_FIELDS)
        fields = tuple(
            FieldChange(field, before, after, "changed") for field, before, after in pairs if before != after
        )
        if fields:
            yield OfferingChange(new, "changed", "changed", fields)


def _cells(old: Offering, new: Offering) -> Iterator[CellChange]:
    for dimension in DIMENSIONS:
        before, after = old.cells.get(dimension), new.cells.get(dimension)
        if before is None and after is not None:
            direction = compare_ranks(_NOT_KNOWN, rank(after.written.value))
            yield CellChange(new.id, dimension, "added", direction, (_value(None, after.written.value),))
        elif after is None and before is not None:
            yield CellChange(new.id, dimension, "removed", "worse", (_value(before.written.value, None),))
        elif before is not None and after is not None:
            yield from _cell(new.id, dimension, before, after)


def _cell(offering: str, dimension: Dimension, old: Cell, new: Cell) -> Iterator[CellChange]:
    fields = tuple(_fields(old, new))
    if fields:
        directions = {field.direction for field in fields}
        direction: Direction = "worse" if "worse" in directions else "better" if "better" in directions else "changed"
        yield CellChange(offering, dimension, "changed", direction, fields)


def rank(value: str | None) -> int:
    """How much a grade is worth; the greater the better."""
    return _NOT_KNOWN if value is None else _RANKS.get(value, _NOT_KNOWN)


def compare_ranks(old: Any, new: Any) -> Direction:
    """Better where the rank rises, worse where it falls."""
    return "changed" if old == new else "better" if new > old else "worse"


def _value(old: str | None, new: str | None) -> FieldChange:
    return FieldChange("value", old, new, compare_ranks(rank(old), rank(new)))


def _confidence(old: Any, new: Any) -> Direction:
    return compare_ranks(CONFIDENCES.index(old or "low"), CONFIDENCES.index(new or "low"))  # two of them


def _presence(old: Any, new: Any) -> Direction:
    """Worse where something is no longer stated."""
    return "worse" if new is None else "better" if old is None else "changed"


def _verified(old: Any, new: Any) -> Direction:
    return _presence(old, new) if old is None or new is None else compare_ranks(old, new)


_DIRECTIONS: Final[Mapping[str, Callable[[Any, Any], Direction]]] = {
    "value": lambda old, new: compare_ranks(rank(old), rank(new)),
    "confidence": _confidence,
    "verified": _verified,
    "source": _presence,
    "archived": lambda old, new: "changed",
    "tier": lambda old, new: compare_ranks(-_tier_index(old), -_tier_index(new)),
    "route": lambda old, new: "changed",
    "default": lambda old, new: "changed",
    "geography": lambda old, new: "changed",
    "note": lambda old, new: "changed",
}
"""Of plain fields: which way a change goes."""


def _tier_index(tier: Any) -> int:
    return 0 if tier is None else TIERS.index(tier)


def _fields(old: Cell, new: Cell) -> Iterator[FieldChange]:
    for field, direction in _DIRECTIONS.items():
        before, after = getattr(old.written, field), getattr(new.written, field)
        if before != after:
            yield FieldChange(field, before, after, direction(before, after))
    yield from _scope(old.written.scope, new.written.scope)
    yield from _conditions(old, new)
    yield from _facts(old.written.facts or {}, new.written.facts or {})


def _scope(old: Scope | None, new: Scope | None) -> Iterator[FieldChange]:
    for axis in Scope.__struct_fields__:
        before, after = getattr(old, axis, None), getattr(new, axis, None)
        if before != after:
            yield FieldChange(f"scope.{axis}", _plain(before), _plain(after), _reach(before, after))


def _plain(reach: Reach | None) -> Any:
    if reach is None:
        return None
    return {key: names for key, names in msgspec.to_builtins(reach).items() if names is not None}


def _reach(old: Reach | None, new: Reach | None) -> Direction:
    """A reach that shrinks is worse; one that shrinks here and grows there is worse, too."""
    if old is None or new is None:
        return "better" if new is None else "worse"
    lost = _fewer(old.only, new.only) or bool(set(new.excluded or ()) - set(old.excluded or ()))
    gained = _fewer(new.only, old.only) or bool(set(old.excluded or ()) - set(new.excluded or ()))
    return "worse" if lost else "better" if gained else "changed"


def _fewer(old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> bool:
    """Whether something that was inside no longer is; no list means everything."""
    return new is not None and (old is None or bool(set(old) - set(new)))


def _conditions(old: Cell, new: Cell) -> Iterator[FieldChange]:
    before = [unparse(condition.tree) for condition in old.conditions]
    after = [unparse(condition.tree) for condition in new.conditions]
    if before != after:
        added = any(rule not in before for rule in after)
        removed = any(rule not in after for rule in before)
        yield FieldChange("conditions", before, after, "worse" if added else "better" if removed else "changed")


def _facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield FieldChange(f"facts.{name}", before, after, _presence(before, after))
