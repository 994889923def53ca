"""Words that are checked against what other files define: data classes, regions, offerings."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec

from ..errors import Problem, enough
from ..logic.wording import few
from ..model.additions import NO_WORDS, OwnWords
from ..model.registry import Former, OfferingFile
from ..model.vocabulary import NO_GROUPS, REGION_ALIASES, REGIONS, RegionGroups
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
    held: bool = False
    """Whether all offerings were held against these words when the package was built, and nothing was wrong."""


def check_word(
    word: str, words: Collection[str], what: str, place: tuple[Source, Path], problems: list[Problem]
) -> None:
    """Report a word that a vocabulary does not have; one that could not be read has been reported already."""
    if word and word not in words and not enough(problems):
        from ..logic.nearest import suggestion  # a mistake

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
        title, help = f"`{word}` is not an offering of the registry", offering_help(word, words.offerings)
    problems.append(Problem(title, source.locate(path), help, source))


def offering_help(word: str, offerings: Collection[str]) -> str:
    """The offering that is meant by a word which is none: by its letters, else those whose ids go on from it.

    No other is named: another vendor is no help to somebody whose own is missing, but the way on is.
    """
    from ..logic.nearest import typo  # a mistake

    meant = typo(word, offerings)
    if meant is not None:
        return f"did you mean `{meant}`?"
    every = sorted(offerings)
    begun = [id for id in every if id.startswith(f"{word}-")]
    if begun:
        there = f"did you mean {few([f'`{id}`' for id in begun], _FEW)}?"
    elif len(every) <= _FEW:
        there = f"known: {', '.join(f'`{id}`' for id in every)};"
    else:
        there = "`vendorgate registry list` says what there is;"
    own = word if re.fullmatch(_ID, word) else "ID"
    return (
        f"{there} of a vendor that is not there write `offering: unlisted` and `vendor: NAME`, or describe it in your"
        f" bundle: `vendorgate init offering {own}` (how: vendorgate docs unlisted-vendors)"
    )


_FEW: Final = 12
"""Offerings that are named one by one."""
_ID: Final = "[a-z0-9](?:[a-z0-9.-]{0,60}[a-z0-9])?"
"""Ids that somebody can type as they are."""


def check_region(
    word: str, place: tuple[Source, Path], problems: list[Problem], groups: RegionGroups = NO_GROUPS
) -> None:
    """Report a word that is neither a region nor one of the groups of regions."""
    if not word or word in REGION_ALIASES or word in REGIONS or word in groups or enough(problems):
        return
    from ..logic.nearest import suggestion  # a mistake

    source, path = place
    lower = word.lower()
    if lower in REGIONS or lower in REGION_ALIASES:
        help = f"write it in lower case: {lower}"
    else:
        help = suggestion(word, REGIONS.union(groups))
    problems.append(Problem(f"`{word}` is not a region", source.locate(path), _regions(help), source))


def _regions(help: str) -> str:
    if help.startswith("known: "):
        return "write an ISO 3166-1 alpha-2 code in lower case, `eu`, `eea` or `global`"
    return help


def names_listed(offering: OfferingFile) -> dict[str, frozenset[str]]:
    """The endpoints and features of an offering that lists them."""
    listed = {"endpoints": offering.endpoints, "features": offering.features}
    return {axis: frozenset(names) for axis, names in listed.items() if names is not None}
