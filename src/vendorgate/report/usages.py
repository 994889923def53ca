"""What was judged, as the JSON report lists it: each usage with what it declares, and each of its routes with how its
account is set up, and by whose word.

In: an evaluation. Out: typed entries. What nobody declared is null; a stated default is what it stands for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final, Union

import msgspec
from msgspec import UNSET, UnsetType

from ..declarations.account_fields import AccountField, FieldStatus
from ..logic import Json
from ..model.evaluation import Evaluation
from ..model.subject import Subject
from ..model.vocabulary import RouteOfUsage
from .account_fields import fields_of
from .document import ReportedLocation, place

_OF_USE: Final = "usage.attributes."


class ReportedSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A setting of the account, or another field that can be observed, and by whose word it is so."""

    what: str
    """As manifests name it, such as `settings.zero_data_retention` or `region`."""
    status: FieldStatus
    """By whose word: observed, it was read at the vendor; attested, a person read it there; claimed, the manifest alone
    says so; not_observed, it must be observed and is not; observed_for_some, it was observed, and not for all names
    that the usage declares or leaves open. Of the last two nobody knows it."""
    value: Any
    """What counts; null where nobody knows it."""
    claimed: Any = UNSET
    """What the manifest declares; left out where it declares nothing."""
    contrary: bool
    """Whether the manifest declares something else than was observed."""
    observed: Union[datetime.date, UnsetType] = UNSET
    """The day on which it was read or attested."""
    until: Union[datetime.date, UnsetType] = UNSET
    """The last day on which that counts."""
    attested_by: Union[str, UnsetType] = UNSET
    """Who attests it; left out where it was read at the vendor."""
    source: Union[str, UnsetType] = UNSET
    """What was asked, or the evidence of who attests it."""
    location: ReportedLocation
    """The place in the observation, else in the manifest."""


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
    settings: Union[tuple[ReportedSetting, ...], UnsetType] = UNSET
    """How the account is set up, as far as that is declared or was observed; missing in reports of earlier versions."""


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
    """The place that the account is pinned to, as it was observed, else as it is declared; null where neither is."""
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
    return tuple(_listed(found, evaluation) for found in routes.values())


def _listed(routes: list[Subject], evaluation: Evaluation) -> ListedUsage:
    subject = routes[0]
    fields = [fields_of(one, evaluation) for one in routes]
    manifest, stated = subject.manifest, subject.stated
    return ListedUsage(
        manifest=manifest.source.path,
        project=manifest.project,
        owner=subject.identity.owner,
        usage=subject.usage,
        purpose=_text(stated, "purpose"),
        data=_names(stated, "data") or (),
        subjects=_names(stated, "subjects"),
        region=_region(fields[0]),
        environment=str(stated["usage.environment"]),
        attributes={name.removeprefix(_OF_USE): value for name, value in stated.items() if name.startswith(_OF_USE)},
        routes=tuple(map(_route, routes, fields)),
    )


def _route(subject: Subject, fields: Iterable[AccountField]) -> ReportedRoute:
    name, stated = subject.name, subject.stated
    return ReportedRoute(
        route=subject.route,
        offering=subject.offering.id,
        account=name.account,
        vendor=name.vendor,
        endpoints=_names(stated, "endpoints"),
        models=_names(stated, "models"),
        settings=tuple(map(_setting, fields)),
    )


def _setting(one: AccountField) -> ReportedSetting:
    seen = None if one.seen is None else one.seen.observation.written
    attested = UNSET if seen is None else seen.attested
    return ReportedSetting(
        what=one.what,
        status=one.status,
        value=None if isinstance(one.value, UnsetType) else one.value,
        claimed=one.claimed,
        contrary=one.contrary,
        observed=UNSET if seen is None else seen.observed,
        until=UNSET if one.until is None else one.until,
        attested_by=UNSET if isinstance(attested, UnsetType) else attested.by,
        source=(UNSET if seen is None else seen.source) if isinstance(attested, UnsetType) else attested.evidence,
        location=place(one.locate()),
    )


def _region(fields: Iterable[AccountField]) -> str | None:
    found = next((one.value for one in fields if one.what == "region"), None)
    return found if isinstance(found, str) else None


def _text(stated: dict[str, Json], field: str) -> str | None:
    value = stated.get(f"usage.{field}")
    return None if value is None else str(value)


def _names(stated: dict[str, Json], field: str) -> tuple[str, ...] | None:
    names = stated.get(f"usage.{field}")
    return tuple(map(str, names)) if isinstance(names, list) else None
