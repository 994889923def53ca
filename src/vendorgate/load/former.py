"""Offerings that have left a snapshot: whether what it says of them is right, and what is told where one is named.

In: a snapshot as it is written. Out: problems.
"""

from __future__ import annotations

from collections.abc import Collection

from ..errors import Problem
from ..logic.nearest import suggestion
from ..model.registry import Former, SnapshotFile
from ..model.vocabulary import UNLISTED
from ..source import Path, Source


def check_former(written: SnapshotFile, ids: Collection[str], source: Source, problems: list[Problem]) -> None:
    """Report each that is still there, and each `instead` that is not."""
    for id, former in (written.former or {}).items():
        path: Path = ("former", id)
        if id == UNLISTED:
            title = f"`{UNLISTED}` is what a manifest calls a vendor that is not in the registry, and no offering"
            problems.append(Problem(title, source.locate(path, key=True), "give it another id", source))
        if id in ids:
            help = f"take it out, or remove offerings/{id}.yaml"
            problems.append(Problem(f"`{id}` is gone and there", source.locate(path, key=True), help, source))
        if former.instead and former.instead not in ids:
            place = source.locate((*path, "instead"))
            title = f"`{former.instead}` is not an offering of the registry"
            problems.append(Problem(title, place, suggestion(former.instead, ids), source))


def gone(id: str, former: Former) -> tuple[str, str]:
    """The problem of naming an offering that is gone: what is wrong, and what to do."""
    since = f" since {former.since}" if former.since is not None else ""
    help = f"use `{former.instead}`" if former.instead else "name the offering that took its place"
    note = f": {' '.join(former.note.split())}" if former.note else ""
    return f"`{id}` is no longer in the registry{since}", f"{help}{note}"
