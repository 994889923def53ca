"""What a change edits of a bundle's `offerings/`: own offerings, and cells, whoever's offering they are of.

In: two bundles as they are written. Out: edits by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from ..load.bundle import BundleFiles
from ..logic import Json
from ..model.registry import CellFile
from .model import Edit, Effect, FieldEdit

_GRANTS: tuple[str, ...] = ("yes", "partial")
"""What grades begin with that can let something pass."""


def overlay_edits(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """What came, went and changed."""
    yield from _differing(_offerings(old), _offerings(new), {})
    before, after = _cells(old), _cells(new)
    grants = {name for name, fields in {**before, **after}.items() if str(fields["value"]).startswith(_GRANTS)}
    yield from _differing(before, after, dict.fromkeys(grants, "weaker"))


Fields = Mapping[str, Json]


def _differing(
    before: Mapping[str, Fields], after: Mapping[str, Fields], coming: Mapping[str, Effect]
) -> Iterator[Edit]:
    """The edits from one to the other; `coming` says of some what it does that they are there."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old is None:
            yield Edit("bundle", name, "added", coming.get(name, "changed"))
        elif new is None:
            yield Edit("bundle", name, "removed", "changed")
        else:
            pairs = ((field, old.get(field), new.get(field)) for field in dict.fromkeys((*old, *new)))
            edits = tuple(FieldEdit(field, was, now, "changed") for field, was, now in pairs if was != now)
            if edits:
                yield Edit("bundle", name, "changed", "changed", edits)


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
