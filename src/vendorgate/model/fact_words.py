"""Values of facts in words, whole: nothing is cut, and every format wraps them as it can.

In: the name of a fact, its value. Out: one line of plain text, not yet escaped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from ..logic import Json
from ..logic.values import to_text
from .facts import COMMON_FACTS, LISTINGS, in_fact_order
from .phrases import fact_scope_words
from .registry import CellFile

NOT_KNOWN: Final = "not known"
_HOURS: Final = 24


def fact_value_words(name: str, value: Json) -> str:
    """A value as people read it: with the unit of a common name, a listing with what is said of others."""
    if value is None:
        return NOT_KNOWN
    if name in LISTINGS and isinstance(value, dict):
        return _listing(value)
    fact = COMMON_FACTS.get(name)
    if fact is not None and fact.unit and isinstance(value, (int, float)) and not isinstance(value, bool):
        return _amount(value, fact.unit)
    return plain_words(value)


def read_words(path: str, value: Json) -> str:
    """A fact as a rule reads it, by its path below `facts`: of a listing whether it has a name."""
    listing, _, name = path.partition(".")
    if listing not in LISTINGS:
        return f"{path}: {fact_value_words(path, value)}"
    words = NOT_KNOWN if value is None else "yes" if value else "no"
    return f"`{name}` listed ({listing}): {words}"


def plain_words(value: Json) -> str:
    """A value that has no unit: lists with commas, mappings with their names."""
    if isinstance(value, list):
        inner = [f"({plain_words(one)})" if isinstance(one, (list, dict)) else plain_words(one) for one in value]
        return ", ".join(inner) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_inner(one)}" for key, one in value.items()) or "none"
    return NOT_KNOWN if value is None else to_text(value)


def _inner(value: Json) -> str:
    return f"({plain_words(value)})" if isinstance(value, dict) else plain_words(value)


def _amount(value: float, unit: str) -> str:
    """`30 days`, `1 day`; of less than a day the hours beside it."""
    words = f"{to_text(value)} {unit.removesuffix('s') if value == 1 else unit}"
    if unit == "days" and 0 < value < 1:
        hours = max(1, math.floor(value * _HOURS + 0.5))
        words += f" (about {hours} {'hour' if hours == 1 else 'hours'})"
    return words


def _listing(value: dict[str, Json]) -> str:
    complete = "complete" if value.get("complete") else "not said to be complete"
    return f"{plain_words(value.get('names') or [])} ({complete})"


def fact_lines(cell: CellFile) -> Iterator[tuple[str, str]]:
    """All facts that a cell states, the common ones first: each name with its value, and for which names it holds."""
    for name, value, scope in stated_facts(cell):
        yield name, f"{fact_value_words(name, value)}{f' ({scope})' if scope else ''}"


def stated_facts(cell: CellFile) -> Iterator[tuple[str, Json, str]]:
    """Names and values, and in words for which names alone: empty where a fact is the cell's own."""
    everywhere = {name: value for name, value in (cell.facts or {}).items() if value is not None}
    entries = [(fact_scope_words(entry.scope), entry.facts) for entry in cell.scoped_facts or ()]
    for name in in_fact_order({*everywhere, *(name for _, facts in entries for name in facts)}):
        if name in everywhere:
            yield name, everywhere[name], ""
        yield from ((name, facts[name], scope) for scope, facts in entries if name in facts)
