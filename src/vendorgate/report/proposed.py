"""What a few usages could declare, as lines to paste, whoever shows them.

In: groups of what blocks, and what makes proposals. Out: places in words, plain text, each with its lines of YAML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ..logic.wording import count
from ..model.evaluation import Evaluation
from ..model.proposal import Proposal
from ..model.result import Result
from .cause import causes_of
from .grouping import Group, each
from .look import TextLook, UsageKey
from .proposal_yaml import Pasted, proposal_yaml

_USAGES: Final = 3
"""Usages of which the lines are told."""
_RESULTS: Final = 24
"""That block in all of them together: the search takes longer with each, and a check must not wait for it."""


class Lines(msgspec.Struct, frozen=True):
    """Lines to paste at one place."""

    words: str
    """Where they go, and how far they lead."""
    yaml: tuple[str, ...]
    """Safe to show as source."""


def left_words(told: int, left: int) -> str:
    """That more usages leave something out."""
    return f"{count(left, 'more usage' if told else 'usage')} could declare something"


def proposed(evaluation: Evaluation, blocking: Sequence[Group], look: TextLook) -> tuple[tuple[Lines, ...], int]:
    """What to paste for the first usages of what blocks most, and for how many more something may be declared."""
    if look.propose is None:
        return (), 0
    usages = _usages(blocking)
    chosen = [*_chosen(usages)]
    found = look.propose(evaluation, chosen) if chosen else ()
    return (*(one for proposal in found for one in _lines(proposal, look)),), len(usages) - len(chosen)


def _usages(blocking: Iterable[Group]) -> dict[UsageKey, int]:
    """Those that leave something out that keeps a result from passing, and how many of their results block."""
    results = [*each(blocking)]
    counts = Counter(map(_key, results))
    found: dict[UsageKey, int] = {}
    for result in results:
        key = _key(result)
        if key not in found and any(cause.lift == "declare" for cause in causes_of(result)):
            found[key] = counts[key]
    return found


def _key(result: Result) -> UsageKey:
    return result.subject.manifest.source.path, result.subject.usage


def _chosen(usages: Mapping[UsageKey, int]) -> Iterator[UsageKey]:
    """The first few for which the search does not take long."""
    room, left = _RESULTS, _USAGES
    for key, results in usages.items():
        if left and results <= room:
            room, left = room - results, left - 1
            yield key


def _lines(proposal: Proposal, look: TextLook) -> Iterator[Lines]:
    for index, one in enumerate(proposal_yaml(proposal)):
        more = "too" if index else f"if it is true; it lifts {_lifts(proposal)}"
        yield Lines(f"{_where(one, look)}, {more}:", (*one.text.splitlines(),))


def _where(one: Pasted, look: TextLook) -> str:
    place = f"{look.path(one.location.path)}:{one.location.line}"
    return f"{'write' if one.instead else 'add to'} {one.words} ({place})"


def _lifts(proposal: Proposal) -> str:
    """How far it leads; what is left is told by its causes."""
    lifted, every = len(proposal.lifts), len(proposal.lifts) + len(proposal.left)
    if lifted < every:
        return f"{lifted} of the {every} results that block in it"
    return "the result that blocks in it" if every == 1 else f"all {every} results that block in it"
