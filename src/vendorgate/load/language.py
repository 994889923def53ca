"""The data model that rules are checked against: paths, their types, and the domain operators.

In: the data classes that exist, the words of offerings. Out: dialects for `require`, `when` and registry conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from msgspec import UnsetType

from ..logic import Node
from ..logic.nearest import suggestion
from ..logic.operators import ARITIES
from ..logic.paths import COUNT
from ..logic.types import (
    ANY,
    BOOLEAN,
    DAY,
    NUMBER,
    TEXT,
    DayParameter,
    Dialect,
    PathParameter,
    Shape,
    Signature,
    Type,
    UnknownPath,
    ValueParameter,
    Vocabulary,
    WordParameter,
)
from ..model import vocabulary as words
from ..model.additions import NO_WORDS, AttributeType, OwnWords
from ..model.asking import SIGNS
from .fact_paths import fact_type
from .lexicon import Lexicon
from .observed_paths import check_observable, check_setting


def _agreement(own: OwnWords) -> Vocabulary:
    return Vocabulary("a kind of agreement", own.agreement_kinds)


def _vocabulary(name: str, members: tuple[str, ...] | frozenset[str]) -> Vocabulary:
    return Vocabulary(name, frozenset(members))


def _region(own: OwnWords) -> Vocabulary:
    return Vocabulary("a region", words.REGIONS.union(own.region_groups), words.REGION_ALIASES)


def _within(own: OwnWords) -> Signature:
    region = _region(own)
    return Signature((ValueParameter(region), ValueParameter(region)), BOOLEAN)


def _slug(name: str) -> Type:
    """A text of an open set, of which the form is known."""
    return Type("text", shape=Shape(name, _SLUG_ENDS | frozenset("._-"), _SLUG_ENDS, _SLUG_HELP))


_SLUG_ENDS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_SLUG_HELP: Final = "write lower-case letters, digits, hyphens, dots and underscores, as manifests must"
_DIMENSION: Final = _vocabulary("a dimension", words.DIMENSIONS)
_TIER: Final = _vocabulary("a tier", words.TIERS)
_CATEGORY: Final = _vocabulary("a category", words.CATEGORIES)

SIGNATURES: Final[Mapping[str, Signature]] = {
    "covered": Signature((WordParameter(_DIMENSION),), BOOLEAN),
    "documented": Signature((WordParameter(_DIMENSION),), BOOLEAN),
    "agreement": Signature((WordParameter(_agreement(NO_WORDS)),), BOOLEAN),
    "within": _within(NO_WORDS),
    "days_since": Signature((DayParameter(),), NUMBER),
    "days_until": Signature((DayParameter(),), NUMBER),
    "observed": Signature((PathParameter(check_observable, "usage.settings.zero_data_retention"),), BOOLEAN),
}
"""The domain operators; `evaluate.program` gives each its meaning."""

_TEXTS: Final = Type("list", element=TEXT)
_PROJECT: Final[Mapping[str, Type]] = {"name": _slug("the name of a project"), "owner": TEXT, "bound": BOOLEAN}
_OFFERING: Final[Mapping[str, Type]] = {
    "summary": TEXT,
    **dict.fromkeys(("models", "hosts", "aliases"), _TEXTS),
    "category": Type("text", _CATEGORY),
}
_CELL: Final[Mapping[str, Type]] = {
    **dict.fromkeys(("verified", "valid_until"), DAY),
    **dict.fromkeys(("source", "archived", "geography", "note"), TEXT),
    "value": Type("text", _vocabulary("a grade", words.GRADES)),
    "confidence": Type("text", _vocabulary("a confidence", words.CONFIDENCES)),
    "tier": Type("text", _TIER),
    "route": Type("text", _vocabulary("a route", words.ACCESS_ROUTES)),
    "default": Type("text", _vocabulary("a default", words.DEFAULTS)),
}
_ROUTE: Final = _vocabulary("a route of a usage", words.ROUTES_OF_USAGE)
_AGREEMENT_FIELDS: Final[Mapping[str, Type]] = {
    "offerings": _TEXTS,
    "status": Type("text", _vocabulary("a status of an agreement", words.AGREEMENT_STATUSES)),
    "signed": DAY,
    "expires": DAY,
    "projects": _TEXTS,
    **dict.fromkeys(("reference", "counterparty", "document", "sha256", "owner"), TEXT),
    "notice_days": NUMBER,
    "scc_modules": Type("list", element=NUMBER),
}
_REVIEW: Final[Mapping[str, Type]] = {"by": TEXT, "on": DAY}


class Language(msgspec.Struct, frozen=True):
    """The dialects of one check."""

    require: Dialect
    """For requirements and registry conditions."""
    when: Dialect
    """For `when`, which may not read what the registry or an agreement says."""


def language(data_classes: frozenset[str], lexicon: Lexicon, own: OwnWords = NO_WORDS) -> Language:
    """The dialects in which these data classes, the words of these offerings and a bundle's own exist."""
    agreement = _agreement(own)
    usage = {
        **_usage(Vocabulary("a data class", data_classes), lexicon, _region(own)),
        "agreements": Type("list", element=Type("text", agreement)),
    }
    offering = {**_OFFERING, **_offering_words(lexicon)}
    primary = {
        "offering": usage["offering"],
        "platform": offering["platform"],
        "developer": offering["developer"],
        "region": usage["region"],
    }
    signatures = {
        **SIGNATURES,
        **_signs(lexicon),
        "agreement": Signature((WordParameter(agreement),), BOOLEAN),
        "within": _within(own),
    }
    arities = {**ARITIES, **{name: (len(row.parameters),) * 2 for name, row in SIGNATURES.items()}}
    roots: dict[str, Callable[[list[str], str], Type]] = {
        "usage": lambda steps, path: _usage_path(usage, own, steps, path),
        "project": lambda steps, path: _field(_PROJECT, steps, path),
        "primary": lambda steps, path: _field(primary, steps, path),
        "offering": lambda steps, path: _offering_path(offering, steps, path),
        "today": lambda steps, path: DAY if not steps else _no_field(path, "today", ()),
    }
    everywhere = {
        **roots,
        "registry": lambda steps, path: _registry_path(lexicon, steps, path),
        "agreements": lambda steps, path: _agreement_path(agreement, steps, path),
    }
    return Language(
        require=Dialect(
            arities,
            signatures,
            _reader(everywhere),
            frozenset(everywhere),
            frozenset(("registry",)),
            refused=_ALL_USAGES,
            rewrite=_rewrite(own),
        ),
        when=Dialect(
            arities,
            signatures,
            _reader(roots, elsewhere=frozenset(everywhere)),
            frozenset(everywhere),
            frozenset(("registry",)),
            refused={**dict.fromkeys(SIGNS, _WHEN), **_ALL_USAGES},
            rewrite=_rewrite(own),
        ),
    )


