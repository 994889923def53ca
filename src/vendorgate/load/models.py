"""Models of documents that are known to be without a mistake, put together without looking at each value again.

In: the plain values of a document that ships. Out: the model that decoding comes to. Whoever calls this knows that it
does: `tools/parsed_content.py` holds the two against each other for each file, when the package is built.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Final, TypeVar, cast

from ..logic import Json
from ..model.additions import AttributeRule
from ..model.control import Control
from ..model.policy import BundleFile, PolicyFileOutline, PolicyOutline, RegistryDemands
from ..model.registry import (
    CellFile,
    FactScope,
    Former,
    Implication,
    ListedOfferingFile,
    NamesReached,
    Reach,
    Reading,
    Scope,
    ScopedFacts,
    SnapshotFile,
)
from ..model.signatures import Signatures

T = TypeVar("T")
Maker = Callable[[Json], object]
"""Makes what a field holds of its plain value, which is not null."""


def _day(value: Json) -> datetime.date:
    return datetime.date.fromisoformat(cast("str", value))


def _words(value: Json) -> tuple[Json, ...]:
    return tuple(cast("list[Json]", value))


def _of_words(value: Json) -> Json | tuple[Json, ...]:
    """A list of words, or one value."""
    return tuple(value) if isinstance(value, list) else value


def _each(make: Maker) -> Maker:
    """Each of a list."""
    return lambda value: tuple([make(one) for one in cast("list[Json]", value)])


def _by_name(make: Maker) -> Maker:
    """Each under its name."""
    return lambda value: {
        name: None if one is None else make(one) for name, one in cast("dict[str, Json]", value).items()
    }


def _model(make: Callable[..., T], makers: Mapping[str, Maker], names: Mapping[str, str] | None = None) -> Maker:
    """A model whose fields are as they are written, save those with a maker; `names` has fields by other keys."""

    def made(value: Json) -> T:
        fields: dict[str, object] = {**cast("dict[str, Json]", value)}
        for key, other in (names or {}).items():
            if key in fields:
                fields[other] = fields.pop(key)
        for field, maker in makers.items():
            stated = cast("Json", fields.get(field))
            if stated is not None:
                fields[field] = maker(stated)
        return make(**fields)

    return made


_REACH: Final = _model(Reach, {"only": _words, "excluded": _words}, {"except": "excluded"})
_SCOPE: Final = _model(Scope, dict.fromkeys(Scope.__struct_fields__, _REACH))
_NAMES: Final = _model(NamesReached, {"only": _words})
_FACTS: Final = _model(ScopedFacts, {"scope": _model(FactScope, dict.fromkeys(FactScope.__struct_fields__, _NAMES))})
_CELL: Final = _model(
    CellFile,
    {
        **dict.fromkeys(("verified", "valid_until"), _day),
        "scope": _SCOPE,
        "conditions": _words,
        "scoped_facts": _each(_FACTS),
        "readings": _each(_model(Reading, {"on": _day})),
    },
)
_IMPLICATION: Final = _model(
    Implication, {"set": _by_name(_of_words), **dict.fromkeys(("models", "endpoints", "features"), _words)}
)


def _named(value: Json) -> object:
    """Words by name, or a list of them."""
    return _by_name(_of_words)(value) if isinstance(value, dict) else _words(value)


_OFFERING: Final = _model(
    ListedOfferingFile,
    {
        "dimensions": _by_name(_CELL),
        **dict.fromkeys(("endpoints", "models", "features", "hosts", "aliases"), _words),
        "sdk_packages": _by_name(_words),
        "implies": _each(_IMPLICATION),
        "signatures": _model(Signatures, dict.fromkeys(Signatures.__struct_fields__, _named)),
    },
)
_FORMER: Final = _model(Former, {"since": _day, "endpoints": _words, "features": _words})
_POLICY: Final = _model(
    PolicyOutline,
    {
        **dict.fromkeys(("require", "references", "tags"), _words),
        "controls": _each(_model(Control, {})),
        "enforce_from": _day,
    },
)
MODELS: Final[Mapping[str, Maker]] = {
    "ListedOfferingFile": _OFFERING,
    "SnapshotFile": _model(SnapshotFile, {"generated": _day, "former": _by_name(_FORMER)}),
    "BundleFile": _model(
        BundleFile,
        {
            "registry": _model(RegistryDemands, {}),
            **dict.fromkeys(("data_classes", "agreement_kinds", "packs", "optional_packs"), _words),
        },
    ),
    "PolicyFileOutline": _model(
        PolicyFileOutline,
        {
            "policies": _each(_POLICY),
            **dict.fromkeys(("data_classes", "agreement_kinds"), _words),
            "attributes": _by_name(_model(AttributeRule, {"one_of": _words})),
            "region_groups": _by_name(_words),
        },
    ),
}
"""By the name of a model: what makes it. A field that is none of a model, or is of another kind, is not looked for."""


def key_of_model(name: str, key: bytes) -> bytes:
    """Under what it is kept that the values under a key are a model of that name, and are made one here."""
    return f"model {name} ".encode() + key
