"""What follows a name or a value: members, indices, calls on calls.

In: a `Reader` that stands behind the first thing of a chain. Out: the chain's value, with all that `Chain` gathers.
"""

from __future__ import annotations

from typing import Final

from ...code import UNKNOWN, Text, Value
from .annotations import same_line
from .brackets import listed, template
from .chains import Chain
from .gathering import Scope
from .meaning import SLASHES
from .names import steps_of
from .reader import Reader, Steps
from .tokens import text_of, unescaped

_CALLED: Final = frozenset(("template", "template(", "("))
_AFTER_TYPES: Final = _CALLED | {",", ";", ")", "]", "}", ":", "end"}
"""What may stand after `name<Type>`, and never after a comparison."""


def chain(reader: Reader, scope: Scope, at: int) -> Steps:
    """All that follows the first thing, which began at the token `at`."""
    begun = Chain.begun(reader.gathering, reader.starts[at], reader.value, reader.path, owned=reader.owned)
    begun.is_new = reader.kinds[at] == "new"
    while True:
        kind = reader.kinds[reader.at]
        if kind == "member":
            word = reader.words[reader.at]
            begun.member(steps_of(word), reader.starts[reader.at] + len(word) - len(word.lstrip("!?.")))
            reader.at += 1
        elif kind == "[":
            offset = reader.starts[reader.at]
            yield _index(reader, scope)
            begun.index(reader.value, offset)
        elif kind in _CALLED:
            yield _call(reader, scope, begun)
        elif not _passed_over(reader, begun):
            break
    if begun.is_new and reader.at > at + 1:
        begun.called((), scope)
    reader.owned = begun.owned
    reader.value, reader.path = begun.end()


def _passed_over(reader: Reader, begun: Chain) -> bool:
    """Whether what stands here changes nothing of the chain, such as `!` and `<string>`; then it is passed."""
    kind = reader.kinds[reader.at]
    if kind == "<" and reader.at in reader.partners:
        return _past_types(reader, begun)
    if kind in {"?.", "."}:
        return _past_dot(reader)
    if kind in {"!", "++", "--"} and same_line(reader, reader.at):
        reader.at += 1
        return True
    return False


def _past_types(reader: Reader, begun: Chain) -> bool:
    """Whether these are the types that are given to a call or to `new`."""
    end = reader.after(reader.at)
    if not begun.is_new and reader.kinds[end] not in _AFTER_TYPES:
        return False
    reader.at = end
    return True


def _past_dot(reader: Reader) -> bool:
    """A dot that stands apart from the member, or before what is called or asked for an index."""
    following = reader.words[reader.at + 1]
    reader.at += 1
    if following[:1].isalpha() or following[:1] in {"_", "$", "#"}:
        reader.kinds[reader.at], reader.words[reader.at] = "member", "." + following
        return True
    return reader.kinds[reader.at] in _CALLED or reader.kinds[reader.at] == "["


def _index(reader: Reader, scope: Scope) -> Steps:
    """What stands in the brackets of an index."""
    opening = reader.at
    values: list[Value] = []
    yield listed(reader, scope, values)
    simple = len(values) == 1 and reader.partners[opening] == opening + 2
    reader.value = values[0] if simple else UNKNOWN


def _call(reader: Reader, scope: Scope, begun: Chain) -> Steps:
    """Arguments, or the template of a tag."""
    kind = reader.kinds[reader.at]
    if kind == "(" and begun.may_load() and (module := _module(reader)) is not None:
        begun.loads(module)
        reader.at = reader.after(reader.at)
        return
    values: list[Value] = []
    trims = reader.words[reader.at + 1] in SLASHES
    if kind == "(":
        reader.handed = begun.hands_on()
        yield listed(reader, scope, values)
    elif kind == "template":
        text = unescaped(reader.words[reader.at])
        reader.gathering.writes(reader.starts[reader.at], text)
        values.append(Text(text))
        reader.at += 1
    else:
        yield template(reader, scope)
        values.append(reader.value)
    reader.handed = ""
    begun.called(tuple(values), scope, trims=trims)


def _module(reader: Reader) -> str | None:
    """The module that these are the arguments for, of `require` or `import()`, if it stands there."""
    at = reader.at + 1
    kind, word = reader.kinds[at], reader.words[at]
    if kind not in {"string", "template"} or reader.kinds[at + 1] not in {")", ","}:
        return None
    return text_of(word) if kind == "string" else unescaped(word)
