"""Names that get values, whoever reads them.

In: a name, its value, and where it stands. Out: an assignment that is gathered, or, where the value is a module, the
name of an import.
"""

from __future__ import annotations

from ...code import UNKNOWN, Assignment, Environment, Items, Path, Reference, Value
from .gathering import Gathering, Scope
from .shapes import ENVIRONMENTS, either, joined, member


def assign(gathering: Gathering, scope: Scope, offset: int, path: Path, value: Value, owner: str = "") -> None:
    """A variable or a member gets a value."""
    place = gathering.places.at(offset)
    assigned = Assignment(path, value, place, owner, scope.function, conditional=scope.conditional)
    gathering.assigns(offset, assigned)


def assign_default(gathering: Gathering, scope: Scope, offset: int, name: str, value: Value) -> None:
    """A parameter has a value where nobody passes one."""
    place = gathering.places.at(offset)
    gathering.assigns(offset, Assignment((name,), value, place, function=scope.function, is_default=True))


def bind(gathering: Gathering, scope: Scope, offset: int, name: str, value: Value, *, inner: bool) -> None:
    """A declared name gets a value; `inner` says whether a pattern took that out of another."""
    if isinstance(value, Reference) and gathering.loaded(value.path) and len(value.path) <= 2:
        gathering.binds(value.path[0], value.path[1] if len(value.path) == 2 else "*", name)
        return
    if isinstance(value, Reference) and value.path in ENVIRONMENTS and not scope.function:
        gathering.is_environment(name)
    if inner and isinstance(value, Environment):
        gathering.reads(offset, value.name)
    assign(gathering, scope, offset, (name,), value)


def taken(value: Value, steps: tuple[str | int, ...]) -> Value:
    """What a pattern takes out of a value."""
    for step in steps:
        value = member(value, step)
    return value


def each(value: Value) -> Value:
    """What a loop takes out of a value."""
    return either(value.values) if isinstance(value, Items) and value.values else UNKNOWN


def operated(path: Path, operator: str, value: Value) -> Value:
    """What a path is after `path += value` and the like."""
    if operator == "=":
        return value
    if operator == "+=":
        return joined((Reference(path), value))
    return either((Reference(path), value)) if operator in {"||=", "??="} else UNKNOWN
