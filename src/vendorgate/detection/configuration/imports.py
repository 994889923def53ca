"""Configurations that say by themselves what is used, taken at their word: `vendorgate detect --from KIND FILE`.

In: the kind, a path, a text, the catalogue. Out: sightings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..sighting import Sighting

_READERS: Final[Mapping[str, str]] = {"litellm": "litellm"}
"""By kind: the module beside this one whose `extract` reads it."""
KINDS: Final = tuple(_READERS)


def imported(kind: str, path: str, text: str, catalogue: Catalogue) -> list[Sighting]:
    """What a configuration says is used.

    Raises:
        Unreadable: it is no configuration of that kind.
    """
    extract: Callable[[str, str, Catalogue], Iterable[Sighting]] = import_module(
        f".{_READERS[kind]}", __package__
    ).extract
    return list(extract(path, text, catalogue))
