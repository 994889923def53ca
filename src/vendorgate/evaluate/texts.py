"""What is said of a rule whoever is judged by it, worked out once a program: its words, itself as JSON, what it reads.

In: a checked rule. Out: texts, paths, parts.
"""

from __future__ import annotations

from typing import Final

from ..logic import Json, Literal, Node, Operation, Sequence, unparse, walk
from ..logic.paths import ITERATIONS
from ..logic.tree import children
from ..model.asking import OBSERVED, SIGNS
from ..model.vocabulary import Decision
from .wording import state_words, words

_ASKING: Final = (*SIGNS, OBSERVED)
"""Operators that ask for more than values."""
_HEARD: Final = frozenset(("", "project.name"))
"""Paths that are no value alone: that somebody reads the name is remembered of a case."""
_DAYS: Final = ("signed", "expires", "verified", "valid_until", "reviewed.on")


class RuleTexts:
    """A rule, or a part of one, and what is said of it."""

    __slots__ = ("_rule", "_words", "is_of_values", "kinds", "node", "paths", "signs", "states", "timeless")

    def __init__(self, node: Node) -> None:
        self.node = node
        """Kept, so that its id stays its own."""
        self._words: str | None = None
        self._rule: tuple[Json] | None = None
        self.paths: tuple[str, ...] = ()
        """The outermost paths that it reads, where it is a leaf."""
        self.timeless: tuple[str, ...] = ()
        """Those that read no day."""
        self.signs: tuple[Operation, ...] = ()
        """The outermost `covered`, `documented` and `agreement` in it."""
        self.is_of_values = False
        """Whether nothing decides it but the values of its paths, agreements, and the day."""
        self.kinds: tuple[str, ...] = ()
        """The kinds of agreement that it asks for, where it is of values."""
        self.states: dict[Decision, str] = {}
        """What it comes to, in words."""
        if isinstance(node, Operation):
            self.paths = tuple(_paths_read(node))
            self.timeless = tuple(path for path in self.paths if not _is_day(path))
            self.signs = tuple(_signs(node))
            asked = [one for one in walk(node) if isinstance(one, Operation) and one.name in _ASKING]
            self.is_of_values = all(one.name == "agreement" for one in asked) and not _HEARD.intersection(self.paths)
            self.kinds = tuple([word_of(one) for one in asked])

    @property
    def words(self) -> str:
        """It in words."""
        if self._words is None:
            self._words = words(self.node)
        return self._words

    @property
    def rule(self) -> Json:
        """It as JSON."""
        if self._rule is None:
            self._rule = (unparse(self.node),)
        return self._rule[0]

    def state(self, outcome: Decision) -> str:
        """What it comes to, in words."""
        found = self.states.get(outcome)
        if found is None:
            found = self.states[outcome] = state_words(self.node, outcome)
        return found


def texts_of(known: dict[int, RuleTexts], node: Node) -> RuleTexts:
    """What is said of a rule; `known` is a program's."""
    found = known.get(id(node))
    if found is None:
        found = known[id(node)] = RuleTexts(node)
    return found


def word_of(node: Operation) -> str:
    """The word that an operator asks for: a dimension, a kind of agreement, a path."""
    argument = node.arguments[0]
    return str(argument.value) if isinstance(argument, Literal) else ""


def _signs(node: Operation) -> list[Operation]:
    """The outermost `covered`, `documented` and `agreement` inside a comparison or the like."""
    found: list[Operation] = []
    waiting: list[Node] = list(node.arguments)
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, Operation) and current.name in SIGNS:
            found.append(current)
        else:
            waiting = [*children(current), *waiting]
    return found


def _paths_read(node: Operation) -> list[str]:
    """The outermost paths that a leaf reads; inside an iteration `var` reads the element."""
    found: dict[str, None] = {}
    waiting: list[Node] = [node]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, Sequence):
            waiting = [*current.items, *waiting]
        elif isinstance(current, Operation):
            if current.name in ("var", "known"):
                found.setdefault(word_of(current))
            elif current.name in ("missing", "missing_some"):
                texts = [part.value for part in walk(current) if isinstance(part, Literal)]
                found.update((text, None) for text in texts if isinstance(text, str))
            outer = current.arguments[:1] if current.name in ITERATIONS else current.arguments
            waiting = [*outer, *waiting]
    return list(found)


def _is_day(path: str) -> bool:
    """Whether a path reads a day."""
    root, *steps = path.split(".")
    return root == "today" or (root in ("agreements", "registry") and ".".join(steps[1:]) in _DAYS)


def is_register(path: str) -> bool:
    """Whether a path reads all agreements of a kind."""
    return path.startswith("agreements.") and path.endswith(".all")


def without_days(path: str, value: Json) -> Json:
    """A value as it is the same on another day: of agreements in a list all but their days."""
    if not is_register(path) or not isinstance(value, list):
        return value
    return [_dayless(entry) for entry in value]


def _dayless(entry: Json, above: str = "") -> Json:
    """An agreement, or what stands below a name of it, without the days in it."""
    if not isinstance(entry, dict):
        return entry
    return {name: _dayless(one, f"{above}{name}.") for name, one in entry.items() if f"{above}{name}" not in _DAYS}
