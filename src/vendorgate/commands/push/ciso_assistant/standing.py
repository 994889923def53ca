"""What stands there, found by what it can be known by: our line, a reference, a name.

In: objects as listed. Out: those that an intended object can be. Each is read once, however many are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from .answers import Listed
from .marks import Marked, marked
from .objects import Intended


class Standing:
    """The objects of one kind: those of the folder that is pushed to, and all others that the token may see."""

    def __init__(self, listed: Iterable[Listed], folder: str) -> None:
        everywhere = [*listed]
        here = [one for one in everywhere if one.folder_id == folder]
        self._marks = {one.id: mark for one in here if (mark := marked(one.description)) is not None}
        nobodys = [one for one in here if one.id not in self._marks]
        self.ours = _by(lambda one: self._marks[one.id].reference, (one for one in here if one.id in self._marks))
        """By reference: those with our line, the oldest first."""
        self._by_ref_id, self._by_name = _by(_ref_id, nobodys), _by(_name, nobodys)
        self._anywhere_by_ref_id, self._anywhere_by_name = _by(_ref_id, everywhere), _by(_name, everywhere)

    def mark(self, found: Listed) -> Marked | None:
        """Our line on an object of the folder."""
        return self._marks.get(found.id)

    def matching(self, intended: Intended) -> list[Listed]:
        """Objects that are the intended one: by our line, or without any by the reference, or by a name that is
        ours."""
        by_line = self.ours.get(intended.reference, [])
        by_ref_id = self._by_ref_id.get(intended.ref_id or "", [])
        by_name = self._by_name.get(intended.name.lower(), []) if intended.kind != "entity" else []
        return [*{one.id: one for one in (*by_line, *by_ref_id, *by_name)}.values()]

    def alike(self, intended: Intended) -> Listed | None:
        """An object of that name or reference, whoever has made it, and wherever it stands."""
        found = (
            *self._anywhere_by_name.get(intended.name.lower(), []),
            *self._anywhere_by_ref_id.get(intended.ref_id or "", []),
        )
        return next(iter(found), None)


def _by(key: Callable[[Listed], str | None], listed: Iterable[Listed]) -> Mapping[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for name, one in _keyed(key, listed):
        found.setdefault(name, []).append(one)
    return found


def _keyed(key: Callable[[Listed], str | None], listed: Iterable[Listed]) -> Iterator[tuple[str, Listed]]:
    """Those that have a key."""
    for one in listed:
        name = key(one)
        if name:
            yield name, one


def _ref_id(one: Listed) -> str | None:
    return one.ref_id


def _name(one: Listed) -> str:
    return one.name.lower()
