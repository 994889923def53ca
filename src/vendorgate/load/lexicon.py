"""What rules may name: the words of all offerings, of those that are gone, and those that the bundle expects to come.

In: the index of a snapshot. Out: a `Lexicon`, which reads no offering before somebody asks for a word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from ..model.additions import NO_WORDS, OwnWords
from .words import Words

if TYPE_CHECKING:
    from ..errors import Problem
    from ..model.index import OfferingWords
    from ..model.registry import Former
    from .snapshot import Index

_OF_FORMER: Final[Mapping[str, Callable[[Former], Iterable[str]]]] = {
    "platforms": lambda former: (former.platform or "",),
    "developers": lambda former: (former.developer or "",),
    "families": lambda former: (former.model_family or "",),
    "endpoints": lambda former: former.endpoints or (),
    "features": lambda former: former.features or (),
}


class Lexicon:
    """The words that one check knows.

    Args:
        ids: of every offering.
        former: by id, offerings that are gone: rules may go on naming them and their words.
        read: the words of all offerings; without it, only the ids are known and other words are not looked at.
        unmatched: words that the bundle expects to come.
        dimensions: that the bundle adds.
        vendors: by each name of a vendor the offerings that have it.
        sha256: of the snapshot and of its index, where all words are theirs.
    """

    def __init__(
        self,
        ids: Collection[str],
        former: Mapping[str, Former] | None = None,
        read: Callable[[], OfferingWords] | None = None,
        unmatched: Collection[str] = (),
        dimensions: Collection[str] = (),
        vendors: Callable[[], Mapping[str, tuple[str, ...]]] = dict,
        sha256: str | None = None,
    ) -> None:
        self.ids = frozenset(ids)
        self.former = former or {}
        self.unmatched = frozenset(unmatched)
        self.dimensions = frozenset(dimensions)
        self.sha256 = sha256
        self._read = read
        self._vendors = vendors

    @cached_property
    def _words(self) -> OfferingWords:
        assert self._read is not None
        return self._read()

    @property
    def offerings(self) -> frozenset[str]:
        """Ids that a rule may name; a manifest may not name all of them."""
        return self.ids | self.former.keys() | self.unmatched

    def for_manifests(self, data_classes: frozenset[str], own: OwnWords = NO_WORDS, held: bool = False) -> Words:
        """What a manifest may name; `held` is whether all offerings were held against these words before."""
        return Words(data_classes, self.ids, self.former, own, self._vendors, held)

    def words(self, kind: str) -> Collection[str] | None:
        """Words of a kind that a rule may name; None where they are not known."""
        if self._read is None:
            return None
        from ..logic.types import LazyWords  # no rule of what ships is checked again

        return LazyWords(lambda: self._registered(kind) | self.unmatched)

    def facts(self, dimension: str) -> Collection[str] | None:
        """Facts of a dimension; None where they are not known."""
        if self._read is None:
            return None
        from ..logic.types import LazyWords

        return LazyWords(lambda: self._words.facts.get(dimension, ()))

    def has(self, word: str) -> bool:
        """Whether the registry has a word of any kind."""
        kinds = (*_OF_FORMER, "names")
        return word in self.ids | self.former.keys() or any(word in self._registered(kind) for kind in kinds)

    def _registered(self, kind: str) -> frozenset[str]:
        gone = _OF_FORMER.get(kind)
        former = (word for one in self.former.values() for word in gone(one)) if gone is not None else ()
        return frozenset((*getattr(self._words, kind), *filter(None, former)))

    def expecting(self, unmatched: Collection[str]) -> Lexicon:
        """The same words, and those that a bundle expects to come."""
        if not unmatched:
            return self
        read = None if self._read is None else lambda: self._words
        return Lexicon(self.ids, self.former, read, unmatched, self.dimensions, self._vendors)


def lexicon_of(index: Index, problems: list[Problem]) -> Lexicon:
    """The words of a snapshot: those of `index.yaml`, or of all offerings, whose mistakes are then problems, too.

    With them, those of what a bundle adds.
    """
    stated = index.words

    def read() -> OfferingWords:
        if stated is not None:
            return stated()
        from .snapshot import read_words  # most snapshots have an index

        return read_words(index, problems)

    @cache
    def vendors() -> Mapping[str, tuple[str, ...]]:
        from .vendors import read_vendors  # most vendors are listed

        return read_vendors(index, problems)

    overlays = index.overlays
    if overlays is None:
        both = None if index.index_sha256 is None else f"{index.sha256} {index.index_sha256}"
        return Lexicon(index.digests, index.written.former, read, vendors=vendors, sha256=both)
    from .index_file import merged_words
    from .overlays import words_of_overlays  # few bundles add anything

    def merged() -> OfferingWords:
        return merged_words(read(), words_of_overlays(overlays))

    return Lexicon(index.ids, index.written.former, merged, dimensions=overlays.dimensions, vendors=vendors)
