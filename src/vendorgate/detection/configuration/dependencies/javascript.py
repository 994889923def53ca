"""JavaScript: `package.json` and `deno.json`.

In: path and text, the catalogue. Out: sightings of packages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ...catalogue.catalogue import Catalogue
from ...documents.json_reader import read_json
from ...documents.node import Leaf, Node, at, entries
from ...sighting import Sighting
from ..telling import package

_LISTS: Final = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "imports")
_ALIAS: Final = re.compile(r"npm:(?:/)?((?:@[^/@\s]+/)?[^/@\s]+)")


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The packages that a project depends on."""
    root = read_json(text)
    for listed in _LISTS:
        for name, version in entries(at(root, listed)):
            found = package(catalogue, "npm", _meant(name, version))
            if found is not None:
                yield found


def _meant(name: Leaf, version: Node) -> Leaf:
    """The package itself, where it goes by another name here."""
    alias = _ALIAS.match(version.value) if isinstance(version, Leaf) else None
    return name if alias is None else Leaf(alias[1], name.place)
