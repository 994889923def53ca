"""One source file, by what routing asks of it.

In: its path and its `Code`. Out: what a name is given, where it is imported from, and in which function a place stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Final

from ..code import (
    Assignment,
    Call,
    Code,
    Either,
    Environment,
    Function,
    Import,
    Items,
    Joined,
    Made,
    Mapping,
    Path,
    Place,
    Reference,
    Scalar,
    Text,
    Value,
)

_FEW: Final = 200
"""Assignments of one name in one function that are looked at."""
_MOST: Final = 6
"""Values of one name that are looked at."""


class View:
    """One source file."""

    def __init__(self, path: str, code: Code) -> None:
        self.path = path
        self.code = code
        self.assigned: dict[Path, list[Assignment]] = defaultdict(list)
        self.members: dict[str, list[Assignment]] = defaultdict(list)
        """Attributes, by their own name alone: `engine.client` is also `c.client`."""
        self.owned: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
        """Members of classes and of objects, by the owner's name and theirs."""
        self.below: dict[Path, list[Assignment]] = defaultdict(list)
        """Attributes that are set on something: `config.BaseURL` under `config`."""
        self.made: dict[tuple[Place, Path], Path] = {}
        """The name that what a call returns is given."""
        self._chosen: dict[tuple[Path, str], list[Assignment]] = {}
        for one in code.assignments:
            self._assign(one)
        self.functions: dict[str, list[Function]] = defaultdict(list)
        for function in code.functions:
            self.functions[bare(function.name)].append(function)
        ordered = sorted(code.functions, key=lambda one: one.place)
        self._starts = [one.place for one in ordered]
        self._ordered = ordered
        self.bound, self.whole = _bound(code)
        self.classes = frozenset(
            [one.owner for one in code.assignments if one.owner]
            + [one.name.rpartition(".")[0] for one in code.functions if "." in one.name]
        )

    def bindings(self, path: Path) -> Iterator[tuple[list[tuple[Import, str]], Path]]:
        """What a path begins with that is imported, `import a.b` included, and the rest of it."""
        if path[0] in self.bound:
            yield self.bound[path[0]], path[1:]
        for key in self._dotted:
            if path[: len(key)] == key:
                yield self.bound[".".join(key)], path[len(key) :]

    @cached_property
    def _dotted(self) -> list[Path]:
        return [tuple(key.split(".")) for key in self.bound if "." in key]

    @cached_property
    def tabled(self) -> frozenset[str]:
        """Keys of tables of numbers: prices and limits by model."""
        found: set[str] = set()
        stack: list[Value] = [one.value for one in self.code.assignments]
        for call in self.code.calls:
            stack += (*call.positional, *(value for _, value in call.named))
        while stack:
            value = stack.pop()
            match value:
                case Mapping():
                    found.update(key for key, inner in value.entries if _is_number(inner))
                    stack += [inner for _, inner in value.entries]
                case Items() | Either():
                    stack += value.values if isinstance(value, Items) else value.options
                case _:
                    pass
        return frozenset(found)

    @cached_property
    def listed(self) -> frozenset[str]:
        """Texts that stand among others in a list, as names of hosts do in lists of what is allowed."""
        found: set[str] = set()
        stack: list[Value] = [one.value for one in self.code.assignments]
        for call in self.code.calls:
            stack += (*call.positional, *(value for _, value in call.named))
        while stack:
            value = stack.pop()
            match value:
                case Items():
                    texts = [one.value for one in value.values if isinstance(one, Text)]
                    found.update(texts if len(texts) > 2 else ())
                    stack += value.values
                case Mapping():
                    stack += [inner for _, inner in value.entries]
                case _:
                    pass
        return frozenset(found)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The last two steps of every path that values refer to, as constants of classes are named; the first is empty
        where there is one."""
        found: set[tuple[str, str]] = set()
        stack: list[Value] = [one.value for one in self.code.assignments]
        for call in self.code.calls:
            found.update(("", step) for step in call.path if step.isupper())
            stack += (*call.positional, *(value for _, value in call.named))
        for function in self.code.functions:
            stack += function.returns
        while stack:
            value = stack.pop()
            match value:
                case Reference():
                    found.add((value.path[-2] if len(value.path) > 1 else "", value.path[-1]))
                case Made():
                    found.update(("", step) for step in value.call.path)
                case Joined():
                    stack += value.parts
                case Either():
                    stack += value.options
                case Items():
                    stack += value.values
                case Mapping():
                    stack += [inner for _, inner in value.entries]
                case Environment() if value.default is not None:
                    stack.append(value.default)
                case _:
                    pass
        return frozenset(found)

    def _assign(self, one: Assignment) -> None:
        self.assigned[one.path].append(one)
        if len(one.path) > 1:
            self.members[one.path[-1]].append(one)
            self.below[one.path[:-1]].append(one)
        if one.owner:
            self.owned[bare(one.owner), one.path[-1]].append(one)
        if isinstance(one.value, Made):
            self.made[key_of(one.value.call)] = one.path

    def function_at(self, place: Place) -> str:
        """The function that a place most likely stands in: the last that begins before it."""
        at = bisect_right(self._starts, place)
        return self._ordered[at - 1].name if at else ""

    def end_of(self, start: Place) -> Place:
        """A place at the end of the function that begins there: just before the next one, or far down."""
        at = bisect_right(self._starts, start)
        if at < len(self._starts):
            return Place(self._starts[at].line, max(self._starts[at].column - 1, 0))
        return Place(start.line + 100_000, 0)

    def parameters(self, function: str) -> tuple[str, ...]:
        """Of a function of this file; of several that have its name, the first's."""
        return next((one.parameters for one in self.functions.get(bare(function), ()) if one.name == function), ())

    def values(self, path: Path, at: Place | None) -> list[Assignment]:
        """What a name may have at a place, the nearest last: of its function, else its class, else the file."""
        function = self.function_at(at) if at is not None else ""
        key = (path, function)
        if key not in self._chosen:
            self._chosen[key] = self._choose(path, function)
        return _alternatives(self._chosen[key], at)

    def _choose(self, path: Path, function: str) -> list[Assignment]:
        found = self.assigned.get(path, [])
        if not found and len(path) > 1:
            found = [one for one in self.members.get(path[-1], []) if isinstance(one.value, Made)]
        if not found or not function:
            return [one for one in found if not one.function] or found
        owner = owner_of(function)
        return (
            [one for one in found if one.function == function]
            or [one for one in found if owner and owner in {bare(one.owner), owner_of(one.function)}]
            or [one for one in found if not one.function]
            or found
        )


