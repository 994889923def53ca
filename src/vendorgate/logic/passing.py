"""Which of an operation's arguments can be its value, and what text it comes to where it is written out.

In: nodes. Out: flags and texts; what is not known before anything is judged, is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .functions import concatenate, slice_text
from .kleene import CHOICES
from .tree import Literal, Node, Operation, Sequence
from .values import Json

TEXT_FUNCTIONS: Final[Mapping[str, Callable[..., str]]] = {"cat": concatenate, "substr": slice_text}
"""Operators that make a text out of texts."""
_ALL: Final = frozenset(("merge", "or", "and", "log"))


def handed_on(node: Operation) -> tuple[bool, ...]:
    """For each argument, whether it, or an element of it, can be the value of the operation or an element of that."""
    count = len(node.arguments)
    if node.name in _ALL:
        return (True,) * count
    if node.name in CHOICES:
        return tuple(index % 2 == 1 or index == count - 1 for index in range(count))
    if node.name == "filter":
        return True, False
    if node.name == "var":
        return tuple(index == 1 for index in range(count))
    if node.name == "map":
        return gives(node.arguments[1], ""), True
    if node.name == "reduce":
        return (gives(node.arguments[1], "current"), *(True,) * (count - 1))
    return (False,) * count


def gives(body: Node, path: str) -> bool:
    """Whether what an iteration does to each element can come to what `var` reads there."""
    if isinstance(body, Sequence):
        return any(gives(item, path) for item in body.items)
    if not isinstance(body, Operation):
        return False
    if body.name == "var" and isinstance(body.arguments[0], Literal) and (body.arguments[0].value or "") == path:
        return True
    inner = body.name in ("map", "reduce")  # there `var` reads elements of its own
    return any(
        on and gives(argument, path)
        for index, (argument, on) in enumerate(zip(body.arguments, handed_on(body), strict=True))
        if not (inner and index == 1)
    )


def written_text(node: Operation) -> str | None:
    """The text that an operation comes to whatever is judged; None where it is not written out."""
    function = TEXT_FUNCTIONS.get(node.name)
    if function is None:
        return None
    values: list[Json] = []
    for argument in node.arguments:
        value = written_text(argument) if isinstance(argument, Operation) else _written(argument)
        if value is None or isinstance(value, (dict, list)):
            return None
        values.append(value)
    return function(*values)


def _written(node: Node) -> Json:
    return node.value if isinstance(node, Literal) else None
