"""What the atoms of rules (paths, coverage, agreements) can be, as far as a rule can tell values apart.

In: checked rules. Out: for each atom, values that stand for all values; a comparison for which no such values can be
named becomes an atom of its own, which may be true, false or unknown.
"""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final, Union

import msgspec

from ...evaluate.reading import ROOTS, atoms_of, is_number, leaves_of, literals_of, path_of
from ...evaluate.regions import within
from ...logic import UNKNOWN, Json, Literal, Node, Operation, Sequence, Value, unparse, walk
from ...logic.days import is_date
from ...logic.functions import matches_glob
from ...logic.kleene import JUNCTIONS
from ...logic.paths import COMPARISONS
from ...logic.tree import children
from ...model import vocabulary as words
from ...model.asking import OBSERVED, SIGNS
from .conditions import with_atoms

_STATED: Final = frozenset(
    (
        *(f"usage.{name}" for name in ("id", "route", "data", "tier", "environment")),
        *(f"usage.{name}" for name in ("fallbacks", "recipients", "via", "account", "vendor", "agreements")),
        "offering.category",
        "project.name",
        "today",
    )
)
"""Paths that always have a value, for an unlisted vendor too: required, or with a default of the model."""
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "usage.tier": words.TIERS,
    "usage.route": words.ROUTES_OF_USAGE,
    "usage.environment": words.ENVIRONMENTS,
    "usage.lifecycle": words.LIFECYCLES,
    "offering.category": words.CATEGORIES,
    **{f"registry.{dimension}.value": words.GRADES for dimension in words.DIMENSIONS},
    **{f"registry.{dimension}.confidence": words.CONFIDENCES for dimension in words.DIMENSIONS},
    **{f"registry.{dimension}.tier": words.TIERS for dimension in words.DIMENSIONS},
    **{f"registry.{dimension}.route": words.ACCESS_ROUTES for dimension in words.DIMENSIONS},
    **{f"registry.{dimension}.default": words.DEFAULTS for dimension in words.DIMENSIONS},
    "usage.region": tuple(sorted(words.REGIONS)),
    "primary.region": tuple(sorted(words.REGIONS)),
}
"""Closed vocabularies that are small or, as regions, can be told apart by what a rule asks."""
_ALIASED: Final = ("usage.region", "primary.region")
_LISTS: Final = tuple(
    f"usage.{name}" for name in ("data", "subjects", "features", "endpoints", "models", "fallbacks", "recipients")
)
_NOT_EMPTY: Final = ("usage.data", "usage.subjects", "usage.endpoints", "usage.models")
_OTHER: Final = "\N{BLACK SQUARE}"
"""A word that no rule names."""
Question = tuple[str, Union[Json, tuple[Json, ...]]]
"""What a rule asks of a word: how, and by which value or list of values."""
_MOST_GROUPS: Final = 8
"""Kinds of words that a list is varied over."""


def vocabulary_of(path: str) -> tuple[str, ...] | None:
    """All that a path can hold, where that is a closed vocabulary without other spellings."""
    return None if path in _ALIASED else _WORDS.get(path)


def may_be_unknown(node: Node) -> bool:
    """Whether a rule can come to unknown at all, as far as its parts tell."""
    if not isinstance(node, Operation):
        return any(may_be_unknown(child) for child in children(node))
    if node.name in ("known", "agreement", OBSERVED):
        return False
    if node.name in ("covered", "documented"):
        return True
    if node.name == "var":
        path = node.arguments[0].value if isinstance(node.arguments[0], Literal) else None
        if len(node.arguments) > 1:
            return may_be_unknown(node.arguments[1])
        return isinstance(path, str) and path.partition(".")[0] in ROOTS and path not in _STATED
    return any(may_be_unknown(child) for child in node.arguments)


def _is_status(atom: str) -> bool:
    root, *steps = atom.split(".")
    return root == "agreements" and steps[1:] == ["status"]


class Leaf(msgspec.Struct, frozen=True):
    """A condition without conditions in it."""

    node: Node
    key: str
    """What it is called where it becomes an atom of its own."""
    atoms: frozenset[str]


