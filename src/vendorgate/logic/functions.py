"""What each standard operator does with known values, one function each.

In: JSON values. Out: a JSON value, the one that ECMAScript gives (the reference implementation is
written in it; https://jsonlogic.com/operations.html).
Refuses to know unknown: that is settled before a function is called. An argument that is not there is
JavaScript's `undefined`: its default here is whatever gives the same result.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import Final, cast

from .values import (
    Json,
    compare,
    identity,
    join,
    loose_equal,
    parse_float,
    strict_equal,
    substring,
    tidy,
    to_number,
    to_text,
)


def equal(left: Json = None, right: Json = None) -> bool:
    return loose_equal(left, right)


def not_equal(left: Json = None, right: Json = None) -> bool:
    return not loose_equal(left, right)


_UNDEFINED: Final = cast("Json", object())
"""Identical to itself and to nothing else."""


def identical(left: Json = _UNDEFINED, right: Json = _UNDEFINED) -> bool:
    return strict_equal(left, right)


def not_identical(left: Json = _UNDEFINED, right: Json = _UNDEFINED) -> bool:
    return not strict_equal(left, right)


def less(left: Json = math.nan, middle: Json = math.nan, *right: Json) -> bool:
    return compare(left, middle) == -1 and (not right or compare(middle, right[0]) == -1)


def less_or_equal(left: Json = math.nan, middle: Json = math.nan, *right: Json) -> bool:
    return compare(left, middle) in (-1, 0) and (not right or compare(middle, right[0]) in (-1, 0))


def greater(left: Json = math.nan, right: Json = math.nan) -> bool:
    return compare(left, right) == 1


def greater_or_equal(left: Json = math.nan, right: Json = math.nan) -> bool:
    return compare(left, right) in (0, 1)


def contains(needle: Json = None, haystack: Json = None) -> bool:
    """`in`: an item of a list, by `===`, or a part of a text."""
    if isinstance(haystack, list):
        if isinstance(needle, str):
            return needle in haystack
        return any(strict_equal(item, needle) for item in haystack)
    return isinstance(haystack, str) and haystack != "" and to_text(needle) in haystack


def concatenate(*parts: Json) -> str:
    return join(parts, "")


def slice_text(text: Json = "undefined", start: Json = 0, *length: Json) -> str:
    """`substr`: a negative length leaves that many off the end."""
    whole = to_text(text)
    if not length:
        return substring(whole, to_number(start), math.inf)
    count = to_number(length[0])
    if count < 0:
        rest = substring(whole, to_number(start), math.inf)
        return substring(rest, 0, len(rest.encode("utf-16-le", "surrogatepass")) // 2 + count)
    return substring(whole, to_number(start), count)


def add(*terms: Json) -> int | float:
    return tidy(reduce(lambda total, term: total + parse_float(term), terms, 0.0))


def multiply(*factors: Json) -> Json:
    """The product; a lone factor comes back as it is, as `Array.prototype.reduce` has it."""
    if len(factors) == 1:
        return factors[0]
    return tidy(reduce(lambda product, factor: product * parse_float(factor), factors, 1.0))


def subtract(left: Json = math.nan, *right: Json) -> int | float:
    return tidy(to_number(left) - to_number(right[0]) if right else -to_number(left))


def divide(left: Json = math.nan, right: Json = math.nan) -> int | float:
    dividend, divisor = to_number(left), to_number(right)
    if divisor != 0:
        return tidy(dividend / divisor)
    if dividend == 0 or dividend != dividend:
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1, divisor)


def remainder(left: Json = math.nan, right: Json = math.nan) -> int | float:
    dividend, divisor = to_number(left), to_number(right)
    if divisor == 0 or math.isinf(dividend) or dividend != dividend or divisor != divisor:
        return math.nan
    return tidy(math.fmod(dividend, divisor))


def smallest(*values: Json) -> int | float:
    return _extreme(values, min, math.inf)


def largest(*values: Json) -> int | float:
    return _extreme(values, max, -math.inf)


def _extreme(values: tuple[Json, ...], choose: Callable[[list[float]], float], start: float) -> int | float:
    numbers = [to_number(value) for value in values]
    if any(number != number for number in numbers):
        return math.nan
    return tidy(choose([start, *numbers]))


def merge(*lists: Json) -> list[Json]:
    merged: list[Json] = []
    for part in lists:
        if isinstance(part, list):
            merged.extend(part)
        else:
            merged.append(part)
    return merged


def is_subset(part: list[Json], whole: list[Json]) -> bool:
    return set(map(identity, part)) <= set(map(identity, whole))


def is_disjoint(left: list[Json], right: list[Json]) -> bool:
    return set(map(identity, left)).isdisjoint(map(identity, right))


def is_glob(text: str) -> bool:
    """Whether a text, taken for a glob, can match more than itself."""
    return "*" in text or "?" in text


def matches_glob(text: str, glob: str) -> bool:
    """`*` stands for any run of characters, `?` for one; all else, brackets too, for itself."""
    if not is_glob(glob):
        return text == glob  # most globs are names
    first, *runs = glob.split("*")
    if not runs:
        return len(text) == len(first) and _same(text, 0, first)
    *middle, last = runs
    end = len(text) - len(last)
    if end < len(first) or not _same(text, 0, first) or not _same(text, end, last):
        return False
    find = _Places(text).find if "?" in glob else text.find
    at = len(first)
    for part in middle:
        # The leftmost place is always right: it leaves the most for what follows.
        at = find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


class _Places:
    """Where each character of a text stands: a bit for each place, so that a part with `?` is looked for at all places
    at once, and the longest glob costs little on the longest text."""

    __slots__ = ("_bits", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._bits: dict[str, int] = {}

    def find(self, part: str, start: int, end: int) -> int:
        """The first place at which a part stands between two places, or -1."""
        if not self._bits:
            for at, character in enumerate(self._text):
                self._bits[character] = self._bits.get(character, 0) | 1 << at
        count = end - len(part) + 1 - start
        places = ((1 << count) - 1) << start if count > 0 else 0
        for offset, wanted in enumerate(part):
            if wanted != "?":
                places &= self._bits.get(wanted, 0) >> offset
            if not places:
                return -1
        return (places & -places).bit_length() - 1


def _same(text: str, start: int, part: str) -> bool:
    """Whether a part of a glob without `*` stands at a place that is long enough for it."""
    if "?" not in part:
        return text.startswith(part, start)
    return all(wanted in ("?", found) for wanted, found in zip(part, text[start : start + len(part)], strict=True))
