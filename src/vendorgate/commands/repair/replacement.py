"""A usage with another offering in the place of one route's.

In: a usage, the route, the offering. Out: the usage as it would be, and what has no counterpart there. Another vendor's
account has its own endpoints, settings, agreements, cloud region and tier: none of them is carried over.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ...lifting.changes import Declared, as_route
from ...logic.globs import names_any
from ...model.manifest import Route, Usage, name_of
from ...model.registry import Offering
from ...model.subject import Subject
from .model import Kinship

_SEVERAL: Final = "multiple"
"""How the family of an offering with models of many families begins."""


class Replaced(msgspec.Struct, frozen=True):
    """A usage with another offering on one route."""

    usage: Usage
    left_behind: tuple[str, ...]
    """Declared models and features that have no counterpart there."""


def kinship(offering: Offering, other: Offering) -> Kinship:
    """How near an offering is to another."""
    if offering.id == other.id:
        return "same offering"
    family = offering.written.model_family
    same = family is not None and not family.startswith(_SEVERAL) and family == other.written.model_family
    return "same model family" if same else "other"


def replaced(usage: Usage, route: Subject, offering: Offering) -> Replaced:
    """The usage with an offering in the place of a route's."""
    if route.route == "primary":
        models, features, left = _carried(usage, offering)
        new_usage = msgspec.structs.replace(
            usage,
            offering=offering.id,
            account=None,
            vendor=None,
            models=models,
            features=features,
            cloud_region=UNSET,
            tier="self_serve",
            settings={},
            agreements=(),
            endpoints=UNSET,
        )
        return Replaced(new_usage, left)
    old = route.name
    written = [*usage.fallbacks, *([] if usage.via is None else [usage.via]), *usage.recipients]
    account = as_route(next(one for one in written if name_of(one) == old))
    models, features, left = _carried(account, offering)
    new = Route(
        offering=offering.id, region=account.region, lifecycle=account.lifecycle, models=models, features=features
    )
    fallbacks, recipients = (
        tuple(new if name_of(one) == old else one for one in routes) for routes in (usage.fallbacks, usage.recipients)
    )
    via = new if route.route == "gateway" else usage.via
    return Replaced(msgspec.structs.replace(usage, fallbacks=fallbacks, via=via, recipients=recipients), left)


def _carried(
    account: Declared, offering: Offering
) -> tuple[tuple[str, ...] | UnsetType, tuple[str, ...], tuple[str, ...]]:
    """Models by the names that they have there, features, and what has no name there and is left behind."""
    models, lost = _models(account.models, offering)
    known = offering.written.features
    features = tuple(one for one in account.features if known is None or one in known)
    left = [f"model `{name}`" for name in lost]
    left.extend(f"feature `{name}`" for name in account.features if name not in features)
    return models, features, tuple(left)


def _models(declared: tuple[str, ...] | UnsetType, offering: Offering) -> tuple[tuple[str, ...] | UnsetType, list[str]]:
    """The models; not declared where one of them has no name there."""
    if isinstance(declared, UnsetType):
        return UNSET, []
    names = {name: _name_there(name, offering.written.models or ()) for name in declared}
    lost = [name for name, there in names.items() if there is None]
    found = dict.fromkeys(there for there in names.values() if there is not None)
    return (UNSET, lost) if lost else (tuple(found), [])


def _name_there(name: str, globs: tuple[str, ...]) -> str | None:
    """A model's name as it is, or without what another platform puts before it (`anthropic.`, `models/`).

    What fits a star alone may be no name there.
    """
    written = tuple(glob for glob in globs if "*" not in glob)
    return next((one for one in (name, re.split(r"[./](?=[a-z])", name)[-1]) if names_any(one, written)), None)
