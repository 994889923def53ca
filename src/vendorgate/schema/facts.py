"""Facts with a common name as a schema: each of its type and unit; other names stay open.

In: the table of common names, the definitions of a schema. Out: a definition that cells refer to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..model.facts import COMMON_FACTS, LISTED, MODULES, CommonFact, FactKind, ListingKind
from ..model.vocabulary import COUNTRIES
from .rules import Schema

_NAME: Final = "CommonFacts"
_REFERENCE: Final[Schema] = {"$ref": f"#/definitions/{_NAME}"}
_OTHER: Final = "OtherFact"
_OTHERS: Final[Schema] = {"$ref": f"#/definitions/{_OTHER}"}


def know_facts(definitions: dict[str, Schema], text: Callable[[], Schema]) -> None:
    """Hold facts to the common names, wherever any stand; `text` gives what a text is."""
    definitions[_NAME] = {
        "description": "Facts by name: a common name has its type and unit, and any other can be anything.",
        "type": "object",
        "properties": {name: _fact(fact, text) for name, fact in COMMON_FACTS.items()},
        "additionalProperties": _OTHERS,
    }
    definitions[_OTHER] = {
        "description": "The value of a fact by another name: anything, but no blank text.",
        "anyOf": [
            text(),
            {"type": ["null", "boolean", "number"]},
            {"type": "array", "items": _OTHERS},
            {"type": "object", "additionalProperties": _OTHERS},
        ],
    }
    definitions["ScopedFacts"]["properties"]["facts"]["allOf"] = [_REFERENCE]
    for name in ("CellFile", "OwnCellFile"):
        if name in definitions:
            definitions[name]["properties"]["facts"]["anyOf"] = [_REFERENCE, {"type": "null"}]


def _fact(fact: CommonFact, text: Callable[[], Schema]) -> Schema:
    """A fact; null says that it is not known."""
    unit = f", in {fact.unit}" if fact.unit else ""
    value = text() if fact.kind == "text" else _VALUES[fact.kind]()
    return {"description": f"{_sentence(fact.meaning)}{unit}.", "anyOf": [value, {"type": "null"}]}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listing(kind: ListingKind) -> Schema:
    names = {"type": "array", "items": {"enum": list(LISTED[kind])}, "description": "Those that the vendor lists."}
    complete = {
        "anyOf": [{"type": "boolean"}, {"type": "null"}],
        "default": False,
        "description": "Whether the vendor itself says that these are all; else what is not listed is unknown.",
    }
    properties = {"names": names, "complete": complete}
    return {"type": "object", "properties": properties, "required": ["names"], "additionalProperties": False}


_VALUES: Final[Mapping[FactKind, Callable[[], Schema]]] = {
    "amount": lambda: {"type": "number", "minimum": 0},
    "count": lambda: {"type": "integer", "minimum": 0},
    "flag": lambda: {"type": "boolean"},
    "country": lambda: {"enum": list(COUNTRIES)},
    "countries": lambda: _listing("countries"),
    "certifications": lambda: _listing("certifications"),
    "modules": lambda: {"type": "array", "items": {"enum": list(MODULES)}},
}
