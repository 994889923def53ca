"""A usage with changes, as plain values that differ from what a manifest has only where the changes do.

In: what stands in the manifest, the usage that it is, and the one that it should be. Out: plain values.
"""

from __future__ import annotations

from typing import Union

import msgspec
from msgspec import UnsetType

from ...lifting.changes import as_route
from ...logic import Json
from ...model.manifest import Route, Usage, name_of

_LISTS_OF_ROUTES = ("fallbacks", "recipients")
Declared = Union[Usage, Route]
Named = Union[str, Route]


def plain_usage(written: Json, old: Declared, new: Declared) -> dict[str, Json]:
    """What is written of a usage or a route, with the fields that differ; one that is only named becomes a mapping."""
    found: dict[str, Json] = dict(written) if isinstance(written, dict) else {"offering": old.offering}
    for field in new.__struct_fields__:
        before, after = getattr(old, field), getattr(new, field)
        if _are_alike(before, after):
            continue
        if field in _LISTS_OF_ROUTES and after:
            found[field] = _plain_routes(found[field], before, after)
        elif field in _LISTS_OF_ROUTES or after is None or isinstance(after, UnsetType):
            found.pop(field, None)
        elif field == "via":
            found[field] = _plain_route(found[field], before, after)
        else:
            found[field] = [*after] if isinstance(after, tuple) else after
    return found


def _are_alike(before: object, after: object) -> bool:
    """Whether two values are written alike: true is not 1."""
    if isinstance(before, UnsetType) or isinstance(after, UnsetType):
        return before is after
    return msgspec.json.encode(before) == msgspec.json.encode(after)


def _plain_routes(written: Json, before: tuple[Named, ...], after: tuple[Named, ...]) -> Json:
    """The routes that stay, as they are written where nothing of them changes."""
    assert isinstance(written, list), "a strict reader takes nothing else"
    there = {name_of(route): (plain, route) for plain, route in zip(written, before, strict=True)}
    return [_plain_route(*there[name_of(route)], route) for route in after]


def _plain_route(written: Json, before: Named, after: Named) -> Json:
    if _are_alike(before, after):
        return written
    return plain_usage(written, as_route(before), as_route(after))
