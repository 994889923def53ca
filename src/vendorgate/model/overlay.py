"""What an organization says of offerings: its own ones, and what it adds to the registry's."""

from typing import Union

import msgspec

from .manifest import Slug
from .registry import CellFile, OfferingFile
from .text import Texts
from .vocabulary import Dimension, OwnCategory


class OwnOfferingFile(OfferingFile, frozen=True, forbid_unknown_fields=True):
    """One file of `offerings/` of a bundle: an offering that the registry does not have."""

    category: OwnCategory
    """How the vendor stands to the model; `internal`: the organization runs it itself."""


class ExtensionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `offerings/` of a bundle: what the organization adds to an offering of the registry."""

    extends: Slug
    """The id of the offering."""
    dimensions: dict[Dimension, Union[CellFile, None]] = {}
    """Cells that are added, or stand in the place of the registry's."""
    aliases: Texts = ()
    """Other names of it, beside the registry's."""
