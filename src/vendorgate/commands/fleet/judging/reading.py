"""Rows to manifests: their form, as strictly as a check reads it, and fast where the form is right.

In: a row. Out: what the manifest says, and a `Source` whose places are fields, since the row has no lines of its own.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ....errors import Problem
from ....load.manifest import ReadManifest, manifest_from, repeated_ids
from ....logic import Json
from ....model.manifest import ManifestFile
from ....source import Location, Path, Source
from ..model import Row

_SHORT: Final = 10_000
"""Bytes: as many as a scalar may have characters; a document of so many has no more nodes than it may."""
_MOST_NODES: Final = 20_000
_DIGITS: Final = bytes.maketrans(b"123456789", b"0" * 9)
_UNSEEN: Final = b"\0"
_SEEN: Final = bytes(code if chr(code).isprintable() else 0 for code in range(128)).translate(_DIGITS) + bytes(128)
"""ASCII, each digit as a naught and what cannot be printed as `_UNSEEN`."""
_SIXTEEN: Final = b"0" * 16
"""A number of so many digits may be one that not every reader holds."""
_TINY: Final = (b"0e-000", b"0E-000")
"""A number of such an exponent may be one that is read as 0."""
_MARKS: Final = (b",", b":", b"[", b"{")
_decode: Final = msgspec.json.Decoder(ManifestFile).decode


class Fields(Source):
    """A manifest as values alone: a place in it is the name of a field, and has no line."""

    __slots__ = ("_first", "_values", "_written")

    def __init__(self, path: str, written: bytes, first: int = 0) -> None:
        super().__init__(path, "", lambda text: None)
        self._written = written
        self._first = first
        """The usage that is looked at as the first."""
        self._values: Json = None

    def alone(self, usage: int) -> Fields:
        """The same as if it had one of its usages alone."""
        return Fields(self.path, self._written, usage)

    @property
    def has_lines(self) -> bool:
        return False

    @property
    def values(self) -> Json:
        """All that the manifest states."""
        if self._values is None:
            self._values = msgspec.json.decode(self._written)
        return self._values

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        """The field, in place of lines."""
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return Location(f"{self.path}: {steps.removeprefix('.')}" if steps else self.path, 1, 1)

    def has(self, path: Path) -> bool:
        """Whether a value stands at `path`, and does not hold by default."""
        value = self.values
        for number, step in enumerate(path):
            step = self._first + step if number == 1 and isinstance(step, int) and path[0] == "usages" else step
            if isinstance(value, dict) and step in value:
                value = value[str(step)]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return False
        return True


def read_row(row: Row, problems: list[Problem]) -> ReadManifest | None:
    """The form of a manifest; None and problems where it has none."""
    source, written = Fields(row.path, row.written), None
    if is_plain(row.written):
        try:
            written = _decode(row.written)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            written = None  # why, the strict reader says
    if written is not None:
        repeated_ids(written, source, problems)
        return ReadManifest(written, source, row.sha256, path=row.place)
    found = manifest_from(row.written, row.path, problems)
    return None if found is None else ReadManifest(found.written, source, row.sha256, path=row.place)


def stated_in(source: Source, usage: int) -> bytes:
    """Which fields a usage and its routes state, whatever they say."""
    assert isinstance(source, Fields)
    values = source.values
    assert isinstance(values, dict)
    usages = values["usages"]
    assert isinstance(usages, list)
    return msgspec.json.encode(_names_of(usages[usage]), order="sorted")


def _names_of(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _names_of(one) for name, one in value.items()}
    return [_names_of(one) for one in value] if isinstance(value, list) else None


def is_within_limits(written: bytes) -> bool:
    """Whether a text is surely within the limits of a manifest; others are read closely."""
    if _has_odd_number(written.translate(_DIGITS)):
        return False
    if len(written) <= _SHORT:
        return True
    if b"\\" in written or max(map(len, written.split(b'"'))) > _SHORT:
        return False
    return sum(map(written.count, _MARKS)) < _MOST_NODES


def _has_odd_number(seen: bytes) -> bool:
    """Whether a text, with its digits as naughts, may have a number that not every reader holds."""
    return _SIXTEEN in seen or _TINY[0] in seen or _TINY[1] in seen


def is_plain(written: bytes) -> bool:
    """Whether a text is surely within the limits, and nothing is hidden in it, such as a control character, which no
    manifest may have."""
    if len(written) <= _SHORT and written.isascii():  # of most, which this says in one step
        seen = written.translate(_SEEN)
        return _UNSEEN not in seen and not _has_odd_number(seen)
    return is_within_limits(written) and _is_printable(written)


def _is_printable(written: bytes) -> bool:
    try:
        return written.decode().isprintable()
    except UnicodeDecodeError:
        return False


def words_of(problem: Problem) -> str:
    """A problem in one line, as a row has it."""
    place = problem.location
    where = "" if place is None else f"{place.path}: " if (place.line, place.column) == (1, 1) else f"{place}: "
    return f"{where}{problem.title}" + (f"; {problem.help}" if problem.help else "")
