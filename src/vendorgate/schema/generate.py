"""Models to JSON Schemas, draft-07: closed, described, with the vocabularies.

In: the kind of file, the data classes and offerings that exist, the operators. Out: a schema as plain JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import UnsetType

from ..logic.paths import COUNT
from ..model import vocabulary
from ..model.additions import NO_WORDS, AttributeType, OwnWords
from ..model.observable import OBSERVABLE, SETTINGS
from ..model.text import LONGEST, PUBLISHED, Text
from .docstrings import class_words, field_words
from .facts import know_facts
from .kinds import model_of
from .refined import REFINED
from .rules import CONDITION, Schema, one_of, rule_definitions

_READ: Final = (
    *("manifest", "bundle", "policy", "tests", "agreements", "waivers", "observation", "accounts"),
    "fleet-policies",
    *("offering", "own-offering", "offering-extension", "snapshot"),
)
"""Kinds that are read as YAML, and held to its limits."""
_OVER_ALL: Final = "FleetPolicyEntry"
_WITH_RULES: Final = frozenset(("PolicyFileEntry", _OVER_ALL, "CellFile", "OwnCellFile"))
"""Models that hold rules."""
_USAGES: Final = ("Usage", "PolicyTestUsage", "FleetTestUsage", "Route")
"""Models that say what is declared of a route."""
_SENTENCE: Final = {"$ref": "#/definitions/Sentence"}
_SETTING_PATH: Final = rf"^{re.escape(SETTINGS)}[^.]+(?:\.[^.]+)*$"
"""The path of a setting of any name."""
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_LEAP_YEAR: Final = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAY: Final = (
    r"^(?!.*\n)(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)$"
)
"""A day that exists (ISO 8601, proleptic Gregorian calendar, from the year 1); few editors look at `format`."""


class Vocabularies(msgspec.Struct, frozen=True):
    """The words that other files define, and the operators."""

    data_classes: tuple[str, ...]
    offerings: tuple[str, ...]
    arities: Mapping[str, tuple[int, int | None]]
    """Of each operator: the fewest and the most arguments."""
    own: OwnWords = NO_WORDS
    """What a bundle adds."""
    dimensions: tuple[str, ...] = vocabulary.DIMENSIONS
    """The usual ones, and those that the bundle adds."""


def schema(kind: str, words: Vocabularies) -> Schema:
    """The schema of a kind of file."""
    model = model_of(kind)
    (root,), definitions = msgspec.json.schema_components([model], ref_template="#/definitions/{name}")
    models = _models(model)
    for name, definition in definitions.items():
        _describe(definition, models[name])
        _close_mappings(definition, models[name])
    _specialize(definitions, words)
    _name_kinds(definitions, _kinds(words))
    _draft_07(definitions)
    if definitions.keys() & _WITH_RULES:
        takes = {
            "covered": one_of(words.dimensions),
            "documented": one_of(words.dimensions),
            "agreement": one_of(_kinds(words)),
            "observed": {"anyOf": [one_of(OBSERVABLE), {"type": "string", "pattern": _SETTING_PATH}]},
        }
        counts = {COUNT: (2, 2)} if _OVER_ALL in definitions else {}
        definitions.update(rule_definitions({**words.arities, **counts}, takes))
    if kind in _READ:
        _limit_texts(definitions)
    top = definitions.pop(root["$ref"].rpartition("/")[2])
    order = {"$schema": _DRAFT, "$id": f"vendorgate:{kind}", "title": f"vendorgate {kind}"}
    return {**order, **{key: value for key, value in top.items() if key != "title"}, "definitions": definitions}


def _kinds(words: Vocabularies) -> tuple[str, ...]:
    """The contract's kinds of agreement in its order, then the bundle's own."""
    known = vocabulary.AGREEMENT_KINDS
    return (*known, *sorted(words.own.agreement_kinds.difference(known)))


def _models(model: type) -> dict[str, type]:
    """Every struct that a model is made of, by name."""
    found: dict[str, type] = {}
    waiting: list[Any] = [msgspec.inspect.type_info(model)]
    while waiting:
        type = waiting.pop()
        if isinstance(type, msgspec.inspect.StructType):
            if type.cls.__name__ in found:
                continue
            found[type.cls.__name__] = type.cls
            waiting.extend(field.type for field in type.fields)
        elif isinstance(type, msgspec.inspect.UnionType):
            waiting.extend(type.types)
        else:
            parts = ("item_type", "key_type", "value_type", "type")
            waiting.extend(getattr(type, part) for part in parts if hasattr(type, part))
    return found


def _describe(definition: Schema, model: type) -> None:
    definition["description"] = class_words(model)
    names = {field.encode_name: field.name for field in msgspec.structs.fields(model)}
    for name, property in definition.get("properties", {}).items():
        words = field_words(model, names[name])
        if words is not None:
            if "$ref" in property:
                definition["properties"][name] = {"allOf": [property], "description": words}
            else:
                property["description"] = words


def _close_mappings(definition: Schema, model: type) -> None:
    """Mappings whose keys are words of a vocabulary have no other keys."""
    for field in msgspec.inspect.type_info(model).fields:  # type: ignore[attr-defined]  # of a struct
        words = _key_words(field.type)
        if words:
            property = definition["properties"][field.encode_name]
            for form in property.get("anyOf", [property]):
                if form.get("type") == "object":
                    form["propertyNames"] = {"enum": words}


def _key_words(type: Any) -> list[Any]:
    """The words that the keys of a mapping are, or of one among several forms."""
    if isinstance(type, msgspec.inspect.UnionType):
        return [word for member in type.types for word in _key_words(member)]
    if not isinstance(type, msgspec.inspect.DictType):
        return []
    keys = type.key_type.types if isinstance(type.key_type, msgspec.inspect.UnionType) else (type.key_type,)
    return [word for key in keys if isinstance(key, msgspec.inspect.LiteralType) for word in key.values]


def _draft_07(value: Any) -> None:
    """What draft-07 writes otherwise, and days so that a validator without formats refuses other texts, too."""
    if isinstance(value, dict):
        if value.get("format") == "date":
            value["pattern"] = _DAY
        elif isinstance(pattern := value.get("pattern"), str):
            value["pattern"] = PUBLISHED.get(pattern, pattern)
        for key, inner in value.items():
            value[key] = list(inner) if isinstance(inner, tuple) else inner
            _draft_07(inner)
    elif isinstance(value, list):
        for inner in value:
            _draft_07(inner)


def _name_kinds(definitions: dict[str, Schema], kinds: tuple[str, ...]) -> None:
    """Put in the kinds of agreement, wherever one is named."""
    for name in _USAGES:
        if name in definitions:
            _enumerate_items(definitions[name]["properties"], "agreements", kinds)
    for name in ("PolicyTest", "FiledTest"):
        if name in definitions:
            _enumerate_texts(definitions[name]["properties"]["agreements"], kinds)
    if "Agreement" in definitions:
        _enumerate(definitions["Agreement"]["properties"], "kind", kinds)


_NAMED_WHERE_UNLISTED: Final[Schema] = {
    "if": {"required": ["offering"], "properties": {"offering": {"const": vocabulary.UNLISTED}}},
    "then": {"required": ["vendor"], "properties": {"vendor": {"type": "string"}}},
    "else": {"properties": {"vendor": {"type": "null"}}},
}
"""Who an unlisted vendor is must be said, and of others may not."""


_OBSERVING: Final = {
    "ObservedInTest": ("region",),
    "ObservationFile": ("region", "offering"),
    "AccountEntry": ("offering",),
}
"""Fields of models of what is observed that have words of a vocabulary."""


def _name_observed(definitions: dict[str, Schema], words: Mapping[str, Iterable[str]]) -> None:
    for name in definitions.keys() & _OBSERVING.keys():
        for field in _OBSERVING[name]:
            _enumerate(definitions[name]["properties"], field, words[field])


def _specialize(definitions: dict[str, Schema], words: Vocabularies) -> None:
    """Put in the vocabularies that other files define, and the rules."""
    regions = sorted((*vocabulary.REGIONS, *vocabulary.REGION_ALIASES, *words.own.region_groups))
    for name in _USAGES:
        if name in definitions:
            properties = definitions[name]["properties"]
            _enumerate(properties, "offering", (*words.offerings, vocabulary.UNLISTED))
            definitions[name].update(_NAMED_WHERE_UNLISTED)
            _enumerate(properties, "region", regions)
            _enumerate_items(properties, "data", words.data_classes)
            _enumerate_items(properties, "subjects", regions)
            if "attributes" in properties:
                _declare(properties["attributes"], words.own)
            for route in ("fallbacks", "via", "recipients"):
                _enumerate_texts(properties.get(route), words.offerings)
    _name_observed(definitions, {"region": regions, "offering": words.offerings})
    if "Implication" in definitions:
        _imply(definitions["Implication"], regions)
    _specialize_offerings(definitions, words)
    for name, refine in REFINED.items():
        if name in definitions:
            refine(definitions[name])
    if "ReportedEnglish" in definitions:
        sentences = definitions["ReportedEnglish"]["properties"]
        sentences["applies"] = {**_SENTENCE, "description": sentences["applies"]["description"]}
        sentences["requires"]["items"] = _SENTENCE
        definitions["Sentence"] = _sentence()
    rules = (("PolicyFileEntry", "when"), ("PolicyFileEntry", "require"), (_OVER_ALL, "require"))
    for name, key in (*rules, ("CellFile", "conditions"), ("OwnCellFile", "conditions")):
        if name in definitions:
            definitions[name]["properties"][key] = _rule(definitions[name]["properties"][key], key)


_ATTRIBUTES: Final[Mapping[AttributeType, Callable[[], Schema]]] = {
    "text": lambda: _text(),
    "flag": lambda: {"type": "boolean"},
    "day": lambda: {"type": "string", "format": "date"},
    "number": lambda: {"type": "number"},
}


def _declare(property: Schema, own: OwnWords) -> None:
    """Each attribute as it is declared, and no other where the set is closed."""
    declared: Schema = {}
    for name, rule in sorted(own.attributes.items()):
        if not isinstance(rule.one_of, UnsetType):
            declared[name] = {"enum": list(rule.one_of)}
        elif not isinstance(rule.type, UnsetType):
            declared[name] = _ATTRIBUTES[rule.type]()
    if declared:
        property["properties"] = declared
    if own.closed:
        property["additionalProperties"] = False


def _sentence() -> Schema:
    """A text, or one heading with what stands under it, which types cannot say of themselves."""
    under = {"type": "array", "items": _SENTENCE}
    heading = {"type": "object", "additionalProperties": under, "minProperties": 1, "maxProperties": 1}
    words = "A sentence without its full stop, or by its heading the sentences under it."
    return {"description": words, "anyOf": [{"type": "string"}, heading]}


def _specialize_offerings(definitions: dict[str, Schema], words: Vocabularies) -> None:
    """Put in the dimensions of a bundle, wherever one is named, and who may grade by a contract."""
    for name in ("OwnOfferingFile", "ExtensionFile"):
        if name in definitions:
            definitions[name]["properties"]["dimensions"]["propertyNames"] = {"enum": list(words.dimensions)}
    if "RegistryDemands" in definitions:
        _, by_dimension = definitions["RegistryDemands"]["properties"]["max_evidence_age_days"]["anyOf"]
        by_dimension["propertyNames"] = {"enum": ["default", *words.dimensions]}
    if "ScopedFacts" in definitions:
        know_facts(definitions, _text)
    if "ListedOfferingFile" in definitions:
        definitions["CellFile"]["properties"]["value"]["not"] = {"const": vocabulary.CONTRACT}


def _imply(definition: Schema, regions: list[str]) -> None:
    """At least one name, and of each field what it can be: `features` a list, the others one value."""
    axes = ("models", "endpoints", "features")
    definition["anyOf"] = [{"required": [axis], "properties": {axis: {"type": "array"}}} for axis in axes]
    implied = definition["properties"]["set"]
    forms = implied["additionalProperties"]["anyOf"]
    implied["properties"] = {
        "features": next(form for form in forms if form["type"] == "array"),
        "lifecycle": {"enum": list(vocabulary.LIFECYCLES)},
        "region": {"enum": regions},
    }
    implied["additionalProperties"] = {"anyOf": [form for form in forms if form["type"] != "array"]}


def _enumerate(properties: Schema, name: str, words: Any) -> None:
    if name in properties:
        kept = {key: value for key, value in properties[name].items() if key in ("description", "default")}
        properties[name] = {**kept, "enum": list(words)}


def _enumerate_items(properties: Schema, name: str, words: Any) -> None:
    if name in properties:
        properties[name]["items"] = {"enum": list(words)}


def _enumerate_texts(property: Any, words: Any) -> None:
    """Replace the text among several forms."""
    if isinstance(property, dict):
        for key in ("anyOf", "items"):
            forms = property.get(key)
            if isinstance(forms, list):
                property[key] = [{"enum": list(words)} if one.get("type") == "string" else one for one in forms]
            else:
                _enumerate_texts(forms, words)


def _rule(property: Schema, key: str) -> Schema:
    words = {name: value for name, value in property.items() if name == "description"}
    if key == "when":
        return {**words, **CONDITION}  # a description beside a reference is read by editors and harmless elsewhere
    if key == "conditions":
        items: Schema = dict(CONDITION)
        return {**words, "anyOf": [{"type": "array", "items": items}, {"type": "null"}], "default": None}
    long = {
        "type": "object",
        "additionalProperties": False,
        "required": ["that"],
        "properties": {
            "that": {**CONDITION, "description": "The requirement."},
            "message": {**_text(), "description": "What a report says of it."},
        },
    }
    return {**words, "type": "array", "minItems": 1, "items": {"anyOf": [*_either(), long]}}


def _text() -> Schema:
    """What a text is, wherever one is meant."""
    (schema,), _ = msgspec.json.schema_components([Text])
    _draft_07(schema)
    return schema


def _limit_texts(value: Any) -> None:
    """No text or key of a file that is read is longer than a reader takes."""
    if isinstance(value, dict):
        kind = value.get("type")
        for one in (value if kind == "string" or "string" in (kind or ()) else {}, value.get("propertyNames", {})):
            if one and "enum" not in one:
                one["maxLength"] = LONGEST
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _limit_texts(inner)


def _either() -> list[Schema]:
    return [{"$ref": "#/definitions/Operation"}, {"type": "boolean"}]
