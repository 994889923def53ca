"""All source files of a project at once: what a name of one means in another.

In: the code by path. Out: values with the file they stand in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from posixpath import dirname
from typing import Final

import msgspec

from ..code import Assignment, Call, Code, Function, Import, Made, Path, Place, Value
from ..modules import Modules
from .view import View, bare, owner_of

_DEEPEST: Final = 4
"""Imports of imports that are followed."""
_PACKAGES: Final = frozenset({"go"})
"""Languages in which the files of a folder share their names."""
_FIELDS: Final = 50
_CONSTRUCTORS: Final = frozenset({"__init__", "constructor", "initialize", "__construct"})


class Found(msgspec.Struct, frozen=True):
    """A value, where it stands, and what is still to be looked up in it."""

    view: View
    value: Value
    place: Place
    rest: Path = ()
    is_default: bool = False
    """Whether whoever calls, or the environment, may give another."""


class Project:
    """All source files of a project."""

    def __init__(self, codes: Mapping[str, Code]) -> None:
        self.views = {path: View(path, code) for path, code in codes.items()}
        self.modules = Modules(codes)
        self.classes: set[str] = set()
        self.functions: dict[str, list[tuple[View, Function]]] = defaultdict(list)
        self._owned: dict[tuple[str, str], list[tuple[View, Assignment]]] = defaultdict(list)
        self._constants: dict[str, list[tuple[View, Assignment]]] = defaultdict(list)
        self._files: dict[tuple[str, str, str], list[View]] = {}
        self._imports: dict[str, list[Import]] = {}
        self._folders: dict[tuple[str, str], list[View]] | None = None
        self.left = 0
        """How many values may still be looked at for the sake of one."""
        self._methods: dict[tuple[str, str], list[tuple[View, Function]]] = defaultdict(list)
        """By the class and the name."""
        self._calls: dict[str, list[tuple[View, Call]]] | None = None
        for view in self.views.values():
            self._add(view)

    def _add(self, view: View) -> None:
        self.classes.update(view.classes)
        self.classes.update(bare(name) for name in view.classes)
        for name, functions in view.functions.items():
            self.functions[name] += [(view, one) for one in functions]
            for one in functions:
                self._methods[owner_of(one.name), name].append((view, one))
        for key, assignments in view.owned.items():
            self._owned[key] += [(view, one) for one in assignments]
        for path, assignments in view.assigned.items():
            if len(path[-1]) > 4 and path[-1].isupper():
                self._constants[path[-1]] += [(view, one) for one in assignments if not one.is_default]

    def lookup(self, view: View, path: Path, at: Place | None, depth: int = 0) -> Iterator[Found]:
        """What a path may mean: in its file, in the files that its root is imported from, as a constant."""
        seen = False
        for one in self._here(view, path, at):
            seen = True
            yield one
        if not seen and depth < _DEEPEST:
            for one in self._imported(view, path, depth):
                seen = True
                yield one
        if not seen and view.code.language in _PACKAGES:
            for other in self.beside(view):
                for one in self._here(other, path, None):
                    seen = True
                    yield one
        if not seen:
            yield from self._constant(view, path)

    def _here(self, view: View, path: Path, at: Place | None) -> Iterator[Found]:
        for end in range(len(path), 0, -1):
            found = view.values(path[:end], at)
            if found:
                for one in found:
                    yield Found(view, one.value, one.place, path[end:], one.is_default or _is_setting(one))
                return

    def _imported(self, view: View, path: Path, depth: int) -> Iterator[Found]:
        for one, imported in view.bound.get(path[0], ()):
            steps = path[1:] if imported == "*" else (imported, *path[1:])
            for other in self.files(view, one.module, imported):
                tried = steps
                if imported != "*" and _is_module(other, one.module, imported):
                    tried = path[1:]
                if tried:
                    yield from self.lookup(other, tried, None, depth + 1)
        for one in view.whole:
            for other in self.files(view, one.module, "*"):
                if path[0] in {name[0] for name in other.assigned}:
                    yield from self.lookup(other, path, None, depth + 1)

    def _constant(self, view: View, path: Path) -> Iterator[Found]:
        found = self._owned.get((path[-2], path[-1]), []) if len(path) > 1 else []
        found = found or self._constants.get(path[-1], [])
        if len({one.value for _, one in found}) == 1:
            other, one = found[0]
            yield Found(other, one.value, one.place, (), _is_setting(one))

    def files(self, view: View, module: str, imported: str) -> list[View]:
        """The files of the project that an import of a file means."""
        key = (view.path, module, imported)
        if key not in self._files:
            self._files[key] = [
                self.views[path]
                for one in view.code.imports
                if one.module == module
                for path in self.modules.files(view.path, view.code.language, one)
                if path != view.path
            ]
        return self._files[key]

    def beside(self, view: View) -> list[View]:
        """The other files of a file's package, where a language takes a folder for one."""
        if self._folders is None:
            self._folders = defaultdict(list)
            for one in self.views.values():
                self._folders[dirname(one.path), one.code.language].append(one)
        return [one for one in self._folders[dirname(view.path), view.code.language] if one is not view]

    def fields(self, view: View, name: str) -> list[tuple[View, Assignment]]:
        """What attributes of a name are given, in a file and those beside it."""
        return [(one, found) for one in (view, *self.beside(view)) for found in one.members.get(name, ())][:_FIELDS]

    def calls_of(self, function: str) -> list[tuple[View, Call]]:
        """Calls that a function of the project may be meant by."""
        if self._calls is None:
            self._calls = defaultdict(list)
            for view in self.views.values():
                for call in view.code.calls:
                    self._calls[call.path[-1]].append((view, call))
        owner, _, name = function.rpartition(".")
        wanted = bare(owner) if name in _CONSTRUCTORS else name
        return self._calls.get(wanted, []) if len(self.functions.get(name, ())) < 4 or wanted != name else []

    def imports_of(self, language: str) -> list[Import]:
        """All that files of a language import: C# and Kotlin let one file do so for others."""
        if language not in self._imports:
            self._imports[language] = list(
                {
                    one.module: one
                    for view in self.views.values()
                    if view.code.language == language
                    for one in view.code.imports
                }.values()
            )
        return self._imports[language]

    @cached_property
    def imported(self) -> frozenset[str]:
        """The files that another imports, or whose constants another names."""
        found: set[str] = set()
        for path, view in self.views.items():
            found.update(self.modules.imported(path, view.code), self.named_by(view))
        return frozenset(found)

    def named_by(self, view: View) -> set[str]:
        """The files whose constants a file names: by their owner, `Application::API_URL`, or where one file alone has
        a constant of that name."""
        found = {other.path for pair in view.pairs for other, _ in self._owned.get(pair, ())}
        for _, name in view.pairs:
            if name.isupper() and len(name) > 4:
                paths = {other.path for other, _ in self._constants.get(name, ())}
                found |= paths if len(paths) == 1 else set()
        return found - {view.path}

    def members(self, name: str, member: str) -> list[tuple[View, Assignment]]:
        """Members of a class, wherever in the project it is."""
        return self._owned.get((name, member), [])

    def function(self, view: View, path: Path, at: Place | None = None) -> list[tuple[View, Function]]:
        """The functions of the project that a call may mean: in its file or package, in a file that it imports, or the
        only one. A method is one of the class that is around, of the class that is named, or of the class that what it
        is called on was made of; of anything else nobody can tell."""
        name = path[-1]
        for bound, rest in view.bindings(path):
            return self._imported_function(view, bound, rest)
        owners = self._owners(view, path, at)
        own = [(view, one) for one in view.functions.get(name, ()) if owner_of(one.name) in owners]
        if not own and view.code.language in _PACKAGES:
            folder = dirname(view.path)
            known = (pair for owner in sorted(owners) for pair in self._methods.get((owner, name), ()))
            own = [pair for pair in known if dirname(pair[0].path) == folder]
        if own:
            return own
        methods = [pair for owner in sorted(owners - {""}) for pair in self._methods.get((owner, name), ())]
        if methods or (len(path) > 1 and (path[0],) in view.assigned):
            return methods
        several_alone = self._methods.get(("", name), [])
        return several_alone if len(several_alone) == 1 and len(name) > 7 else []

    def _owners(self, view: View, path: Path, at: Place | None) -> set[str]:
        """The classes whose function a call may mean; empty for a function of none."""
        if len(path) == 1:
            around = owner_of(view.function_at(at)) if at is not None else ""
            return {around, ""}
        made = [one.value.call.path for one in view.values(path[:-1], at) if isinstance(one.value, Made)]
        return {path[-2], *(step for several in made for step in several)}

    def _imported_function(
        self, view: View, bound: list[tuple[Import, str]], rest: Path
    ) -> list[tuple[View, Function]]:
        for one, imported in bound:
            steps = rest if imported == "*" else (imported, *rest)
            owners = {"", *steps[-2:-1]}
            found = [
                (other, function)
                for other in self.files(view, one.module, imported)
                for function in (other.functions.get(steps[-1], ()) if steps else ())
                if owner_of(function.name) in owners
            ]
            if found:
                return found
        return []


def _is_setting(one: Assignment) -> bool:
    """Whether it is a field of settings, which the environment may set otherwise."""
    return "settings" in one.owner.lower() or "config" in one.owner.lower()


def _is_module(view: View, module: str, name: str) -> bool:
    """Whether the file itself is what an import takes out of a module, as `from . import settings` does; one that is
    called as its module, as in `from .settings import settings`, is something in it."""
    last = view.path.rpartition("/")[2].partition(".")[0]
    return last == name != re.split(r"[./]", module)[-1]
