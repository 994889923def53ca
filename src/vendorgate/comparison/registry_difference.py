"""From one snapshot to another: cells added, removed, changed, better or worse.

In: two snapshots. Out: a `RegistryDifference`. Better and worse are a reader's who relies on what is documented: a fact
that is gone is worse, and where nobody can say without reading it is merely changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from ..logic import unparse
from ..model.facts import LISTINGS, FactListing
from ..model.grades import DOCUMENTED, rank
from ..model.registry import Cell, CellFile, Former, Offering, Reach, Scope, ScopedFacts, Snapshot, SnapshotFile
from ..model.signatures import Signatures
from ..model.vocabulary import CONFIDENCES, DIMENSIONS, TIERS, Confidence, Dimension, Tier
from .registry_model import CellChange, FieldChange, OfferingChange, RegistryDifference, RegistryDirection

Ordered = TypeVar("Ordered", int, datetime.date)
Compared = Callable[..., RegistryDirection]
"""Which way a field goes, by its two values."""
_DOCUMENTED: Final = min(map(rank, DOCUMENTED))
"""The least rank of a grade that can cover something."""


def difference(old: Snapshot, new: Snapshot) -> RegistryDifference:
    """What changed; both snapshots must have all their offerings read."""
    ids = sorted(old.offerings.keys() | new.offerings.keys())
    pairs = [(old.offerings.get(id), new.offerings.get(id)) for id in ids]
    former = new.written.former or {}
    offerings = tuple(change for before, after in pairs for change in _offering(before, after, former))
    cells = tuple(
        change
        for before, after in pairs
        if before is not None and after is not None
        for change in _cells(before, after)
    )
    return RegistryDifference(old.sha256, new.sha256, offerings, cells, tuple(_whole(old.written, new.written)))


def beside(found: RegistryDifference, bundle: Snapshot) -> RegistryDifference:
    """The same, with what is known of a bundle: which of its own cells stand in the place of a changed one."""
    own = {
        (id, name)
        for id, offering in bundle.offerings.items()
        for name, cell in offering.cells.items()
        if cell.owner == "bundle"
    }
    cells = tuple(msgspec.structs.replace(one, covered=(one.offering, one.dimension) in own) for one in found.cells)
    return msgspec.structs.replace(found, cells=cells)


def _whole(old: SnapshotFile, new: SnapshotFile) -> Iterator[FieldChange]:
    """What the snapshot says of all offerings."""
    regions = [
        {(cloud, name): place for cloud, names in (side.clouds or {}).items() for name, place in names.items()}
        for side in (old, new)
    ]
    for key in sorted(regions[0].keys() | regions[1].keys()):
        before, after = (side.get(key) for side in regions)
        if before != after:
            yield FieldChange(f"clouds.{'.'.join(key)}", before, after, _presence(before, after))
    former = [{id: _stated(one) for id, one in (side.former or {}).items()} for side in (old, new)]
    for id in sorted(former[0].keys() | former[1].keys()):
        was, now = (side.get(id) for side in former)
        if was != now:
            yield FieldChange(f"former.{id}", was, now, "worse" if now is None else "changed")


def _stated(value: msgspec.Struct) -> dict[str, object]:
    """The fields of a model that are stated."""
    return {name: field for name, field in msgspec.to_builtins(value).items() if field is not None}


def _offering(old: Offering | None, new: Offering | None, former: Mapping[str, Former]) -> Iterator[OfferingChange]:
    """One that leaves without a word is worse: policies that name it stop loading, and nobody is told what is instead.

    Of one that `former` has, that says what became of it.
    """
    if old is None and new is not None:
        yield OfferingChange(new, "added", "better")
    elif new is None and old is not None:
        yield OfferingChange(old, "removed", "changed" if old.id in former else "worse")
    elif old is not None and new is not None:
        fields = tuple(_offering_fields(old, new))
        if fields:
            yield OfferingChange(new, "changed", _worst(fields), fields)


def _offering_fields(old: Offering, new: Offering) -> Iterator[FieldChange]:
    for field, direction in _OFFERING_DIRECTIONS.items():
        before, after = getattr(old.written, field), getattr(new.written, field)
        if before != after:
            yield FieldChange(field, _listed(before), _listed(after), direction(before, after))
    yield from _signatures(old.written.signatures or Signatures(), new.written.signatures or Signatures())


def _signatures(old: Signatures, new: Signatures) -> Iterator[FieldChange]:
    """What was and what is said of how it is called, by field and kind; names that both have are left out."""
    for field in Signatures.__struct_fields__:
        before, after = (_by_kind(field, getattr(side, field)) for side in (old, new))
        for name in sorted(before.keys() | after.keys()):
            was, now = (tuple(side.get(name, ())) for side in (before, after))
            gone, added = (tuple(one for one in names if one not in other) for names, other in ((was, now), (now, was)))
            if gone or added:
                yield FieldChange(f"signatures.{name}", gone or None, added or None, "changed")


def _by_kind(field: str, names: tuple[str, ...] | Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The names of a field by `field` or `field.kind`; of a region, its host with it."""
    if isinstance(names, tuple):
        return {field: names}
    plain = {kind: several if isinstance(several, tuple) else (str(several),) for kind, several in names.items()}
    return {f"{field}.{kind}": several for kind, several in plain.items()}


