"""What a rule writes out beside a value of a known kind: it must be one of that kind.

In: nodes with their types. Out: problems. Other languages compare what is never equal and say nothing: a rule that
excludes the text `"3"` of a number excludes nobody.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from .checking import Checker, shown
from .days import is_date
from .tree import Literal, Node, Sequence
from .types import Shape, Type
from .values import Json, to_number

_KINDS: Final[Mapping[str, tuple[tuple[type, ...], str, str]]] = {
    "number": ((int, float), "is no number", "write a number, without quotes"),
    "boolean": ((bool,), "is neither true nor false", "write true or false"),
    "text": ((str,), "is no text", "quote it"),
}
"""Of what the model has as one kind of value: how it may be written out, and what else is called."""


def days(checker: Checker, arguments: list[Node], in_order: bool) -> None:
    """What stands beside a day must be one: `1.1.2027` lies before every day as a text, and nobody notices."""
    beginnings = ("", "-01", "-01-01") if in_order else ("",)
    for argument in arguments:
        if not isinstance(argument, Literal) or argument.value is None or isinstance(argument.value, dict):
            continue
        if not any(isinstance(argument.value, str) and is_date(argument.value + end) for end in beginnings):
            checker.report(argument, f"{shown(argument.value)} is not a day", "write a day as YYYY-MM-DD")


def truths(checker: Checker, arguments: list[Node]) -> None:
    """What stands beside true or false must be one of them: the text `"true"` is neither, and nobody notices."""
    _written_as(checker, "boolean", arguments)


def alike(checker: Checker, pairs: list[tuple[Node, Type]]) -> None:
    """What stands beside a number, or beside a text that somebody declared as one, must be such a value."""
    for name in sorted({kind.kind for one, kind in pairs if kind.kind != "boolean" and _demands(one, kind)}):
        _written_as(checker, name, [one for one, _ in pairs])


def among(checker: Checker, needle: Node, kind: Type, haystack: Node) -> None:
    """What is looked for in a list, and what stands in the list, must be of one kind."""
    if isinstance(haystack, Sequence) and _demands(needle, kind):
        _written_as(checker, kind.kind, haystack.items)
    if isinstance(haystack, Sequence) and kind.shape is not None:
        fits(checker, haystack.items, kind.shape, kind.shape.is_word)


def shaped(checker: Checker, pairs: list[tuple[Node, Type]]) -> None:
    """What stands beside a text of a certain look must look so, too: `Clinic` is the name of no project."""
    shapes = {kind.shape.name: kind.shape for _, kind in pairs if kind.shape is not None}
    for shape in shapes.values():
        fits(checker, (one for one, _ in pairs), shape, shape.is_word)


def fits(checker: Checker, nodes: Iterable[Node], shape: Shape, fit: Callable[[str], bool]) -> None:
    """Report each text written out that does not fit, as a word, a glob or a part."""
    for node in nodes:
        if isinstance(node, Literal) and isinstance(node.value, str) and not fit(node.value):
            checker.report(node, f"{shown(node.value)} is never {shape.name}", shape.help)


def numbers(checker: Checker, name: str, pairs: list[tuple[Node, Type]]) -> None:
    """What is counted with must be a number: of a day or a word nothing comes that is ever equal to one."""
    for node, kind in pairs:
        if kind.day:
            title = f"`{name}` takes numbers, and this is a day"
            checker.report(node, title, "count days: {days_since: day} or {days_until: day}")
        elif kind.kind == "text" and kind.vocabulary is not None and not any(map(_is_number, kind.vocabulary.words)):
            title = f"`{name}` takes numbers, and this is {kind.vocabulary.name}"
            checker.report(node, title, "compare it with a word, or count with a number")


def _is_number(word: str) -> bool:
    return not math.isnan(to_number(word))


def _demands(node: Node, kind: Type) -> bool:
    """Whether a value has a kind that what stands beside it must have; words and days are checked by themselves."""
    if isinstance(node, Literal) or kind.vocabulary is not None or kind.day:
        return False
    return kind.kind in ("number", "boolean") or (kind.kind == "text" and kind.holds)


def _written_as(checker: Checker, kind: str, nodes: Iterable[Node]) -> None:
    types, called, help = _KINDS[kind]
    for node in nodes:
        value = node.value if isinstance(node, Literal) else None
        if value is not None and not _is_of(value, types):
            checker.report(node, f"{shown(value)} {called}", help)


def _is_of(value: Json, types: tuple[type, ...]) -> bool:
    """Whether a value is of a kind; a boolean is no number, and of an object more has been said already."""
    return isinstance(value, (*types, dict)) and (bool in types or not isinstance(value, bool))
