"""Which files of a bundle are in force: all of them, save optional packs that nobody asked for.

In: the files of a bundle, what its `bundle.yaml` says of packs, what a command asks for. Out: files in force.
A pack is a folder right below a bundle; the library that comes with vendorgate is a bundle of packs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Literal

import msgspec

from ..errors import Problem, enough
from ..model.policy import BundleFile
from ..source import Source
from .files import Folder, yaml_files

File = tuple[Folder, str]
"""The folder that a file is in, and its path in there."""


class PackChoice(msgspec.Struct, frozen=True):
    """What a command asks for."""

    asked: tuple[str, ...] = ()
    """Packs by name."""
    library: Folder | None = None
    """Where packs come from that the bundle does not have."""
    beside: Literal["required", "nothing", "everything"] = "required"
    """What is in force beside the packs that are asked for: all that is not optional, nothing, or all there is."""


def in_force(
    folder: Folder,
    names: list[str],
    settings: tuple[BundleFile, Source | None],
    choice: PackChoice,
    problems: list[Problem],
) -> list[File]:
    """The files in force, of the bundle first; a pack that does not exist is a problem."""
    written, source = settings
    own = {_top(name) for name in names if "/" in name}
    _refuse_missing(written, source, own, problems)
    required = written.packs if choice.beside != "nothing" else ()
    wanted = tuple(dict.fromkeys((*required, *choice.asked)))
    optional, named = frozenset(written.optional_packs), frozenset(wanted)
    kept = [(folder, name) for name in names if _is_kept(name, optional, choice, named)]
    for pack in wanted:
        if pack not in own and (pack or pack in choice.asked):  # an empty one of the file has been reported
            kept.extend(_of_library(pack, own, (written, source), choice, problems))
    return kept


def _top(name: str) -> str:
    return name.partition("/")[0]


def _is_kept(name: str, optional: frozenset[str], choice: PackChoice, wanted: frozenset[str]) -> bool:
    if choice.beside == "everything" or ("/" in name and _top(name) in wanted):
        return True
    return choice.beside == "required" and not ("/" in name and _top(name) in optional)


def _refuse_missing(written: BundleFile, source: Source | None, own: set[str], problems: list[Problem]) -> None:
    for index, pack in enumerate(written.optional_packs):
        if pack and pack not in own and source is not None and not enough(problems):
            from ..logic.nearest import suggestion  # a mistake

            location = source.locate(("optional_packs", index))
            problems.append(Problem(f"no folder `{pack}` in the bundle", location, suggestion(pack, own), source))


def _of_library(
    pack: str, own: set[str], settings: tuple[BundleFile, Source | None], choice: PackChoice, problems: list[Problem]
) -> Iterable[File]:
    library = choice.library
    offered = packs_of(library) if library is not None else set()
    if library is not None and pack in offered:
        names = yaml_files(Folder(os.path.join(library.path, pack), f"{library.shown}/{pack}"), problems)
        return [(library, f"{pack}/{name}") for name in names]
    if enough(problems):
        return ()
    from ..logic.nearest import suggestion  # a mistake

    written, source = settings
    there = own | offered
    in_file = source is not None and pack in written.packs and pack not in choice.asked
    location = source.locate(("packs", written.packs.index(pack))) if source is not None and in_file else None
    problems.append(
        Problem(f"no pack `{pack}`", location, suggestion(pack, there, "packs"), source if in_file else None)
    )
    return ()


def packs_of(library: Folder) -> set[str]:
    """The names of the packs of a library."""
    try:
        return {entry.name for entry in os.scandir(library.path) if entry.is_dir()}
    except OSError:
        return set()
