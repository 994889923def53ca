"""Which differences a change makes: those after it that were not there before.

In: what differs before and after. Out: what is new, each at a place of a file that the change touches, where it has
one. Where a line stands does not count, nor in how many places something is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from ..model.result import Notice
from ..model.vocabulary import SEVERITIES, Severity
from .model import Drift, DriftFound

Key: TypeAlias = "tuple[str, str | None, str | None, str | None, str]"
"""Kind, manifest, offering, vendor, and one of the names that a difference is about."""


def since(
    before: DriftFound, after: DriftFound, moved: Mapping[str, str], touched: Callable[[str], bool]
) -> DriftFound:
    """What the change makes.

    Args:
        moved: by the path that a manifest had before, the one that it has now.
        touched: whether the change touches a file.
    """
    known = _worst(before.drift, moved)
    excepted = {key for one in before.suppressed for key in _keys(one.drift, moved)}
    said = {(one.id, one.message) for one in before.notices}
    return DriftFound(
        tuple(_at(one, touched) for one in after.drift if _is_new(one, known)),
        tuple(one for one in after.suppressed if not excepted.issuperset(_keys(one.drift, {}))),
        tuple(_new_notices(after.notices, said)),
    )


def _keys(one: Drift, moved: Mapping[str, str]) -> list[Key]:
    manifest = None if one.manifest is None else moved.get(one.manifest, one.manifest)
    return [(one.kind, manifest, one.offering, one.vendor, name) for name in one.names or ("",)]


def _worst(drift: Iterable[Drift], moved: Mapping[str, str]) -> dict[Key, Severity]:
    """By what it is about, how much it mattered."""
    found: dict[Key, Severity] = {}
    for one in drift:
        for key in _keys(one, moved):
            found[key] = min(found.get(key, one.severity), one.severity, key=SEVERITIES.index)
    return found


def _is_new(one: Drift, known: Mapping[Key, Severity]) -> bool:
    """Whether it, or a part of it, was not there or mattered less."""
    weight = SEVERITIES.index(one.severity)
    return any(key not in known or SEVERITIES.index(known[key]) > weight for key in _keys(one, {}))


def _at(one: Drift, touched: Callable[[str], bool]) -> Drift:
    first = next((place for place in one.places if touched(place.path)), one.location)
    return msgspec.structs.replace(one, location=first)


def _new_notices(notices: Iterable[Notice], said: Collection[tuple[str, str]]) -> Iterator[Notice]:
    for one in notices:
        if (one.id, one.message) not in said:
            yield one
