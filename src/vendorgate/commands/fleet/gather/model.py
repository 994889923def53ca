"""The nouns of a gather: what is asked for, and what came of it."""

from __future__ import annotations

from typing import Union

import msgspec

from ....detection.model import Detection
from ..store.writing import Asked, Gathered


class Wanted(msgspec.Struct, frozen=True):
    """A repository that is meant."""

    name: str
    """OWNER/NAME; anything else where nobody knows it."""
    place: str
    """A folder, or an address."""
    clash: tuple[str, str] | None = None
    """Why it is not to be read, and what to do: another one has its name, or it is a link."""

    @property
    def shown(self) -> str:
        """The place as text, whatever bytes its folders have."""
        return self.place.encode("utf-8", "backslashreplace").decode("utf-8")

    @property
    def asked(self) -> Asked:
        """As a store knows it."""
        return Asked(self.name, self.shown)


class Unchanged(msgspec.Struct, frozen=True):
    """Nothing of a repository was read: its commit is the one that the store has."""

    manifests: int


class Read(msgspec.Struct, frozen=True):
    """A repository that was read."""

    gathered: Gathered
    detection: Detection | None = None
    """What its code uses; None: nobody looked."""


class Failed(msgspec.Struct, frozen=True):
    """A repository could not be read."""

    problem: str
    help: str | None


Outcome = Union[Read, Unchanged, Failed]


class FailedRepository(msgspec.Struct, frozen=True):
    """A repository that could not be read, with why."""

    name: str
    place: str
    problem: str
    help: str | None


class Summary(msgspec.Struct, frozen=True):
    """What a gather comes to."""

    repositories: int
    changed: int
    """How many were read anew."""
    manifests: int
    drift: int | None
    """How often code departs from its manifests; None: nobody looked."""
    failed: tuple[FailedRepository, ...]
    """By name."""
    unnamed: tuple[str, ...]
    """Repositories of which nobody knows OWNER/NAME."""
    removed: int
    """How many the store had, and the list has not."""
