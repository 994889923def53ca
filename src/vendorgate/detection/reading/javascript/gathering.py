"""What was found in a script so far, each thing with where it stands.

In: things, with the place where they begin in the text. Out: `Code`, in the order of the file.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import Final, Generic, TypeAlias, TypeVar

import msgspec

from ...code import Assignment, Call, Code, Function, Import, Made, Path, Place, Reference, Value, Written
from .packages import package_of
from .shapes import environment_of

Thing = TypeVar("Thing")
Returns: TypeAlias = list[tuple[int, Value]]


class Defined(msgspec.Struct):
    """A function, of which more may still be read."""

    name: str
    parameters: tuple[str, ...]
    returns: Returns
    place: Place

    def function(self) -> Function:
        """All of it, with what it returns in the order of the file."""
        returns = tuple(value for _, value in sorted(self.returns, key=itemgetter(0)))
        return Function(self.name, self.parameters, returns, self.place)


class Derived(msgspec.Struct):
    """A class that extends another: making it makes that one, as its constructor says."""

    base: Path
    maker: Defined
    """The class as the function that making it calls."""
    has_constructor: bool = False

    def finish(self) -> None:
        """Without a constructor of its own, it hands on what it is given."""
        if not self.has_constructor:
            handed = Call(self.base, self.maker.place, (Reference(self.maker.parameters),))
            self.maker.returns.append((0, Made(handed)))


class Scope(msgspec.Struct, frozen=True):
    """Where a statement stands."""

    owner: str = ""
    """The class around it."""
    function: str = ""
    """The function with a name around it."""
    conditional: bool = False
    returns: Returns | None = None
    """What the function around it returns, as far as it was read, and where; None outside of functions."""
    derived: Derived | None = None
    """The class around it, if it extends another."""

    def in_branch(self) -> Scope:
        """The same, in a branch."""
        return self if self.conditional else Scope(self.owner, self.function, True, self.returns, self.derived)

    def inner(self, name: str) -> Scope:
        """That of a function in it."""
        return Scope(self.owner, name or self.function, self.conditional, [], self.derived)

    def member(self, name: str) -> str:
        """The name of a function of the class around it."""
        return f"{self.owner}.{name}" if self.owner and name else name


class Places:
    """Lines and columns of a text."""

    def __init__(self, text: str) -> None:
        self._lines = [0]
        at = text.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, offset: int) -> Place:
        """The place of the character with this number."""
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)


class _Ordered(Generic[Thing]):
    """Things with where they begin."""

    def __init__(self) -> None:
        self._things: list[tuple[int, Thing]] = []

    def add(self, offset: int, thing: Thing) -> None:
        self._things.append((offset, thing))

    def all(self) -> tuple[Thing, ...]:
        """In the order of the file; of those that begin at one place, the first that was found comes first."""
        return tuple(thing for _, thing in sorted(self._things, key=itemgetter(0)))


class _Module(msgspec.Struct):
    """A module that an expression loads, and the names that it gets."""

    module: str
    offset: int
    names: list[tuple[str, str]]


class Gathering:
    """All that a `Code` holds."""

    def __init__(self, text: str) -> None:
        self.places = Places(text)
        self._imports: _Ordered[Import] = _Ordered()
        self._assignments: _Ordered[Assignment] = _Ordered()
        self._calls: _Ordered[Call] = _Ordered()
        self._literals: _Ordered[Written] = _Ordered()
        self._functions: _Ordered[Defined] = _Ordered()
        self._environment: _Ordered[tuple[str, Place]] = _Ordered()
        self._modules: dict[str, _Module] = {}
        self._environments: dict[str, Path] = {}
        """What of the names of the file are the environment as a whole, and how that is written otherwise."""
        self._derived: list[Derived] = []
        self._loaded: list[tuple[str, _Module]] = []

    def imports(
        self, offset: int, module: str, names: tuple[tuple[str, str], ...], *, types_only: bool = False
    ) -> None:
        """A module is imported; variables of the environment may be what it has."""
        module = package_of(module)
        place = self.places.at(offset)
        self._imports.add(offset, Import(module, place, names, types_only))
        for name, local in names:
            if module in _VARIABLES_OF:
                self._environment.add(offset, (name, place))
            elif name == "env" and module in _ENVIRONMENT_OF:
                self._environments[local] = _ENVIRONMENT

    def is_environment(self, name: str) -> None:
        """A name of the file is given the environment as a whole."""
        self._environments[name] = _ENVIRONMENT

    def whole(self, value: Value) -> Value:
        """A value as it is, where it is the environment by a name of the file's own."""
        is_own = isinstance(value, Reference) and len(value.path) == 1 and value.path[0] in self._environments
        return Reference(_ENVIRONMENT) if is_own else value

    def meant(self, path: Path) -> Path:
        """A path as it is where the environment has a name of the file's own: `env.KEY` is `process.env.KEY`."""
        whole = self._environments.get(path[0]) if len(path) > 1 else None
        return path if whole is None else (*whole, *path[1:])

    def loads(self, offset: int, module: str, written: str) -> None:
        """A module is loaded by `require` or `import()`, and is called as is `written`."""
        loaded = _Module(module, offset, [])
        self._modules[written] = loaded
        self._loaded.append((written, loaded))

    def binds(self, written: str, name: str, local: str) -> None:
        """A name of a module that was loaded is called `local`."""
        self._modules[written].names.append((name, local))

    def hands(self, written: str, steps: tuple[str | int, ...], local: str) -> None:
        """What `import()` gives is handed to a function, whose parameter takes this out of it."""
        if local and len(steps) < 2:
            self.binds(written, str(steps[0]) if steps else "*", local)

    def loaded(self, path: Path) -> bool:
        """Whether a path begins with a module that was loaded."""
        return path[0] in self._modules

    def assigns(self, offset: int, assignment: Assignment) -> None:
        """A name gets a value."""
        self._assignments.add(offset, assignment)

    def calls(self, offset: int, call: Call) -> None:
        """Something is called."""
        self._calls.add(offset, call)

    def writes(self, offset: int, text: str) -> None:
        """A text stands there."""
        if text:
            self._literals.add(offset, Written(text, self.places.at(offset)))

    def defines(self, offset: int, name: str, parameters: tuple[str, ...], scope: Scope) -> None:
        """A function, with the scope within it; what it returns may still be read."""
        returns = scope.returns if scope.returns is not None else []
        self._functions.add(offset, Defined(name, parameters, returns, self.places.at(offset)))
        if scope.derived is not None and name.endswith(".constructor"):
            scope.derived.maker.parameters = parameters
            scope.derived.has_constructor = True

    def derives(self, offset: int, name: str, base: Path) -> Derived | None:
        """A class that extends another, if both have a name."""
        if not name or not base:
            return None
        derived = Derived(base, Defined(name, ("options",), [], self.places.at(offset)))
        self._functions.add(offset, derived.maker)
        self._derived.append(derived)
        return derived

    def refers(self, offset: int, path: Path) -> None:
        """A path is read or set, which may be a variable of the environment."""
        if (name := environment_of(path)) is not None:
            self.reads(offset, name)

    def reads(self, offset: int, name: str) -> None:
        """A variable of the environment is read or set."""
        self._environment.add(offset, (name, self.places.at(offset)))

    def code(self, *, exact: bool) -> Code:
        """All of it."""
        for derived in self._derived:
            derived.finish()
        for written, loaded in self._loaded:
            self.imports(loaded.offset, loaded.module, tuple(loaded.names) or (("*", written),))
        return Code(
            "javascript",
            self._imports.all(),
            self._assignments.all(),
            self._calls.all(),
            self._literals.all(),
            tuple(defined.function() for defined in self._functions.all()),
            self._environment.all(),
            exact,
        )


_VARIABLES_OF: Final = frozenset(("$env/static/private", "$env/static/public"))
"""Modules that have the variables of the environment for names."""
_ENVIRONMENT_OF: Final = frozenset(
    ("process", "node:process", "bun", "$env/dynamic/private", "$env/dynamic/public", "cloudflare:workers")
)
"""Modules that have the environment, called `env`."""
_ENVIRONMENT: Final = ("process", "env")
