"""Go, Ruby, Rust and PHP: `go.mod`, `Gemfile` and gemspecs, `Cargo.toml`, `composer.json`.

In: path and text, the catalogue. Out: sightings of packages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ...catalogue.catalogue import Catalogue
from ...code import Place
from ...documents.json_reader import read_json
from ...documents.node import Branch, Leaf, Node, at, entries, nodes, text
from ...documents.toml_reader import read_toml
from ...sighting import Sighting
from ..telling import package

_MODULE: Final = re.compile(r"\s*(?:require\s+)?([a-z0-9][\w.\-]*\.[a-z]{2,}/[^\s()]+)\s+v\d")
_GEM: Final = re.compile(
    r"\s*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)\s*\(?\s*[\"']([A-Za-z0-9][\w.\-]*)[\"']"
)
_CRATES: Final = frozenset(["dependencies", "dev-dependencies", "build-dependencies"])
_LONGEST_LINE: Final = 2_000


def extract_go(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The modules that a Go module requires itself."""
    block = ""
    for number, line in enumerate(written.split("\n"), 1):
        stripped = line[:_LONGEST_LINE].strip()
        if stripped.endswith("("):
            block = stripped[:-1].strip()
        elif stripped == ")":
            block = ""
        found = _MODULE.match(line[:_LONGEST_LINE])
        is_required = block == "require" or stripped.startswith("require ")
        if found is not None and is_required and "// indirect" not in stripped:
            yield from _told(catalogue, "go", Leaf(found[1], Place(number, found.start(1) + 1)))


def extract_ruby(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The gems of a Gemfile or a gemspec."""
    for number, line in enumerate(written.split("\n"), 1):
        found = _GEM.match(line[:_LONGEST_LINE])
        if found is not None:
            yield from _told(catalogue, "rubygems", Leaf(found[1], Place(number, found.start(1) + 1)))


def extract_rust(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The crates of a package, of its targets and of its workspace."""
    for place, node in nodes(read_toml(written)):
        if place and place[-1] in _CRATES and isinstance(node, Branch):
            for name, version in node.entries:
                yield from _told(catalogue, "crates", _renamed(name, version))


def _renamed(name: Leaf, version: Node) -> Leaf:
    """The crate itself, where it goes by another name here."""
    real = text(version, "package")
    return name if real is None else Leaf(real.value, name.place)


def extract_php(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The packages that Composer installs."""
    root = read_json(written)
    for listed in ("require", "require-dev"):
        for name, _ in entries(at(root, listed)):
            yield from _told(catalogue, "packagist", name)


def _told(catalogue: Catalogue, system: str, name: Leaf) -> Iterator[Sighting]:
    found = package(catalogue, system, name)
    if found is not None:
        yield found
