"""Questions over a list of which not everything is known: whether an element is in it, what holds of it, how many more.

In: what is known of each element. Out: truths, and ranges of numbers. An answer is given where it would be the same
whatever the unknown turned out to be; nothing depends on the order of the elements, or on equal ones standing once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from itertools import pairwise
from typing import Final, Union

import msgspec

from .values import Json, Unknown, Value

Truth = Union[bool, None]
"""None: it is not known."""
Held = tuple[Truth, Truth]
"""Of an element that may be in the list: whether it is, and what a condition says of it."""


class Range(msgspec.Struct, frozen=True):
    """A number of which the least and the greatest value are known."""

    low: float
    high: float
    """May be infinite."""


class Drawn(msgspec.Struct, frozen=True):
    """A value that one or several elements have."""

    sure: bool
    """Whether they are in the list."""
    value: Value
    times: int
    """How many elements there are: each may have another value where it is not known."""


def some(held: Collection[Held], more: bool) -> Truth:
    """Whether a condition holds for any element; `more`: there may be elements of which nothing is known."""
    if any(member is True and truth is True for member, truth in held):
        return True
    return None if more or any(truth is not False for _, truth in held) else False


def none(held: Collection[Held], more: bool) -> Truth:
    """Whether it holds for no element."""
    found = some(held, more)
    return None if found is None else not found


def every(held: Collection[Held], more: bool) -> Truth:
    """Whether it holds for each; false of an empty list, as the standard has it."""
    sure = [truth for member, truth in held if member is True]
    if False in sure:
        return False
    if more:
        return None
    if not sure:  # the list may be empty, which is false, too
        return None if any(truth is not False for _, truth in held) else False
    return True if all(truth is True for _, truth in held) else None


QUANTIFIERS: Final[Mapping[str, Callable[[Collection[Held], bool], Truth]]] = {
    "some": some,
    "none": none,
    "all": every,
}


def distinct(drawn: Iterable[Drawn], more: bool) -> Range:
    """How many values there are. Unknown ones may all be one that is known, or each another one."""
    sure: set[Hashable] = set()
    possible: set[Hashable] = set()
    unknown, anything = 0, False
    for one in drawn:
        anything = anything or one.sure
        if isinstance(one.value, Unknown):
            unknown += one.times
            continue
        key = told_apart(one.value)
        possible.add(key)
        if one.sure:
            sure.add(key)
    return Range(max(len(sure), int(anything)), math.inf if more else len(possible) + unknown)


def told_apart(value: Json) -> Hashable:
    """What two values have in common exactly where they are one: true, 1 and "1" are three, 1 and 1.0 are one."""
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, list):
        return "list", tuple(map(told_apart, value))
    if isinstance(value, dict):
        return "object", frozenset((name, told_apart(one)) for name, one in value.items())
    return value


def compared(name: str, ranges: Iterable[Range]) -> Truth:
    """What a comparison says of numbers that are known as far as these ranges go: each beside the next one."""
    holds = _COMPARED[name]
    truths = [holds(left, right) for left, right in pairwise(ranges)]
    return False if False in truths else None if None in truths else True


def _less(left: Range, right: Range) -> Truth:
    return True if left.high < right.low else False if left.low >= right.high else None


def _at_most(left: Range, right: Range) -> Truth:
    return True if left.high <= right.low else False if left.low > right.high else None


def _equal(left: Range, right: Range) -> Truth:
    if left.high < right.low or right.high < left.low:
        return False
    return True if left.low == left.high == right.low == right.high else None


def _different(left: Range, right: Range) -> Truth:
    same = _equal(left, right)
    return None if same is None else not same


_COMPARED: Final[Mapping[str, Callable[[Range, Range], Truth]]] = {
    "<": _less,
    "<=": _at_most,
    ">": lambda left, right: _less(right, left),
    ">=": lambda left, right: _at_most(right, left),
    **dict.fromkeys(("==", "==="), _equal),
    **dict.fromkeys(("!=", "!=="), _different),
}
