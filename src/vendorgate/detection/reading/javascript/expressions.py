"""Expressions, with an explicit stack: what they come to, and which calls they make.

In: a `Reader` that stands at one. Out: its value, and what is gathered on the way. An expression ends where the next
token cannot go on with it, which is how scripts without semicolons are read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from ...code import UNKNOWN, Path, Scalar, Text, Value
from .annotations import after_generics, after_type
from .assigning import assign, operated
from .brackets import array, listed, mapping, markup, template
from .calls import chain
from .functions import after_head, arrow_or_method, function, short_arrow
from .gathering import Scope
from .names import is_own, steps_of
from .operators import ASSIGNING, BINARY, combined
from .reader import Reader, Steps
from .shapes import NOTHING, either
from .tokens import number_of, text_of, unescaped
from .words import BINDABLE

_PASSED: Final = frozenset(("await", "<"))
"""What stands before an operand and changes nothing: `await`, a cast, the generics of an arrow."""
_CASTS: Final = frozenset(("as", "satisfies"))
_PREFIXES: Final = frozenset(("!", "-", "+", "~", "typeof", "void", "delete", "++", "--", "...", "yield", "*"))
_KNOWN: Final[dict[str, Value]] = {"true": Scalar(True), "false": Scalar(False), "null": NOTHING, "undefined": NOTHING}


class Target(NamedTuple):
    """What is assigned to."""

    path: Path
    owner: str
    at: int
    operator: str
    scope: Scope


def expression(reader: Reader, scope: Scope, name: str) -> Steps:
    """An expression up to what cannot belong to it; `name` is what it is assigned to."""
    options: list[Value] = []
    values: list[Value] = []
    operators: list[str] = []
    targets: list[Target] = []
    while True:
        at = reader.at
        yield operand(reader, scope, name)
        while reader.kinds[reader.at] in _CASTS:
            reader.at = after_type(reader, reader.at + 1)
        kind = reader.kinds[reader.at]
        if kind in ASSIGNING:
            targets.append(Target(reader.path, scope.owner if reader.owned else "", at, kind, scope))
            name = ".".join(reader.path) or name
            values, operators = [], []
        elif kind in BINARY:
            reader.guarded = reader.guarded or kind == "&&"
            values.append(reader.value)
            operators.append(kind)
        elif kind == "?":
            scope = scope.in_branch()
            reader.at += 1
            yield expression(reader, scope, name)
            options.append(reader.value)
            if reader.kinds[reader.at] != ":":
                break
            values, operators = [], []
        else:
            options.append(combined([*values, reader.value], operators))
            break
        reader.at += 1
    reader.value = either(options)
    _assign(reader, targets)


def _assign(reader: Reader, targets: list[Target]) -> None:
    for target in targets:
        if target.path:
            value = operated(target.path, target.operator, reader.value)
            assign(reader.gathering, target.scope, reader.starts[target.at], target.path, value, target.owner)


def operand(reader: Reader, scope: Scope, name: str) -> Steps:
    """One thing between operators, with all that is said after it: members, calls."""
    kinds = reader.kinds
    sign = ""
    while (kind := kinds[reader.at]) in _PREFIXES or kind in _PASSED:
        if kind in _PREFIXES:
            sign = "-" if kind == "-" and not sign else kind
        reader.skip()
    reader.value, reader.path, reader.owned, reader.ended = UNKNOWN, (), False, False
    at = reader.at
    while kinds[reader.at] == "new":
        reader.at += 1
    yield _primary(reader, scope, name)
    if reader.ended:
        reader.ended = False
    elif reader.at > at or kinds[at] == "member":
        yield chain(reader, scope, at)
    if sign:
        reader.value = _negative(reader.value) if sign == "-" else UNKNOWN
        reader.path = ()


def _negative(value: Value) -> Value:
    """What a minus before it makes of a value."""
    if not isinstance(value, Scalar) or value.value is None:
        return UNKNOWN
    return Scalar(-value.value)


def _primary(reader: Reader, scope: Scope, name: str) -> Steps:
    """The first thing of an operand."""
    kind, at = reader.kinds[reader.at], reader.at
    if kind in BINDABLE and not (kind == "async" and _is_async(reader)):
        if reader.kinds[at + 1] == "=>":
            yield short_arrow(reader, scope, name, at)
            return
        _name(reader)
    elif kind in _SIMPLE:
        _SIMPLE[kind](reader)
    elif kind in _NESTING:
        yield _NESTING[kind](reader, scope, name)
        if kind != "async":
            reader.path, reader.owned = (), False


def _name(reader: Reader) -> None:
    word = reader.words[reader.at]
    reader.owned = is_own(word)
    reader.path = steps_of(word)
    reader.at += 1


def _text(reader: Reader) -> None:
    _written(reader, text_of(reader.words[reader.at]))


def _plain_template(reader: Reader) -> None:
    _written(reader, unescaped(reader.words[reader.at]))


def _written(reader: Reader, text: str) -> None:
    reader.gathering.writes(reader.starts[reader.at], text)
    reader.value = Text(text)
    reader.at += 1


def _number(reader: Reader) -> None:
    number = number_of(reader.words[reader.at])
    reader.value = UNKNOWN if number is None else Scalar(number)
    reader.at += 1


def _word(reader: Reader) -> None:
    reader.value = _KNOWN.get(reader.kinds[reader.at], UNKNOWN)
    reader.at += 1


def _is_async(reader: Reader) -> bool:
    """Whether `async` begins a function here."""
    at = reader.at + 1
    kind = reader.kinds[at]
    if kind == "<":
        at = reader.after(at) if at in reader.partners else at
        kind = reader.kinds[at]
    return (
        kind == "function"
        or (kind in BINDABLE and reader.kinds[at + 1] == "=>")
        or (kind == "(" and after_head(reader, at) > 0)
    )


def _async(reader: Reader, scope: Scope, name: str) -> Steps:
    reader.at = after_generics(reader, reader.at + 1)
    yield _primary(reader, scope, name)


def _parenthesis(reader: Reader, scope: Scope, name: str) -> Steps:
    """An arrow's parameters, or an expression in parentheses."""
    opening = reader.at
    if after_head(reader, opening) > 0:
        yield arrow_or_method(reader, scope, name, opening)
        return
    values: list[Value] = []
    yield listed(reader, scope, values)
    reader.value = values[-1] if values else UNKNOWN


