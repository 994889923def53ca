"""Changes to what a project declares and what the organization has signed, in memory.

In: a usage, the register, changes. Out: both as they would be. Refuses to know whether that helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar, Union

import msgspec
from msgspec import UnsetType

from ..model.manifest import Route, RouteName, SettingValue, Usage, name_of
from .model import OF_ACCOUNTS, Change

if TYPE_CHECKING:
    from ..model.agreement import Register

Account = TypeVar("Account", Usage, Route)
Declared = Union[Usage, Route]
LISTS: Final = ("endpoints", "models", "features")
LISTED: Final = (*LISTS, "subjects")
"""Fields that have several values; of `subjects` none is replaced."""
_NEVER_EMPTY: Final = ("endpoints", "models")
_NOT_DECLARED: Final = ("bind", *OF_ACCOUNTS)
"""Kinds of change that are the bundle's alone."""
SETTINGS: Final = "settings."
ATTRIBUTES: Final = "attributes."


def applied(usage: Usage, register: Register | None, changes: Iterable[Change]) -> tuple[Usage, Register | None] | None:
    """The usage and the register with the changes; None where no manifest could say so."""
    by_route: dict[RouteName, list[Change]] = {}
    for change in (one for one in changes if one.kind not in _NOT_DECLARED):
        by_route.setdefault(change.name, []).append(change)
    entries = tuple(one.agreement for found in by_route.values() for one in found if one.agreement is not None)
    if entries and register is not None:
        register = msgspec.structs.replace(register, agreements=(*register.agreements, *entries))
    own = by_route.pop(name_of(usage), [])
    others = _routes(usage, by_route) if by_route else usage
    changed = None if others is None else _changed(others, own)
    return None if changed is None else (changed, register)


def _routes(usage: Usage, changes: dict[RouteName, list[Change]]) -> Usage | None:
    """The usage with its fallbacks, its gateway and its recipients changed."""
    via = () if usage.via is None else (usage.via,)
    found = [_several(routes, changes) for routes in (usage.fallbacks, via, usage.recipients)]
    fallbacks, gateway, recipients = found
    if fallbacks is None or gateway is None or recipients is None:
        return None
    return msgspec.structs.replace(
        usage, fallbacks=fallbacks, via=gateway[0] if gateway else None, recipients=recipients
    )


def _several(
    routes: Iterable[str | Route], changes: Mapping[RouteName, list[Change]]
) -> tuple[str | Route, ...] | None:
    """Routes of one kind with their changes, without those that are dropped; None where no manifest could say so."""
    changed: list[str | Route] = []
    for route in routes:
        own = changes.get(name_of(route), [])
        if _is_dropped(own):
            continue
        found = _route(route, own)
        if found is None:
            return None
        changed.append(found)
    return tuple(changed)


def _is_dropped(changes: list[Change]) -> bool:
    return any(change.kind == "drop-route" for change in changes)


def _route(route: str | Route, changes: list[Change]) -> str | Route | None:
    return _changed(as_route(route), changes) if changes else route


def as_route(route: str | Route) -> Route:
    """A fallback, gateway or recipient with its declarations; one that is only named declares nothing."""
    return Route(offering=route) if isinstance(route, str) else route


def _changed(account: Account, changes: list[Change]) -> Account | None:
    """A route with its changes; None where a list that may not be empty would be."""
    fields: dict[str, Any] = {}
    for change in changes:
        field: str = change.field
        if field.startswith((SETTINGS, ATTRIBUTES)):
            table, _, name = field.partition(".")
            fields[table] = {**fields.get(table, getattr(account, table)), name: change.new}
        elif field == "agreements":
            if change.agreement is None:
                fields[field] = (*fields.get(field, account.agreements), change.new)
        elif field in LISTED:
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
