"""The files below a folder that git does not list: all that a walk meets, but what a `.gitignore` there leaves out.

In: a folder. Out: paths from it, with forward slashes. Links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from pathspec import GitIgnoreSpec

_IGNORE = ".gitignore"
_LARGEST = 1024 * 1024
"""Bytes of a `.gitignore` that are read."""


def walked(folder: str, left_out: Collection[str]) -> Iterator[str]:
    """Every file, folder by folder; not those in folders of these names."""
    specs: dict[str, GitIgnoreSpec] = {}
    for place, folders, names in os.walk(folder, followlinks=False):
        inside = os.path.relpath(place, folder).replace(os.sep, "/")
        here = "" if inside == "." else f"{inside}/"
        if _IGNORE in names and (found := _spec(os.path.join(place, _IGNORE))) is not None:
            specs[here] = found
        folders[:] = sorted(
            name for name in folders if name not in left_out and not _is_ignored(f"{here}{name}/", specs)
        )
        yield from (f"{here}{name}" for name in names if not _is_ignored(f"{here}{name}", specs))


def _is_ignored(path: str, specs: dict[str, GitIgnoreSpec]) -> bool:
    """By the nearest file that says anything of it."""
    for folder in _above(path):
        spec = specs.get(folder)
        said = None if spec is None else spec.check_file(path[len(folder) :]).include
        if said is not None:
            return said
    return False


def _above(path: str) -> Iterator[str]:
    at = path.rstrip("/").rfind("/")
    while at >= 0:
        yield path[: at + 1]
        at = path.rfind("/", 0, at)
    yield ""


def _spec(path: str) -> GitIgnoreSpec | None:
    """What a `.gitignore` says; None where it cannot be read or is no plain file of a sensible size."""
    try:
        if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > _LARGEST:
            return None
        with open(path, encoding="utf-8", errors="replace") as file:
            return GitIgnoreSpec.from_lines(file.read().splitlines())
    except (OSError, ValueError):
        return None
