"""Which of several is used, and which are only there to choose from.

In: what each file says, and what of it stands in a branch. Out: the same, with what is one of a choice marked so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from posixpath import dirname
from typing import Final

import msgspec

from ..sighting import NOBODYS, Sighting

_SIBLINGS: Final = 3
"""Files of a folder, each with another provider, that make them a choice."""


def chosen(seen: dict[str, list[Sighting]], branched: Mapping[str, Set[Sighting]]) -> dict[str, list[Sighting]]:
    """What is one of a choice: said so by the code, in a branch of a file that calls several, or one of many."""
    siblings = _siblings(seen)
    return {
        path: [
            _settled(one, path in siblings or _is_list(found), _in_branch(one, found, branched[path])) for one in found
        ]
        for path, found in seen.items()
    }


def _in_branch(one: Sighting, found: Iterable[Sighting], branched: Set[Sighting]) -> bool:
    return one in branched and len(_providers(found)) > 1


def _settled(one: Sighting, is_sibling: bool, in_branch: bool) -> Sighting:
    chosen = in_branch or (is_sibling and one.kind in {"call", "host", "import"})
    return msgspec.structs.replace(one, reach="optional") if chosen and one.reach == "used" else one


def _providers(found: Iterable[Sighting]) -> set[str]:
    return {one.provider for one in found if one.kind in {"call", "host"} and one.reach != "declared"}


def _is_list(found: Iterable[Sighting]) -> bool:
    """Whether a file reaches so many that it lets somebody choose: a table of providers."""
    return len(_providers(found) - NOBODYS) > _SIBLINGS


def _siblings(seen: Mapping[str, list[Sighting]]) -> set[str]:
    """Files of a folder in which each has another provider: whoever runs it chooses."""
    by_folder: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for path, found in seen.items():
        providers = frozenset(_providers(found) - NOBODYS)
        if providers:
            by_folder[dirname(path)][path] = providers
            by_folder[dirname(dirname(path)) + "/*"][path] = providers
    chosen: set[str] = set()
    for files in by_folder.values():
        alone = {next(iter(providers)) for providers in files.values() if len(providers) == 1}
        if len(alone) >= _SIBLINGS:
            chosen.update(path for path, providers in files.items() if len(providers) == 1)
    return chosen
