"""What manifests declare, and which manifest answers for a file.

In: manifests. Out: the routes of each, and for a path the nearest manifest above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec
from msgspec import UnsetType

from ..model.manifest import Manifest, RouteName, SettingValue, Usage, name_of
from ..model.manifest import Route as WrittenRoute
from ..model.vocabulary import RouteOfUsage
from ..source import Path, Source

Place: TypeAlias = Callable[[str], str]
"""The path of a file from the root of the repository, by how it is shown; one that begins with a slash is not in
there."""


class Route(msgspec.Struct, frozen=True):
    """One route of a usage, as it is declared."""

    kind: RouteOfUsage
    name: RouteName
    usage: str
    place: Path
    """Where it stands in the manifest."""
    endpoints: tuple[str, ...] | None = None
    """None: not declared."""
    models: tuple[str, ...] | None = None
    """None: not declared."""
    region: str | None = None
    cloud_region: str | None = None
    settings: Mapping[str, SettingValue] = {}
    agreements: tuple[str, ...] = ()

    @property
    def keeps_nothing(self) -> bool:
        """Whether it claims that the vendor keeps nothing of what is sent."""
        return self.settings.get("zero_data_retention") is True or "zdr" in self.agreements


class Declaring(msgspec.Struct, frozen=True):
    """What covers some code: a manifest with all that it declares, or several that stand in one folder."""

    shown: str
    """Its path, or theirs."""
    routes: tuple[Route, ...]
    folder: str
    """What it covers: the folder from the root of the repository, with a slash at its end, empty for the root
    itself."""
    source: Source
    """Of a manifest alone."""


class Elsewhere(msgspec.Struct, frozen=True):
    """A manifest that covers code, and that nothing is held against here."""

    shown: str
    is_unread: bool
    """Whether it has mistakes, which the run says by itself."""


class Declarations(msgspec.Struct, frozen=True):
    """Every manifest of a run, and where others stand."""

    declaring: tuple[Declaring, ...]
    """Each manifest by itself."""
    by_folder: Mapping[str, Declaring | Elsewhere]

    def above(self, path: str) -> Declaring | Elsewhere | None:
        """What covers a file: the manifest that is nearest in the folders above it."""
        folder = _folder(path)
        while folder not in self.by_folder:
            if folder in ("", "/"):
                return None
            folder = _folder(folder[:-1])
        return self.by_folder[folder]


class TheOne(Declarations, frozen=True):
    """A manifest that somebody named, and no other: it covers every file that is looked at."""

    def above(self, path: str) -> Declaring:
        """The one."""
        return self.declaring[0]


def declarations(
    manifests: Sequence[Manifest],
    place: Place = str,
    *,
    named: bool = False,
    unread: Iterable[str] = (),
    others: Iterable[str] = (),
) -> Declarations:
    """What manifests declare.

    Args:
        place: the path of a file from the root of the repository, by how it is shown.
        named: whether somebody named them one by one, so that one that is alone is meant for all code.
        unread: manifests with mistakes, as they are shown; code that they cover is not looked at.
        others: all other manifests there are, as they are shown.
    """
    declaring = tuple(
        Declaring(one.source.path, tuple(_routes(one)), _folder(place(one.source.path)), one.source)
        for one in manifests
    )
    if named and len(declaring) == 1:
        return TheOne(declaring, {})
    found: dict[str, Declaring | Elsewhere] = {_folder(place(one)): Elsewhere(one, is_unread=False) for one in others}
    found.update((_folder(place(one)), Elsewhere(one, is_unread=True)) for one in unread)
    return Declarations(declaring, {**found, **_together(declaring)})


def _together(declaring: Iterable[Declaring]) -> dict[str, Declaring]:
    """By folder; what stands in one folder covers the same code, and what either declares is declared."""
    found: dict[str, Declaring] = {}
    for one in declaring:
        other = found.get(one.folder)
        if other is not None:
            shown, routes = f"{other.shown} or {one.shown}", (*other.routes, *one.routes)
            found[one.folder] = msgspec.structs.replace(other, shown=shown, routes=routes)
        else:
            found[one.folder] = one
    return found


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _routes(manifest: Manifest) -> Iterator[Route]:
    for index, usage in enumerate(manifest.usages):
        place = ("usages", index)
        yield _route("primary", usage, usage, (*place, "offering"))
        for position, fallback in enumerate(usage.fallbacks):
            yield _route("fallback", fallback, usage, (*place, "fallbacks", position))
        if usage.via is not None:
            yield _route("gateway", usage.via, usage, (*place, "via"))
        for position, recipient in enumerate(usage.recipients):
            yield _route("recipient", recipient, usage, (*place, "recipients", position))


def _route(kind: RouteOfUsage, written: str | WrittenRoute | Usage, usage: Usage, place: Path) -> Route:
    """A route; what it leaves out is not taken from the usage, save the region."""
    own = WrittenRoute(written) if isinstance(written, str) else written
    return Route(
        kind,
        name_of(own),
        usage.id,
        place,
        None if isinstance(own.endpoints, UnsetType) else own.endpoints,
        None if isinstance(own.models, UnsetType) else own.models,
        _stated(own.region) or _stated(usage.region),
        _stated(own.cloud_region),
        own.settings,
        own.agreements,
    )


def _stated(text: str | UnsetType) -> str | None:
    return None if isinstance(text, UnsetType) else text
