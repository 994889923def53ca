"""Which folders judge where nobody names any: the nearest ones from a folder up to the root of the repository.

In: the working directory. Out: a folder, or that there is none, and what is worth saying of how it was found.
A folder of the right name that is no bundle is passed over, and said; whether a bundle is valid is not asked here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from ..errors import Problem
from ..model.result import Notice
from ..source import Location
from .files import JUDGING, Folder, read_bytes, shown_path, yaml_files
from .places import repository_root

SHIPPED: Final = "the policies that came with vendorgate"
"""What judges where no bundle was found, in words."""
BUILT_IN: Final = "builtin"
"""The name of what comes with vendorgate, where a folder is asked for."""
_ELSEWHERE: Final = ("git+", "git@")
"""How addresses begin that have no `://`, or should have it."""
POLICIES: Final = "policies"
REGISTRY: Final = "registry-snapshot"
LOCK: Final = "vendorgate.lock"
"""The record of what was pulled, at the root of the repository."""
_SIGNS: Final = ("bundle.yaml", "agreements.yaml", "waivers.yaml", "accounts.yaml")
"""Files at the root of a folder that make it a bundle."""
_FOLDERS: Final = ("offerings/", "observations/")
"""Folders at its root that do."""
_KEYS: Final = ("version", "policies")
"""Keys at the top of a file that do."""
_EMPTY: Final = ("", "null", "~")
"""What a document without content says."""
_YAML: Final = (".yaml", ".yml")
_ABOVE: Final = rf"(?:\.\./)*{POLICIES}"
"""How a bundle that was found is called."""


class Nearest(msgspec.Struct, frozen=True):
    """What was found from a folder upwards."""

    folder: str | None
    """None where there is none."""
    passed_over: tuple[str, ...] = ()
    """Nearer folders of that name that are no bundle."""
    farther: str | None = None
    """The bundle of the root, where another is nearer."""


def nearest(candidates: Iterable[str], is_one: Callable[[str], bool]) -> Nearest:
    """Of folders that stand from a folder up to the root, the first that is what is looked for."""
    chosen: str | None = None
    last: str | None = None
    over: list[str] = []
    for one in candidates:
        if not is_one(one):
            over.extend([one] if chosen is None else [])
        elif chosen is None:
            chosen = one
        else:
            last = one
    return Nearest(chosen, tuple(over), last)


def notices_of(found: Nearest, judge: str) -> tuple[Notice, ...]:
    """What is worth saying of the bundle that was found; `judge` is what judges, in words."""
    notices = [
        Notice(
            "folder-passed-over",
            "warning",
            f"{one}/ is no bundle: it has none of {', '.join(_SIGNS)}, and no file of policies; {judge} judge instead",
            Location(one, 1, 1),
        )
        for one in found.passed_over
    ]
    if found.farther is not None and found.folder is not None:
        words = f"{found.folder}/ judges because it is nearer than {found.farther}/; name the one that is meant"
        notices.append(Notice("nested-bundle", "warning", f"{words}: --policies", Location(found.folder, 1, 1)))
    return tuple(notices)


def is_of_finding(notice: Notice) -> bool:
    """Whether a notice is one of how a bundle was found, in the words in which that is said."""
    place = "" if notice.location is None else notice.location.path
    if re.fullmatch(_ABOVE, place) is None:
        return False
    judge = re.search(rf"; (those in {_ABOVE}/|{SHIPPED}) judge instead$", notice.message)
    farther = re.search(rf" than ({_ABOVE})/; ", notice.message)
    found = Nearest(place, (place,), None if farther is None else farther[1])
    return notice in notices_of(found, "" if judge is None else judge[1])


def is_address(given: str) -> bool:
    """Whether a text means a place elsewhere, and no folder here."""
    return "://" in given or given.startswith(_ELSEWHERE)


def nearest_bundle() -> Nearest:
    """The bundle nearest to the working directory."""
    return nearest(standing(POLICIES), _is_bundle_on_disk)


def nearest_registry() -> Nearest:
    """The snapshot nearest to the working directory."""
    return nearest(standing(REGISTRY), os.path.isdir)


def standing(name: str) -> Iterator[str]:
    """Where a name stands, from the working directory up to the root, as somebody there writes it."""
    here = os.path.realpath(os.curdir)
    root = repository_root(here) or here
    above = ""
    while True:
        path = os.path.join(above, name)
        if os.path.lexists(path):
            yield shown_path(path)
        if here == root:
            return
        here, above = os.path.dirname(here), os.path.join(above, os.pardir)


def _is_bundle_on_disk(path: str) -> bool:
    """Whether a folder is a bundle; one that cannot be looked into is, so that it is told and not passed over."""
    if not os.path.isdir(path):
        return False
    if any(os.path.lexists(os.path.join(path, name)) for name in (*_SIGNS, *_FOLDERS)):
        return True
    problems: list[Problem] = []
    folder = Folder(path, path)
    names = yaml_files(folder, problems)
    return bool(problems) or is_bundle(names, lambda name: read_bytes(folder.file(name)[0], name, []))


def is_bundle(names: Iterable[str], read: Callable[[str], bytes | None]) -> bool:
    """Whether files, by their paths below a folder, make it a bundle; what cannot be read does."""
    every = list(names)
    if any(name in _SIGNS or name.startswith(_FOLDERS) for name in every):
        return True
    return any(_is_of_a_bundle(read(name)) for name in every if name.lower().endswith(_YAML))


def _is_of_a_bundle(data: bytes | None) -> bool:
    """Whether a file is meant for a bundle: empty, broken, or with a key at its top that only such files have."""
    if data is None or len(data) > JUDGING.size:
        return True
    from .libyaml import YAMLError, parse  # most bundles are known by the names of their files

    try:
        # Events, and not nodes: however deep the file is nested, nothing goes as deep.
        return _has_sign(parse(data.decode("utf-8")))
    except (YAMLError, UnicodeDecodeError):
        return True


def _has_sign(met: Iterable[object]) -> bool:
    """Whether any document is empty or has a key of a bundle's file at its top, or there is no document at all."""
    from .libyaml import events

    found, documents, depth, at_key = False, 0, 0, True
    for event in met:  # to the end: what breaks below is broken, too
        if isinstance(event, events.DocumentStartEvent):
            documents, depth, at_key = documents + 1, 0, True
        elif isinstance(event, events.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, events.NodeEvent):
            if depth == 1:
                found = found or (at_key and getattr(event, "value", None) in _KEYS)
                at_key = not at_key
            found = found or (depth == 0 and getattr(event, "value", None) in _EMPTY)
            depth += isinstance(event, events.CollectionStartEvent)
    return found or documents == 0
