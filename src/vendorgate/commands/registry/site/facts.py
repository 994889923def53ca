"""The facts of a cell in words, the common ones first, and with what they are counted in.

In: a cell as it is written. Out: names and values, nothing of them escaped yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from ....comparison.values import changed_value
from ....model.facts import CERTIFICATIONS, COMMON_FACTS, LISTINGS, in_fact_order
from ....model.phrases import fact_scope_words
from ....model.registry import CellFile


class Fact(msgspec.Struct, frozen=True):
    """One fact."""

    key: str
    """Its name as rules have it."""
    name: str
    """Its name for people."""
    value: str
    where: str = ""
    """For which names it holds, where not for all."""


def facts(written: CellFile) -> Iterator[Fact]:
    """What a cell states beside its grade; then what it states for some names alone."""
    stated = written.facts or {}
    yield from (_fact(name, stated[name], "") for name in in_fact_order(stated))
    for one in written.scoped_facts or ():
        where = fact_scope_words(one.scope)
        yield from (_fact(name, one.facts[name], where) for name in in_fact_order(one.facts))


def _fact(name: str, value: object, where: str) -> Fact:
    return Fact(name, _for_people(name), told(name, value), where)


def _for_people(name: str) -> str:
    """`retention_days` is `retention`, because its value says that it counts days."""
    common = COMMON_FACTS.get(name)
    return name.removesuffix(f"_{common.unit}" if common is not None and common.unit else "").replace("_", " ")


def told(name: str, value: object) -> str:
    """A value as a reader has it: a number with its unit, a listing with whether it is whole."""
    common = COMMON_FACTS.get(name)
    if value is None:
        return "not known"
    if name in LISTINGS and isinstance(value, dict):
        return _listing(LISTINGS[name], value)
    if common is not None and common.unit and isinstance(value, (int, float)):
        return f"{_plain(value)} {common.unit.removesuffix('s') if value == 1 else common.unit}"
    return _plain(value)


_LISTED: Final[Mapping[str, Callable[[str], str]]] = {
    "certifications": lambda name: CERTIFICATIONS.get(name, name).partition(",")[0],
    "countries": str.upper,
}
"""How a name of a listing is written for people."""


def _listing(kind: str, value: Mapping[str, object]) -> str:
    names = value.get("names")
    words = ", ".join(_LISTED[kind](str(one)) for one in names) if isinstance(names, (list, tuple)) else ""
    return f"{words or 'none'} ({'and no others' if value.get('complete') else 'others are not ruled out'})"


def _plain(value: object) -> str:
    """A value without a unit; values in values stay as JSON has them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)) and not any(isinstance(one, (list, tuple, dict)) for one in value):
        return ", ".join(map(_plain, value)) or "none"
    return changed_value(value)
