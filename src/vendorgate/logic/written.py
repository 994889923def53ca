"""The operators that look for values in a list, which most rules write out: it is prepared once for all data.

In: an operation's arguments. Out: its evaluator, with the answers of `functions`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from .compiler import Compiler, Context, Evaluator, eager
from .functions import contains, is_disjoint, is_subset
from .tree import Literal, Node, Operation, Sequence
from .values import UNKNOWN, Json, Unknown, Value, identity


def _written(node: Node) -> list[Json] | None:
    """The values of a list that is written out; none of them is a list or an object, which are equal to nothing."""
    if not isinstance(node, Sequence):
        return None
    values = [item.value for item in node.items if isinstance(item, Literal)]
    plain = len(values) == len(node.items) and not any(isinstance(value, (list, dict)) for value in values)
    return values if plain else None


def membership(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`in`: an item of a list, by `===`, or a part of a text."""
    whole = _written(operation.arguments[1]) if len(operation.arguments) > 1 else None
    if whole is None:
        return _eager_membership(operation, compiler)
    needle = compiler.compile(operation.arguments[0])

    def evaluate(data: Json, context: Context) -> Value:
        value = needle(data, context)
        return UNKNOWN if value.__class__ is Unknown else contains(value, whole)  # type: ignore[arg-type]  # is known

    return evaluate


def subset(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """Whether all of a list is in another."""
    whole = _written(operation.arguments[1]) if len(operation.arguments) > 1 else None
    if whole is None:
        return _eager_subset(operation, compiler)
    return _relation(operation, compiler, frozenset(map(identity, whole)).issuperset)


def disjoint(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """Whether two lists share nothing."""
    other = _written(operation.arguments[1]) if len(operation.arguments) > 1 else None
    if other is None:
        return _eager_disjoint(operation, compiler)
    return _relation(operation, compiler, frozenset(map(identity, other)).isdisjoint)


def _relation(
    operation: Operation, compiler: Compiler[Context], holds: Callable[[list[Hashable]], bool]
) -> Evaluator[Context]:
    part = compiler.compile(operation.arguments[0])

    def evaluate(data: Json, context: Context) -> Value:
        values = part(data, context)
        if values.__class__ is not list:
            return UNKNOWN
        return holds([one if one.__class__ is str else identity(one) for one in values])

    return evaluate


def _subset(part: Json, whole: Json) -> Value:
    return is_subset(part, whole) if isinstance(part, list) and isinstance(whole, list) else UNKNOWN


def _disjoint(left: Json, right: Json) -> Value:
    return is_disjoint(left, right) if isinstance(left, list) and isinstance(right, list) else UNKNOWN


_eager_membership: Final = eager(contains)
_eager_subset: Final = eager(_subset)
_eager_disjoint: Final = eager(_disjoint)
