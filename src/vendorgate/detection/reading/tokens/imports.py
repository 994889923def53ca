"""What a file imports, by each language's way to say so.

In: the state at the word that begins it. Out: imports in the state, and the tokens of the statement behind it.
"""

from __future__ import annotations

import re
from typing import Final

from ...code import Import
from .lexing import Token
from .state import State

_VERSION: Final = re.compile(r"v\d+")
_LONGEST: Final = 4000
"""Tokens of one import statement."""


def add(state: State, module: str, start: int, *names: tuple[str, str]) -> None:
    if module:
        state.imports.append(Import(module, state.place(start), names))


def taken(state: State, *ends: str) -> list[Token]:
    """The tokens up to one of the ends, which is taken, too."""
    begin = state.index
    while state.index < min(len(state.tokens), begin + _LONGEST):
        kind = state.tokens[state.index][0]
        state.index += 1
        if kind in ends:
            break
    return list(state.tokens[begin : state.index])


def go(state: State, raw: str, start: int) -> None:
    """`import "a/b"`, `import alias "a/b"`, or many of them in brackets."""
    many = state.peek() == "("
    alias = ""
    for kind, value, at in taken(state, ")") if many else taken(state, "newline", ";"):
        if kind in ("name", "."):
            alias = value
        elif kind == "text":
            bound = alias or go_name(value)
            add(state, value, at, *([] if bound in ("_", ".") else [("*", bound)]))
            alias = ""


def go_name(module: str) -> str:
    """The last element of a module's path that is no version."""
    elements = [element for element in module.split("/") if element]
    if len(elements) > 1 and _VERSION.fullmatch(elements[-1]):
        del elements[-1]
    return re.sub(r"\.v\d+$", "", elements[-1]) if elements else ""


def java(state: State, raw: str, start: int) -> None:
    """`import a.b.C;`, `import static a.b.C.d;`, `import a.b.*;`, `import a.b.C as D`."""
    found = taken(state, ";", "newline")
    names = [(value, at) for kind, value, at in found if kind == "name"]
    if not names:
        return
    path, at = names[0]
    module, _, last = re.sub(r"\s", "", path).strip("`").rpartition(".")
    if any(kind == "*" for kind, _, _ in found):
        add(state, re.sub(r"\s", "", path), at)
    elif module:
        add(state, module, at, (last, names[-1][0] if len(names) > 1 else last))


def csharp(state: State, raw: str, start: int) -> None:
    """`using A.B;`, `using static A.B.C;`, `using X = A.B.C;`; another `using` holds something open."""
    if state.peek() == "(":
        state.frame.head = "block"
        return
    following = state.tokens[state.index : state.index + 4]
    kinds = [kind for kind, _, _ in following]
    values = [re.sub(r"\s", "", value) for _, value, _ in following]
    if kinds[:2] == ["name", ";"]:
        add(state, values[0], following[0][2])
        state.index += 2
    elif kinds[:3] == ["static", "name", ";"]:
        add(state, values[1], following[1][2])
        state.index += 3
    elif kinds == ["name", "=", "name", ";"]:
        module, _, last = re.sub(r"<.*", "", values[2]).rpartition(".")
        add(state, module or last, following[2][2], (last if module else "*", values[0]))
        state.index += 4


def php(state: State, raw: str, start: int) -> None:
    """`use A\\B\\C as D;`, `use A\\{B, C};`; in a class and behind a function's parameters it is something else."""
    if state.frame.kind == "class" or state.peek() == "(":
        return
    group, name, alias, at = "", "", "", start
    for kind, value, offset in taken(state, ";"):
        if kind == "{":
            group, name = name.rstrip("\\"), ""
        elif kind == "name" and not name:
            name, at = value.strip("\\"), offset
        elif kind == "name":
            alias = value
        elif kind in (",", "}", ";"):
            _add_php(state, f"{group}\\{name}" if group and name else name, alias, at)
            name = alias = ""


def _add_php(state: State, path: str, alias: str, at: int) -> None:
    module, _, last = path.rpartition("\\")
    add(state, module or last, at, (last if module else "*", alias or last))


def rust(state: State, raw: str, start: int) -> None:
    """`use a::b::{C, d::{E as F}, self}`."""
    prefixes: list[tuple[str, ...]] = [()]
    path: tuple[str, ...] = ()
    alias, begin = "", start
    found: dict[str, tuple[int, list[tuple[str, str]]]] = {}
    for kind, value, at in taken(state, ";"):
        if kind in ("name", "self"):
            steps = tuple(step for step in re.split(r"[\s:]+", value) if step)
            if path and path[-1] == "as":
                alias = value
            elif len(prefixes[-1]) + len(path) + len(steps) < 40:
                path, begin = path + steps, at
        elif kind == "as":
            path += ("as",)
        elif kind == "*":
            path += ("*",)
        elif kind == "{":
            prefixes.append(prefixes[-1] + path)
            path = ()
        elif kind in (",", "}", ";"):
            _note_rust(found, prefixes[-1] + path if path else (), alias, begin)
            path, alias = (), ""
            if kind == "}" and len(prefixes) > 1:
                prefixes.pop()
    for module, (at, names) in found.items():
        add(state, module, at, *names)


def _note_rust(found: dict[str, tuple[int, list[tuple[str, str]]]], path: tuple[str, ...], alias: str, at: int) -> None:
    steps = [step for step in path if step != "as"]
    if not steps:
        return
    if steps[-1] == "self" and len(steps) > 1:
        del steps[-1]
    module, last = "::".join(steps[:-1]), steps[-1]
    _, names = found.setdefault(module or last, (at, []))
    if last != "*":
        names.append((last if module else "*", alias or last))


def extern_crate(state: State, raw: str, start: int) -> None:
    """`extern crate a as b;`; what else is `extern` is no import."""
    if state.tokens[state.index : state.index + 1] and state.tokens[state.index][1] != "crate":
        return
    following = [value for kind, value, _ in taken(state, ";") if kind == "name" and value != "crate"]
    if following:
        add(state, following[0], start, ("*", following[-1]))


def skip(state: State, raw: str, start: int) -> None:
    """A statement that says where the file belongs."""
    while state.index < len(state.tokens) and state.peek() not in (";", "newline", "{"):
        state.index += 1