def _rewrite(own: OwnWords) -> Callable[[Node], Node] | None:
    """What lists of regions become where a bundle has groups of them."""
    if not own.region_groups:
        return None
    from .region_groups import rule_with_members  # few bundles have any

    return lambda tree: rule_with_members(tree, own.region_groups)


_ALL_USAGES: Final = {COUNT: "it counts over all usages of a fleet: move the rule to `fleet.yaml` of the bundle"}
_WHEN: Final = (
    "`when` says to whom a policy applies: read `usage`, `primary`, `project`, `offering` or `today`,"
    " and move this to `require`"
)


_ONE_WORD: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("names", "the name of an offering"),
    "platform": ("platforms", "a platform of an offering"),
    "developer": ("developers", "a developer of an offering"),
    "model_family": ("families", "a model family of an offering"),
}
"""Fields of an offering that have one word: the kind of word in the lexicon, and what one is called."""
_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "endpoints": ("endpoints", "an endpoint of an offering"),
    "features": ("features", "a feature of an offering"),
}
"""Fields of an offering, and of a usage, that have several."""


def _signs(lexicon: Lexicon) -> dict[str, Signature]:
    """The operators that take a dimension, where the bundle adds some."""
    if not lexicon.dimensions:
        return {}
    dimension = Vocabulary("a dimension", _dimensions(lexicon))
    return dict.fromkeys(("covered", "documented"), Signature((WordParameter(dimension),), BOOLEAN))