class Domains:
    """The atoms of a policy's rules and what each can be."""

    def __init__(self, trees: list[Node], as_of: datetime.date) -> None:
        self._as_of = as_of
        nodes = [leaf for tree in trees for leaf in leaves_of(tree)]
        self.leaves = [Leaf(node, _key(node), frozenset(atoms_of(node))) for node in nodes]
        self._of_node = {id(leaf.node): leaf for leaf in self.leaves}
        self.keys = frozenset(leaf.key for leaf in self.leaves)
        """Of all leaves."""
        self._free = {leaf.key for leaf in self.leaves if not _is_enumerable(leaf.node)}
        every = frozenset[str]().union(*(leaf.atoms for leaf in self.leaves))
        for atom in _LISTS if every.intersection(_LISTS) else ():
            readers = [leaf for leaf in self.leaves if leaf.key not in self._free and atom in leaf.atoms]
            if len(_groups(atom, [leaf.node for leaf in readers])) > _MOST_GROUPS:
                self._free.update(leaf.key for leaf in readers)
        self._readers: dict[str, list[Node]] = {}
        """Of each atom, the leaves that read it."""
        for leaf in self.leaves:
            for atom in leaf.atoms if leaf.key not in self._free else ():
                self._readers.setdefault(atom, []).append(leaf.node)

    @property
    def free(self) -> frozenset[str]:
        """Those of the leaves that cannot be enumerated."""
        return frozenset(self._free)

    def worded(self) -> dict[str, tuple[frozenset[str], Value]]:
        """Of the atoms of which it only matters which words they are, or have: all words, and a value without any."""
        found: dict[str, tuple[frozenset[str], Value]] = {}
        for atom, leaves in self._readers.items():
            other: Value = [_OTHER] if atom in _LISTS else _OTHER
            if all(map(_asks_for_words, leaves)) and other in self._values(atom):
                found[atom] = frozenset(map(str, literals_of(leaves))), other
        return found

    def skeleton(self, tree: Node) -> Node:
        """The rule with every leaf read from an atom of its own."""
        return with_atoms(tree, self._key_of)

    def simplified(self, tree: Node) -> Node:
        """The rule with every leaf that cannot be enumerated read from an atom of its own."""
        return with_atoms(tree, lambda leaf: key if (key := self._key_of(leaf)) in self._free else None)

    def _key_of(self, leaf: Node) -> str:
        return self._of_node[id(leaf)].key

    def atoms(self, tree: Node) -> frozenset[str]:
        """What a rule reads, once it is simplified."""
        leaves = (self._of_node[id(node)] for node in leaves_of(tree))
        return frozenset(atom for leaf in leaves for atom in ((leaf.key,) if leaf.key in self._free else leaf.atoms))

    def axes(self) -> dict[str, tuple[Value, ...]]:
        """By atom: the values that stand for all that it can be."""
        free: dict[str, tuple[Value, ...]] = {}
        for leaf in self.leaves:
            if leaf.key in self._free:
                free[leaf.key] = (True, False, UNKNOWN) if may_be_unknown(leaf.node) else (True, False)
        return {**{atom: self._values(atom) for atom in sorted(self._readers)}, **free}

    def _values(self, atom: str) -> tuple[Value, ...]:
        sign = atom.partition(" ")[0]
        if sign in ("agreement", OBSERVED):
            return (True, False)
        if sign in SIGNS:
            return (True, False, UNKNOWN)
        unknown: tuple[Value, ...] = () if atom in _STATED else (UNKNOWN,)
        leaves = self._readers[atom]
        if atom in _LISTS:
            return (*_lists(atom, leaves), *unknown)
        known = words.AGREEMENT_STATUSES if _is_status(atom) else _WORDS.get(atom)
        if known is not None:
            return (*_told_apart(known, leaves), *unknown)
        if atom == "project.bound":
            return (True, False, UNKNOWN)
        if atom in ("usage.via", "usage.account", "usage.vendor"):
            return (*_texts(leaves), None)
        if atom == "today":
            return tuple(self._days(leaves))
        return (*self._open(atom, leaves), *unknown)

    def _open(self, atom: str, leaves: list[Node]) -> list[Value]:
        """Of a path that can hold anything: around every number, every text, both booleans, and something else."""
        others = [leaf for leaf in leaves if not _counts_days(leaf, atom)]
        if len(others) < len(leaves):
            days = self._days(leaves)
            is_more = any(not is_date(value) for value in literals_of(others))
            return [*dict.fromkeys((*days, *(self._open(atom, others) if is_more else ())))]
        numbers = [value for value in literals_of(leaves) if isinstance(value, (int, float)) and value is not True]
        around = [number + step for number in numbers if number is not False for step in (-1, 0, 1)]
        return [*dict.fromkeys((*_texts(leaves), *around)), True, False]

    def _days(self, leaves: list[Node]) -> list[Value]:
        """Days around every number of days that is compared with, on both sides, and every day written out."""
        numbers = [int(value) for value in literals_of(leaves) if is_number(value)]
        written = [datetime.date.fromisoformat(str(value)) for value in literals_of(leaves) if is_date(value)]
        offsets = {sign * number + step for number in (*numbers, 0) for sign in (1, -1) for step in (-1, 0, 1)}
        days = {self._as_of + datetime.timedelta(days=offset) for offset in offsets if abs(offset) < 500_000}
        days |= {day + datetime.timedelta(days=step) for day in written for step in (-1, 0, 1)}
        return [day.isoformat() for day in sorted(days)]


