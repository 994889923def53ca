"""A group in words, whoever shows it: what it is, where, by which policies and evidence, and the ways out.

In: a group. Out: lines, plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..logic.wording import count, few
from ..model.policy import Policy
from ..model.result import Result
from ..source import Location
from .finding import route_words, source_line
from .grouping import Group
from .look import TextLook
from .telling_place import place_of
from .ways import Line, ways

_POLICIES: Final = 3
"""Policies that are told with their references."""
_IDS: Final = 8
"""Policies of which the ids are told."""
_CELLS: Final = 3
_PLACES: Final = 2
"""Beside the first."""
_BY_CELL: Final = frozenset(("scope", "tier", "grade", "evidence", "value"))
"""Causes that a cell decides, or can."""


def title(group: Group) -> str:
    """The fact, and whom it hits where that is more than one result."""
    return group.headline if len(group.results) == 1 else f"{group.headline}: {group.hit}"


def first_place(group: Group) -> tuple[Location, str]:
    """Where it is seen best, and what stands there."""
    first = group.results[0]
    data = first.subject.stated.get("usage.data")
    sent = ", ".join(map(str, data)) if isinstance(data, list) else ""
    return place_of(group.cause, first), f"{route_words(first)}, {sent}"


def lines(group: Group, look: TextLook, told: set[str]) -> Iterator[Line]:
    """All that is told of it beside its title and its first place.

    What policies ask for and advise is told once: `told` has what was, and is added to.
    """
    yield from _places(group, look)
    yield from (("policy", words) for words in _policies(group, told))
    if group.cause.kind == "value":
        yield from (("asks", words) for words in _asks(group))
    yield from (("evidence", words) for words in _evidence(group))
    yield from ways(group, look, told)


def _places(group: Group, look: TextLook) -> Iterator[Line]:
    """Where else."""
    others = {id(one.subject): one for one in group.results}
    rest = [*others.values()][1:]
    if rest:
        told = [f"{look.place(place_of(group.cause, one))} ({route_words(one)})" for one in rest[:_PLACES]]
        yield "also at", few(told, _PLACES) + _left(len(rest) - _PLACES)


def _left(more: int) -> str:
    return f" and {count(more, 'more', 'more')}: --verbose" if more > 0 else ""


def _policies(group: Group, told: set[str]) -> Iterator[str]:
    """Each that was not told before with its title and references, then all others."""
    policies = {one.policy.id: one.policy for one in group.results}
    new = [id for id in policies if id not in told][:_POLICIES]
    told.update(new)
    yield from (_policy(policies[id]) for id in new)
    others = [id for id in policies if id not in new]
    if others:
        yield few(others, _IDS)


def _policy(policy: Policy) -> str:
    references = f" ({'; '.join(policy.references)})" if policy.references else ""
    return f"{policy.id}: {policy.title}{references}"


def _asks(group: Group) -> Iterator[str]:
    """What the authors of the policies say of rules that do not hold."""
    failing = (one for result in group.results for one in result.requirements if one.outcome != "pass")
    written = (one.requirement.message for one in failing)
    yield from [*dict.fromkeys(words for words in written if words is not None)][:_POLICIES]


def _evidence(group: Group) -> Iterator[str]:
    """The cells that decide, of the first results that cite them."""
    if group.cause.kind not in _BY_CELL:
        return
    asked = {one.dimension for one in group.causes}
    asked |= {path.split(".")[1] for one in group.causes for path in one.reads if path.startswith("registry.")}
    said = dict.fromkeys(words for result in group.results[:_CELLS] for words in _cited(result, asked))
    yield from (*said,)[:_CELLS]


def _cited(result: Result, asked: set[str | None]) -> Iterator[str]:
    for one in result.evidence:
        if one.dimension in asked and one.cell is not None:
            yield source_line(one)
