"""What a document is made of while it is read: collections that are open, and what an alias can stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

import msgspec

from ..logic import Json

if TYPE_CHECKING:
    from .libyaml import Mark

Collection = Union["list[Json]", "dict[str, Json]"]


class Frame:
    """A collection that is being read."""

    __slots__ = ("anchor", "characters", "collection", "height", "is_mapping", "key", "marks", "nodes", "under")

    def __init__(
        self, collection: Collection, anchor: str | None, nodes: int, characters: int, under: str | None
    ) -> None:
        self.under = under
        """The key that it stands under, itself or the list that it is in."""
        self.collection = collection
        self.is_mapping = type(collection) is dict
        self.anchor = anchor
        self.nodes = nodes
        """Nodes that had been counted before it."""
        self.characters = characters
        """Characters of scalars that had been counted before it."""
        self.height = 1
        self.key: str | None = None
        """Of a mapping, the key whose value comes next."""
        self.marks: dict[str, Mark] = {}
        """Of a mapping, where each key stands."""


class Anchored(msgspec.Struct, frozen=True):
    """What an alias can stand for."""

    value: Json
    nodes: int
    characters: int
    height: int
