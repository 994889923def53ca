"""Imports and exports.

In: a `Reader` that stands at `import` or `export`. Out: imports; what is exported under another name is assigned to
that name.
"""

from __future__ import annotations

from typing import Final

from ...code import Assignment, Reference
from .gathering import Scope
from .reader import Reader, Steps
from .tokens import text_of
from .words import BINDABLE

_STATEMENTS: Final = frozenset(("function", "class", "abstract", "interface", "enum"))
Names = tuple[tuple[str, str], ...]


def import_statement(reader: Reader) -> bool:
    """Read `import … from "module"`; whether it is one."""
    at = reader.at
    kinds, words = reader.kinds, reader.words
    if kinds[at + 1] == "string":
        reader.gathering.imports(reader.starts[at], text_of(words[at + 1]), ())
        reader.at += 2
        return True
    if kinds[at + 1] not in _CLAUSE:
        return False
    reader.at += 1
    types_only = (kinds[reader.at] == "type" and kinds[reader.at + 1] not in {"from", "=", ","}) or (
        kinds[reader.at] == "type" and kinds[reader.at + 1] == "from" and kinds[reader.at + 2] == "from"
    )
    reader.at += types_only
    names, all_types = _clause(reader)
    _from(reader, at, names, types_only=types_only or all_types)
    return True


_CLAUSE: Final = BINDABLE | {"{", "*", "interface"}


def _clause(reader: Reader) -> tuple[Names, bool]:
    """The names between `import` and `from`, and whether they are of types; beside others, those are left out."""
    kinds, words = reader.kinds, reader.words
    names: list[tuple[str, str]] = []
    types: list[tuple[str, str]] = []
    while True:
        kind = kinds[reader.at]
        if kind == "*":
            local = words[reader.at + 2] if kinds[reader.at + 1] == "as" else "*"
            names.append(("*", local))
            reader.at += 3 if kinds[reader.at + 1] == "as" else 1
        elif kind == "{":
            _listed(reader, reader.at, names, types)
            reader.skip()
        elif kind in _CLAUSE:
            names.append(("default", words[reader.at]))
            reader.at += 1
        if kinds[reader.at] != ",":
            return tuple(names or types), bool(types) and not names
        reader.at += 1


def _listed(reader: Reader, opening: int, names: list[tuple[str, str]], types: list[tuple[str, str]]) -> None:
    """`{ a, b as c, type D }`."""
    end = reader.partners[opening]
    at = opening + 1
    while at < end:
        first = at
        while at < end and reader.kinds[at] != ",":
            at += 1
        words = [_word(reader, place) for place in range(first, at)]
        is_type = len(words) in {2, 4} and words[0] == "type"
        if words[is_type:]:
            (types if is_type else names).append((words[is_type], words[-1]))
        at += 1


def _word(reader: Reader, at: int) -> str:
    word = reader.words[at]
    return text_of(word) if reader.kinds[at] == "string" else word


def _from(reader: Reader, at: int, names: Names, *, types_only: bool) -> None:
    """`from "module"`, or `= require("module")` and `= Name.space`."""
    kinds, words = reader.kinds, reader.words
    offset = reader.starts[at]
    if kinds[reader.at] == "from" and kinds[reader.at + 1] == "string":
        reader.gathering.imports(offset, text_of(words[reader.at + 1]), names, types_only=types_only)
        reader.at += 2
        if words[reader.at] in {"with", "assert"} and kinds[reader.at + 1] == "{":
            reader.at = reader.after(reader.at + 1)
    elif kinds[reader.at] == "=" and words[reader.at + 1] == "require" and kinds[reader.at + 3] == "string":
        local = names[0][1] if names else ""
        reader.gathering.imports(offset, text_of(words[reader.at + 3]), (("*", local),), types_only=types_only)
        reader.at = reader.after(reader.at + 2)


def export_statement(reader: Reader, scope: Scope) -> Steps:
    """What stands after `export`, so far as it is no statement of its own; the reader stands at that otherwise."""
    at = reader.at
    reader.at += 1
    kinds = reader.kinds
    types_only = kinds[reader.at] == "type" and kinds[reader.at + 1] in {"{", "*"}
    reader.at += types_only
    kind = kinds[reader.at]
    if kind == "default":
        yield _default(reader, scope)
    elif kind == "=":
        reader.at += 1
        yield reader.expression(reader, scope, "module.exports")
        _assign(reader, at, ("module", "exports"))
    elif kind in {"{", "*"}:
        names, all_types = _clause(reader)
        if kinds[reader.at] == "from":
            _from(reader, at, names, types_only=types_only or all_types)
        elif kind == "{" and not types_only:
            _rename(reader, at, names)


def _default(reader: Reader, scope: Scope) -> Steps:
    """`export default`: a value, or a statement that gives it its name."""
    at = reader.at - 1
    reader.at += 1
    kinds = reader.kinds
    head = reader.at + (kinds[reader.at] == "async" and kinds[reader.at + 1] == "function")
    if kinds[head] in _STATEMENTS:
        named = head + 1 + (kinds[head] == "abstract") + (kinds[head + 1] == "*")
        if kinds[named] == "name":
            reader.value = Reference((reader.words[named],))
            _assign(reader, at, ("default",))
            return
    yield reader.expression(reader, scope, "default")
    _assign(reader, at, ("default",))


def _assign(reader: Reader, at: int, path: tuple[str, ...]) -> None:
    offset = reader.starts[at]
    reader.gathering.assigns(offset, Assignment(path, reader.value, reader.gathering.places.at(offset)))


def _rename(reader: Reader, at: int, names: Names) -> None:
    """`export { client as default }`."""
    for name, exported in names:
        if name != exported:
            reader.value = Reference((name,))
            _assign(reader, at, (exported,))
