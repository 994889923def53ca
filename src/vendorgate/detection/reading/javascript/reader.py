"""Where a reader stands in a script, what it has read last, and what is left to read.

In: a text. Out: `Reader`, which the functions of `expressions` and `statements` move on. A function that reads
something which may hold the like of itself yields it, and `run` goes through them with a stack of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from ...code import UNKNOWN, Path, Value
from ..unreadable import Unreadable
from .angles import pair_angles
from .gathering import Gathering, Scope
from .lexing import PADDING, tokens_of

Steps: TypeAlias = Iterator["Steps"]
"""What yields all that has to be read before it can go on."""
Expression: TypeAlias = Callable[["Reader", Scope, str], Steps]
"""Reads an expression; the text is what it will be called by."""
MOST_STEPS: Final = 2_000
"""How deep an expression may nest."""


class Left(NamedTuple):
    """A part that is read later, as what is around it does not turn on it."""

    kind: str
    """`block`, `class` or `enum`."""
    at: int
    end: int
    scope: Scope


class Reader:
    """A text as tokens, and a place among them."""

    def __init__(self, text: str, expression: Expression, *, markup: bool) -> None:
        tokens = tokens_of(text, markup=markup)
        pair_angles(tokens)
        self.text = text
        self.kinds = tokens.kinds
        self.words = tokens.words
        self.starts = tokens.starts
        self.partners = tokens.partners
        self.expression = expression
        """What reads an expression, which all that holds expressions asks."""
        self.end = len(tokens.kinds) - PADDING
        """The token after the last one."""
        self.gathering = Gathering(text)
        self.at = 0
        self.value: Value = UNKNOWN
        """What was read last."""
        self.path: Path = ()
        """The path that was read last, if it is one that may be assigned to; else empty."""
        self.owned = False
        """Whether that was a member of `this`."""
        self.ended = False
        """Whether nothing may follow what was read last, as nothing follows an arrow."""
        self.handed = ""
        """The module that the next function is handed, as `import()` hands it to what is called with `then`."""
        self.guarded = False
        """Whether `&&` was read since somebody asked."""
        self.nesting = 0
        """How many brackets are around it, within one expression."""
        self.left: list[Left] = []

    def later(self, kind: str, opening: int, scope: Scope) -> None:
        """Read what these brackets hold later, and go on after them."""
        end = self.partners.get(opening, opening)
        self.left.append(Left(kind, opening + 1, end, scope))
        self.at = min(end + 1, self.end)

    def after(self, opening: int) -> int:
        """The token after what closes these brackets."""
        return min(self.partners[opening] + 1, self.end)

    def skip(self) -> None:
        """Go on by one token, or by all that it opens."""
        self.at = self.after(self.at) if self.at in self.partners else min(self.at + 1, self.end)

    def skip_to(self, kinds: frozenset[str], end: int) -> None:
        """Go on to one of these kinds, at the latest to `end`."""
        while self.at < end and self.kinds[self.at] not in kinds:
            self.skip()
        self.at = min(self.at, end)


def run(first: Steps) -> None:
    """Read something with all that it holds.

    Raises `Unreadable` where it nests deeper than anything that people write.
    """
    stack = [first]
    while stack:
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
        elif len(stack) > MOST_STEPS:
            raise Unreadable("nested too deeply")
        else:
            stack.append(following)
