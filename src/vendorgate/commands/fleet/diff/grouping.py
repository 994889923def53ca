"""Results that turned, put under their causes as they are met: a change of one cell that turns 40,000 is one group.

In: turned results, one by one. Out: `Turned`s. What it takes grows with the causes, of which there are few, and not
with the results.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, get_args

from .model import Cause, Example, Turned, TurnKind

MOST_EXAMPLES: Final = 3
MOST_GROUPS: Final = 2_000
"""Causes of one kind of turn that are told apart; those that come later are told together."""
_OTHERS: Final = "others, of which there are too many to be told one by one"
_ORDER: Final[tuple[TurnKind, ...]] = get_args(TurnKind)


class _Group:
    """Results that turned the same way for the same cause."""

    def __init__(self) -> None:
        self.policies: Counter[str] = Counter()
        self.subjects = 0
        self.blocks = 0
        self.newly_blocking = 0
        self.examples: list[Example] = []
        self._last: object = None

    def take(self, example: Example) -> None:
        self.policies[example.policy] += 1
        standing = example.after if example.after is not None else example.before
        self.blocks += standing is not None and standing.blocks
        now, was = (one is not None and one.blocks for one in (example.after, example.before))
        self.newly_blocking += now and not was
        if example.subject is not self._last:
            self._last = example.subject
            self.subjects += 1
            if len(self.examples) < MOST_EXAMPLES:
                self.examples.append(example)


class Groups:
    """Takes turned results, all of a subject one right after the other."""

    def __init__(self) -> None:
        self._found: dict[tuple[TurnKind, Cause], _Group] = {}

    def take(self, kind: TurnKind, cause: Cause, example: Example) -> None:
        """Put a result under its cause."""
        group = self._found.get((kind, cause))
        if group is None:
            if len(self._found) >= MOST_GROUPS:
                cause = Cause(cause.inputs, _OTHERS)
            group = self._found.setdefault((kind, cause), _Group())
        group.take(example)

    def turned(self) -> tuple[Turned, ...]:
        """All of them: by kind, the most results first."""
        found = [_turned(kind, cause, group) for (kind, cause), group in self._found.items()]
        return tuple(sorted(found, key=lambda one: (_ORDER.index(one.kind), -one.results, one.cause)))


def _turned(kind: TurnKind, cause: Cause, group: _Group) -> Turned:
    policies = sorted(group.policies.items(), key=lambda one: (-one[1], one[0]))
    examples = tuple(group.examples)
    results = sum(group.policies.values())
    return Turned(kind, cause, results, group.subjects, tuple(policies), group.blocks, group.newly_blocking, examples)
