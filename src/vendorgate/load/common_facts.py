"""Facts with a common name, held to the type and unit that the name stands for.

In: a cell as it is written. Out: problems. Other names stay allowed, and null says that the value is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeGuard

import msgspec

from ..errors import Problem
from ..logic import Json
from ..logic.nearest import suggestion, typo
from ..logic.wording import value_words
from ..model.facts import COMMON_FACTS, LISTED, MODULES, NOTE, FactListing, ListingKind, ValueKind
from ..model.registry import CellFile
from ..model.text import is_blank
from ..model.vocabulary import COUNTRIES, REGION_ALIASES
from ..source import Path, Source
from .scalars import Unreadable

Mistake = tuple[Path, str, str, bool]
"""Where below the fact, what is wrong, what to do, and whether the key is meant."""


def check_common_facts(cell: CellFile, path: Path, source: Source, problems: list[Problem]) -> None:
    """Report each fact that its name does not allow, whether it holds everywhere or for some names alone."""
    everywhere: tuple[Path, Mapping[str, Json]] = ((*path, "facts"), cell.facts or {})
    entries = enumerate(cell.scoped_facts or ())
    scoped = (((*path, "scoped_facts", index, "facts"), entry.facts) for index, entry in entries)
    for place, facts in (everywhere, *scoped):
        for name, value in facts.items():
            for below, title, help, key in _mistakes(name, value):
                problems.append(Problem(title, source.locate((*place, name, *below), key=key), help, source))


def is_allowed(name: str, value: Json) -> bool:
    """Whether a fact may have a value by its name."""
    return next(_mistakes(name, value), None) is None


def blank_texts(value: Json, below: Path = ()) -> Iterator[Path]:
    """Where a blank text stands in a value: it says nothing, and compared with a number it would pass for 0."""
    if isinstance(value, str):
        if is_blank(value) and not isinstance(value, Unreadable):
            yield below
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from blank_texts(inner, (*below, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from blank_texts(inner, (*below, index))


def _mistakes(name: str, value: Json) -> Iterator[Mistake]:
    fact = COMMON_FACTS.get(name)
    if value is None or isinstance(value, Unreadable):
        return
    if fact is None:
        help = "write what the vendor says, or null where it is not known"
        yield from ((below, f"`{name}` has a blank text", help, False) for below in blank_texts(value))
    elif fact.kind == "countries" or fact.kind == "certifications":
        yield from _in_listing(name, fact.kind, value)
    elif not _KINDS[fact.kind].fits(value):
        yield _misfit(name, fact.kind, fact.unit, value)


def _misfit(name: str, kind: ValueKind, unit: str, value: Json) -> Mistake:
    """What was found in the place of what was expected, and the name under which it may stand."""
    expected = _KINDS[kind].expected.format(unit)
    help = f"write {expected}"
    if kind == "country" and isinstance(value, str):
        help = _country(value)
    elif not name.endswith(NOTE) and kind != "text":
        help += f", leave it out where it is not known, or say it in words as `{name}{NOTE}`"
    return (), f"`{name}` must be {expected}, and this is {_found(value)}", help, False


def _in_listing(name: str, kind: ListingKind, value: Json) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        expected = f"`{{names: [{_EXAMPLES[kind]}], complete: false}}`"
        yield (), f"`{name}` must be a mapping, and this is {_found(value)}", f"write {expected}", False
        return
    for key in value:
        if key not in FactListing.__struct_fields__ and not isinstance(key, Unreadable):
            help = suggestion(key, FactListing.__struct_fields__)
            yield (key,), f"unknown key `{key}`", help, True
    yield from _names(name, kind, value.get("names"))
    complete = value.get("complete")
    if complete is not None and not isinstance(complete, (bool, Unreadable)):
        help = "write true where the vendor itself says that the list is complete, else false"
        yield ("complete",), f"`complete` must be true or false, and this is {_found(complete)}", help, False


def _names(name: str, kind: ListingKind, listed: Json) -> Iterator[Mistake]:
    if not isinstance(listed, list):
        help = f"write `names: [{_EXAMPLES[kind]}]`"
        if listed is None:
            yield (), f"`{name}` says no `names`", help, True
        else:
            yield ("names",), f"`names` must be a list, and this is {_found(listed)}", help, False
        return
    for index, one in enumerate(listed):
        if isinstance(one, Unreadable) or one in LISTED[kind]:
            continue
        help = _HELP[kind](one) if isinstance(one, str) else f"write a name, such as {_EXAMPLES[kind]}"
        yield ("names", index), f"{_found(one)} is not {_CALLED[kind]}", help, False


def _found(value: Json) -> str:
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    return value_words(value)


def _country(word: str) -> str:
    """The code that is meant; no other country is named for one that is none."""
    lower = word.lower()
    code = REGION_ALIASES.get(lower, lower)
    return f"write `{code}`" if code in COUNTRIES else "write an ISO 3166-1 alpha-2 code in lower case, such as `us`"


def _certification(word: str) -> str:
    return suggestion(word, LISTED["certifications"])


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0


class _Kind(msgspec.Struct, frozen=True):
    """How values of a kind are called and recognized."""

    expected: str
    """With `{0}` for the unit."""
    fits: Callable[[Json], bool]


_KINDS: Final[Mapping[ValueKind, _Kind]] = {
    "amount": _Kind("a number of {0}, 0 or more", _is_number),
    "count": _Kind("a whole number of {0}, 0 or more", lambda value: _is_number(value) and value == int(value)),
    "flag": _Kind("true or false", lambda value: isinstance(value, bool)),
    "country": _Kind("the code of a country", lambda value: isinstance(value, str) and value in COUNTRIES),
    "modules": _Kind(
        "a list of numbers from 1 to 4",
        lambda value: isinstance(value, list) and all(_is_number(one) and one in MODULES for one in value),
    ),
    "text": _Kind("a text", lambda value: isinstance(value, str) and not is_blank(value)),
}
_EXAMPLES: Final[Mapping[ListingKind, str]] = {"countries": "us, de", "certifications": "soc_2_type_2, iso_27001"}
_CALLED: Final[Mapping[ListingKind, str]] = {
    "countries": "the code of a country",
    "certifications": "a certification that the registry knows",
}
_HELP: Final[Mapping[ListingKind, Callable[[str], str]]] = {"countries": _country, "certifications": _certification}


def near_misses(cell: CellFile) -> Iterator[tuple[Path, str, str]]:
    """Facts of a cell that are almost called by a common name: where below the cell, the name, and which is meant."""
    entries = enumerate(cell.scoped_facts or ())
    scoped = ((("scoped_facts", index, "facts"), entry.facts) for index, entry in entries)
    for path, facts in (((("facts",), cell.facts or {})), *scoped):
        for name in facts:
            meant = near_miss(name)
            if meant is not None:
                yield (*path, name), name, meant


@lru_cache(maxsize=1024)  # a registry says one thing of many offerings
def near_miss(name: str) -> str | None:
    """The common name that a fact is almost called; None where it is one, or another name.

    Only long names, word by word: `retention_day` is meant as `retention_days`, and `retention_days_eu` as itself.
    """
    if name in COMMON_FACTS or len(name) < _LONG:
        return None
    meant = typo(name, COMMON_FACTS)
    if meant is None or (_letters(meant) != _letters(name) and meant.count("_") != name.count("_")):
        return None
    return meant


def _letters(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


_LONG: Final = 6
"""Letters of a name that is too long to be another word by chance."""
