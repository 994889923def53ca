""".NET: project files and `packages.config`.

In: path and text, the catalogue. Out: sightings of packages. `PackageVersion` sets versions and depends on nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...catalogue.catalogue import Catalogue
from ...documents.node import Leaf
from ...documents.xml_reader import Element, read_xml
from ...sighting import Sighting
from ..environment import environment
from ..telling import package, reach_of


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The packages that a project depends on."""
    root = read_xml(text)
    for name in _names(root) if root is not None else ():
        found = package(catalogue, "nuget", name)
        if found is not None:
            yield found


def extract_settings(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The addresses and variables of `appSettings` and connections."""
    root = read_xml(text)
    pairs: list[tuple[Leaf, Leaf]] = []
    open = [root] if root is not None else []
    while open:
        one = open.pop()
        open.extend(reversed(one.children))
        name = one.attributes.get("key") or one.attributes.get("name")
        value = one.attributes.get("value") or one.attributes.get("connectionString")
        if one.name == "add" and name and value is not None:
            pairs.append((Leaf(name.replace(":", "_"), one.place), Leaf(value, one.place)))
    yield from environment(pairs, catalogue, reach_of(path))


def _names(root: Element) -> Iterator[Leaf]:
    open = [root]
    while open:
        one = open.pop()
        open.extend(reversed(one.children))
        if one.name in {"PackageReference", "GlobalPackageReference"}:
            included = one.attributes.get("Include") or one.attributes.get("Update")
            if included:
                yield Leaf(included.strip(), one.place)
        elif one.name == "package" and root.name == "packages" and one.attributes.get("id"):
            yield Leaf(one.attributes["id"], one.place)
