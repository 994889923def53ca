"""The words of a snapshot's offerings, and the file that lists them, so that a check need not read them all."""

from typing import Literal

import msgspec

from .manifest import Slug
from .registry import Sha256
from .text import Texts
from .vocabulary import Dimension

SortedWords = tuple[str, ...]


class OfferingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What policies can compare with: each word once, sorted."""

    names: SortedWords
    """Of offerings, for people."""
    platforms: SortedWords
    """That serve models."""
    developers: SortedWords
    """That make models."""
    families: SortedWords
    """Of models."""
    endpoints: SortedWords
    """Of all offerings."""
    features: SortedWords
    """Of all offerings."""
    facts: dict[str, SortedWords]
    """By dimension: the facts that any cell states; one within another is written `outer.inner`."""


class IndexFile(OfferingWords, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`index.yaml`, written by `vendorgate registry index`: the words of all offerings, so that a check need not read
    them all."""

    version: Literal[1]
    """The version of the format."""
    sha256: dict[Slug, Sha256]
    """Of each offering's file, by id; where one differs, nothing of the index is used."""
    names: Texts
    platforms: Texts
    developers: Texts
    families: Texts
    endpoints: Texts
    features: Texts
    facts: dict[Dimension, Texts]  # type: ignore[assignment]  # dimensions are texts
