"""Vendors that a manifest calls `unlisted`: each has a name, and none is one that the registry lists.

In: the name of a route, the words of the offerings. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import UnsetType

from ..errors import Problem, enough
from ..logic import Json
from ..logic.functions import is_glob
from ..logic.wording import few
from ..model.manifest import RouteName
from ..model.vocabulary import UNLISTED
from ..source import Path, Source
from .document import read_document
from .files import read_bytes
from .snapshot import Index
from .words import Words

if TYPE_CHECKING:
    from ..model.waiver import WaiverEntry

_CALLED: tuple[str, ...] = ("id", "name", "developer", "platform", "aliases")
"""The keys of an offering by whose words people know a vendor."""
_NOT_CALLED = frozenset(
    ("dimensions", "implies", "models", "endpoints", "features", "hosts", "sdk_packages", "signatures")
)
_MOST = 4


def plain_vendor(name: str) -> str:
    """The name of a vendor as such names are compared: without case and outer spaces."""
    return name.strip().casefold()


def same_route(name: RouteName) -> RouteName:
    """What two routes of a usage may not both be; an unlisted vendor is one, however many accounts it has."""
    if name.offering != UNLISTED:
        return name
    return RouteName(UNLISTED, None, plain_vendor(name.vendor or ""))


def check_vendor(name: RouteName, words: Words, place: tuple[Source, Path, Path], problems: list[Problem]) -> None:
    """Report an unlisted vendor without a name or with a listed one, and a vendor beside an offering.

    `place` has where the offering stands, and where the vendor does.
    """
    source, offering, vendor = place
    if not name.offering or name.vendor == "" or enough(problems):  # what could not be read has been reported
        return
    if name.vendor is None:
        if name.offering == UNLISTED:
            help = "say who it is: {offering: unlisted, vendor: NAME}"
            problems.append(Problem("`unlisted` without a `vendor`", source.locate(offering), help, source))
        return
    if name.offering != UNLISTED:
        title = f"a `vendor` beside the offering `{name.offering}`"
        help = "take it out; `vendor` says who it is where the offering is `unlisted`"
        problems.append(Problem(title, source.locate(vendor), help, source))
        return
    listed = words.vendors().get(plain_vendor(name.vendor))
    if listed:
        title = f"the registry lists `{name.vendor}`: an unlisted vendor is one that it does not have"
        named = few([f"`offering: {id}`" for id in listed], _MOST)
        help = f"write {named} instead" if len(listed) == 1 else f"write the one that is meant instead: {named}"
        problems.append(Problem(title, source.locate(vendor), help, source))


def check_vendor_waived(entry: WaiverEntry, index: int, source: Source, problems: list[Problem]) -> None:
    """Report a waiver of unlisted vendors that does not say which one: it would be for whoever comes next."""
    if entry.offering != UNLISTED or (isinstance(entry.vendor, str) and not is_glob(entry.vendor)):
        return
    title = "a waiver of `unlisted` that names no vendor, and would be for whoever comes next"
    location = source.locate(("waivers", index, "offering" if isinstance(entry.vendor, UnsetType) else "vendor"))
    problems.append(Problem(title, location, "add `vendor`, as the manifest has it, without `*` or `?`", source))


def read_vendors(index: Index, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """By each name of a vendor the offerings that have it: out of the files of the registry, and what a bundle adds."""
    found: dict[str, dict[str, None]] = {}
    for id in sorted(index.ids):
        for word in _called(_outline(index, id, problems), index, id):
            found.setdefault(plain_vendor(word), {})[id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def _outline(index: Index, id: str, problems: list[Problem]) -> Json:
    """What an offering states of itself, without what it documents."""
    own = index.overlays.offering(id) if index.overlays is not None else None
    if own is not None:
        return own.document.value
    path, shown = index.folder.file(f"offerings/{id}.yaml")
    data = read_bytes(path, shown, problems)
    document = read_document(shown, data, problems, _NOT_CALLED) if data is not None else None
    return None if document is None else document.value


def _called(value: Json, index: Index, id: str) -> Iterator[str]:
    offering = value if isinstance(value, dict) else {}
    for key in _CALLED:
        words = offering.get(key)
        yield from (word for word in (words if isinstance(words, list) else [words]) if isinstance(word, str))
    for extension in index.overlays.of(id) if index.overlays is not None else ():
        yield from extension.written.aliases
