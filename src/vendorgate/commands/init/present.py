"""The manifest that is here, which gets one more usage, and those above, which do not.

In: the working directory. Out: a manifest that a check takes; its bytes with a usage behind the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from ...errors import InputError, Problem, UsageError
from ...frame.changing import changed, values_of
from ...frame.defaults import paths_for
from ...load.files import JUDGED, read_bytes, shown_path
from ...load.nearby import standing
from ...logic import Json
from ...model.manifest import FILE_NAMES, Manifest
from ...rewriting.edits import Unclear
from ...source import Location
from .holding import Holding


class Present(msgspec.Struct, frozen=True):
    """The manifest of the working directory."""

    path: Path
    data: bytes
    written: Manifest

    @property
    def shown(self) -> str:
        return self.path.as_posix()

    @property
    def usages(self) -> frozenset[str]:
        """The ids of its usages."""
        return frozenset(one.id for one in self.written.usages)


def present_manifest(holding: Holding) -> Present | None:
    """The manifest here, of either name; None where there is none.

    Raises:
        InputError: a check does not take it.
    """
    if not any(Path(name).exists() or Path(name).is_symlink() for name in FILE_NAMES):
        return None
    path = paths_for(())[0]
    data = bytes_of(path)
    given = holding.read(data, shown_path(path))
    if given.evaluation is None:
        raise InputError(given.problems)
    (manifest,) = given.evaluation.manifests
    return Present(Path(path), data, manifest)


def bytes_of(path: str) -> bytes:
    """The bytes of a manifest.

    Raises:
        InputError: it cannot be read.
    """
    problems: list[Problem] = []
    data = read_bytes(path, shown_path(path), problems, JUDGED)
    if data is None:
        raise InputError(problems)
    return data


def manifest_above() -> str | None:
    """The nearest manifest in the folders above, up to the root of the repository."""
    found = [path for name in FILE_NAMES for path in standing(name) if path.startswith("../")]
    return min(found, key=lambda path: (path.count("../"), path), default=None)


def with_usage(shown: str, data: bytes, usage: Mapping[str, Json]) -> bytes:
    """A manifest with a usage behind its last one, and all else as it was.

    Raises:
        InputError: it would become too large.
        UsageError: nothing can be added without a change of the rest.
    """
    old = values_of(shown, data, JUDGED)
    usages = old["usages"]
    assert isinstance(usages, list), "a strict reader takes nothing else"
    try:
        return changed(shown, data, {**old, "usages": [*usages, dict(usage)]}, limits=JUDGED)
    except Unclear:
        title = "nothing can be added without a change of the rest"
        raise UsageError([Problem(title, Location(shown, 1, 1), "add the usage by hand, as printed here")]) from None
