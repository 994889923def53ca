"""The facts of a cell as a page shows them: the common ones first, yes and no, and names that people know.

In: a cell as it is written. Out: names and values, nothing of them escaped yet. Everything else about values is said as
all formats say it (`model/fact_words.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from ....logic import Json
from ....model.fact_words import fact_value_words, stated_facts
from ....model.facts import CERTIFICATIONS, COMMON_FACTS, LISTINGS, ListingKind
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
    """What a cell states beside its grade."""
    for name, value, where in stated_facts(written):
        yield Fact(name, _for_people(name), told(name, value), where)


def _for_people(name: str) -> str:
    """`retention_days` is `retention`, because its value says that it counts days."""
    common = COMMON_FACTS.get(name)
    return name.removesuffix(f"_{common.unit}" if common is not None and common.unit else "").replace("_", " ")


def told(name: str, value: Json) -> str:
    """A value as a reader of pages has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in LISTINGS and isinstance(value, dict):
        return _listing(LISTINGS[name], value)
    return fact_value_words(name, value)


_LISTED: Final[Mapping[ListingKind, Callable[[str], str]]] = {
    "certifications": lambda name: CERTIFICATIONS.get(name, name).partition(",")[0],
    "countries": str.upper,
}
"""How a name of a listing is written for people."""


def _listing(kind: ListingKind, value: Mapping[str, Json]) -> str:
    names = value.get("names")
    words = ", ".join(_LISTED[kind](str(one)) for one in names) if isinstance(names, (list, tuple)) else ""
    return f"{words or 'none'} ({'and no others' if value.get('complete') else 'others are not ruled out'})"
