"""Changes to what a project declares and what the organization has signed, in memory.

In: a usage, the register, changes. Out: both as they would be. Refuses to know whether that helps.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar, Union

import msgspec
from msgspec import UnsetType

from ...load.manifest import name_of
from ...model.agreement import Register
from ...model.manifest import Route, SettingValue, Usage
from .model import Change

Account = TypeVar("Account", Usage, Route)
Declared = Union[Usage, Route]
LISTS: Final = ("endpoints", "models", "features")
_NEVER_EMPTY: Final = ("endpoints", "models")
SETTINGS: Final = "settings."


def applied(usage: Usage, register: Register | None, changes: Iterable[Change]) -> tuple[Usage, Register | None] | None:
    """The usage and the register with the changes; None where no manifest could say so."""
    by_offering: dict[str, list[Change]] = {}
    for change in (one for one in changes if one.kind != "bind"):  # which is the bundle's alone
        by_offering.setdefault(change.offering, []).append(change)
    entries = tuple(one.agreement for found in by_offering.values() for one in found if one.agreement is not None)
    if entries and register is not None:
        register = msgspec.structs.replace(register, agreements=(*register.agreements, *entries))
    own = by_offering.pop(usage.offering, [])
    others = _routes(usage, by_offering) if by_offering else usage
    changed = None if others is None else _changed(others, own)
    return None if changed is None else (changed, register)


def _routes(usage: Usage, changes: dict[str, list[Change]]) -> Usage | None:
    """The usage with its fallbacks and its gateway changed."""
    fallbacks: list[str | Route] = []
    for fallback in usage.fallbacks:
        found = changes.get(name_of(fallback), [])
        route = _route(fallback, found)
        if route is None and not _is_dropped(found):
            return None
        fallbacks.extend([] if route is None else [route])
    via = usage.via
    if via is not None:
        found = changes.get(name_of(via), [])
        via = _route(via, found)
        if via is None and not _is_dropped(found):
            return None
    return msgspec.structs.replace(usage, fallbacks=tuple(fallbacks), via=via)


def _is_dropped(changes: list[Change]) -> bool:
    return any(change.kind == "drop-route" for change in changes)


def _route(route: str | Route, changes: list[Change]) -> str | Route | None:
    if not changes:
        return route
    return None if _is_dropped(changes) else _changed(as_route(route), changes)


def as_route(route: str | Route) -> Route:
    """A fallback or gateway with its declarations; one that is only named declares nothing."""
    return Route(offering=route) if isinstance(route, str) else route


def _changed(account: Account, changes: list[Change]) -> Account | None:
    """A route with its changes; None where a list that may not be empty would be."""
    fields: dict[str, Any] = {}
    for change in changes:
        field: str = change.field
        if field.startswith(SETTINGS):
            settings = fields.get("settings", account.settings)
            fields["settings"] = {**settings, field.removeprefix(SETTINGS): change.new}
        elif field == "agreements":
            if change.agreement is None:
                fields[field] = (*fields.get(field, account.agreements), change.new)
        elif field in LISTS:
            fields[field] = _replaced(fields.get(field, getattr(account, field)), change)
            if not fields[field] and field in _NEVER_EMPTY:
                return None
        else:
            fields[field] = change.new
    return msgspec.structs.replace(account, **fields) if fields else account


def _replaced(names: tuple[SettingValue, ...] | UnsetType, change: Change) -> tuple[SettingValue, ...]:
    """A list with one name replaced, left out or added, or declared where there was no list."""
    if isinstance(names, UnsetType):
        new = [change.new]
    elif change.old is None:
        new = [*names, change.new]
    else:
        new = [change.new if name == change.old else name for name in names]
    return tuple(dict.fromkeys(name for name in new if name is not None))
