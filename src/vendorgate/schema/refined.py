"""What the types of a model cannot say of it: which fields go together, and which words are taken.

In: the schema that the types gave. Out: the same schema, changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..model import vocabulary
from ..model.agreement import WITHOUT_CLAUSES
from .rules import Schema


def _override(definition: Schema) -> None:
    """At least one thing is said of the policies, and nothing beside that they are off."""
    others = [{"required": ["severity"]}, {"required": ["enforce_from"]}]
    definition["anyOf"] = [{"required": ["off"]}, *others]
    definition["not"] = {"required": ["off"], "properties": {"off": {"const": True}}, "anyOf": others}


def _bundle(definition: Schema) -> None:
    """Own dimensions and kinds of agreement, which are none of the usual ones."""
    usual = [*vocabulary.DIMENSIONS, "default"]
    names = {"pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": usual}}
    definition["properties"]["dimensions"]["propertyNames"] = names
    _policies(definition)


def _policies(definition: Schema) -> None:
    """Own kinds of agreement, of which none is or reads like one of the usual ones."""
    kinds = "|".join("[-_]*".join(kind.replace("_", "")) for kind in vocabulary.AGREEMENT_KINDS)
    definition["properties"]["agreement_kinds"]["items"]["not"] = {"pattern": f"^(?:{kinds})$"}
    groups, regions = definition["properties"]["region_groups"], sorted(vocabulary.REGIONS)
    groups["propertyNames"] = {"pattern": f"^{vocabulary.GROUP_NAME}$", "not": {"enum": regions}}
    groups["additionalProperties"]["items"] = {"enum": [*regions, *vocabulary.REGION_ALIASES]}


def _contract() -> Schema:
    """The grade of a contract names the contract, and no other grade does."""
    return {
        "if": {"properties": {"value": {"const": vocabulary.CONTRACT}}},
        "then": {"required": ["agreement"], "properties": {"agreement": {"type": "string"}}},
        "else": {"properties": {"agreement": {"type": "null"}}},
    }


def _agreement(definition: Schema) -> None:
    """A digest is of a document, and clauses are part of some kinds of agreement alone."""
    definition["dependencies"] = {"sha256": ["document"]}
    kinds = {"properties": {"kind": {"enum": [*WITHOUT_CLAUSES]}}, "required": ["kind"]}
    definition["not"] = {**kinds, "required": ["kind", "scc_modules"]}
    definition["properties"]["scc_modules"]["uniqueItems"] = True


def _stated(axis: str) -> Schema:
    """An axis that is there and not null."""
    return {"required": [axis], "properties": {axis: {"type": "object"}}}


REFINED: Final[Mapping[str, Callable[[Schema], None]]] = {
    "Agreement": _agreement,
    "AttributeRule": lambda one: one.update(oneOf=[{"required": ["type"]}, {"required": ["one_of"]}]),
    "BundleFile": _bundle,
    "ExceptionEntry": lambda one: one.update(anyOf=[{"required": ["path"]}, {"required": ["offering"]}]),
    "FactScope": lambda one: one.update(oneOf=[_stated(axis) for axis in one["properties"]]),
    "NamesScope": lambda one: one.update(oneOf=[_stated(axis) for axis in one["properties"]]),
    "ObservationFile": lambda one: one.update(dependencies={"attested": ["sha256"]}),
    "OwnCellFile": lambda one: one.update(_contract()),
    "PolicyFile": _policies,
    "PolicyOverride": _override,
    "SettingsScope": lambda one: one.update(anyOf=[_stated(axis) for axis in one["properties"]]),
    "ProjectBinding": lambda one: one.update(anyOf=[{"required": ["repositories"]}, {"required": ["paths"]}]),
}
"""What types cannot say of a model."""
