"""What patterns and parameters bind: `client`, `{ apiKey, baseURL: url = "…" }`, `[first, ...rest]`, `(name: string,
size = 3)`.

In: a `Reader` and where a pattern begins. Out: `Bound` names, each with the way to it in what is taken apart, and
with where its default begins. Nothing is read as an expression here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from .annotations import after_annotation
from .reader import Reader
from .tokens import text_of
from .words import BINDABLE

_COMMA: Final = frozenset((",",))
_MODIFIERS: Final = frozenset(("public", "private", "protected", "readonly", "override"))


class Bound(NamedTuple):
    """A name that a pattern binds."""

    name: str
    """Empty where only the default of a pattern within stands."""
    at: int
    steps: tuple[str | int, ...]
    """Keys and numbers of items that lead to it."""
    default: int
    """Where its default begins; -1 where it has none."""

    @property
    def key(self) -> str:
        """The name by which a caller passes it."""
        return str(self.steps[0]) if self.steps and isinstance(self.steps[0], str) else self.name


class _Level(NamedTuple):
    at: int
    end: int
    steps: tuple[str | int, ...]
    kind: str


def bound(reader: Reader) -> list[Bound]:
    """What the pattern binds at which the reader stands; it stands after it and its type then."""
    at = reader.at
    if reader.kinds[at] in {"{", "["}:
        names = _all(reader, _Level(at + 1, reader.partners[at], (), reader.kinds[at]))
        reader.at = after_annotation(reader, reader.after(at))
        return names
    reader.at = after_annotation(reader, at + 1)
    return [Bound(reader.words[at], at, (), -1)]


def parameters(reader: Reader, opening: int) -> list[Bound]:
    """What the parameters in these parentheses bind."""
    return _all(reader, _Level(opening + 1, reader.partners[opening], (), "("))


def _all(reader: Reader, first: _Level) -> list[Bound]:
    names: list[Bound] = []
    levels = [first]
    while levels:
        level = levels.pop()
        reader.at = level.at
        place = 0
        while reader.at < level.end:
            _one(reader, level, place, names, levels)
            reader.skip_to(_COMMA, level.end)
            reader.at += 1
            place += 1
    names.sort(key=lambda bound: bound.at)
    return names


def _one(reader: Reader, level: _Level, place: int, names: list[Bound], levels: list[_Level]) -> None:
    """One thing between commas."""
    rest = _before_name(reader, level) and level.kind == "{"
    at = reader.at
    if reader.kinds[at] == "," or at >= level.end:
        return
    steps: tuple[str | int, ...] = () if level.kind == "(" else (*level.steps, place)
    if level.kind == "{":
        steps = (*level.steps, -1 if rest else _key(reader, at))
        if reader.kinds[reader.after(at) if at in reader.partners else at + 1] == ":":
            at = (reader.after(at) if at in reader.partners else at + 1) + 1
    name = reader.words[at] if reader.kinds[at] in BINDABLE else ""
    if reader.kinds[at] in {"{", "["}:
        levels.append(_Level(at + 1, reader.partners[at], steps, reader.kinds[at]))
    reader.at = reader.after(at) if at in reader.partners else at + 1
    reader.at = after_annotation(reader, reader.at)
    default = reader.at + 1 if reader.kinds[reader.at] == "=" else -1
    if name or default > 0:
        names.append(Bound(name, at, steps, default))


def _key(reader: Reader, at: int) -> str | int:
    kind, word = reader.kinds[at], reader.words[at]
    if kind == "string":
        return text_of(word)
    return -1 if kind in {"[", "number"} else word


def _before_name(reader: Reader, level: _Level) -> bool:
    """Go past dots, modifiers and decorators; whether there were dots."""
    rest = False
    while reader.at < level.end:
        kind = reader.kinds[reader.at]
        if kind == "@":
            reader.at += 2
            if reader.kinds[reader.at] == "(":
                reader.skip()
        elif kind == "..." or (kind in _MODIFIERS and reader.kinds[reader.at + 1] in BINDABLE | {"{", "["}):
            rest = rest or kind == "..."
            reader.at += 1
        else:
            return rest
    return rest
