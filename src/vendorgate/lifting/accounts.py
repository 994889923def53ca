"""Changes of an account at a vendor, as far as it is observed: a manifest cannot say otherwise, the account can.

In: a case, changes. Out: whether what is declared of a field counts for nothing; observations as they would be read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from ..evaluate.case import Case
from ..logic import WITHHELD, Json
from ..model.manifest import RouteName
from ..model.observable import FIELDS, SETTINGS
from ..source import Source
from .changes import SETTINGS as OF_SETTINGS
from .model import Change

if TYPE_CHECKING:
    from ..model.observation import Observations

Told = Mapping[RouteName, Mapping[str, Json]]
"""By route, what its account tells of each field that changes mean, as it is now."""


def can_be_observed(field: str) -> bool:
    """Whether an observation can tell a field of a manifest."""
    return field.startswith(OF_SETTINGS) or field in FIELDS


def counts_as_observed(case: Case, field: str) -> bool:
    """Whether nothing that is declared of a field counts: it was observed, or must be, or is not the same for all."""
    path = f"usage.{field}"
    if path in case.observed:
        return True
    return path.startswith(SETTINGS) and case.stated.get(path, case.undeclared_setting) is WITHHELD


def depends_on_names(case: Case, field: str) -> bool:
    """Whether with other models, endpoints or another region what is declared of a setting might count."""
    if case.undeclared_setting is WITHHELD or not field.startswith(OF_SETTINGS):
        return False
    if case.subject.seen is None:
        return False
    from ..declarations.observing import told_by_name  # few bundles observe anything

    return any(field.removeprefix(OF_SETTINGS) in told_by_name(one) for one in case.subject.seen.own)


def current(case: Case, field: str) -> Json:
    """What counts of a field: what was observed, else what is declared; None where nothing does."""
    found = case.observed.get(f"usage.{field}")
    return case.subject.stated.get(f"usage.{field}") if found is None else found.value


def observed_anew(
    observations: Observations, changes: Iterable[Change], told: Told, day: datetime.date, source: Source
) -> Observations:
    """The observations with what is read once accounts are as changes of them have it, before all that was read."""
    fields: dict[RouteName, dict[str, Any]] = {}
    for change in changes:
        _tell(fields.setdefault(change.name, {}), change, told[change.name][change.field])
    from ..model.observation import Observation, ObservationFile  # few bundles observe anything

    found = dict(observations)
    for name, own in fields.items():
        written = ObservationFile(version=1, offering=name.offering, account=name.account, observed=day, **own)
        key = name.offering, name.account
        found[key] = (Observation(written, source), *found.get(key, ()))
    return found if fields else observations


def _tell(fields: dict[str, Any], change: Change, now: Json) -> None:
    """Add to the fields of an observation what a change has it tell."""
    if change.field.startswith(OF_SETTINGS):
        name = change.field.removeprefix(OF_SETTINGS)
        fields["settings"] = {**fields.get("settings", {}), name: change.new}
    elif change.field == "features":
        names = cast("Iterable[str]", fields.get("features", now or ()))
        kept = [name for name in names if name != change.old]
        fields["features"] = (*kept, *(() if change.new is None else (str(change.new),)))
    else:
        fields[change.field] = change.new