def _array(reader: Reader, scope: Scope, _name: str) -> Steps:
    return array(reader, scope)


def _template(reader: Reader, scope: Scope, _name: str) -> Steps:
    return template(reader, scope)


def _markup(reader: Reader, scope: Scope, _name: str) -> Steps:
    return markup(reader, scope)


def class_(reader: Reader, scope: Scope, name: str) -> Steps:
    """A class up to its body, which is left for later."""
    at = reader.at
    reader.at += 1
    if reader.kinds[reader.at] in BINDABLE and reader.words[reader.at] != "implements":
        at = reader.at
        name = reader.words[reader.at]
        reader.at += 1
    reader.at = after_generics(reader, reader.at)
    derived = None
    if reader.kinds[reader.at] == "extends":
        reader.at += 1
        yield operand(reader, scope, "")
        derived = reader.gathering.derives(reader.starts[at], name, reader.path)
    reader.skip_to(_CLASS_BODY, reader.end)
    if reader.kinds[reader.at] == "{":
        reader.later("class", reader.at, Scope(name, scope.function, scope.conditional, None, derived))
    reader.value = UNKNOWN


_CLASS_BODY: Final = frozenset(("{", ";", ")", "}", "]"))
_SIMPLE: Final[dict[str, Callable[[Reader], None]]] = {
    "string": _text,
    "template": _plain_template,
    "number": _number,
    **dict.fromkeys(("pattern", "true", "false", "null", "undefined"), _word),
    **dict.fromkeys(("this", "super", "import"), _name),
}
_NESTING: Final[dict[str, Callable[[Reader, Scope, str], Steps]]] = {
    "(": _parenthesis,
    "[": _array,
    "{": mapping,
    "template(": _template,
    "tag(": _markup,
    "markup(": _markup,
    "function": function,
    "class": class_,
    "async": _async,
}
