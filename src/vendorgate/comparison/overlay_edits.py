"""What a change edits of a bundle's `offerings/`: own offerings, and cells, whoever's offering they are of.

In: two bundles as they are written. Out: edits by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from ..load.bundle_files import BundleFiles
from ..logic import Json
from ..model.registry import CellFile
from .model import Edit, FieldEdit

_GRANTS: Final = ("yes", "partial")
"""What grades begin with that can let something pass."""
_RESTRICTING: Final = ("scope", "conditions", "tier", "valid_until")
"""Fields of a cell without which it lets everything pass that it did, and more."""
Fields = Mapping[str, Json]
Grants = Callable[[Fields], bool]
"""Whether what is stated can let something pass."""


def overlay_edits(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """What came, went and changed."""
    yield from _differing(_offerings(old), _offerings(new), lambda fields: False, _is_internal, lambda fields: False)
    yield from _differing(_cells(old), _cells(new), _is_granted, _is_granted, lambda fields: not _is_granted(fields))


def _is_granted(fields: Fields) -> bool:
    return str(fields["value"]).startswith(_GRANTS)


def _is_internal(fields: Fields) -> bool:
    """Less is asked of what the organization runs itself."""
    return fields["category"] == "internal"


def _differing(
    before: Mapping[str, Fields], after: Mapping[str, Fields], by_coming: Grants, by_becoming: Grants, by_going: Grants
) -> Iterator[Edit]:
    """The edits from one to the other; what lets something pass that did not before is weaker."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if new is None:
            assert old is not None
            yield Edit("bundle", name, "removed", "weaker" if by_going(old) else "changed")
        elif old is None:
            yield Edit("bundle", name, "added", "weaker" if by_coming(new) else "changed")
        elif edits := tuple(_fields_between(old, new)):
            grants_more = by_becoming(new) and (not by_becoming(old) or any(one.effect == "weaker" for one in edits))
            yield Edit("bundle", name, "changed", "weaker" if grants_more else "changed", edits)


def _fields_between(old: Fields, new: Fields) -> Iterator[FieldEdit]:
    for field in dict.fromkeys((*old, *new)):
        was, is_now = old.get(field), new.get(field)
        if was != is_now:
            is_lifted = field in _RESTRICTING and _restricts(was) and not _restricts(is_now)
            yield FieldEdit(field, was, is_now, "weaker" if is_lifted else "changed")


def _restricts(value: Json) -> bool:
    """Whether anything is stated; a scope may restrict nothing."""
    return any(one is not None for one in value.values()) if isinstance(value, dict) else bool(value)


def _offerings(files: BundleFiles | None) -> dict[str, Fields]:
    """Own offerings by name, without their cells."""
    own = files.overlays.own if files is not None and files.overlays is not None else ()
    return {
        f"offering {one.written.id}": {
            field: msgspec.to_builtins(value)
            for field, value in msgspec.structs.asdict(one.written).items()
            if field != "dimensions" and value is not None
        }
        for one in own
    }


def _cells(files: BundleFiles | None) -> dict[str, Fields]:
    """The organization's cells by name."""
    overlays = files.overlays if files is not None else None
    if overlays is None:
        return {}
    stated = [(one.written.id, one.written.dimensions) for one in overlays.own]
    stated += [(one.written.extends, one.written.dimensions) for one in overlays.extensions]
    cells = [(f"cell {name} of {id}", cell) for id, every in stated for name, cell in every.items()]
    return {name: _fields(cell) for name, cell in cells if cell is not None}


def _fields(cell: CellFile) -> Fields:
    written = msgspec.structs.asdict(cell).items()
    return {field: msgspec.to_builtins(value) for field, value in written if value is not None}