def _listed(value: object) -> object:
    """A value of an offering; of models in a list the fields that are stated."""
    if isinstance(value, tuple):
        return tuple(_stated(one) if isinstance(one, msgspec.Struct) else one for one in value)
    return value


def _worst(fields: Iterable[FieldChange]) -> RegistryDirection:
    """Of several changes: worse beats better, which beats changed."""
    directions = {field.direction for field in fields}
    return "worse" if "worse" in directions else "better" if "better" in directions else "changed"


def _cells(old: Offering, new: Offering) -> Iterator[CellChange]:
    for dimension in DIMENSIONS:
        before, after = old.cells.get(dimension), new.cells.get(dimension)
        if before is None and after is not None:
            direction = compare_ranks(rank(None), rank(after.written.value))
            yield CellChange(new.id, dimension, "added", direction, (_value(None, after.written.value),))
        elif after is None and before is not None:
            yield CellChange(new.id, dimension, "removed", "worse", (_value(before.written.value, None),))
        elif before is not None and after is not None:
            yield from _cell(new.id, dimension, before, after)


def _cell(offering: str, dimension: Dimension, old: Cell, new: Cell) -> Iterator[CellChange]:
    fields = tuple(_fields(old, new))
    if fields:
        yield CellChange(offering, dimension, "changed", _worst(fields), fields)


def compare_ranks(old: Ordered, new: Ordered) -> RegistryDirection:
    """Better where the rank rises, worse where it falls."""
    return "changed" if old == new else "better" if new > old else "worse"


def _value(old: str | None, new: str | None) -> FieldChange:
    return FieldChange("value", old, new, compare_ranks(rank(old), rank(new)))


def _confidence(old: Confidence | None, new: Confidence | None) -> RegistryDirection:
    return compare_ranks(CONFIDENCES.index(old or "low"), CONFIDENCES.index(new or "low"))  # two of them


def _presence(old: object, new: object) -> RegistryDirection:
    """Worse where something is no longer stated."""
    return "worse" if new is None else "better" if old is None else "changed"


def _verified(old: datetime.date | None, new: datetime.date | None) -> RegistryDirection:
    return _presence(old, new) if old is None or new is None else compare_ranks(old, new)


def _restriction(old: datetime.date | None, new: datetime.date | None) -> RegistryDirection:
    """Worse where something restricts that did not, or sooner."""
    return "better" if new is None else "worse" if old is None or new < old else "better"


