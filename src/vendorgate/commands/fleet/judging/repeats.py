"""Manifests whose usages are written as others were before, but for what names them: told without being read strictly.

In: rows, whose they are, the cases of usages that were read strictly. Out: the cases of a row all of whose usages say
what such usages said, or nothing. A row is held to the same limits as any, and its project, owner, ids and purposes to
their form; all else of a usage is compared as JSON, in which `true`, `1`, `1.0` and `"1"` are four things.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from ....logic import Json
from ....model.manifest import SLUG
from ....model.text import SEEN
from ..model import ReadRow, Row
from .cases import UsageCases
from .keys import ANY, Keys
from .memo import Memo
from .names import Whose
from .reading import is_plain

_FIELDS: Final = frozenset(("version", "project", "usages", "owner"))
_is_slug: Final = re.compile(SLUG).search
_is_seen: Final = re.compile(SEEN).search
_decode: Final = msgspec.json.Decoder().decode
_encode: Final = msgspec.json.Encoder().encode


class AsWritten(msgspec.Struct, frozen=True):
    """A manifest of which no usage has been read strictly."""

    project: str
    owner: str | None
    ids: list[str]
    """Of its usages, no two of which are alike."""
    usages: list[bytes]
    """Each as JSON, with everything that may matter of it and in the order in which it is written."""


class Repeats:
    """The cases of usages by what is written; those of a usage that was read strictly, and has no mistake."""

    def __init__(self, keys: Keys, most: int) -> None:
        self._keys = keys
        self._memo: Memo[tuple[bytes, bytes], UsageCases] = Memo(most)

    def as_written(self, row: Row) -> AsWritten | None:
        """A row of which no more is left to ask than whether its usages are known; None where that is not so."""
        if not is_plain(row.written):
            return None
        values = row.values if isinstance(row, ReadRow) else _values(row.written)
        project, usages = values.get("project"), values.get("usages")
        owner = values.get("owner") if "owner" in values else ANY
        if not (isinstance(project, str) and _is_slug(project) and isinstance(owner, str) and _is_seen(owner)):
            return None
        if type(values.get("version")) is not int or values["version"] != 1 or not values.keys() <= _FIELDS:
            return None
        ids: list[str] = []
        told = self._usages(usages, ids) if isinstance(usages, list) else None
        if told is None or len(set(ids)) < len(ids):
            return None
        return AsWritten(project, owner if "owner" in values else None, ids, told)

    def _usages(self, usages: list[Json], ids: list[str]) -> list[bytes] | None:
        """Each usage without what names it, and the ids; None where one of these is not of its form."""
        reads_id, reads_purpose = self._keys.reads_id, self._keys.reads_purpose
        found: list[bytes] = []
        for usage in usages:
            if not isinstance(usage, dict):
                return None
            id, purpose = usage.get("id"), usage.get("purpose", ANY)
            if not (isinstance(id, str) and _is_slug(id) and isinstance(purpose, str) and _is_seen(purpose)):
                return None
            ids.append(id)
            told = usage.copy()
            if not reads_id:
                told["id"] = ANY
            if not reads_purpose and purpose is not ANY:
                told["purpose"] = ANY
            found.append(_encode(told))
        return found

    def cases(self, usage: bytes, whose: Whose) -> UsageCases | None:
        """The cases of a usage; None where they are not known."""
        return self._memo.get((whose.key, usage)) or self._memo.get((whose.named, usage))

    def keep(self, usage: bytes, whose: Whose, cases: UsageCases) -> None:
        """Remember the cases of a usage, before any waiver."""
        self._memo.keep((whose.named if cases.is_named else whose.key, usage), cases)


def _values(written: bytes) -> dict[str, Json]:
    """What some JSON says; nothing where it is no object."""
    try:
        values = _decode(written)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}  # why, the strict reader says
    return values if isinstance(values, dict) else {}
