"""The paths that a view can read: which there are, and what reads each.

In: a path, the words of a bundle and a registry. Out: a reader of it; a path that there is not is refused with the
nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec

from ..logic.nearest import suggestion
from ..model.facts import COMMON_FACTS
from ..model.register_words import REGISTER_ATTRIBUTES
from ..model.registry import CellFile
from . import reading_declared as declared
from . import reading_documented as documented
from . import reading_judged as judged
from .answer import Read, Span

_OF_ROUTE: Final = (
    *("offering", "account", "vendor", "endpoints", "models", "features", "region", "cloud_region", "tier"),
    *("lifecycle", "agreements", "fallbacks", "via", "recipients", "route"),
)
"""Fields that each route of a usage has for itself."""
_OFFERING: Final = ("id", "name", "developer", "platform", "category", "model_family", "summary", "endpoints", "models")
_CELL: Final = tuple(
    field for field in CellFile.__struct_fields__ if field not in ("scope", "conditions", "facts", "scoped_facts")
)
_DAY_AND_HAND: Final = ("by", "on")
_INNER: Final[Mapping[str, tuple[str, ...]]] = {"reviewed": _DAY_AND_HAND}
"""Fields of an agreement that have fields."""


class Words(msgspec.Struct, frozen=True):
    """What a path can name, beside the fields that there always are."""

    dimensions: Collection[str]
    kinds: Collection[str]
    """Of agreements."""
    attributes: Collection[str] | None
    """Those that usages may have; None: any."""
    facts: Callable[[str], Collection[str]]
    """Those that any cell of a dimension states."""
    agreement_fields: Collection[str]


class PathReader(msgspec.Struct, frozen=True):
    """How a path is read, and of what it is said."""

    span: Span
    read: Read


class UnknownViewPath(Exception):
    """A path that no view can read; the message says which is meant."""


def reader_of(path: str, words: Words) -> PathReader:
    """What reads a path.

    Raises:
        UnknownViewPath: there is no such path.
    """
    root, *steps = path.split(".")
    if root not in _ROOTS:
        raise UnknownViewPath(suggestion(root, _ROOTS, "a path begins with"))
    return _ROOTS[root](path, steps, words)


def _manifest(path: str, steps: list[str], words: Words) -> PathReader:
    return PathReader("usage", judged.manifest(_one(path, steps, judged.MANIFEST)))


def _project(path: str, steps: list[str], words: Words) -> PathReader:
    _one(path, steps, ("name", "owner", "bound"))
    return PathReader("usage", declared.stated(path))


def _usage(path: str, steps: list[str], words: Words) -> PathReader:
    if steps[:1] in (["attributes"], ["settings"]):
        _require(len(steps) > 1 and all(steps), f"name one, such as `{_EXAMPLES[steps[0]]}`")
        if steps[0] == "settings":
            return PathReader("route", declared.stated(path))
        name = ".".join(steps[1:])
        _check_attribute(name, words)
        undeclared = words.attributes is not None and name not in words.attributes
        return PathReader("usage", declared.stated(path, undeclared=undeclared))
    field = _one(path, steps, (*declared.SHARED, *_OF_ROUTE))
    return PathReader("usage" if field in declared.SHARED else "route", declared.stated(path))


_EXAMPLES: Final = {"attributes": "usage.attributes.legal_basis", "settings": "usage.settings.zero_data_retention"}


def _check_attribute(name: str, words: Words) -> None:
    if words.attributes is not None:
        known = {*words.attributes, *REGISTER_ATTRIBUTES}
        _require(name in known, suggestion(name, known, "attributes"))


def _route(path: str, steps: list[str], words: Words) -> PathReader:
    return PathReader("route", judged.route(_one(path, steps, judged.ROUTE)))


def _offering(path: str, steps: list[str], words: Words) -> PathReader:
    _one(path, steps, _OFFERING)
    return PathReader("route", documented.offering(path))


def _registry(path: str, steps: list[str], words: Words) -> PathReader:
    dimension, *rest = steps or [""]
    _require(dimension in words.dimensions, suggestion(dimension, words.dimensions, "dimensions"))
    if rest[:1] == ["facts"]:
        fact = ".".join(rest[1:])
        home = fact in COMMON_FACTS and dimension in COMMON_FACTS[fact].homes
        if not home and fact not in words.facts(dimension):
            stated = sorted({*words.facts(dimension), *_common(dimension)})
            raise UnknownViewPath(f"no cell of {dimension} has that fact; {suggestion(fact, stated, 'there are')}")
        return PathReader("route", documented.fact(path, dimension, fact))
    field = _one(path, rest, (*_CELL, "facts.NAME"), f"registry.{dimension}")
    return PathReader("route", documented.cell(path, dimension, field))


def _common(dimension: str) -> list[str]:
    return [name for name, fact in COMMON_FACTS.items() if dimension in fact.homes]


def _agreements(path: str, steps: list[str], words: Words) -> PathReader:
    kind, *rest = steps or [""]
    _require(kind in words.kinds, suggestion(kind, words.kinds, "kinds of agreement"))
    fields = (*words.agreement_fields, *(f"{outer}.{name}" for outer, inner in _INNER.items() for name in inner))
    field = _one(path, [".".join(rest)], fields, f"agreements.{kind}")
    return PathReader("route", documented.agreement(kind, field))


def _results(path: str, steps: list[str], words: Words) -> PathReader:
    return PathReader("route", judged.results(_one(path, steps, judged.RESULTS)))


def _bundle(path: str, steps: list[str], words: Words) -> PathReader:
    return PathReader("run", judged.bundle(_one(path, steps, judged.BUNDLE)))


def _snapshot(path: str, steps: list[str], words: Words) -> PathReader:
    return PathReader("run", judged.snapshot(_one(path, steps, judged.SNAPSHOT)))


def _as_of(path: str, steps: list[str], words: Words) -> PathReader:
    _require(not steps, "did you mean `as_of`?")
    return PathReader("run", judged.as_of)


def _one(path: str, steps: list[str], fields: Collection[str], prefix: str = "") -> str:
    """The one field that a path names below its beginning."""
    name = ".".join(steps)
    if name in fields:
        return name
    paths = [f"{prefix or path.partition('.')[0]}.{field}" for field in fields]
    raise UnknownViewPath(suggestion(path, paths, "there are"))


def _require(holds: bool, advice: str) -> None:
    if not holds:
        raise UnknownViewPath(advice)


_ROOTS: Final[Mapping[str, Callable[[str, list[str], Words], PathReader]]] = {
    "manifest": _manifest,
    "project": _project,
    "usage": _usage,
    "route": _route,
    "offering": _offering,
    "registry": _registry,
    "agreements": _agreements,
    "results": _results,
    "bundle": _bundle,
    "snapshot": _snapshot,
    "as_of": _as_of,
}
