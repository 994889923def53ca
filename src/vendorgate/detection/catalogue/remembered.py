"""What is worked out of a catalogue, once for all that is looked into by it.

A catalogue has thousands of names and never changes. What is asked for again is known by the catalogue itself, not by
what it holds, which would take as long to compare.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from .catalogue import Catalogue

_KEPT: Final = 2
"""Catalogues that were asked about last: they are kept, too, so that no other takes the place of one."""
Value = TypeVar("Value")


def remembered(work: Callable[[Catalogue], Value]) -> Callable[[Catalogue], Value]:
    """The same function, which works once for each catalogue; nobody may change what it returns."""
    kept: tuple[tuple[Catalogue, Value], ...] = ()

    @wraps(work)
    def known(catalogue: Catalogue) -> Value:
        nonlocal kept
        for one, value in kept:
            if one is catalogue:
                return value
        value = work(catalogue)
        kept = ((catalogue, value), *kept[: _KEPT - 1])
        return value

    return known
