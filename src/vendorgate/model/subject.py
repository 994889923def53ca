"""What is judged: one usage on one route, with the facts that bear on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from ..source import Location, Path

if TYPE_CHECKING:
    from ..logic import Json
    from .agreement import Agreement
    from .identity import Identity
    from .manifest import Manifest, RouteName
    from .observation import Observation
    from .registry import Offering
    from .vocabulary import RouteOfUsage

INHERITED: Final = ("region", "lifecycle")
"""Fields that a route has from its usage where it states none."""


class Contradiction(msgspec.Struct, frozen=True):
    """A declaration that says something else than a name that the same usage declares."""

    path: str
    """What it makes unknown, such as `usage.region`."""
    stated: Json
    """What is declared otherwise, stated or by default; None where nothing is."""
    axis: Literal["models", "endpoints", "features", "cloud_regions"]
    """What the name is of."""
    name: str
    index: int | None
    """Of the name in its list; None where the field has one name and no list."""
    implied: Json
    """What the name implies; None where nobody knows it."""


class Seen(msgspec.Struct, frozen=True):
    """What was observed of the accounts that a subject has to do with, whether it counts or not."""

    own: tuple[Observation, ...]
    """Of its own account; what was read, before what was attested."""
    primary: Subject | None
    """On another route that of the usage's own offering, where anything was observed of its account."""
    clouds: Mapping[str, Mapping[str, str]]
    """Where the clouds' regions lie, by cloud and name."""


class Subject(msgspec.Struct, frozen=True):
    """A pair of usage and offering: the usage's own offering, one of its fallbacks, its gateway, or one of its
    recipients."""

    manifest: Manifest
    usage: str
    """The usage's id."""
    route: RouteOfUsage
    offering: Offering
    stated: dict[str, Json]
    """What `usage.*`, `primary.*`, `project.*` and `offering.*` read, by whole path, as it is declared; what is not
    stated is not there."""
    agreements: tuple[Agreement, ...] | None
    """Those of the register that name this offering and reach this project, in force or not; None: no register.
    None reaches an unlisted vendor, and no claim does."""
    claims: frozenset[str]
    """Kinds of agreement that the manifest claims for this route."""
    place: Path
    """Of the route's offering in the manifest."""
    identity: Identity
    """Whose the manifest is."""
    name: RouteName
    """What tells the route from the others of its usage; as a text, what people call it."""
    unreached: tuple[Agreement, ...] = ()
    """Those of the register that a cell of this offering refers to, and that do not name this offering or reach this
    project: each must be the contract that the cell means, or none counts."""
    contradictions: tuple[Contradiction, ...] = ()
    """Declarations of which nobody can know which one is true."""
    seen: Seen | None = None
    """None: nothing was observed. What of it counts on a day, `declarations.observing` says."""

    @property
    def location(self) -> Location:
        """Where the manifest names this route's offering."""
        return self.manifest.source.locate_entry(self.place)

    def within(self, *below: str | int) -> Path:
        """A place in the declarations of this route."""
        route = self.place[:-1] if self.place[-1] == "offering" else self.place
        return (*route, *below)

    def declared_at(self, *below: str | int) -> Path | None:
        """Where a declaration of this route stands, or that of the usage which it has for its own; None: nowhere."""
        inherited = [(*self.place[:2], *below)] if below[0] in INHERITED else []
        return next((place for place in (self.within(*below), *inherited) if self.manifest.source.has(place)), None)
