"""What tells usages apart, as bytes: two usages of one key are judged alike, whatever else they say.

In: a usage as it is written, whose it is, what rules ask for. Out: the usage without what nobody reads, and its key.
The key is JSON, in which `true`, `1`, `1.0` and `"1"` are four things, as they are for rules: where they were one, two
usages would share a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ....model.manifest import Route, Usage
from .asked import ATTRIBUTES, SETTINGS, Asked

ANY: Final = "…"
"""Stands for what is stated and what no rule reads the value of."""
_MOST: Final = 4_096
"""Names that are remembered; a manifest may invent any."""
_encode: Final = msgspec.json.Encoder().encode


class Keys:
    """Makes keys, by what rules ask for."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.reads_id = asked.matters("usage.id") == "value"
        self._purpose = asked.matters("usage.purpose")
        self.reads_purpose = self._purpose == "value"
        self._read_below: dict[str, dict[str, bool]] = {SETTINGS: {}, ATTRIBUTES: {}}
        """By name whether some rule reads the value."""

    def plain(self, usage: Usage) -> Usage:
        """A usage in which everything stands for itself that some rule reads, and the rest for anything of its name."""
        purpose: str | UnsetType = usage.purpose
        if not self.reads_purpose:
            purpose = UNSET if self._purpose == "not at all" or isinstance(purpose, UnsetType) else ANY
        changed: dict[str, object] = {"id": usage.id if self.reads_id else ANY, "purpose": purpose}
        if usage.settings:
            changed["settings"] = self._read(usage.settings, SETTINGS)
        if usage.attributes:
            changed["attributes"] = self._read(usage.attributes, ATTRIBUTES)
        if usage.fallbacks or usage.recipients or usage.via is not None:
            changed["fallbacks"] = tuple(map(self._reached, usage.fallbacks))
            changed["recipients"] = tuple(map(self._reached, usage.recipients))
            changed["via"] = None if usage.via is None else self._reached(usage.via)
        return msgspec.structs.replace(usage, **changed)

    def _reached(self, route: str | Route) -> str | Route:
        if isinstance(route, str) or not route.settings:
            return route
        return msgspec.structs.replace(route, settings=self._read(route.settings, SETTINGS))

    def _read(self, stated: Mapping[str, object], prefix: str) -> Mapping[str, object]:
        """The same where all of it is read; else with what is not for anything."""
        read = self._read_below[prefix]
        unread = [name for name in stated if not self._is_read(name, prefix, read)]
        return {**stated, **dict.fromkeys(unread, ANY)} if unread else stated

    def _is_read(self, name: str, prefix: str, read: dict[str, bool]) -> bool:
        found = read.get(name)
        if found is None:
            if len(read) >= _MOST:
                read.clear()
            found = read[name] = self._asked.matters(prefix + name) == "value"
        return found


def key_of(plain: Usage, whose: bytes, stated: bytes = b"") -> bytes:
    """What tells a plain usage from others.

    `whose` tells manifests apart, as far as that matters; `stated` says which fields stand there, where it matters
    whether one holds by default.
    """
    return b"%b\0%b\0%b" % (whose, stated, _encode(plain))
