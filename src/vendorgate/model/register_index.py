"""The agreements of a register by what they name, so that nobody asks each of them about each route.

In: agreements, in the order of the register. Out: those that name an offering and are for a project, or have a
reference, in that order, as asking one by one would find them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, Protocol, TypeVar

from msgspec import UnsetType

from ..logic.globs import Globs, bits, places
from .identity import EVERYBODY

_REMEMBERED: Final = 4_096
"""Sets of agreements, after which all are forgotten."""


class Entry(Protocol):
    """What is asked of an agreement."""

    @property
    def offerings(self) -> tuple[str, ...]:
        """Globs."""

    @property
    def projects(self) -> tuple[str, ...]:
        """Globs."""

    @property
    def reference(self) -> str | UnsetType:
        """Where it is filed."""


Listed = TypeVar("Listed", bound=Entry)


class RegisterIndex(Generic[Listed]):
    """Agreements by offering, project and reference: a bit for each of them."""

    __slots__ = ("_agreements", "_everybody", "_found", "_offerings", "_places", "_projects", "_referred")

    def __init__(self, agreements: tuple[Listed, ...]) -> None:
        self._agreements = agreements
        self._offerings = Globs(one.offerings for one in agreements)
        self._projects = Globs(one.projects for one in agreements)
        self._everybody = bits(place for place, one in enumerate(agreements) if EVERYBODY in one.projects)
        self._found: dict[int, tuple[Listed, ...]] = {}
        self._referred: dict[str, list[int]] | None = None
        self._places: dict[int, int] | None = None

    def of_project(self, project: str, *, is_stranger: bool) -> int:
        """The bits of the agreements for a project; for one that only claims its name, of those that are for all."""
        return self._everybody if is_stranger else self._projects.naming(project)

    def reaching(self, offering: str, project: str, *, is_stranger: bool) -> int:
        """The bits of the agreements that name an offering and are for a project."""
        return self._offerings.naming(offering) & self.of_project(project, is_stranger=is_stranger)

    def referred_to(self, references: Iterable[str]) -> int:
        """The bits of the agreements that have any of some references."""
        if self._referred is None:
            self._referred = {}
            for place, one in enumerate(self._agreements):
                if isinstance(one.reference, str):
                    self._referred.setdefault(one.reference, []).append(place)
        return bits(place for reference in references for place in self._referred.get(reference, ()))

    def among(self, bits: int) -> tuple[Listed, ...]:
        """The agreements of bits, in the order of the register; the same tuple for the same ones."""
        found = self._found.get(bits)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[bits] = tuple([self._agreements[place] for place in places(bits)])
        return found

    def place(self, agreement: Listed) -> int | None:
        """Where an agreement stands in the register; None: it is not of it."""
        if self._places is None:
            every = [*enumerate(self._agreements)]
            self._places = {id(one): place for place, one in reversed(every)}
        return self._places.get(id(agreement))