def _dimensions(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.dimensions | frozenset(words.DIMENSIONS)


def _offering_words(lexicon: Lexicon) -> dict[str, Type]:
    """Of the fields of an offering that policies compare: `Azure` for `Microsoft Azure` would switch a policy off."""
    return {
        "id": _offering(lexicon),
        **{field: _word(lexicon, *kind) for field, kind in _ONE_WORD.items()},
        **_listed_words(lexicon),
    }


def _listed_words(lexicon: Lexicon) -> dict[str, Type]:
    return {field: Type("list", element=_word(lexicon, *kind)) for field, kind in _LISTS.items()}


def _word(lexicon: Lexicon, kind: str, name: str) -> Type:
    words = lexicon.words(kind)
    return TEXT if words is None else Type("text", Vocabulary(name, words, in_parts=True))


def _offering(lexicon: Lexicon) -> Type:
    return Type("text", Vocabulary("an offering", lexicon.offerings | {words.UNLISTED}))


def _usage(data_class: Vocabulary, lexicon: Lexicon, region: Vocabulary) -> dict[str, Type]:
    offering = _offering(lexicon)
    return {
        **dict.fromkeys(("purpose", "cloud_region", "vendor"), TEXT),
        "id": _slug("the id of a usage"),
        "account": _slug("the name of an account"),
        "models": _TEXTS,
        **_listed_words(lexicon),
        "offering": offering,
        "via": offering,
        **dict.fromkeys(("fallbacks", "recipients"), Type("list", element=offering)),
        "data": Type("list", element=Type("text", data_class)),
        "subjects": Type("list", element=Type("text", region)),
        "region": Type("text", region),
        "tier": Type("text", _TIER),
        "route": Type("text", _ROUTE),
        "environment": Type("text", _vocabulary("an environment", words.ENVIRONMENTS)),
        "lifecycle": Type("text", _vocabulary("a lifecycle", words.LIFECYCLES)),
    }


def _reader(
    roots: Mapping[str, Callable[[list[str], str], Type]], elsewhere: frozenset[str] = frozenset()
) -> Callable[[str], Type]:
    def read(path: str) -> Type:
        root, *steps = path.split(".")
        if root in roots:
            return roots[root](steps, path)
        if root in elsewhere:
            raise UnknownPath(_WHEN)
        raise UnknownPath(suggestion(root, roots, "a path begins with"))

    return read


def _field(fields: Mapping[str, Type], steps: list[str], path: str, prefix: str = "") -> Type:
    if len(steps) == 1 and steps[0] in fields:
        return fields[steps[0]]
    return _no_field(path, prefix or path.partition(".")[0], fields)


def _no_field(path: str, prefix: str, fields: Mapping[str, Type] | tuple[()]) -> Type:
    paths = [f"{prefix}.{name}" for name in fields] or [prefix]
    raise UnknownPath(suggestion(path, paths, "there are"))


def _usage_path(fields: Mapping[str, Type], own: OwnWords, steps: list[str], path: str) -> Type:
    if steps[:1] == ["settings"]:
        check_setting(steps)
        return ANY
    if steps[:1] == ["attributes"]:
        return _attribute(own, ".".join(steps[1:]))
    return _field(fields, steps, path)


_ATTRIBUTES: Final[Mapping[AttributeType, Type]] = {
    "text": Type("text", holds=True),
    "flag": BOOLEAN,
    "day": Type("text", day=True, holds=True),
    "number": NUMBER,
}


def _attribute(own: OwnWords, name: str) -> Type:
    """What a usage's attribute can be: as it is declared, else anything, unless the set is closed."""
    rule = own.attributes.get(name)
    if rule is None:
        if not name.strip("."):
            raise UnknownPath("name one attribute, such as `usage.attributes.dpia`")
        if own.closed:
            raise UnknownPath(suggestion(name, own.attributes, "attributes"))
        return ANY
    if not isinstance(rule.one_of, UnsetType):
        return Type("text", Vocabulary(f"a value of the attribute `{name}`", frozenset(rule.one_of)), holds=True)
    return ANY if isinstance(rule.type, UnsetType) else _ATTRIBUTES[rule.type]


def _offering_path(fields: Mapping[str, Type], steps: list[str], path: str) -> Type:
    if len(steps) == 2 and steps[0] == "sdk_packages" and steps[1]:
        return _TEXTS
    return _field(fields, steps, path)


def _registry_path(lexicon: Lexicon, steps: list[str], path: str) -> Type:
    dimension, *rest = steps or [""]
    known = _dimensions(lexicon)
    if dimension not in known:
        raise UnknownPath(suggestion(dimension, known, "dimensions"))
    if len(rest) > 1 and rest[0] == "facts" and all(rest):
        return fact_type(lexicon.facts(dimension), dimension, rest[1:])
    if len(rest) == 1 and rest[0] in _CELL:
        return _CELL[rest[0]]
    if rest[:1] == ["facts"]:
        raise UnknownPath("name one fact, such as `registry.retention_zdr.facts.retention_days`")
    return _no_field(path, f"registry.{dimension}", _CELL)


def _agreement_path(kinds: Vocabulary, steps: list[str], path: str) -> Type:
    kind, *rest = steps or [""]
    if kind not in kinds.words:
        raise UnknownPath(suggestion(kind, kinds.words, "kinds of agreement"))
    fields = {"kind": Type("text", kinds), **_AGREEMENT_FIELDS}
    entry = Type("record", fields={**fields, "reviewed": Type("record", fields=_REVIEW)})
    fields.update({f"reviewed.{name}": type for name, type in _REVIEW.items()}, all=Type("list", element=entry))
    return _field(fields, [".".join(rest)], path, f"agreements.{kind}")
