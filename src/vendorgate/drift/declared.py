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
from ..source import Path

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
    """A manifest with all that it declares."""

    manifest: Manifest
    routes: tuple[Route, ...]
    folder: str
    """What it covers: the folder from the root of the repository, with a slash at its end, empty for the root
    itself."""

    @property
    def shown(self) -> str:
        """Its path."""
        return self.manifest.source.path


class Declarations(msgspec.Struct, frozen=True):
    """Every manifest of a run, and where others stand."""

    declaring: tuple[Declaring, ...]
    others: frozenset[str] = frozenset()
    """Folders of manifests that nobody holds code against here: what they cover is another run's, or is said to be not
    judged."""

    def above(self, path: str) -> Declaring | None:
        """The manifest that covers a file: the nearest in the folders above it."""
        covering = [one for one in self.declaring if _is_below(path, one.folder)]
        return max(covering, key=lambda one: len(one.folder), default=None)

    def is_anothers(self, path: str) -> bool:
        """Whether a manifest covers a file that code is not held against here."""
        nearest = max((one for one in self.others if _is_below(path, one)), key=len, default=None)
        own = self.above(path)
        return nearest is not None and (own is None or len(nearest) > len(own.folder))


class TheOne(Declarations, frozen=True):
    """A manifest that somebody named, and no other: it covers every file that is looked at."""

    def above(self, path: str) -> Declaring | None:
        """The one."""
        return self.declaring[0]

    def is_anothers(self, path: str) -> bool:
        """None is."""
        return False


def declarations(
    manifests: Sequence[Manifest], place: Place = str, *, named: bool = False, others: Iterable[str] = ()
) -> Declarations:
    """What manifests declare.

    Args:
        place: the path of a file from the root of the repository, by how it is shown.
        named: whether somebody named them one by one, so that one that is alone is meant for all code.
        others: manifests that code is not held against here, as they are shown.
    """
    declaring = tuple(Declaring(one, tuple(_routes(one)), _folder(place(one.source.path))) for one in manifests)
    if named and len(declaring) == 1:
        return TheOne(declaring)
    return Declarations(declaring, frozenset(_folder(place(one)) for one in others))


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder) if folder else not path.startswith("/")


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
