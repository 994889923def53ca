"""What a file has said so far, and where in it the walk is.

In: what statements and expressions find. Out: `Code`. It knows which names were last given a small text, list or
dictionary, so that `**options` and `os.getenv(NAME)` can be told; no more of the program's state than that.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final, TypeAlias, TypeVar

import msgspec

from ...code import (
    UNKNOWN,
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
    Text,
    Value,
    Written,
)
from .places import Locate

_HEAVIEST: Final = 200
"""Values within values of a list or dictionary that is remembered; a heavier one is not, so that what is spread into
others cannot double at each line."""
_ALL_TOLD: Final = 100_000
"""Values that are told of names in a file, with those within; after that nothing is, which keeps the time linear."""
SELF: Final = frozenset({"self", "cls"})
_T = TypeVar("_T", Import, Assignment, Call, Written, Function)


class Remembered(msgspec.Struct, frozen=True):
    """What a name was last given: a text, a list or a dictionary, or `UNKNOWN` for anything else."""

    value: Value
    weight: int = 0


Scope: TypeAlias = dict[Path, Remembered]
FORGOTTEN: Final = Remembered(UNKNOWN)


class Where(msgspec.Struct, frozen=True):
    """Where the walk is."""

    function: str = ""
    owner: str = ""
    """The class around, however many functions are between."""
    in_class: bool = False
    """Whether no function is between."""
    me: frozenset[str] = SELF
    """How the object is called, whose class is around."""
    conditional: bool = False
    types_only: bool = False
    scopes: tuple[Scope, ...] = ()
    """What is remembered of names, from the file's to the innermost function's."""
    members: Scope | None = None
    """What is remembered of the attributes of the class around."""
    returns: list[Value] | None = None
    """What the function around returns."""


class Sheet:
    """Everything that is collected, in any order."""

    __slots__ = (
        "_told",
        "assignments",
        "calls",
        "depth",
        "dynamic",
        "environment",
        "functions",
        "imports",
        "later",
        "literals",
        "locate",
        "origins",
        "where",
    )

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.imports: list[Import] = []
        self.assignments: list[Assignment] = []
        self.calls: list[Call] = []
        self.literals: list[Written] = []
        self.functions: list[Function] = []
        self.environment: list[tuple[str, Place]] = []
        self.origins: dict[str, Path] = {"os": ("os",)}
        """What names that were imported stand for, with the module before them."""
        self.dynamic: dict[int, int] = {}
        """Which of the imports a call of `import_module` is, by the call's identity; all calls are kept."""
        self.where = Where(scopes=({},))
        self.depth = 0
        self._told = 0
        self.later: list[tuple[ast.expr, Where]] = []
        """What is nested too deeply, to be read by itself."""

    def place(self, node: ast.expr | ast.stmt | ast.arg) -> Place:
        return self.locate(node.lineno, node.col_offset)

    def write(self, text: str, node: ast.expr) -> None:
        """Note a text that stands there."""
        if text:
            self.literals.append(Written(text, self.locate(node.lineno, node.col_offset)))

    def variable(self, name: str, place: Place, default: Value | None = None) -> Environment:
        """Note a variable of the environment."""
        self.environment.append((name, place))
        return Environment(name, default)

    def assign(self, path: Path, value: Value, place: Place, *, member: bool = False, default: bool = False) -> None:
        """Note that a name gets a value; a member is an attribute of the class around."""
        where = self.where
        owner = where.owner if member else ""
        self.assignments.append(Assignment(path, value, place, owner, where.function, default, where.conditional))
        scope = where.members if member and where.members is not None else where.scopes[-1]
        _remember(scope, path, value)

    def known(self, path: Path) -> Value:
        """What a name was last given."""
        found = self._remembered(path)
        self._told += found.weight
        return found.value if self._told <= _ALL_TOLD else UNKNOWN

    def _remembered(self, path: Path) -> Remembered:
        for scope in reversed(self.where.scopes):
            if (found := scope.get(path)) is not None:
                return found
        return (self.where.members or {}).get(path, FORGOTTEN)

    def origin(self, path: Path) -> Path:
        """A path from the module on that its first name was imported of; as it is, where it was not."""
        found = self.origins.get(path[0]) if path else None
        return path if found is None else (*found, *path[1:])

    def code(self) -> Code:
        """All of it, in the order of the file."""
        return Code(
            "python",
            imports=_ordered(self.imports),
            assignments=_ordered(self.assignments),
            calls=_ordered(self.calls),
            literals=_ordered(self.literals),
            functions=_ordered(self.functions),
            environment=tuple(sorted(self.environment, key=lambda one: (one[1].line, one[1].column))),
        )


def _ordered(found: list[_T]) -> tuple[_T, ...]:
    return tuple(sorted(found, key=lambda one: (one.place.line, one.place.column)))


def _remember(scope: Scope, path: Path, value: Value) -> None:
    if len(path) > 1 and (whole := scope.get(path[:-1])) is not None and isinstance(whole.value, Mapping):
        weight = whole.weight + _weight(value)
        entries = (*whole.value.entries, (path[-1], value))
        scope[path[:-1]] = Remembered(Mapping(entries), weight) if weight <= _HEAVIEST else FORGOTTEN
    elif isinstance(value, Text):
        scope[path] = Remembered(value, 1)
    elif isinstance(value, (Mapping, Items)) and (weight := _weight(value)) <= _HEAVIEST:
        scope[path] = Remembered(value, weight)
    else:
        scope[path] = FORGOTTEN


def _weight(value: Value) -> int:
    """How many values one is, with those within; counted until it is too heavy."""
    waiting: list[Value] = [value]
    seen = 0
    while waiting and seen + len(waiting) <= _HEAVIEST:
        seen += 1
        waiting.extend(_parts(waiting.pop()))
    return seen + len(waiting)


def _parts(value: Value) -> Sequence[Value]:
    match value:
        case Items(values):
            return values
        case Mapping(entries):
            return [one for _, one in entries]
        case Joined(parts):
            return parts
        case Made(call):
            receiver = [Made(call.receiver)] if call.receiver else []
            return [*call.positional, *(one for _, one in call.named), *receiver]
        case Either(options):
            return options
        case Environment(_, default):
            return () if default is None else (default,)
        case _:
            return ()
