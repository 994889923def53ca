"""What an organization says of offerings: its own ones, and what it adds to the registry's."""

from typing import Union

import msgspec

from .manifest import Slug
from .registry import CellFile, OfferingFile
from .signatures import Signatures
from .text import Text, Texts
from .vocabulary import OwnCategory


class OwnCellFile(CellFile, frozen=True, forbid_unknown_fields=True):
    """What the organization states of one offering and one dimension."""

    agreement: Text | None = None
    """With the grade `yes_contract`: the `reference` of the contract in the agreements register. The cell counts while
    it is in force."""


class OwnOfferingFile(OfferingFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of `offerings/` of a bundle: an offering that the registry does not have."""

    category: OwnCategory
    """How the vendor stands to the model; `internal`: the organization runs it itself."""
    dimensions: dict[Text, Union[OwnCellFile, None]]  # type: ignore[assignment]  # more dimensions, and cells with one field more
    """One cell each."""


class ExtensionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `offerings/` of a bundle: what the organization adds to an offering of the registry."""

    extends: Slug
    """The id of the offering."""
    dimensions: dict[Text, Union[OwnCellFile, None]] = {}
    """Cells that are added, or stand in the place of the registry's."""
    aliases: Texts = ()
    """Other names of it, beside the registry's."""
    signatures: Signatures | None = None
    """What code that calls it is known by, beside what the registry says."""
