"""What differs between two observations of one account, value by value.

In: what stood there, what would. Out: changes. Refuses to know files, and what a value is good for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from msgspec import UnsetType

from ...logic.globs import names_any
from ...model.observable import FIELDS
from ...model.observation import ObservationFile, ScopedSettings, SettingsScope
from .outcome import ChangeKind, FieldChange, FieldName, Value

_SETTINGS: Final = "settings."
_EVERYWHERE: Final = ("*",)
_FEWER: Final = ("usages elsewhere, of which the settings tell nothing any more",)
Values = Mapping[FieldName, Value]


def differences(
    before: ObservationFile | None, after: ObservationFile, why: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    """What becomes of each value that either tells; `why` says by setting or field why it is not told."""
    names = {name for one in (before, after) if one is not None for name in _told(one)}
    return (*_scope_changes(before, after), *(_change(name, before, after, why) for name in sorted(names)))


def told_names(observed: ObservationFile) -> frozenset[str]:
    """The settings and fields that an observation tells, be it for some names alone."""
    return frozenset(name.path.removeprefix(_SETTINGS) for name in _told(observed))


def _change(
    name: FieldName, before: ObservationFile | None, after: ObservationFile, why: Mapping[str, str]
) -> FieldChange:
    old, new = None if before is None else _value(before, name), _value(after, name)
    reason = why.get(name.path.removeprefix(_SETTINGS)) if new is None else None
    return FieldChange(name, _kind(old, new), old, new, reason)


def _scope_changes(before: ObservationFile | None, after: ObservationFile) -> Iterator[FieldChange]:
    """For which usages the settings count, and whether for fewer."""
    for axis in SettingsScope.__struct_fields__:
        old, new = None if before is None else _reached(before, axis), _reached(after, axis)
        if {old, new} <= {None, _EVERYWHERE}:
            continue
        fewer = old is not None and not all(names_any(name, new) for name in old)
        yield FieldChange(FieldName(f"scope.{axis}"), _kind(old, new), old, new, worse=_FEWER if fewer else ())


def _reached(observed: ObservationFile, axis: str) -> tuple[str, ...]:
    found = None if isinstance(observed.scope, UnsetType) else getattr(observed.scope, axis)
    return _EVERYWHERE if found is None else found.only


def _kind(old: Value | None, new: Value | None) -> ChangeKind:
    if old is None:
        return "new"
    if new is None:
        return "gone"
    return "kept" if is_same(old, new) else "changed"


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are written alike: 1 is neither true nor 1.0."""
    return type(one) is type(other) and one == other


def _told(observed: ObservationFile) -> Iterator[FieldName]:
    yield from (FieldName(f"{_SETTINGS}{name}") for name in observed.settings)
    for entry in observed.scoped_settings:
        yield from (FieldName(f"{_SETTINGS}{name}", of) for of in _names(entry) for name in entry.settings)
    yield from (FieldName(name) for name in FIELDS if not isinstance(getattr(observed, name), UnsetType))


def _names(entry: ScopedSettings) -> Iterator[str]:
    """Each name that an entry is for."""
    for axis, reached in msgspec.structs.asdict(entry.scope).items():
        if reached is not None:
            yield from (f"{axis.removesuffix('s')} {name}" for name in reached.only)


def _value(observed: ObservationFile, name: FieldName) -> Value | None:
    """What is told of a name: of a model or endpoint by the first entry that reaches it, else for all."""
    setting = name.path.removeprefix(_SETTINGS)
    if setting == name.path:
        found = getattr(observed, name.path)
        return None if isinstance(found, UnsetType) else found
    for entry in observed.scoped_settings if name.of else ():
        if setting in entry.settings and _reaches(entry, name.of):
            return entry.settings[setting]
    return observed.settings.get(setting)


def _reaches(entry: ScopedSettings, of: str) -> bool:
    axis, _, name = of.partition(" ")
    reached = getattr(entry.scope, f"{axis}s")
    return reached is not None and (name in reached.only or names_any(name, reached.only))