def _key(node: Node) -> str:
    return "? " + json.dumps(unparse(node), sort_keys=True)


def _texts(leaves: Iterable[Node]) -> list[Value]:
    return [*dict.fromkeys(value for value in literals_of(leaves) if isinstance(value, str)), "", _OTHER]


def _counts_days(leaf: Node, atom: str) -> bool:
    return any(
        isinstance(node, Operation) and node.name in ("days_since", "days_until") and path_of(node.arguments[0]) == atom
        for node in walk(leaf)
    )


def _asks_for_words(leaf: Node) -> bool:
    """Whether it tells no two texts apart that it does not write out."""
    return all(isinstance(value, str) for value in literals_of([leaf])) and all(
        node.name in _EXACT
        or (node.name == "var" and node is not leaf)
        or (node.name == "in" and _holds_words(node.arguments[-1]))
        for node in walk(leaf)
        if isinstance(node, Operation)
    )


def _holds_words(node: Node) -> bool:
    """Whether a word that is in it is one of a list's, and no part of a text."""
    return isinstance(node, Sequence) or path_of(node) in _LISTS


def _is_enumerable(leaf: Node) -> bool:
    """Whether values can be named that stand for all that a leaf reads: one path, compared with what is written out."""
    if not isinstance(leaf, Operation):
        return True
    paths = {path for node in walk(leaf) if (path := path_of(node)) is not None}
    if leaf.name in (*SIGNS, OBSERVED, "known", "var"):
        return True
    if len(paths) != 1 or not _only_known_operators(leaf):
        return len(paths) == 0 and _only_known_operators(leaf)
    (path,) = paths
    if path.startswith("agreements.") and path.endswith(".scc_modules"):
        return False
    if path in _LISTS:
        if _names_a_group(leaf):
            return False
        return leaf.name in ("in", "subset", "disjoint", "some", "all", "none") and _reads_elements_only(leaf)
    if any(isinstance(node, Operation) and node.name == "matches" for node in walk(leaf)):
        return path in _WORDS
    if any(isinstance(node, Operation) and node.name == "within" for node in walk(leaf)):
        return path == "usage.region" and not _names_a_group(leaf)
    return leaf.name not in ("some", "all", "none", "subset", "disjoint")


def _names_a_group(leaf: Node) -> bool:
    """Whether it asks what lies in something that is no region: what lies in a group, the bundle says."""
    return any(
        isinstance(node, Operation)
        and node.name == "within"
        and any(isinstance(one, Literal) and one.value not in _REGIONS for one in node.arguments)
        for node in walk(leaf)
    )


