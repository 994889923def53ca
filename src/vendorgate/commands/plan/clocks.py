"""Where a rule counts days, and on which days what it counts can pass a limit.

In: the tree of a rule, a subject, a span of days. Out: days, as ordinals.
A comparison of days with a limit turns on days that can be worked out. A rule that uses days in any other way can turn
on any day.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from ...evaluate.calendar import parse_day
from ...evaluate.case import agreement_value, written_value
from ...evaluate.facts import descend
from ...logic import Literal, Node, Operation, Unknown, Value
from ...logic.tree import children
from ...logic.values import to_number
from ...model.registry import Cell
from ...model.subject import Subject
from ...source import Location, Path

_COMPARISONS: Final = ("==", "!=", "===", "!==", "<", "<=", ">", ">=")
_SIGNS: Final = {"days_since": 1, "days_until": -1}
"""Whether the count grows or shrinks by one from day to day."""
_TODAY: Final = "today"
_READABLE: Final = ("usage", "primary", "project", "offering", "registry", "agreements")


class Clock(msgspec.Struct, frozen=True):
    """A part of a rule whose truth can turn because a day has passed."""

    tree: Node
    locate: Callable[[], Location]
    hand: Operation | None
    """What counts the days, or reads today; None: nobody can say when it turns without trying every day."""
    limits: tuple[Node, ...] = ()
    """What it is compared with."""


def clocks(tree: Node, locate: Callable[[Path], Location]) -> Iterator[Clock]:
    """Every clock of a rule; `locate` finds a place of the rule."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if _is_hand(node):
            # It stands where no limit can be told: what is around it, up to the whole rule, may turn on any day.
            yield Clock(tree, lambda: locate(()), None)
            return
        clock = _comparison(node, locate)
        if clock is not None:
            yield clock
        else:
            waiting.extend(reversed(children(node)))


def _comparison(node: Node, locate: Callable[[Path], Location]) -> Clock | None:
    """A comparison of days with limits that are written out or stated."""
    if not isinstance(node, Operation) or node.name not in _COMPARISONS:
        return None
    hands = [one for one in node.arguments if _is_hand(one)]
    limits = tuple(one for one in node.arguments if not _is_hand(one))
    if len(hands) != 1 or not all(map(_is_stated, limits)):
        return None
    (hand,) = hands
    assert isinstance(hand, Operation)
    if hand.name in _SIGNS and not _is_stated(hand.arguments[0]):
        return None
    return Clock(node, lambda: locate(node.place), hand, limits)


def _is_hand(node: Node) -> bool:
    return isinstance(node, Operation) and (node.name in _SIGNS or (node.name == "var" and _path(node) == _TODAY))


def _is_stated(node: Node) -> bool:
    """Whether a node is a value that is written out, or is read from what inputs state."""
    if isinstance(node, Literal):
        return True
    if not isinstance(node, Operation) or node.name != "var" or _path(node).partition(".")[0] not in _READABLE:
        return False
    return all(map(_is_stated, node.arguments[1:]))


def _path(node: Operation) -> str:
    path = node.arguments[0]
    return path.value if isinstance(path, Literal) and isinstance(path.value, str) else ""


def turning_days(clock: Clock, subject: Subject, span: range) -> Iterable[int]:
    """The days of a span on which a clock can turn."""
    if clock.hand is None:
        return span
    limits = [value for node in clock.limits for value in _values(node, subject)]
    if clock.hand.name == "var":
        return _days_beside(limits, span)
    sign = _SIGNS[clock.hand.name]
    starts = [day.toordinal() for value in _values(clock.hand.arguments[0], subject) if (day := parse_day(value))]
    numbers = {to_number(limit) for limit in limits}
    return {edge for start in starts for number in numbers for edge in _edges(start + sign * number, span)}


def _days_beside(limits: list[Any], span: range) -> Iterable[int]:
    """When today, a text, passes other texts; a number or the like it never meets."""
    texts = [limit for limit in limits if not isinstance(limit, (bool, int, float)) and limit is not None]
    days = [parse_day(text) for text in texts]
    if any(day is None for day in days):
        return span
    return {edge for day in days if day is not None for edge in _edges(day.toordinal(), span)}


def _edges(limit: float, span: range) -> Iterator[int]:
    """The first whole day at a limit or past it, and the first past it."""
    if span.start - 1 <= limit <= span.stop:  # never true of NaN
        yield from (day for day in {math.ceil(limit), math.floor(limit) + 1} if day in span)


def _values(node: Node, subject: Subject) -> list[Any]:
    """Every value that a node can have on any day."""
    if isinstance(node, Literal):
        return [node.value]
    assert isinstance(node, Operation)
    found = [value for value in _read(_path(node), subject) if not isinstance(value, Unknown)]
    return found + [value for default in node.arguments[1:] for value in _values(default, subject)]


def _read(path: str, subject: Subject) -> list[Value]:
    root, *steps = path.split(".")
    if root == "registry":
        dimension, field, *below = steps
        cell = subject.offering.cells.get(dimension)
        return [] if cell is None else [written_value(cell, field, below), *_scoped(cell, field, below)]
    if root == "agreements":
        kind, field = steps
        return [agreement_value(one, field) for one in subject.agreements or () if one.kind == kind]
    return [subject.stated[path]] if path in subject.stated else []


def _scoped(cell: Cell, field: str, below: list[str]) -> list[Value]:
    """What a fact is for some names alone."""
    entries = cell.written.scoped_facts or () if field == "facts" else ()
    return [descend(entry.facts, below) for entry in entries]
