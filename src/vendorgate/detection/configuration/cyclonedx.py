"""Bills of materials of CycloneDX, 1.5 to 1.7, as JSON: services that are called, and models.

In: the text of a bill, the catalogue. Out: sightings. A service is whoever is at its endpoints, or whom it names; a
model is served by the service that depends on it, else by its supplier where that is whose own model it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

import msgspec

from ..catalogue.catalogue import Catalogue
from ..code import Place
from ..documents.json_reader import read_json
from ..documents.node import Branch, Leaf, Node, at, branches, items, text, texts, walk
from ..reading.unreadable import Unreadable
from ..sighting import OPENAI_COMPATIBLE, Kind, Reach, Sighting
from .named import provider
from .purposes import doing
from .telling import address, located, model_name, region_of, vendor_address

_SYSTEMS: Final[Mapping[str, str]] = {
    "pypi": "pypi",
    "npm": "npm",
    "golang": "go",
    "maven": "maven",
    "gem": "rubygems",
    "cargo": "crates",
    "nuget": "nuget",
    "composer": "packagist",
}
"""By type of a package's URL: the system."""
_PURL: Final = re.compile(r"pkg:(?P<type>[a-z]+)/(?P<name>[^@?#]+)")
_MODEL: Final = "machine-learning-model"
_REACHES: Final[Mapping[str, Reach]] = {"optional": "optional", "dependency": "declared"}
"""By the status of our own bills; all others are uses."""


def read(text_: str, catalogue: Catalogue) -> Iterator[Sighting]:
    """What a bill says.

    Raises:
        Unreadable: it is none.
    """
    bill = read_json(text_)
    format = text(bill, "bomFormat")
    if format is None or format.value != "CycloneDX":
        raise Unreadable("no bill of CycloneDX's as JSON")
    models = _models(bill)
    needed = _needed(bill)
    served = set[str]()
    for service in _services(bill):
        ref = text(service, "bom-ref")
        below = [models[one] for one in needed.get(ref.value if ref else "", ()) if one in models]
        served.update(one for one in needed.get(ref.value if ref else "", ()))
        yield from _service(service, below, catalogue)
    yield from _components(bill, served, catalogue)


def _services(bill: Node | None) -> Iterator[Branch]:
    """Services, and those inside of them."""
    open = [one for one in items(at(bill, "services")) if isinstance(one, Branch)]
    while open:
        one = open.pop(0)
        yield one
        open += [inner for inner in items(at(one, "services")) if isinstance(inner, Branch)]


def _models(bill: Node | None) -> dict[str, Leaf]:
    """The names of models, by their reference."""
    found = {}
    for _, one in branches(at(bill, "components")):
        type, ref, name = text(one, "type"), text(one, "bom-ref"), text(one, "name")
        if type is not None and type.value == _MODEL and ref is not None and name is not None:
            found[ref.value] = name
    return found


def _needed(bill: Node | None) -> dict[str, list[str]]:
    """What depends on what."""
    return {
        ref.value: [leaf.value for leaf in texts(at(one, "dependsOn"))]
        for one in items(at(bill, "dependencies"))
        if (ref := text(one, "ref")) is not None
    }


def _properties(node: Node) -> list[tuple[str, Leaf]]:
    """Properties by the last part of their names, which tools write differently before it."""
    return [
        (re.split(r"[:./]", name.value)[-1].lower(), value)
        for one in items(at(node, "properties"))
        if (name := text(one, "name")) is not None and (value := text(one, "value")) is not None
    ]


def _service(service: Branch, models: list[Leaf], catalogue: Catalogue) -> Iterator[Sighting]:
    """Whoever serves, at each of its endpoints, with each of its models."""
    said = _properties(service)
    status = next((leaf.value for name, leaf in said if name == "status"), "")
    reach = _REACHES.get(status, "used")
    whose, place, seen = _whose(service, catalogue, reach)
    if seen is not None:
        yield seen
    if whose is None:
        return
    yield Sighting(whose, "config", place, reach=reach, token=whose)
    models += [leaf for name, leaf in said if name in {"model", "model_name", "modelname"}]
    says_endpoints = any(name == "endpoint" for name, _ in said) or (seen is not None and seen.endpoint is not None)
    for leaf in models:
        told = _model(whose, leaf, catalogue, reach)
        yield msgspec.structs.replace(told, endpoint=None) if says_endpoints else told
    for name, leaf in said:
        if name == "endpoint" and len(leaf.value) <= 100 and "/" not in leaf.value:
            yield Sighting(whose, "config", leaf.place, endpoint=leaf.value, reach=reach, token=leaf.value)
        elif name == "region" and re.fullmatch(r"[a-z0-9-]{2,30}", leaf.value):
            yield Sighting(whose, "config", leaf.place, region=leaf.value, reach=reach, token=leaf.value)
        elif name == "recipient" and catalogue.role(leaf.value) == "recipient":
            yield Sighting(leaf.value, "config", leaf.place, reach=reach, token=leaf.value)


