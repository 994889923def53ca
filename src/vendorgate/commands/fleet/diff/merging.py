"""Two runs gone through side by side, in the order of names, so that what it takes does not grow with them.

In: rows of each, sorted by their keys. Out: pairs; None where one of the two has nothing of that key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeVar

import msgspec

from ....load.places import is_repository
from ..run.reading import Run
from .model import SubjectName

Key = TypeVar("Key", "SubjectName", tuple[str, str], str)
Row = TypeVar("Row")

_SUBJECTS: Final = """
SELECT COALESCE(manifests.repository, '') AS repository, manifests.path, subjects.usage, subjects.route,
  subjects.offering, COALESCE(subjects.account, '') AS account, COALESCE(subjects.vendor, '') AS vendor,
  subjects.case_id, cases.digest, subjects.line, manifests.sha256, manifests.project, manifests.owner, manifests.bound
FROM subjects JOIN manifests ON manifests.id = subjects.manifest JOIN cases ON cases.id = subjects.case_id
ORDER BY repository, manifests.path, subjects.usage, subjects.route, subjects.offering, account, vendor, subjects.id
"""
_MANIFESTS: Final = """
SELECT COALESCE(repository, '') AS repository, path, problems <> '[]' FROM manifests ORDER BY repository, path, id
"""
_REPOSITORIES: Final = "SELECT name, state = 'error' FROM repositories ORDER BY name"


class SeenSubject(msgspec.Struct, frozen=True):
    """A subject of a run."""

    case: int
    digest: str
    line: int | None
    sha256: str
    """Of its manifest."""
    whose: tuple[str | None, str | None, int | None]
    """Project, owner, and whether the bundle binds it."""


def subjects_of(run: Run) -> Iterator[tuple[SubjectName, SeenSubject]]:
    """Every subject of a run, by name; of one name in the order of the run."""
    for row in run.database.execute(_SUBJECTS):
        yield SubjectName(*row[:7]), SeenSubject(row[7], row[8], row[9], row[10], row[11:])


def manifests_of(run: Run) -> Iterator[tuple[tuple[str, str], bool]]:
    """Every manifest of a run by repository and path, and whether it could not be judged."""
    return (((repository, path), failed == 1) for repository, path, failed in run.database.execute(_MANIFESTS))


def repositories_of(run: Run) -> Iterator[tuple[str, bool]]:
    """Every repository of a run, and whether it could not be reached."""
    return ((name, failed == 1) for name, failed in run.database.execute(_REPOSITORIES))


def merged(
    before: Iterable[tuple[Key, Row]], after: Iterable[tuple[Key, Row]]
) -> Iterator[tuple[Key, Row | None, Row | None]]:
    """Rows of two sorted sides by key; of one key the first beside the first, the second beside the second."""
    olds, news = iter(before), iter(after)
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[0] < new[0]):
            assert old is not None
            yield old[0], old[1], None
            old = next(olds, None)
        elif old is None or new[0] < old[0]:
            yield new[0], None, new[1]
            new = next(news, None)
        else:
            yield old[0], old[1], new[1]
            old, new = next(olds, None), next(news, None)


class Marked:
    """Keys that were marked, asked for in their order: nothing but the next one is remembered."""

    def __init__(self, keys: Iterator[tuple[str, ...]]) -> None:
        self._keys = keys
        self._next = next(keys, None)

    def has(self, key: tuple[str, ...]) -> bool:
        """Whether a key is marked; it is not less than any that was asked for before."""
        while self._next is not None and self._next < key:
            self._next = next(self._keys, None)
        return self._next == key


class Presence:
    """What of a run is there and could be judged, asked for in the order of subjects."""

    def __init__(self, run: Run) -> None:
        self._unreached = Marked((name,) for name, failed in repositories_of(run) if failed)
        self._unnamed = frozenset(name for name, failed in repositories_of(run) if failed and not is_repository(name))
        """Those of which nobody knows OWNER/NAME: their manifests are known by the beginnings of their paths."""
        self._failed = Marked(key for key, failed in manifests_of(run) if failed)
        self._there = Marked(key for key, _ in manifests_of(run))

    def of(self, name: SubjectName) -> Literal["failed", "there", "gone"]:
        """What became of the manifest of a subject: it could not be judged, it was judged, or there is none."""
        key = name.repository, name.manifest
        if self._failed.has(key) or self._unreached.has((name.repository,)) or self._is_below_unreached(name):
            return "failed"
        return "there" if self._there.has(key) else "gone"

    def _is_below_unreached(self, name: SubjectName) -> bool:
        """Whether a manifest of no known repository may be of one that could not be reached."""
        if name.repository or not self._unnamed:
            return False
        steps = name.manifest.split("/")
        return any("/".join(steps[:number]) in self._unnamed for number in range(1, len(steps)))
