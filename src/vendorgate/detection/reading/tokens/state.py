"""What the parser has read so far, and where it is.

In: tokens and a grammar. Out: `State`, which the parts of the parser change, and its few moves: open a frame, name
a path, take a value. It knows no sign and no word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from ...code import UNKNOWN, Assignment, Call, Import, Made, Path, Place, Reference, Scalar, Value, Written
from ..unreadable import Unreadable
from . import frames
from .frames import Frame, Record
from .grammar import Grammar
from .lexicon import DEEPEST_TYPES
from .lexing import Token
from .values import reduced

MOST_OPENED: Final = 75_000
"""Brackets and blocks of one file."""
DEEPEST: Final = 100
"""Values below this many open brackets are not kept: their calls are."""
LONGEST: Final = 100
"""Calls of which each is called on the result of the one before."""
_TYPES: Final = re.compile(r"<[^<>]*>")
_BOUNDARIES: Final = frozenset({"}", "end", "unhole", "endtemplate"})


class State:
    """One text on its way to `Code`."""

    def __init__(self, text: str, grammar: Grammar, tokens: Sequence[Token]) -> None:
        self.text = text
        self.grammar = grammar
        self.tokens = tokens
        self.index = 0
        """Which token comes after the one that is read."""
        self.frame = Frame(frames.BLOCK, "", 0, None)
        self.stack: list[Frame] = []
        self.opened = 0
        self.open = dict.fromkeys(_BOUNDARIES, 0)
        """How many frames are open that each word or sign ends."""
        self.inner: list[dict[str, int]] = [{")": 0, "]": 0}]
        """The same of round and square brackets, since each of those began."""
        self.calls: list[tuple[int, Call]] = []
        self.assignments: list[tuple[int, Assignment]] = []
        self.literals: list[tuple[int, str]] = []
        self.imports: list[Import] = []
        self.functions: list[Record] = []
        self.environment: list[tuple[int, str]] = []
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.paths: dict[str, tuple[Path, bool]] = {}
        self.passed_over = "await" if grammar.shorthand else ""
        self.receiver = ("", "")
        """The name that a Go method has for what it is called on, and its type."""
        self.split = re.compile(rf"[\s{re.escape(grammar.separators)}]+").split

    def place(self, offset: int) -> Place:
        line = bisect_right(self.lines, offset)
        return Place(line, offset - self.lines[line - 1] + 1)

    def path(self, raw: str) -> tuple[Path, bool]:
        """The names of a path as written, and whether it is of the object itself."""
        found = self.paths.get(raw)
        if found is None:
            plain = _without_types(raw) if "<" in raw else raw
            steps = [step for step in self.split(plain) if step and step != self.passed_over]
            own = (len(steps) > 1 and steps[0] in self.grammar.own) or (plain[:1] == "@" and self.grammar.by_words)
            if own and plain[:1] != "@":
                del steps[0]
            found = self.paths[raw] = tuple(step.lstrip("$@") for step in steps), own
        return found

    def peek(self) -> str:
        """The kind of the next token."""
        return self.tokens[self.index][0] if self.index < len(self.tokens) else ""

    def push(self, kind: str, close: str, start: int) -> Frame:
        above = self.frame
        self.opened += 1
        if self.opened > MOST_OPENED:
            raise Unreadable(f"more than {MOST_OPENED:,} brackets")
        frame = Frame(kind, close, start, above)
        frame.mark = len(self.calls)
        frame.written = len(self.literals)
        self.stack.append(above)
        self.frame = frame
        if close in _BOUNDARIES:
            self.open[close] += 1
            self.inner.append({")": 0, "]": 0})
        elif close:
            self.inner[-1][close] += 1
        return frame

    def drop(self) -> Frame:
        """Close the frame; it is the caller who finishes what is in it."""
        frame = self.frame
        self.frame = self.stack.pop()
        if frame.close in _BOUNDARIES:
            self.open[frame.close] -= 1
            self.inner.pop()
        elif frame.close:
            self.inner[-1][frame.close] -= 1
        return frame

    def closes(self, sign: str) -> bool:
        """Whether a frame is open that the sign can end: a round bracket ends nothing outside of its block."""
        return bool(self.open[sign] if sign in _BOUNDARIES else self.inner[-1][sign])

    def operand(self) -> Value | None:
        """Take the value that stands last in the expression."""
        frame = self.frame
        value = frame.value
        if value is None:
            if frame.path is None:
                return None
            plain = frame.base is None and frame.base_value is None
            value = Reference(frame.path) if plain else UNKNOWN
        frame.path = frame.value = frame.base = frame.base_value = frame.call = None
        frame.emitted = -1
        if frame.negated:
            value = self.negated(value)
        return UNKNOWN if frame.spread else value

    def negated(self, value: Value) -> Value:
        sign, self.frame.negated = self.frame.negated, ""
        if sign == "-" and isinstance(value, Scalar) and isinstance(value.value, (int, float)):
            return Scalar(-value.value)
        return UNKNOWN

    def finish(self) -> Value | None:
        """Take the value of the expression, and begin another one."""
        frame = self.frame
        value = self.operand()
        if frame.terms:
            if value is not None:
                frame.terms.append(value)
            value = reduced(frame.terms, self.grammar)
        if frame.is_lambda:
            frame.tail = value
        if value is not None and ((frame.is_lambda and not frame.is_thunk) or len(self.stack) > DEEPEST):
            value = UNKNOWN
        return value

    def set_value(self, value: Value, call: Call | None = None, emitted: int = -1) -> None:
        """What was just closed is the value that stands last."""
        frame = self.frame
        frame.path = frame.base = frame.base_value = None
        frame.value, frame.call, frame.emitted = value, call, emitted
        frame.type_path, frame.skip_type = None, False

    def step(self, path: Path, start: int) -> None:
        """A member of the value that stands last."""
        frame = self.frame
        frame.member = False
        if frame.path is not None:
            frame.path += path
        elif isinstance(frame.value, Reference):
            frame.path, frame.value = frame.value.path + path, None
        elif frame.value is not None:
            frame.base = frame.call or (frame.value.call if isinstance(frame.value, Made) else None)
            frame.base_value, frame.value, frame.call = frame.value, None, None
            frame.path, frame.path_start = path, start
        else:
            frame.path, frame.path_start = path, start

    def write(self, start: int, value: str) -> None:
        """A text stands there."""
        self.literals.append((start, value))

    def written(self) -> tuple[Written, ...]:
        return tuple(Written(value, self.place(start)) for start, value in sorted(self.literals, key=_start))


def _without_types(raw: str) -> str:
    """A path without the arguments of types in it, which stand in each other at most as deep as a lexicon takes."""
    for _ in range(DEEPEST_TYPES):
        raw = _TYPES.sub("", raw)
    return raw


def _start(entry: tuple[int, str]) -> int:
    return entry[0]
