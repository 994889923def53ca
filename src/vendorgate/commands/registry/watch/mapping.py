"""Which document of an archive is a copy of which page.

In: an archive's declarations, or the copies that cells name. Out: paths in the archive by page. Nothing is guessed: an
address that nobody declares, and of which no cell names a copy, is in no document.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import msgspec

from ....errors import Problem, UsageError
from ....git.repository import Repository
from ....load.files import opened, unreadable
from ....model.registry import Cell, Snapshot
from ....source import Location
from ..pages import page_of

DocumentsByPage = Mapping[str, tuple[str, ...]]
"""By page: the paths of the documents that hold its text."""
_ENDING: Final = ".json"
_EARLIER: Final = ".history"
"""Of what was declared before: where pages were, not where they are."""
_MOST: Final = 10_000
"""Files of a folder of declarations."""
_LARGEST: Final = 1024 * 1024
"""Bytes of one."""
_COPY: Final = re.compile(r"/[^/]+/[^/]+/blob/(?P<commit>[0-9a-f]{40})/(?P<path>.+)")


def declared(folder: str) -> tuple[DocumentsByPage, tuple[Problem, ...]]:
    """The pages that a folder of declarations names, and the files that could not be read.

    Raises:
        UsageError: there are no declarations in it.
    """
    inner = os.path.join(folder, "declarations")
    place = inner if os.path.isdir(inner) else folder
    try:
        services = sorted(name.removesuffix(_ENDING) for name in os.listdir(place) if name.endswith(_ENDING))
    except OSError as error:
        raise UsageError([unreadable(error, folder)]) from None
    if not services or len(services) > _MOST:
        title = "no declarations there" if not services else f"more than {_MOST} declarations"
        help = "name a checkout of declarations: a folder with declarations/<Service>.json"
        raise UsageError([Problem(title, Location(folder, 1, 1), help)])
    found: defaultdict[str, list[str]] = defaultdict(list)
    problems: list[Problem] = []
    for service in (one for one in services if not one.endswith(_EARLIER)):
        for address, document in _read(os.path.join(place, f"{service}{_ENDING}"), service, problems):
            found[page_of(address)].append(document)
    return _sorted(found), tuple(problems)


def _read(path: str, service: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Addresses of a service, and the document that each goes into."""
    try:
        with opened(path) as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        problems.append(unreadable(error, path))
        return
    try:
        declaration = msgspec.json.decode(data[:_LARGEST])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        problems.append(Problem("no JSON that can be read", Location(path, 1, 1), "see whether it is whole"))
        return
    for key in ("terms", "documents"):  # `documents` is what engines before 2024 call them
        terms = _mapping(declaration).get(key)
        for type, one in _mapping(terms).items():
            yield from ((address, f"{service}/{type}.md") for address in _addresses(_mapping(one)))


def _addresses(one: Mapping[str, Any]) -> Iterator[str]:
    parts = one.get("combine")
    for part in (one, *(parts if isinstance(parts, list) else ())):
        address = _mapping(part).get("fetch")
        if isinstance(address, str):
            yield address


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def copied(snapshot: Snapshot, repository: Repository) -> DocumentsByPage:
    """The pages of which cells name a copy that is in the archive: a commit that it has, and a path in it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for offering in snapshot.offerings.values():
        for cell in offering.cells.values():
            source = cell.written.source
            if source is not None:
                found[page_of(source)].extend(path for path, _ in _copies(cell, repository))
    return _sorted(found)


def contents_of_copies(cell: Cell, repository: Repository) -> frozenset[str]:
    """The ids of the texts that a cell names as copies, as far as the archive has them."""
    return frozenset(content for _, content in _copies(cell, repository))


def _copies(cell: Cell, repository: Repository) -> Iterator[tuple[str, str]]:
    """The path and the id of each copy."""
    for address in (cell.written.archived, *(one.archived for one in cell.written.readings or ())):
        named = None if address is None else copy_named(address)
        if named is None or repository.commit(named[0]) != named[0]:
            continue
        entry = repository.tree(named[0]).get(named[1])
        if entry is not None and entry.kind == "file":
            yield named[1], entry.id


def copy_named(address: str) -> tuple[str, str] | None:
    """The commit and the path of a copy at GitHub; None where an address is of something else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    found = _COPY.fullmatch(parts.path) if parts.scheme == "https" and parts.netloc == "github.com" else None
    return None if found is None else (found["commit"], unquote(found["path"], errors="surrogateescape"))


def together(maps: Iterable[DocumentsByPage]) -> DocumentsByPage:
    """What several maps say."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in maps:
        for page, documents in one.items():
            found[page].extend(documents)
    return _sorted(found)


def _sorted(found: Mapping[str, Iterable[str]]) -> DocumentsByPage:
    every = {page: tuple(sorted(set(documents))) for page, documents in found.items()}
    return {page: documents for page, documents in every.items() if documents}
