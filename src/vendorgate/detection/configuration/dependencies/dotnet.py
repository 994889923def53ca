""".NET: project files and `packages.config`.

In: path and text, the catalogue. Out: sightings of packages. `PackageVersion` sets versions and depends on nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...catalogue.catalogue import Catalogue
from ...documents.node import Leaf
from ...documents.xml_reader import Element, read_xml
from ...sighting import Sighting
from ..telling import package


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The packages that a project depends on."""
    root = read_xml(text)
    for name in _names(root) if root is not None else ():
        found = package(catalogue, "nuget", name)
        if found is not None:
            yield found


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
