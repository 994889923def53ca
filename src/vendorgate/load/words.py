"""Words that are checked against what other files define: data classes, regions, offerings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec

from ..errors import Problem, enough
from ..logic.nearest import suggestion, typo
from ..model.additions import NO_WORDS, OwnWords
from ..model.registry import Former, OfferingFile
from ..model.vocabulary import REGION_ALIASES, REGIONS
from ..source import Path, Source


class Words(msgspec.Struct, frozen=True):
    """The open ends of the closed vocabularies, in one check."""

    data_classes: frozenset[str]
    offerings: frozenset[str]
    former: Mapping[str, Former] = {}
    """By id: offerings that are gone, which a manifest may not name any more."""
    own: OwnWords = NO_WORDS
    """What the bundle adds otherwise."""
    vendors: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    """By each name of a vendor the offerings that have it; worked out where somebody calls one unlisted."""


def check_word(
    word: str, words: Collection[str], what: str, place: tuple[Source, Path], problems: list[Problem]
) -> None:
    """Report a word that a vocabulary does not have; one that could not be read has been reported already."""
    if word and word not in words and not enough(problems):
        source, path = place
        problems.append(Problem(f"`{word}` is not {what}", source.locate(path), suggestion(word, words), source))


def check_offering(word: str, words: Words, place: tuple[Source, Path], problems: list[Problem]) -> None:
    """Report an offering that the registry does not have; of one that is gone, what took its place."""
    if not word or word in words.offerings or enough(problems):
        return
    source, path = place
    if word in words.former:
        from .former import gone  # few name one

        title, help = gone(word, words.former[word])
    else:
        meant = typo(word, words.offerings)
        title = f"`{word}` is not an offering of the registry"
        help = f"did you mean `{meant}`?" if meant is not None else _not_there(words.offerings)
    problems.append(Problem(title, source.locate(path), help, source))


def _not_there(offerings: Collection[str]) -> str:
    """The way on, since another vendor is no help to somebody whose own is missing."""
    known = ", ".join(f"`{id}`" for id in sorted(offerings))
    there = f"known: {known}" if len(offerings) <= _FEW else "`vendorgate registry list` says what there is"
    return (
        f"{there}; of a vendor that is not there write `offering: unlisted` and `vendor: NAME`, or have the bundle"
        " describe it under `offerings/` (how: vendorgate docs unlisted-vendors)"
    )


_FEW: Final = 12
"""Offerings that are named one by one."""


def check_region(word: str, place: tuple[Source, Path], problems: list[Problem]) -> None:
    """Report a word that is no region."""
    if not word or word in REGION_ALIASES or word in REGIONS or enough(problems):
        return
    source, path = place
    lower = word.lower()
    if lower in REGIONS or lower in REGION_ALIASES:
        help = f"write it in lower case: {lower}"
    else:
        help = f"{suggestion(word, REGIONS)}"
    problems.append(Problem(f"`{word}` is not a region", source.locate(path), _regions(help), source))


def _regions(help: str) -> str:
    if help.startswith("known: "):
        return "write an ISO 3166-1 alpha-2 code in lower case, `eu`, `eea` or `global`"
    return help


def names_listed(offering: OfferingFile) -> dict[str, frozenset[str]]:
    """The endpoints and features of an offering that lists them."""
    listed = {"endpoints": offering.endpoints, "features": offering.features}
    return {axis: frozenset(names) for axis, names in listed.items() if names is not None}
