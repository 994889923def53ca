"""What tells usages apart, as bytes: two usages of one key are judged alike, whatever else they say.

In: a usage as it is written, whose it is, what rules ask for. Out: a key. It is JSON, in which `true`, `1`, `1.0` and
`"1"` are four things, as they are for rules: where they were one, two usages would share a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec
from msgspec import UNSET

from ....model.manifest import Route, Usage
from .asked import Asked

ANY: Final = "…"
"""Stands for the id of a usage which nothing reads; no slug is it."""
_encode: Final = msgspec.json.Encoder().encode
_Declared = TypeVar("_Declared", Usage, Route)


class Keys:
    """Makes keys, by what rules ask for."""

    def __init__(self, asked: Asked) -> None:
        self._settings = None if asked.keeps_settings else asked.settings
        self._attributes = None if asked.keeps_attributes else asked.attributes
        self._id = asked.reads("usage.id")
        self._purpose = asked.reads("usage.purpose")

    def plain(self, usage: Usage) -> Usage:
        """The usage without what nothing reads and what no notice is about."""
        id = usage.id if self._id else ANY
        return msgspec.structs.replace(usage, id=id, purpose=usage.purpose if self._purpose else UNSET)

    def key(self, usage: Usage, whose: bytes) -> bytes:
        """What tells a usage from others; `whose` tells manifests apart, as far as that matters."""
        plain = self.plain(usage)
        if usage.settings or usage.attributes or usage.fallbacks or usage.via is not None or usage.recipients:
            plain = self._without_unread(plain)
        return b"%b\0%b" % (whose, _encode(plain))

    def _without_unread(self, usage: Usage) -> Usage:
        """The names of settings and attributes, and the values of those that something reads."""
        attributes = _values_read(usage.attributes, self._attributes)
        return msgspec.structs.replace(
            self._route(usage),
            attributes=attributes,
            fallbacks=tuple(map(self._reached, usage.fallbacks)),
            via=None if usage.via is None else self._reached(usage.via),
            recipients=tuple(map(self._reached, usage.recipients)),
        )

    def _reached(self, route: str | Route) -> str | Route:
        return route if isinstance(route, str) else self._route(route)

    def _route(self, route: _Declared) -> _Declared:
        if not route.settings or self._settings is None:
            return route
        return msgspec.structs.replace(route, settings=_values_read(route.settings, self._settings))


def _values_read(stated: Mapping[str, object], read: frozenset[str] | None) -> Mapping[str, object]:
    """What is stated, with null for each value that nothing reads: no setting or attribute is null."""
    if read is None or stated.keys() <= read:
        return stated
    return {name: value if name in read else None for name, value in stated.items()}
