"""A test of a policy, ready to run."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Union

import msgspec

from ..logic import Json
from ..source import Location, Path, Source
from .agreement import Register
from .manifest import Manifest
from .observation import ObservedInTest
from .policy import FleetPolicy, Policy
from .vocabulary import Expected


class PolicyTestCase(msgspec.Struct, frozen=True):
    """One test of one policy, checked; where it stands in its file says `place`."""

    policy: Policy
    name: str
    manifest: Manifest
    register: Register | None
    """What is in force; None where the claims of the manifest count."""
    overrides: Mapping[str, dict[str, Json]]
    """By offering: what the registry says otherwise than the snapshot."""
    observed: ObservedInTest | None
    """What was observed of the own account of each usage; None where nothing was."""
    as_of: datetime.date | None
    """None = the day of the run."""
    expect: Union[Expected, Mapping[str, Expected]]
    """Of all usages, or of each by its id."""
    reason: str | None
    """A text that one of the reasons must contain."""
    source: Source
    place: Path

    @property
    def location(self) -> Location:
        """Where the test stands."""
        return self.source.locate((*self.place, "name"))


class Whose(msgspec.Struct, frozen=True):
    """What is known of the manifest that a usage of a fleet stands in."""

    project: str
    owner: str | None
    repository: str | None


class FleetTestCase(PolicyTestCase, frozen=True):
    """One test of a fleet policy; its manifest has all usages of the fleet."""

    fleet: FleetPolicy
    whose: tuple[Whose, ...]
    """Of each usage."""
