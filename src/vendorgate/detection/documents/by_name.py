"""Which reader a file's name asks for, and a text inside of a file that is a file of its own.

In: path and text. Out: its documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ..code import Place
from .block_reader import read_hcl
from .json_reader import read_json
from .node import Branch, Leaf, Node, walk
from .properties import read_properties
from .toml_reader import read_toml
from .yaml_reader import read_yaml

_ENTRY: Final = re.compile(r"^[ \t]*[\"']?[\w.-]+[\"']?[ \t]*[:=]", re.MULTILINE)
_MOST_INNER: Final = 200
_FURTHEST: Final = 20_000
"""Lines down to which a text inside of a file is looked at."""


def documents(path: str, text: str) -> tuple[Node, ...]:
    """The documents of a file of YAML, JSON, TOML, HOCON or INI, or of properties."""
    reader = next((reads for end, reads in _READERS if end in path.rpartition("/")[2].lower()), read_yaml)
    return reader(text)


def inner_documents(document: Node) -> Iterator[Node]:
    """The documents of texts of several lines, such as those of a ConfigMap, by the names of their keys."""
    found = {
        leaf.place: (path, leaf)  # what aliases repeat is read once
        for path, leaf in walk(document)
        if "\n" in leaf.value and leaf.place.line < _FURTHEST and _ENTRY.search(leaf.value)
    }
    for path, leaf in list(found.values())[:_MOST_INNER]:
        yield from documents(_named(path[-1] if path else "", leaf), "\n" * leaf.place.line + leaf.value)


def _named(key: str, leaf: Leaf) -> str:
    begins = leaf.value.lstrip()[:1]
    return "inner.json" if begins in {"{", "["} and not key.endswith(".toml") else key


def _json(text: str) -> tuple[Node, ...]:
    found = read_json(text)
    return () if found is None else (found,)


def _properties(text: str) -> tuple[Node, ...]:
    return (Branch(tuple(read_properties(text)), Place(1, 1)),)


_READERS: Final[tuple[tuple[str, Callable[[str], tuple[Node, ...]]], ...]] = (
    (".json", _json),
    (".toml", lambda text: (read_toml(text),)),
    (".ini", lambda text: (read_toml(text),)),
    (".conf", lambda text: (read_hcl(text),)),
    (".properties", _properties),
    (".env", _properties),
)
