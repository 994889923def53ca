"""The nouns of a gather: what is asked for, and what came of it."""

from __future__ import annotations

import datetime
from typing import Literal, Union

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


State = Literal["changed", "unchanged", "error"]
"""Read anew; left as it was read before; could not be read."""


class RepositoryTold(msgspec.Struct, frozen=True):
    """What came of one repository."""

    name: str
    place: str
    state: State
    commit: str | None
    """None where it has none yet, or could not be read."""
    digest: str | None
    """Of all that the store has of it; None where it could not be read."""
    manifests: int
    drift: int
    """How often its code departs from its manifests; 0 where nobody looked."""
    failed: Failed | None


class Summary(msgspec.Struct, frozen=True):
    """What a gather comes to."""

    store: str
    """The folder, as it was given."""
    day: datetime.date
    looked: bool
    """Whether code was looked into."""
    repositories: tuple[RepositoryTold, ...]
    """By name; of several of one name there is one, which is in error."""
    unnamed: tuple[str, ...]
    """Repositories of which nobody knows OWNER/NAME."""
    removed: tuple[str, ...]
    """Those that the store had, and the list has not, by name."""

    @property
    def changed(self) -> int:
        """How many were read anew."""
        return self.count("changed")

    @property
    def failed(self) -> int:
        """How many could not be read."""
        return self.count("error")

    def count(self, state: State) -> int:
        """How many are in a state."""
        return sum(one.state == state for one in self.repositories)

    @property
    def manifests(self) -> int:
        return sum(one.manifests for one in self.repositories)

    @property
    def drift(self) -> int | None:
        """How often code departs from its manifests; None: nobody looked."""
        return sum(one.drift for one in self.repositories) if self.looked else None