def _names(old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> RegistryDirection:
    """Of the names that an offering knows: worse where one is lost; no list means all names."""
    return "worse" if _fewer(old, new) else "better" if _fewer(new, old) else "changed"


def _rules(old: Sequence[object] | None, new: Sequence[object] | None) -> RegistryDirection:
    """Of what restricts: worse where something is added."""
    before, after = old or (), new or ()
    added, removed = any(one not in before for one in after), any(one not in after for one in before)
    return "worse" if added else "better" if removed else "changed"


def _scoped_facts(old: Sequence[ScopedFacts] | None, new: Sequence[ScopedFacts] | None) -> RegistryDirection:
    """Where all that comes or goes says that something is not known, it is worse or better."""
    before, after = old or (), new or ()
    added, removed = [one for one in after if one not in before], [one for one in before if one not in after]
    if any(value is not None for one in (*added, *removed) for value in one.facts.values()) or (added and removed):
        return "changed"
    return "worse" if added else "better" if removed else "changed"


def _changed(old: object, new: object) -> RegistryDirection:
    return "changed"


_DIRECTIONS: Final[Mapping[str, Compared]] = {
    "value": lambda old, new: compare_ranks(rank(old), rank(new)),
    "confidence": _confidence,
    "verified": _verified,
    "valid_until": _restriction,
    "source": _presence,
    "archived": _changed,
    "tier": lambda old, new: compare_ranks(-_tier_index(old), -_tier_index(new)),
    "route": _changed,
    "default": _changed,
    "geography": _changed,
    "note": _changed,
    "scoped_facts": _scoped_facts,
    "readings": _changed,
}
"""Of plain fields: which way a change goes."""
_OFFERING_DIRECTIONS: Final[Mapping[str, Compared]] = {
    **dict.fromkeys(("name", "developer", "platform", "category", "model_family", "summary"), _changed),
    **dict.fromkeys(("endpoints", "models", "features"), _names),
    **dict.fromkeys(("hosts", "sdk_packages", "aliases"), _changed),
    "cloud": lambda old, new: "worse" if old is None else "better" if new is None else "changed",
    "implies": _rules,
}
"""The same, of what an offering says of itself."""


def _tier_index(tier: Tier | None) -> int:
    return 0 if tier is None else TIERS.index(tier)


def _fields(old: Cell, new: Cell) -> Iterator[FieldChange]:
    for field, direction in _DIRECTIONS.items():
        before, after = getattr(old.written, field), getattr(new.written, field)
        if before != after:
            yield FieldChange(field, _listed(before), _listed(after), direction(before, after))
    yield from _scope(old.written, new.written)
    yield from _conditions(old, new)
    yield from _facts(old.written.facts or {}, new.written.facts or {})


def _scope(old: CellFile, new: CellFile) -> Iterator[FieldChange]:
    first = _first(old, new) if old.scope is None else _flipped(_first(new, old)) if new.scope is None else None
    for axis in Scope.__struct_fields__:
        before, after = getattr(old.scope, axis, None), getattr(new.scope, axis, None)
        if before != after:
            yield FieldChange(f"scope.{axis}", _plain(before), _plain(after), first or _reach(before, after))


def _first(without: CellFile, scoped: CellFile) -> RegistryDirection:
    """Which way a first scope goes: `partial` covers nothing without one, a grade that covers nothing loses nothing."""
    if scoped.value == "partial" and (without.value == "partial" or rank(without.value) < _DOCUMENTED):
        return "better"
    return "worse" if rank(without.value) >= _DOCUMENTED else "changed"


def _flipped(direction: RegistryDirection) -> RegistryDirection:
    """The same change, seen from the other side."""
    return "worse" if direction == "better" else "better" if direction == "worse" else "changed"


def _plain(reach: Reach | None) -> object:
    if reach is None:
        return None
    return {key: names for key, names in msgspec.to_builtins(reach).items() if names is not None}


def _reach(old: Reach | None, new: Reach | None) -> RegistryDirection:
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
        yield FieldChange("conditions", before, after, _rules(before, after))


def _facts(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[FieldChange]:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before != after:
            stated = before is not None and after is not None
            direction = _listing(before, after) if stated and name in LISTINGS else _presence(before, after)
            yield FieldChange(f"facts.{name}", before, after, direction)


def _listing(before: object, after: object) -> RegistryDirection:
    """Worse where a name is no longer listed, or the list no longer said to be complete."""
    old, new = (msgspec.convert(one, FactListing) for one in (before, after))
    if set(old.names) - set(new.names) or (old.complete and not new.complete):
        return "worse"
    return "better" if set(new.names) - set(old.names) or (new.complete and not old.complete) else "changed"