def _is_number(value: Value) -> bool:
    """Whether it is a number, or an object of nothing else."""
    if isinstance(value, Mapping):
        return bool(value.entries) and all(_is_number(inner) for _, inner in value.entries)
    return isinstance(value, Scalar) and isinstance(value.value, int | float) and not isinstance(value.value, bool)


@lru_cache(10_000)
def bare(name: str) -> str:
    """A name without what it is a member of."""
    return re.split(r"\.|::|\\", name)[-1]


def owner_of(function: str) -> str:
    """The class whose function it is; empty for one of none."""
    return bare(function.rpartition(".")[0]) if "." in function else ""


def key_of(call: Call) -> tuple[Place, Path]:
    """Which call of its file it is."""
    return call.place, call.path


def _alternatives(found: list[Assignment], at: Place | None) -> list[Assignment]:
    """Those that count: what stands before the place, from the last that no branch decides."""
    if len(found) < 2:
        return found
    before = [one for one in found[:_FEW] if at is None or one.place <= at or one.owner] or found[:_FEW]
    last = len(before) - 1
    start = last
    while start > 0 and last - start < _MOST and not _decides(before[start]):
        start -= 1
    return before[start:]


def _decides(one: Assignment) -> bool:
    """Whether an assignment leaves nothing of the one before it."""
    return not one.conditional and not one.owner


def _bound(code: Code) -> tuple[dict[str, list[tuple[Import, str]]], list[Import]]:
    """Local names with what they are imported as, and imports that bind none."""
    bound: dict[str, list[tuple[Import, str]]] = defaultdict(list)
    whole: list[Import] = []
    for one in code.imports:
        for imported, local in one.names:
            if imported == "*" == local:
                whole.append(one)
            else:
                bound[local].append((one, imported))
        if not one.names:
            whole.append(one)
        if code.language == "go" and (named := _go_package(one.module)) not in {local for _, local in one.names}:
            bound[named].append((one, "*"))
    return bound, whole


def _go_package(module: str) -> str:
    """How a package is called that nobody named: the last part of its path without version, `go-` and `-go`."""
    parts = [part for part in module.split("/") if not re.fullmatch(r"v\d+", part)]
    last = re.sub(r"\.v\d+\Z", "", parts[-1]) if parts else module
    return re.sub(r"\Ago-|-go\Z|-sdk-go\Z|[.-]", "", re.sub(r"-sdk-go\Z", "", last))
