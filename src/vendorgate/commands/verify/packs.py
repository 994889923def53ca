"""Packs that have policies which a report has and a bundle lacks: reports do not say which packs were asked for.

In: ids of policies. Out: names of packs, each asked for with `--pack`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ...errors import Problem
from ...load.bundle_files import read_bundle
from ...load.files import Folder
from ...load.packs import PackChoice


def packs_with(policies: frozenset[str], bundle: Folder, library: Folder | None) -> tuple[str, ...]:
    """The packs of a bundle and of the library that have any of the policies."""
    places = (bundle, *(() if library is None or library == bundle else (library,)))
    return tuple(sorted({pack for place in places for pack, id in _in_packs(place) if id in policies}))


def _in_packs(folder: Folder) -> Iterator[tuple[str, str]]:
    """Every pack of a folder with the id of each policy in it."""
    problems: list[Problem] = []
    files = read_bundle(msgspec.structs.replace(folder, shown="."), problems, PackChoice(beside="everything"))
    for written, source in files.policies if files is not None else ():
        pack, below, _ = source.path.partition("/")
        if below:
            yield from ((pack, entry.id) for entry in written.policies)
