"""Rows to manifests: their form, as strictly as a check reads it, and fast where the form is right.

In: a row. Out: what the manifest says, and a `Source` whose places are fields, since the row has no lines of its own.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ....errors import Problem
from ....load.manifest import ReadManifest, manifest_from, repeated_ids
from ....model.manifest import ManifestFile
from ....source import Location, Path, Source
from ..model import Row

_SHORT: Final = 10_000
"""Bytes: as many as a scalar may have characters; a document of so many has no more nodes than it may."""
_MOST_NODES: Final = 20_000
_MARKS: Final = (b",", b":", b"[", b"{")
_decode: Final = msgspec.json.Decoder(ManifestFile).decode


class Fields(Source):
    """A manifest without a text: a place in it is the name of the field."""

    __slots__ = ("_line",)

    def __init__(self, row: Row) -> None:
        super().__init__(row.path, "", lambda text: None)

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        """The field, in place of lines."""
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return Location(f"{self.path}: {steps.removeprefix('.')}" if steps else self.path, 1, 1)

    def has(self, path: Path) -> bool:
        """Nobody knows what is written there."""
        return False


def read_row(row: Row, problems: list[Problem]) -> ReadManifest | None:
    """The form of a manifest; None and problems where it has none."""
    if is_within_limits(row.written):
        try:
            written = _decode(row.written)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            written = None  # why, the strict reader says
        if written is not None:
            source = Fields(row)
            repeated_ids(written, source, problems)
            return ReadManifest(written, source, row.sha256, path=row.place)
    found = manifest_from(row.written, row.path, problems)
    return None if found is None else msgspec.structs.replace(found, sha256=row.sha256, path=row.place)


def is_within_limits(written: bytes) -> bool:
    """Whether a text is surely within the limits of a manifest, in scalars and nodes; others are read closely."""
    if len(written) <= _SHORT:
        return True
    if b"\\" in written or max(map(len, written.split(b'"'))) > _SHORT:
        return False
    return sum(map(written.count, _MARKS)) < _MOST_NODES


def words_of(problem: Problem) -> str:
    """A problem in one line, as a row has it."""
    place = problem.location
    where = "" if place is None else f"{place.path}: " if (place.line, place.column) == (1, 1) else f"{place}: "
    return f"{where}{problem.title}" + (f"; {problem.help}" if problem.help else "")
