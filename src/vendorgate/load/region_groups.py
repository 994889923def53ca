"""Groups of regions that a bundle or a pack adds: what they may be, and what their names stand for in lists.

In: groups as they are written, rules, lists of names. Out: problems, and rules and names with the members put in.
`within` knows what lies where; names in lists are compared as they stand, so that a group there stands for its own name
and for each of its members: a list that shuts out a group shuts out who is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from ..errors import Problem
from ..logic import Literal, Node, Operation, Sequence
from ..logic.paths import ITERATIONS, reads
from ..logic.tree import children
from ..model.additions import WrittenGroups
from ..model.vocabulary import GROUP_NAME, REGION_ALIASES, REGIONS, RegionGroups, canonical_region
from ..source import Location, Source
from .words import check_region

Declared = tuple[WrittenGroups, Source]
"""Groups that one file declares."""
_REGION_PATHS: Final = frozenset(("usage.region", "usage.subjects", "primary.region"))
_LISTED: Final = ("subset", "disjoint", "in")
"""Operators that compare names in lists as they stand."""


def check_groups(files: Iterable[Declared], problems: list[Problem]) -> None:
    """Report each group that has a region's name, holds what is no region, or is declared as two different things."""
    first: dict[str, tuple[frozenset[str], Source]] = {}
    for written, source in files:
        for name, members in written.items():
            if name in REGIONS or name in REGION_ALIASES:
                place, help = _place(source, name), "give the group another name"
                problems.append(Problem(f"`{name}` is a region already", place, help, source))
            elif name and not re.fullmatch(GROUP_NAME, name):
                title = f"`{name}` cannot be the name of a group of regions"
                help = "write three or more lower-case letters, digits, hyphens and underscores"
                problems.append(Problem(title, _place(source, name), help, source))
            for index, member in enumerate(members):
                check_region(member, (source, ("region_groups", name, index)), problems)
            held = frozenset(map(canonical_region, members))
            earlier, where = first.setdefault(name, (held, source))
            if earlier != held:
                title = f"the group of regions `{name}` is declared as two different things"
                help = f"{_place(where, name)} declares it, too: let both say the same"
                problems.append(Problem(title, _place(source, name), help, source))


def _place(source: Source, name: str) -> Location:
    """Where a group is declared; that is worked out only of one that is wrong."""
    return source.locate(("region_groups", name), key=True)


def with_members(names: Iterable[str], groups: RegionGroups) -> tuple[str, ...]:
    """Names, each group followed by its members."""
    return tuple(dict.fromkeys(one for name in names for one in (name, *sorted(groups.get(name, ())))))


def rule_with_members(node: Node, groups: RegionGroups) -> Node:
    """A checked rule, in whose lists of regions the members of each group stand beside it.

    Most rules name no group, and are what they were.
    """
    return _with_members(node, groups, of_region=False) if _names_any(node, groups) else node


def _names_any(tree: Node, groups: RegionGroups) -> bool:
    """Whether a group is written out anywhere in a rule."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) is Literal:
            if isinstance(node.value, str) and node.value in groups:
                return True
        else:
            waiting.extend(children(node))
    return False


def _with_members(node: Node, groups: RegionGroups, of_region: bool) -> Node:
    """`of_region`: whether `var` reads a region, as in what `some` asks of each of `usage.subjects`."""
    if isinstance(node, Sequence):
        return msgspec.structs.replace(node, items=tuple(_with_members(one, groups, of_region) for one in node.items))
    if not isinstance(node, Operation):
        return node
    if node.name in _LISTED and (of_region or _is_regional(node)):
        return msgspec.structs.replace(node, arguments=tuple(_listed(one, groups) for one in node.arguments))
    inside = node.name in ITERATIONS and _is_regional(node.arguments[0])
    arguments = (
        _with_members(one, groups, inside if node.name in ITERATIONS and index else of_region)
        for index, one in enumerate(node.arguments)
    )
    return msgspec.structs.replace(node, arguments=tuple(arguments))


def _is_regional(node: Node) -> bool:
    """Whether a part of a rule reads a region."""
    return not _REGION_PATHS.isdisjoint(reads(node))


def _listed(node: Node, groups: RegionGroups) -> Node:
    """An operand, with the members put into every list that it writes out."""
    if isinstance(node, Operation):
        return msgspec.structs.replace(node, arguments=tuple(_listed(one, groups) for one in node.arguments))
    if not isinstance(node, Sequence):
        return node
    names = [one.value for one in node.items if isinstance(one, Literal) and isinstance(one.value, str)]
    added = (Literal(name, node.place) for name in with_members(names, groups) if name not in names)
    return msgspec.structs.replace(node, items=(*(_listed(one, groups) for one in node.items), *added))
