"""What a usage could declare so that results that block no longer do; whether it is true, only its people know."""

from __future__ import annotations

from typing import Union

import msgspec

from ..source import Path
from .manifest import Manifest, RouteName, SettingValue
from .result import Result
from .vocabulary import RouteOfUsage

DeclaredValue = Union[SettingValue, tuple[SettingValue, ...]]


class Declaration(msgspec.Struct, frozen=True):
    """A field of one route that is not declared, with a value that lifts results."""

    route: RouteOfUsage
    name: RouteName
    """Of the route."""
    field: str
    """As the manifest names it: `subjects`, `settings.data_sharing`."""
    value: DeclaredValue
    """As it would be declared: of a field that has several names, all of them. `<...>` stands for any text."""
    others: tuple[SettingValue, ...]
    """What does as well as the value, or as the one name that it has; tried one by one."""
    lifts: tuple[Result, ...]
    """Of what the proposal lifts, what blocks without it; none where it only keeps something else from blocking."""
    at: Path
    """Where the route's declarations stand in the manifest."""
    only_named: bool
    """Whether the manifest has only the route's name there, so that a mapping must take its place."""


class Proposal(msgspec.Struct, frozen=True):
    """The fewest declarations of one usage that lift the most results; it changes nothing that is declared."""

    manifest: Manifest
    usage: str
    """Its id."""
    declarations: tuple[Declaration, ...]
    """By route, then in the order in which a manifest has them."""
    lifts: tuple[Result, ...]
    """What no longer blocks with all of them: tried by judging with them."""
    left: tuple[Result, ...]
    """What blocks all the same."""
