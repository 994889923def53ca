"""Which reader a file's name asks for.

In: path and text. Out: its documents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .json_reader import read_json
from .node import Node
from .toml_reader import read_toml
from .yaml_reader import read_yaml


def documents(path: str, text: str) -> tuple[Node, ...]:
    """The documents of a file of YAML, JSON or TOML."""
    reader = next((reads for end, reads in _READERS if end in path.rpartition("/")[2].lower()), read_yaml)
    return reader(text)


def _json(text: str) -> tuple[Node, ...]:
    found = read_json(text)
    return () if found is None else (found,)


_READERS: Final[tuple[tuple[str, Callable[[str], tuple[Node, ...]]], ...]] = (
    (".json", _json),
    (".toml", lambda text: (read_toml(text),)),
)