def _model(whose: str, leaf: Leaf, catalogue: Catalogue, reach: Reach, kind: Kind = "config") -> Sighting:
    _, name = located(leaf.value)
    known, does = model_name(name), doing(name)
    return Sighting(
        whose,
        kind,
        leaf.place,
        endpoint=catalogue.does(whose, does) if does and whose in catalogue.providers and kind == "config" else None,
        model=known,
        region=region_of(catalogue, whose, name),
        reach=reach,
        token=known or whose,
    )


def _whose(service: Branch, catalogue: Catalogue, reach: Reach) -> tuple[str | None, Place, Sighting | None]:
    """Who serves: by an address, else by a name."""
    unknown: Leaf | None = None
    for leaf in texts(at(service, "endpoints")):
        seen = address(catalogue, leaf, reach=reach)
        if seen is not None:
            return seen.provider, leaf.place, seen
        unknown = unknown or leaf
    for leaf in _names(service):
        named = named_by(catalogue, leaf.value)
        if named is not None:
            return named, leaf.place, None
    is_ai = any(word in leaf.value.lower() for leaf in _names(service) for word in ("llm", "openai-compatible"))
    if unknown is not None and is_ai:
        return OPENAI_COMPATIBLE, unknown.place, None
    return None, service.place, None


def _names(one: Branch) -> list[Leaf]:
    """What may name who serves or makes it, the closest first."""
    paths = (
        ("group",),
        ("provider", "name"),
        ("publisher",),
        ("supplier", "name"),
        ("manufacturer", "name"),
        ("name",),
    )
    return [leaf for path in paths if (leaf := text(one, *path)) is not None]


def _suppliers(one: Branch) -> list[Leaf]:
    """Who supplied it, which is more than to have made it."""
    return [leaf for path in (("supplier", "name"), ("publisher",)) if (leaf := text(one, *path)) is not None]


def named_by(catalogue: Catalogue, name: str) -> str | None:
    """Who is called so: by id, by name, or as frameworks do."""
    if name in catalogue.providers:
        return name
    lowered = name.strip().lower()
    by_name = next((id for id, one in catalogue.providers.items() if one.name.lower() == lowered), None)
    return by_name or provider(catalogue, name)


def _components(bill: Node | None, served: set[str], catalogue: Catalogue) -> Iterator[Sighting]:
    """Packages, and models that no service is said to serve."""
    for _, one in branches(at(bill, "components")):
        type, name, ref = text(one, "type"), text(one, "name"), text(one, "bom-ref")
        if type is None or name is None:
            continue
        purl = text(one, "purl")
        found = _PURL.match(purl.value) if purl is not None and len(purl.value) < 500 else None
        if type.value != _MODEL and found is not None:
            yield from _package(found, name.place, catalogue)
        elif type.value == _MODEL and (ref is None or ref.value not in served):
            yield from _alone(one, name, catalogue)


def _package(found: re.Match[str], place: Place, catalogue: Catalogue) -> Iterator[Sighting]:
    system, written = _SYSTEMS.get(found["type"]), unquote(found["name"])
    if system == "maven":
        written = ":".join(written.rsplit("/", 1))
    whose = catalogue.package(system, written) if system is not None else None
    if whose is not None:
        yield Sighting(whose, "dependency", place, reach="declared", token=written[:200])


def _alone(one: Branch, name: Leaf, catalogue: Catalogue) -> Iterator[Sighting]:
    """A model by itself: an address among its properties says who serves it; its maker's name does not."""
    for _, leaf in walk(at(one, "properties")):
        seen = vendor_address(catalogue, leaf)
        if seen is not None:
            yield _model(seen.provider, name, catalogue, "used")
            return
    named = next((leaf for key, leaf in _properties(one) if key in {"provider", "platform", "service"}), None)
    whose = None if named is None else named_by(catalogue, named.value)
    if whose is not None:
        yield _model(whose, name, catalogue, "used")
        return
    maker = catalogue.maker(name.value)
    if maker is not None:
        is_supplied = any(named_by(catalogue, leaf.value) == maker for leaf in _suppliers(one))
        yield (
            _model(maker, name, catalogue, "used")
            if is_supplied
            else _model(maker, name, catalogue, "declared", "model")
        )
