"""What a few usages could declare, as lines to paste, whoever shows them.

In: groups of what blocks, and what makes proposals. Out: places in words, plain text, each with its lines of YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from ..model.evaluation import Evaluation
from ..model.proposal import Proposal
from .cause import causes_of
from .grouping import Group, each
from .look import TextLook, UsageKey
from .proposal_yaml import Pasted, proposal_yaml

_USAGES: Final = 3
"""Usages of which the lines are told; working them out takes as long as some checks of them."""


class Lines(msgspec.Struct, frozen=True):
    """Lines to paste at one place."""

    words: str
    """Where they go, and how far they lead."""
    yaml: tuple[str, ...]
    """Safe to show as source."""


def proposed(evaluation: Evaluation, blocking: Sequence[Group], look: TextLook) -> tuple[tuple[Lines, ...], int]:
    """What to paste for the first usages of what blocks most, and for how many more something may be declared."""
    if look.propose is None:
        return (), 0
    usages = _usages(blocking)
    found = look.propose(evaluation, usages[:_USAGES])
    return (*(one for proposal in found for one in _lines(proposal, look)),), len(usages[_USAGES:])


def _usages(blocking: Iterable[Group]) -> list[UsageKey]:
    """Those that leave something out that keeps a result from passing."""
    found: dict[UsageKey, None] = {}
    for result in each(blocking):
        key = (result.subject.manifest.source.path, result.subject.usage)
        if key not in found and any(cause.lift == "declare" for cause in causes_of(result)):
            found.setdefault(key)
    return [*found]


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
