"""The words of offerings, and `index.yaml`, which lists them for a whole snapshot.

In: offerings as they are written, or the bytes of an index. Out: words, or the bytes of an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

import msgspec

from ..errors import Problem
from ..logic import Json
from ..logic.wording import few
from ..model.facts import LISTINGS
from ..model.index import IndexFile, OfferingWords, SortedWords
from ..model.registry import CellFile, OfferingFile
from ..source import Location
from .decode import decode
from .document import read_document

_MOST: Final = 3
"""SortedWords of a kind that are told when an index is not what the files say."""


def offering_words(offerings: Iterable[OfferingFile]) -> OfferingWords:
    """Every word that a policy can compare with."""
    written = list(offerings)
    return OfferingWords(
        names=_sorted(one.name for one in written),
        platforms=_sorted(one.platform for one in written),
        developers=_sorted(one.developer for one in written),
        families=_sorted(one.model_family for one in written if one.model_family),
        endpoints=_sorted(name for one in written for name in one.endpoints or ()),
        features=_sorted(name for one in written for name in one.features or ()),
        facts=_facts(cell for one in written for cell in one.dimensions.items()),
    )


def merged_words(one: OfferingWords, other: OfferingWords) -> OfferingWords:
    """The words of both."""
    kinds = [kind for kind in OfferingWords.__struct_fields__ if kind != "facts"]
    lists = {kind: _sorted((*getattr(one, kind), *getattr(other, kind))) for kind in kinds}
    names = sorted({*one.facts, *other.facts})
    facts = {name: _sorted((*one.facts.get(name, ()), *other.facts.get(name, ()))) for name in names}
    return OfferingWords(**lists, facts=facts)


def added_facts(words: OfferingWords, cells: Iterable[tuple[str, CellFile | None]]) -> OfferingWords:
    """The words, and the facts that more cells state."""
    facts = _facts(cells)
    names = sorted({*words.facts, *facts})
    both = {name: _sorted((*words.facts.get(name, ()), *facts.get(name, ()))) for name in names}
    return msgspec.structs.replace(words, facts=both)


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _facts(cells: Iterable[tuple[str, CellFile | None]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for dimension, cell in cells:
        if cell is not None:
            stated = {name: value for name, value in (cell.facts or {}).items() if value is not None}
            for facts in (stated, *(entry.facts for entry in cell.scoped_facts or ())):
                found.setdefault(dimension, set()).update(_paths(facts, ""))
    return {dimension: _sorted(paths) for dimension, paths in sorted(found.items()) if paths}


def _paths(facts: Mapping[str, Json], before: str) -> Iterator[str]:
    """The paths by which a rule can read facts; it cannot reach a name with a dot. What a listing can have is known."""
    for name, value in facts.items():
        if name and "." not in name:
            yield f"{before}{name}"
            if isinstance(value, dict) and (before or name not in LISTINGS):
                yield from _paths(value, f"{before}{name}.")


def rendered(words: OfferingWords, digests: Mapping[str, str]) -> bytes:
    """An index; JSON, which is YAML that is read in no time."""
    stated = {name: getattr(words, name) for name in OfferingWords.__struct_fields__}
    whole = {"version": 1, "sha256": dict(sorted(digests.items())), **stated}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def differing(stated: OfferingWords, true: OfferingWords) -> Iterator[tuple[str, str]]:
    """What one has and the other has not, by kind of word."""
    for kind in OfferingWords.__struct_fields__:
        one, other = ({str(word) for word in _flat(getattr(words, kind))} for words in (stated, true))
        wrong = [*(f"`{word}` is not there" for word in sorted(one - other))]
        wrong += [f"`{word}` is missing" for word in sorted(other - one)]
        if wrong:
            yield kind, few(wrong, _MOST)


def _flat(words: SortedWords | dict[str, SortedWords]) -> Iterable[str]:
    if isinstance(words, dict):
        return (f"{dimension}.{fact}" for dimension, facts in words.items() for fact in facts)
    return tuple(words)


def index_from(
    data: bytes, shown: str, digests: Mapping[str, str], problems: list[Problem]
) -> tuple[OfferingWords | None, Location | None]:
    """The index in a file if it is of files with these digests, else the place of the first that it is not of.

    Neither, where it is no index.
    """
    ours = _as_written_by_us(data)
    if ours is not None and ours.sha256 == digests:
        return ours, None
    document = read_document(shown, data, problems)
    written = decode(document, IndexFile, problems) if document is not None else None
    if document is None or written is None or not document.sound:
        return None, None
    if written.sha256 == digests:
        return written, None
    differing = (id for id, value in written.sha256.items() if digests.get(id) != value)
    return None, document.source.locate(("sha256", *tuple(differing)[:1]), key=True)


class _Written(OfferingWords, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An index that is known to be ours: what each text must look like need not be looked at again."""

    version: Literal[1]
    sha256: dict[str, str]


def _as_written_by_us(data: bytes) -> _Written | None:
    """An index that no strict reader would find a mistake in, because it is what we write, to the byte."""
    try:
        written = msgspec.json.decode(data, type=_Written)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return written if rendered(written, written.sha256) == data else None
