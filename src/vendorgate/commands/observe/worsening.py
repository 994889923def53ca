"""What holds no longer when a value changes: conditions of policies and of the registry that read this value alone.

In: a bundle, the offerings that accounts are of, changes. Out: the same changes with what each makes worse. A condition
that reads anything beside the value is not decided: nobody knows the rest here. Which way a condition counts is part of
it: below a negation it holds where it is false, and what makes a policy apply that did not is worse, too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ...evaluate.possible import PossibleCase
from ...evaluate.program import compile_rule
from ...evaluate.reading import atoms_of
from ...logic import Json, Node, Operation, truth_of
from ...logic.paths import CHOICES, NEGATIONS, reads
from ...model.policy import Bundle
from ...model.registry import Offering
from ...model.vocabulary import canonical_region
from .outcome import FieldChange, Value

_READ_AS: Final = {"region": ("usage.region", "primary.region")}
"""Paths by which rules read a value, where there are several."""
_HOLDS: Final = (True,)
_FAILS: Final = (False,)
_EITHER: Final = (True, False)


class _Condition(msgspec.Struct, frozen=True):
    """A condition without conditions in it."""

    leaf: Node
    wanted: tuple[bool, ...]
    """What it must come to, so that what it is part of is the better for it; both: nobody knows."""
    owner: str
    """What it is part of, in words."""


class Worsening:
    """The conditions that read one value alone, for one offering."""

    def __init__(self, bundle: Bundle, offering: Offering | None, day: datetime.date) -> None:
        self._groups = bundle.region_groups
        self._day = day
        self._by_path: dict[str, list[_Condition]] = {}
        for one in _conditions(bundle, offering):
            paths = {*reads(one.leaf)}
            if len(paths) == 1 and atoms_of(one.leaf) <= paths:
                self._by_path.setdefault(paths.pop(), []).append(one)

    def told(self, changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
        """The changes, each with what it makes worse."""
        return tuple(self._told(one) for one in changes)

    def _told(self, change: FieldChange) -> FieldChange:
        before, after, path = change.before, change.after, change.name.path
        if change.kind != "changed" or before is None or after is None:
            return change
        worse = dict.fromkeys(
            one.owner
            for read in _READ_AS.get(path, (f"usage.{path}",))
            for one in self._by_path.get(read, ())
            if self._is_worse(one, read, _plain(path, before), _plain(path, after))
        )
        return msgspec.structs.replace(change, worse=tuple(worse))

    def _is_worse(self, one: _Condition, path: str, before: Json, after: Json) -> bool:
        old, new = self._truth(one.leaf, path, before), self._truth(one.leaf, path, after)
        return old != new and any(old is wanted for wanted in one.wanted)

    def _truth(self, leaf: Node, path: str, value: Json) -> bool | None:
        return truth_of(compile_rule(leaf)(None, PossibleCase({path: value}, self._day, self._groups)))


def _conditions(bundle: Bundle, offering: Offering | None) -> Iterator[_Condition]:
    for policy in bundle.policies:
        owner = f"policy `{policy.id}`"
        if policy.when is not None:
            yield from _leaves(policy.when, _FAILS, owner)
        for requirement in policy.require:
            yield from _leaves(requirement.tree, _HOLDS, owner)
    for cell in offering.cells.values() if offering is not None else ():
        for condition in cell.conditions:
            assert offering is not None
            yield from _leaves(condition.tree, _HOLDS, f"`{cell.dimension}` of `{offering.id}`")


def _leaves(tree: Node, wanted: tuple[bool, ...], owner: str) -> Iterator[_Condition]:
    """The conditions of a rule that have none in them, each with what it must come to."""
    if isinstance(tree, Operation) and tree.name in NEGATIONS:
        for argument in tree.arguments:
            yield from _leaves(argument, tuple(not one for one in wanted), owner)
    elif isinstance(tree, Operation) and tree.name in CHOICES:
        for index, argument in enumerate(tree.arguments):
            chooses = index % 2 == 0 and index < len(tree.arguments) - 1
            yield from _leaves(argument, _EITHER if chooses else wanted, owner)
    elif isinstance(tree, Operation) and tree.name in ("and", "or", "!!"):
        for argument in tree.arguments:
            yield from _leaves(argument, wanted, owner)
    else:
        yield _Condition(tree, wanted, owner)


def _plain(path: str, value: Value) -> Json:
    """A value as rules read it."""
    if isinstance(value, tuple):
        return [*value]
    return canonical_region(value) if path == "region" and isinstance(value, str) else value
