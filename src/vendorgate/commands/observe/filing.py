"""Observations as files of a bundle: which file is of which account, what it says, how it gets there.

In: a folder, observations. Out: names and texts; files that are there whole or not at all, each read again before.
Refuses to know where an observation comes from.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
from msgspec import UnsetType

from ...errors import InputError, Problem, UsageError
from ...frame.changing import changed
from ...frame.writing import new_file, replace_file
from ...load.decode import decode
from ...load.document import read_document
from ...load.files import Folder, read_bytes
from ...logic import Json
from ...model.manifest import RouteName
from ...model.observation import NamesScope, ObservationFile, ScopedSettings, SettingsScope
from ...rewriting.changing import written
from ...rewriting.edits import Unclear
from ...source import Location, Source

Check = Callable[[ObservationFile, Source, list[Problem]], None]
"""Reports what would not be valid in the bundle."""
FOLDER: Final = "observations"
_ATTESTED: Final = ".attested.yaml"
_READ: Final = ".yaml"
_KEPT: Final = ".json"
_LONGEST: Final = 100
"""Characters of a name, before what it ends with."""
_LEFT_OUT: Final = ("account", "settings", "scoped_settings", "unreadable")
"""Fields that a file leaves out where there is nothing in them."""


class Filed(msgspec.Struct, frozen=True):
    """An observation that stands in a bundle."""

    written: ObservationFile
    name: str
    """Of its file, below the bundle."""


class Filing(msgspec.Struct, frozen=True):
    """A file that is to say something else."""

    path: str
    shown: str
    text: str
    before: bytes | None
    """What it said; None where there is none."""
    kept: bytes | None = None
    """The answers, to be kept beside it."""

    def write(self) -> None:
        """Put it in its place; whatever goes wrong, what was there stays.

        Raises:
            UsageError: it cannot be written, or somebody has changed it meanwhile.
        """
        if self.before is not None and self.before != _bytes(self.path, self.shown):
            place = Location(self.shown, 1, 1)
            raise UsageError([Problem("somebody has changed it meanwhile", place, "look at it, and run this again")])
        if self.kept is not None:
            _put(kept_beside(self.path), self.kept.decode("ascii"))
        _put(self.path, self.text)


def standing(folder: Folder, files: Iterable[tuple[ObservationFile, Source]], *, attested: bool) -> list[Filed]:
    """The observations of a bundle that were attested, or those that were read."""
    every = (Filed(written, source.path.removeprefix(folder.file("")[1])) for written, source in files)
    return [one for one in every if isinstance(one.written.attested, UnsetType) is not attested]


def of_account(name: RouteName, filed: Iterable[Filed]) -> Filed | None:
    """The one of an account: a bundle that is valid has one at most."""
    return next((one for one in filed if (one.written.offering, one.written.account) == _key(name)), None)


def name_for(name: RouteName, folder: Folder, taken: Collection[str], *, attested: bool) -> str:
    """A name for a new file: the account's, or the next one that no other file has."""
    stem = "-".join(word for word in _key(name) if word)[:_LONGEST]
    for number in count(1):
        end = "" if number == 1 else f"-{number}"
        found = f"{FOLDER}/{stem}{end}{_ATTESTED if attested else _READ}"
        if found not in taken and not os.path.lexists(folder.file(found)[0]):
            return found
    raise AssertionError("there is always another number")


def filing(
    folder: Folder, name: str, found: ObservationFile, check: Check, *, is_there: bool, kept: bytes | None = None
) -> Filing:
    """The file of an observation, with what somebody wrote beside it left alone.

    Raises:
        InputError: what is there cannot be read, or a bundle with it would not be valid.
    """
    path, shown = folder.file(name)
    before = _bytes(path, shown) if is_there else None
    text = _text(shown, before, _values(found))
    _require(shown, text, found, check)
    return Filing(path, shown, text, before, kept)


def kept_beside(path: str) -> str:
    """Where the answers are kept that a file rests on."""
    return os.path.splitext(path)[0] + _KEPT


def _key(name: RouteName) -> tuple[str, str | None]:
    return name.offering, name.account


def _text(shown: str, before: bytes | None, values: Mapping[str, Json]) -> str:
    if before is not None:
        try:
            return changed(shown, before, values, ObservationFile.__struct_fields__).decode("utf-8")
        except Unclear:
            pass  # it is anew what it would be without a file there
    return written(values)


def _values(found: ObservationFile) -> dict[str, Json]:
    """What a file says, without what may be left out."""
    said: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(found))
    said["scoped_settings"] = [*map(_entry, found.scoped_settings)]
    if not isinstance(found.scope, UnsetType):
        said["scope"] = _scope(found.scope)
    return {name: value for name, value in said.items() if value or name not in _LEFT_OUT}


def _entry(entry: ScopedSettings) -> Json:
    return {"scope": _scope(entry.scope), "settings": {**entry.settings}}


def _scope(scope: NamesScope | SettingsScope) -> Json:
    reached = {axis: getattr(scope, axis) for axis in scope.__struct_fields__}
    return {axis: {"only": [*one.only]} for axis, one in reached.items() if one is not None}


def _require(shown: str, text: str, found: ObservationFile, check: Check) -> None:
    """Refuse to write what would not be read as what it is meant to say."""
    problems: list[Problem] = []
    document = read_document(shown, text.encode("utf-8"), problems)
    read = None if document is None else decode(document, ObservationFile, problems)
    if document is not None and read is not None:
        check(read, document.source, problems)
    if problems:
        raise InputError(problems)
    assert read == found, "a file that says something else than it should"


def _bytes(path: str, shown: str) -> bytes:
    problems: list[Problem] = []
    data = read_bytes(path, shown, problems)
    if data is None:
        raise InputError(problems)
    return data


def _put(path: str, text: str) -> None:
    where = Path(os.path.realpath(path))
    (replace_file if os.path.lexists(where) else new_file)(where, text)