_REGIONS: Final = words.REGIONS.union(words.REGION_ALIASES)
_ENUMERABLE: Final = frozenset((*COMPARISONS, "in", "subset", "disjoint", "matches", "within", "var", "some", "all"))
_EXACT: Final = frozenset(("==", "===", "!=", "!==", "subset", "disjoint", "known", "some", "all", "none"))
"""Operators that only ask whether words are the same; `in` does where it holds one against a list."""
_ALSO: Final = frozenset(("none", "days_since", "days_until", *JUNCTIONS))


def _only_known_operators(leaf: Node) -> bool:
    return all(node.name in _ENUMERABLE | _ALSO for node in walk(leaf) if isinstance(node, Operation))


def _reads_elements_only(leaf: Operation) -> bool:
    """Whether a list is compared with written lists, or its elements with written words."""
    if leaf.name in ("some", "all", "none"):
        if path_of(leaf.arguments[0]) is None:
            return False
        inner = [node for node in walk(leaf.arguments[1]) if isinstance(node, Operation)]
        return all(path_of(node) is None and node.name not in ("some", "all", "none") for node in inner)
    return all(path_of(node) is not None or _is_written(node) for node in leaf.arguments)


def _is_written(node: Node) -> bool:
    return all(isinstance(inner, (Literal, Sequence)) for inner in walk(node))


def _questions(leaves: Iterable[Node]) -> list[Question]:
    """What a rule asks of single words: which written list they are in, which area they lie in, which glob they fit."""
    found: list[Question] = []
    for leaf in leaves:
        for node in walk(leaf):
            if isinstance(node, Operation) and node.name in ("within", "matches"):
                found.extend(
                    (node.name, argument.value) for argument in node.arguments if isinstance(argument, Literal)
                )
            elif isinstance(node, Sequence):
                found.append(("list", tuple(item.value for item in node.items if isinstance(item, Literal))))
            elif isinstance(node, Operation) and node.name not in ("var", *SIGNS, OBSERVED, "known"):
                found.extend(("word", one.value) for one in node.arguments if isinstance(one, Literal))
    return list(dict.fromkeys(found))


def _answers(leaves: Iterable[Node]) -> Callable[[str], Hashable]:
    """What a rule's questions come to for a word; of those that write words out, which have it."""
    written: dict[Json, list[int]] = {}
    asked: list[tuple[str, Json]] = []
    for place, (kind, value) in enumerate(_questions(leaves)):
        if isinstance(value, tuple) or kind == "word":
            for one in dict.fromkeys(value if isinstance(value, tuple) else (value,)):
                written.setdefault(one, []).append(place)
        else:
            asked.append((kind, value))
    return lambda word: (tuple(written.get(word, ())), tuple(_answer(*question, word) for question in asked))


def _answer(kind: str, value: Json, word: str) -> Hashable:
    if kind == "within":
        return within(word, value) is True, within(value, word) is True
    return isinstance(value, str) and matches_glob(word, value)


def _told_apart(vocabulary: Iterable[str], leaves: list[Node]) -> list[str]:
    """One word for each way in which a rule answers its questions."""
    answers = _answers(leaves)
    found: dict[Hashable, str] = {}
    for word in vocabulary:
        found.setdefault(answers(word), word)
    return list(found.values())


def _lists(atom: str, leaves: list[Node]) -> list[Value]:
    """Lists that stand for all lists: of each kind of word none, one, or all that are written."""
    choices = [[[], group[:1]] if len(group) == 1 else [[], group[:1], group] for group in _groups(atom, leaves)]
    lists: list[list[Json]] = [[word for part in parts for word in part] for parts in itertools.product(*choices)]
    return [one for one in lists if one or atom not in _NOT_EMPTY]


def _groups(atom: str, leaves: list[Node]) -> list[list[str]]:
    """Words that a rule cannot tell apart, together."""
    answers = _answers(leaves)
    written = [value for value in literals_of(leaves) if isinstance(value, str) and value]
    others = sorted(words.REGIONS) if atom == "usage.subjects" else [_OTHER]
    groups: dict[Hashable, list[str]] = {}
    for word in dict.fromkeys((*written, *others)):
        groups.setdefault(answers(word), []).append(word)
    return list(groups.values())
