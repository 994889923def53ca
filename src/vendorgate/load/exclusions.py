"""Names and globs that make an exception: one that nothing fits would except nothing, and nobody would notice.

In: a name or glob, the axis that it is of, what can be declared there. Out: problems.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

from ..errors import Problem, enough
from ..logic.functions import is_glob
from ..logic.globs import names_any
from ..logic.meeting import meets
from ..model.registry import OfferingFile
from ..model.vocabulary import LIFECYCLES, REGIONS, RegionGroups, plain_cloud_region
from ..source import Path, Source
from .words import check_region, check_word

MOST_COMPARED: Final = 1_000_000
"""Characters of globs and names that are compared for all exceptions of an offering; nobody writes half as many. What
is beyond is taken as it stands, so that the largest file is read in seconds."""


class _Declarable(msgspec.Struct, frozen=True):
    """All that can be declared of one axis."""

    names: frozenset[str]
    """Names and globs."""
    in_order: tuple[str, ...]
    """The same, in one order whenever it is asked."""
    globs: tuple[str, ...]
    """The globs of them."""
    whose: str
    """What they are called together."""
    what: str
    """What one that is none of them is not."""


class Exceptions:
    """What can be declared of an offering, so that exceptions are held against it."""

    __slots__ = ("_cloud_regions", "_declarable", "_groups", "_left", "_met", "_offering", "_plain")

    def __init__(self, offering: OfferingFile, groups: RegionGroups, cloud_regions: Collection[str]) -> None:
        """`cloud_regions` are the names that the cloud of the offering has for regions; none: it has no cloud."""
        self._offering = offering
        self._groups = groups
        self._cloud_regions = cloud_regions
        self._declarable: dict[str, _Declarable | None] = {}
        self._met: dict[tuple[str, str], bool] = {}
        self._plain: frozenset[str] | None = None
        self._left = MOST_COMPARED

    def check(self, axis: str, name: str, place: tuple[Source, Path], problems: list[Problem]) -> None:
        """Report a name or a glob that fits nothing of all that can be declared, as far as that is known."""
        if axis == "regions" and not is_glob(name):
            check_region(name, place, problems, self._groups)
            return
        declarable = self._declarable_of(axis)
        if declarable is None or enough(problems) or self._fits_any(axis, name, declarable):
            return
        if not is_glob(name):
            check_word(name, declarable.names, declarable.what, place, problems)
            return
        source, path = place
        title = f"`{name}` fits none of the {declarable.whose}"
        problems.append(Problem(title, source.locate(path), "write a name or a glob of those that are meant", source))

    def _declarable_of(self, axis: str) -> _Declarable | None:
        """All that can be declared; None where it may be anything."""
        if axis not in self._declarable:
            found = self._words(axis)
            self._declarable[axis] = found and _declarable(*found)
        return self._declarable[axis]

    def _words(self, axis: str) -> tuple[Collection[str], str, str] | None:
        if axis == "lifecycle":
            return LIFECYCLES, "lifecycles", "a lifecycle"
        if axis == "regions":
            return REGIONS.union(self._groups), "regions", "a region"
        if axis == "cloud_regions":
            found, whose = self._cloud_regions or None, "regions of its cloud"
        else:
            found, whose = getattr(self._offering, axis), f"{axis} of this offering"
        return None if found is None else (found, whose, f"among the {whose}")

    def _fits_any(self, axis: str, name: str, declarable: _Declarable) -> bool:
        if name in declarable.names:
            return True
        if is_glob(name):
            return self._meets_any(axis, name, declarable)
        if axis == "cloud_regions":
            return plain_cloud_region(name) in self._plain_cloud_regions()
        return names_any(name, declarable.globs)

    def _meets_any(self, axis: str, glob: str, declarable: _Declarable) -> bool:
        """Whether a glob meets any; found once of a glob that several cells have."""
        found = self._met.get((axis, glob))
        if found is None:
            found = self._met[axis, glob] = any(self._meets(glob, one) for one in declarable.in_order)
        return found

    def _meets(self, glob: str, other: str) -> bool:
        """Whether a text fits both, or nobody looks."""
        self._left -= len(glob) + len(other)
        return self._left < 0 or meets(glob, other)

    def _plain_cloud_regions(self) -> frozenset[str]:
        if self._plain is None:
            self._plain = frozenset(map(plain_cloud_region, self._cloud_regions))
        return self._plain


def _declarable(words: Collection[str], whose: str, what: str) -> _Declarable:
    return _Declarable(frozenset(words), tuple(sorted(words)), tuple(filter(is_glob, words)), whose, what)
