"""Functions: their parameters, with defaults, and what they return.

In: a `Reader` that stands at one. Out: the function among what is gathered; its block is left for later.
"""

from __future__ import annotations

from typing import Final

from ...code import UNKNOWN
from .annotations import after_annotation, after_generics, after_type
from .assigning import assign_default
from .gathering import Scope
from .patterns import Bound, parameters
from .reader import Reader, Steps
from .words import BINDABLE

_PARAMETERS: Final = frozenset((")", "...", "{", "[", "this", "@"))
_AFTER_PARAMETER: Final = frozenset((":", "?", ",", "=", ")"))


def after_head(reader: Reader, opening: int) -> int:
    """Where `=>` stands, if these parentheses hold the parameters of an arrow; else -1."""
    at = reader.after(opening)
    if reader.kinds[at] == ":" and _may_be_parameters(reader, opening + 1):
        at = after_type(reader, at + 1, conditional=False)
    return at if reader.kinds[at] == "=>" else -1


def _may_be_parameters(reader: Reader, at: int) -> bool:
    """Whether what begins here in parentheses may be parameters, and not the first way of a choice."""
    kind = reader.kinds[at]
    if kind in BINDABLE:
        return reader.kinds[at + 1] in _AFTER_PARAMETER
    return kind in _PARAMETERS


def function(reader: Reader, scope: Scope, name: str) -> Steps:
    """`function name() {}`, at its first word."""
    at = reader.at
    reader.at += 1
    if reader.kinds[reader.at] == "*":
        reader.at += 1
    if reader.kinds[reader.at] in BINDABLE:
        at = reader.at
        name = reader.words[at]
        reader.at += 1
    yield arrow_or_method(reader, scope, name, at)


def arrow_or_method(reader: Reader, scope: Scope, name: str, at: int) -> Steps:
    """Parameters with what follows them; `name` with its class before it, and `at` where it stands."""
    reader.at = after_generics(reader, reader.at)
    if reader.kinds[reader.at] != "(":
        return
    opening = reader.at
    names = parameters(reader, opening)
    inner = scope.inner(name)
    module, reader.handed = reader.handed, ""
    for bound in names if module else ():
        reader.gathering.hands(module, bound.steps, bound.name)
    yield _defaults(reader, inner, names)
    reader.at = after_annotation(reader, reader.after(opening))
    yield _body(reader, inner, name, tuple(bound.key for bound in names if bound.name), at)


def short_arrow(reader: Reader, scope: Scope, name: str, at: int) -> Steps:
    """`name => …`, at the name."""
    parameter = reader.words[reader.at]
    inner = scope.inner(name)
    if reader.handed:
        reader.gathering.hands(reader.handed, (), parameter)
        reader.handed = ""
    reader.at += 1
    yield _body(reader, inner, name, (parameter,), at)


def _body(reader: Reader, inner: Scope, name: str, names: tuple[str, ...], at: int) -> Steps:
    returns = inner.returns if inner.returns is not None else []
    if name:
        reader.gathering.defines(reader.starts[at], name, names, inner)
    if reader.kinds[reader.at] == "=>":
        reader.at += 1
        if reader.kinds[reader.at] != "{":
            yield reader.expression(reader, inner, "")
            returns.append((reader.starts[reader.at - 1], reader.value))
            reader.ended = True
        else:
            reader.later("block", reader.at, inner)
            reader.ended = True
    elif reader.kinds[reader.at] == "{":
        reader.later("block", reader.at, inner)
    reader.value, reader.path = UNKNOWN, ()


def _defaults(reader: Reader, scope: Scope, names: list[Bound]) -> Steps:
    """What parameters are where nobody passes them."""
    for bound in names:
        if bound.default < 0:
            continue
        reader.at = bound.default
        yield reader.expression(reader, scope, "")
        if bound.name:
            assign_default(reader.gathering, scope, reader.starts[bound.at], bound.name, reader.value)
