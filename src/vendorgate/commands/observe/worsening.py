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
from ...logic.kleene import CHOICES, JUNCTIONS, NEGATIONS
from ...logic.paths import reads
from ...model.policy import Bundle
from ...model.registry import Offering
from ...model.vocabulary import canonical_region
from .outcome import FieldChange, Value

_READ_AS: Final = {"region": ("usage.region", "primary.region")}
"""Paths by which rules read a value, where there are several."""
_HOLDS: Final = (True,)
_FAILS: Final = (False,)
_EITHER: Final = (True, False)


class _Rule(msgspec.Struct, frozen=True):
    """A rule, or a part of one."""

    tree: Node
    wanted: tuple[bool, ...]
    """What it must come to, so that what it is part of is the better for it; both: nobody knows."""
    owner: str
    """What it is part of, in words."""


class Worsening:
    """The conditions that read one value alone, for one offering."""

    def __init__(self, bundle: Bundle, offering: Offering | None, day: datetime.date) -> None:
        self._groups = bundle.region_groups
        self._day = day
        self._rules = [*_rules(bundle, offering)]

    def told(self, changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
        """The changes, each with what it makes worse."""
        return tuple(self._told(one) for one in changes)

    def _told(self, change: FieldChange) -> FieldChange:
        before, after, path = change.before, change.after, change.name.path
        if change.kind != "changed" or before is None or after is None:
            return change
        worse = dict.fromkeys(
            part.owner
            for read in _READ_AS.get(path, (f"usage.{path}",))
            for rule in self._rules
            for part in _alone(rule, read)
            if self._is_worse(part, read, _plain(path, before), _plain(path, after))
        )
        return msgspec.structs.replace(change, worse=(*change.worse, *worse))

    def _is_worse(self, part: _Rule, path: str, before: Json, after: Json) -> bool:
        rule = compile_rule(part.tree)
        old, new = (
            truth_of(rule(None, PossibleCase({path: value}, self._day, self._groups))) for value in (before, after)
        )
        return old != new and any(old is wanted for wanted in part.wanted)


def _rules(bundle: Bundle, offering: Offering | None) -> Iterator[_Rule]:
    for policy in bundle.policies:
        owner = f"policy `{policy.id}`"
        if policy.when is not None:
            yield _Rule(policy.when, _FAILS, owner)
        yield from (_Rule(requirement.tree, _HOLDS, owner) for requirement in policy.require)
    if offering is not None:
        for cell in offering.cells.values():
            owner = f"`{cell.dimension}` of `{offering.id}`"
            yield from (_Rule(condition.tree, _HOLDS, owner) for condition in cell.conditions)


def _alone(rule: _Rule, path: str) -> Iterator[_Rule]:
    """The largest parts of a rule that read a path and nothing else: of several halves of an alternative that do, one
    may hold where another does not."""
    tree = rule.tree
    if path not in reads(tree):
        return
    if _reads_alone(tree, path):
        yield rule
    elif isinstance(tree, Operation) and tree.name in NEGATIONS:
        wanted = tuple(not one for one in rule.wanted)
        yield from _of_each(tree.arguments, rule, path, wanted)
    elif isinstance(tree, Operation) and tree.name in CHOICES:
        chosen = [one for index, one in enumerate(tree.arguments) if index % 2 or index == len(tree.arguments) - 1]
        yield from _of_each([one for one in tree.arguments if one not in chosen], rule, path, _EITHER)
        yield from _of_each(chosen, rule, path, rule.wanted)
    elif isinstance(tree, Operation) and tree.name in JUNCTIONS:
        own = tuple(one for one in tree.arguments if _reads_alone(one, path))
        if own:
            yield _Rule(Operation(tree.name, own), rule.wanted, rule.owner)
        yield from _of_each([one for one in tree.arguments if one not in own], rule, path, rule.wanted)


def _of_each(trees: Iterable[Node], rule: _Rule, path: str, wanted: tuple[bool, ...]) -> Iterator[_Rule]:
    for tree in trees:
        yield from _alone(_Rule(tree, wanted, rule.owner), path)


def _reads_alone(tree: Node, path: str) -> bool:
    return {*reads(tree)} == {path} and atoms_of(tree) <= {path}


def _plain(path: str, value: Value) -> Json:
    """A value as rules read it."""
    if isinstance(value, tuple):
        return [*value]
    return canonical_region(value) if path == "region" and isinstance(value, str) else value
