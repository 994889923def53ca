"""The schema of rules: every operator with its number of arguments, and the words that some of them take.

In: the operators of the language. Out: definitions. What a path may be and which types fit, only the loader knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Schema = dict[str, Any]
RULE: Final = {"$ref": "#/definitions/Rule"}
CONDITION: Final = {"$ref": "#/definitions/Condition"}


def rule_definitions(arities: Mapping[str, tuple[int, int | None]], takes: Mapping[str, Schema]) -> dict[str, Schema]:
    """`Condition`, `Rule` and `Operation`; `takes` says what an operator takes that takes words written out."""
    operators = {name: _arguments(*arities[name], takes.get(name)) for name in sorted(arities)}
    return {
        "Condition": {
            "description": "A condition in JSON Logic with unknown: one operation, or true or false.",
            "anyOf": [{"$ref": "#/definitions/Operation"}, {"type": "boolean"}],
        },
        "Rule": {
            "description": "A value: one operation, a list of values, or a text, number, boolean or null as it stands.",
            "anyOf": [
                {"$ref": "#/definitions/Operation"},
                {"type": "array", "items": RULE},
                {"type": ["string", "number", "boolean", "null"]},
            ],
        },
        "Operation": {
            "description": "One operation: an object with one key, the operator.",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
            "properties": operators,
        },
    }


def one_of(words: Iterable[str]) -> Schema:
    """A word of a vocabulary, written out."""
    return {"enum": [*words]}


def _arguments(least: int, most: int | None, words: Schema | None) -> Schema:
    item = RULE if words is None else words
    several: Schema = {"type": "array", "items": item, "minItems": least}
    if most is not None:
        several["maxItems"] = most
    if least > 1:
        return several
    lone: Schema = item if words is not None else {"anyOf": [{"$ref": "#/definitions/Operation"}, _SCALAR]}
    return {"anyOf": [lone, several]}


_SCALAR: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}
