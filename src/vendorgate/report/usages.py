"""What was judged, as the JSON report lists it: each usage with what it declares, and each of its routes.

In: an evaluation. Out: typed entries. What nobody declared is null; a stated default is what it stands for.
"""

from __future__ import annotations

from typing import Any, Final, Union

import msgspec

from ..logic import Json
from ..model.evaluation import Evaluation
from ..model.subject import Subject
from ..model.vocabulary import RouteOfUsage

_OF_USE: Final = "usage.attributes."


class ReportedRoute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way from a usage to an offering."""

    route: RouteOfUsage
    """How the usage comes to it."""
    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""
    endpoints: Union[tuple[str, ...], None]
    """As declared; null where they are not."""
    models: Union[tuple[str, ...], None]
    """As declared; null where they are not."""


class ListedUsage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A usage that was judged."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    owner: Union[str, None]
    """Who answers for it: whom the bundle names, else whom the manifest names; null where neither does."""
    usage: str
    """Its id."""
    purpose: Union[str, None]
    """What it is for; null where that is not declared."""
    data: tuple[str, ...]
    """Data classes."""
    subjects: Union[tuple[str, ...], None]
    """Where the people behind the data are; null where that is not declared."""
    region: Union[str, None]
    """The place that the account is pinned to; null where that is not declared."""
    environment: str
    """Where it runs."""
    attributes: dict[str, Any]
    """What is true of the use itself."""
    routes: tuple[ReportedRoute, ...]
    """Every route, its own offering first."""


def listed_usages(evaluation: Evaluation) -> tuple[ListedUsage, ...]:
    """Every usage that was judged, in manifest order."""
    routes: dict[tuple[int, str], list[Subject]] = {}
    for subject in evaluation.subjects:
        routes.setdefault((id(subject.manifest), subject.usage), []).append(subject)
    return tuple(_listed(found) for found in routes.values())


def _listed(routes: list[Subject]) -> ListedUsage:
    subject = routes[0]
    manifest, stated = subject.manifest, subject.stated
    return ListedUsage(
        manifest=manifest.source.path,
        project=manifest.project,
        owner=subject.identity.owner,
        usage=subject.usage,
        purpose=_text(stated, "purpose"),
        data=_names(stated, "data") or (),
        subjects=_names(stated, "subjects"),
        region=_text(stated, "region"),
        environment=str(stated["usage.environment"]),
        attributes={name.removeprefix(_OF_USE): value for name, value in stated.items() if name.startswith(_OF_USE)},
        routes=tuple(map(_route, routes)),
    )


def _route(subject: Subject) -> ReportedRoute:
    name, stated = subject.name, subject.stated
    endpoints, models = _names(stated, "endpoints"), _names(stated, "models")
    return ReportedRoute(subject.route, subject.offering.id, name.account, name.vendor, endpoints, models)


def _text(stated: dict[str, Json], field: str) -> str | None:
    value = stated.get(f"usage.{field}")
    return None if value is None else str(value)


def _names(stated: dict[str, Json], field: str) -> tuple[str, ...] | None:
    names = stated.get(f"usage.{field}")
    return tuple(map(str, names)) if isinstance(names, list) else None
