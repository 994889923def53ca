"""Where a rule counts days, and on which days what it counts can pass a limit.

In: the tree of a rule, a subject, a span of days. Out: days, as ordinals.
A comparison of days with a limit turns on days that can be worked out. A rule that uses days in any other way can turn
on any day.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ...evaluate.calendar import parse_day
from ...evaluate.case import agreement_value, written_value
from ...evaluate.facts import fact_value
from ...logic import Literal, Node, Operation, Unknown, Value
from ...logic.paths import COMPARISONS
from ...logic.tree import children
from ...logic.values import Json, to_number
from ...model.registry import Cell
from ...model.subject import Subject
from ...source import Location, Path

_SIGNS: Final = {"days_since": 1, "days_until": -1}
"""Whether the count grows or shrinks by one from day to day."""
_TODAY: Final = "today"
_READABLE: Final = ("usage", "primary", "project", "offering", "registry", "agreements")


Stated = Iterable[Mapping[str, Value]]


class DayRule(msgspec.Struct, frozen=True):
    """A part of a rule whose truth can turn because a day has passed."""

    tree: Node
    locate: Callable[[], Location]
    counter: Operation | None
    """The operation that counts days or reads today; None: only trying every day can tell when it turns."""
    limits: tuple[Node, ...] = ()
    """What the count is compared with."""


def day_rules(tree: Node, locate: Callable[[Path], Location]) -> Iterator[DayRule]:
    """Every part of a rule whose truth can turn because a day has passed; `locate` finds a place of the rule."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if _counts_days(node):
            # It is compared with nothing that can be worked out: the whole rule may turn on any day.
            yield DayRule(tree, lambda: locate(()), None)
            return
        day_rule = _comparison(node, locate)
        if day_rule is not None:
            yield day_rule
        else:
            waiting.extend(reversed(children(node)))


def _comparison(node: Node, locate: Callable[[Path], Location]) -> DayRule | None:
    """A comparison of days with limits that are written out or stated."""
    if not isinstance(node, Operation) or node.name not in COMPARISONS:
        return None
    counters = [one for one in node.arguments if _counts_days(one)]
    limits = tuple(one for one in node.arguments if not _counts_days(one))
    if len(counters) != 1 or not all(map(_is_stated, limits)):
        return None
    (counter,) = counters
    assert isinstance(counter, Operation)
    if counter.name in _SIGNS and not _is_stated(counter.arguments[0]):
        return None
    return DayRule(node, lambda: locate(node.place), counter, limits)


def _counts_days(node: Node) -> bool:
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


def turning_days(day_rule: DayRule, subject: Subject, stated: Stated, span: range) -> Iterable[int]:
    """The days of a span on which such a part of a rule can turn; `stated` has what paths can read, by any day."""
    if day_rule.counter is None:
        return span
    limits = [value for node in day_rule.limits for value in _values(node, subject, stated)]
    if day_rule.counter.name == "var":
        return _days_beside(limits, span)
    sign = _SIGNS[day_rule.counter.name]
    days = map(parse_day, _values(day_rule.counter.arguments[0], subject, stated))
    starts = [day.toordinal() for day in days if day is not None]
    numbers = {to_number(limit) for limit in limits}
    return {edge for start in starts for number in numbers for edge in _edges(start + sign * number, span)}


def _days_beside(limits: list[Json], span: range) -> Iterable[int]:
    """The days on which `today`, a text, passes other texts; numbers and the like it is never equal to."""
    texts = [limit for limit in limits if not isinstance(limit, (bool, int, float)) and limit is not None]
    days = [parse_day(text) for text in texts]
    if any(day is None for day in days):
        return span
    return {edge for day in days if day is not None for edge in _edges(day.toordinal(), span)}


def _edges(limit: float, span: range) -> Iterator[int]:
    """The first whole day at a limit or past it, and the first past it."""
    if span.start - 1 <= limit <= span.stop:  # never true of NaN
        yield from (day for day in {math.ceil(limit), math.floor(limit) + 1} if day in span)


def _values(node: Node, subject: Subject, stated: Stated) -> list[Json]:
    """Every value that a node can have, whatever the day."""
    if isinstance(node, Literal):
        return [node.value]
    assert isinstance(node, Operation)
    found = [value for value in _read(_path(node), subject, stated) if not isinstance(value, Unknown)]
    return found + [value for default in node.arguments[1:] for value in _values(default, subject, stated)]


def _read(path: str, subject: Subject, stated: Stated) -> list[Value]:
    root, *steps = path.split(".")
    if root == "registry":
        dimension, field, *below = steps
        cell = subject.offering.cells.get(dimension)
        return [] if cell is None else [written_value(cell, field, below), *_scoped(cell, field, below)]
    if root == "agreements":
        kind, *below = steps
        return [agreement_value(one, ".".join(below)) for one in subject.agreements or () if one.kind == kind]
    return [every[path] for every in stated if path in every]


def _scoped(cell: Cell, field: str, below: list[str]) -> list[Value]:
    """The values of a fact that holds for some names alone."""
    entries = cell.written.scoped_facts or () if field == "facts" else ()
    return [fact_value(entry.facts, below) for entry in entries]
