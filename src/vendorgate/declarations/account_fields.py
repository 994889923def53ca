"""How the account of a subject is set up, field by field: who says so, and where the manifest claims something else.

In: a subject, the day, what the bundle makes of observations. Out: each setting, and each other field that can be
observed, that a manifest declares or an observation tells. Refuses to say what holds by default.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..logic import WITHHELD, Json, Value
from ..model.bundle_settings import ObservationRules
from ..model.observable import FIELDS, SETTINGS
from ..model.subject import Subject
from ..model.vocabulary import NO_GROUPS, RegionGroups
from ..source import Location, Path
from .observing import (
    Observed,
    claimed_at,
    contrary_claim,
    counts,
    last_day,
    standing,
    told_by,
    withheld,
)

if TYPE_CHECKING:
    from ..model.observation import Observation

_FIELDS: Final = frozenset(f"usage.{field}" for field in FIELDS)
FieldStatus = Literal["observed", "attested", "claimed", "not_observed", "observed_for_some"]
"""`observed`: it was read at the vendor; `attested`: a person read it there; `claimed`: the manifest alone says so;
`not_observed`: it must be observed and is not; `observed_for_some`: it was observed, and not for all names that the
usage declares or leaves open. Of the last two nobody knows it."""


class AccountField(msgspec.Struct, frozen=True):
    """A setting, or another field that can be observed, on a day."""

    what: str
    """As a manifest names it, such as `settings.zero_data_retention`."""
    status: FieldStatus
    value: Json | UnsetType
    """What counts; UNSET where nobody knows it."""
    claimed: Json | UnsetType
    """What the manifest declares, the usage's own where the route leaves it out; UNSET where it declares nothing."""
    contrary: bool
    """Whether the manifest declares something else than was observed."""
    seen: Observed | None
    """What was observed; of what must be observed and is not, what a person attests."""
    until: datetime.date | None
    """The last day on which that counts."""
    lapsed: Observed | None
    """What was observed on a day from which it does not count."""
    untold: Observation | None
    """The observation that counts, for which it was asked, and the vendor does not tell it."""
    locate: Callable[[], Location]
    """Finds the place in the observation that counts, else in the manifest."""


class _Known(msgspec.Struct, frozen=True):
    """What there is to know of the fields of one subject, by path."""

    subject: Subject
    groups: RegionGroups
    stated: Mapping[str, Value]
    observed: Mapping[str, Observed]
    withheld: frozenset[str]
    """Settings that must be observed and are not."""
    lapsed: Mapping[str, Observed]
    untold: Mapping[str, Observation]


def account_fields(
    subject: Subject, day: datetime.date, rules: ObservationRules, groups: RegionGroups = NO_GROUPS
) -> tuple[AccountField, ...]:
    """Each field that is declared or was observed: in the order of the manifest, then what it leaves out."""
    known = _known(subject, day, rules, groups)
    fields = (_field(path, known, rules) for path in known.stated if path.startswith(SETTINGS) or path in _FIELDS)
    return tuple(one for one in fields if one is not None)


def _known(subject: Subject, day: datetime.date, rules: ObservationRules, groups: RegionGroups) -> _Known:
    found = None if subject.seen is None else standing(subject, day, rules, groups)
    stated: Mapping[str, Value] = subject.stated if found is None else found.stated
    observed = {} if found is None else found.observed
    must = subject.offering.id in rules.required
    lapsed: dict[str, Observed] = {}
    untold: dict[str, Observation] = {}
    for one in () if subject.seen is None else subject.seen.own:
        if counts(one, day, rules):
            untold.update((_path(name), one) for name in one.written.unreadable)
        else:
            lapsed = {**told_by(one, subject), **lapsed}
    unseen = frozenset(withheld(stated, observed, rules)) if must else frozenset[str]()
    return _Known(subject, groups, stated, observed, unseen, lapsed, untold)


def _path(name: str) -> str:
    """What a name in a file of an observation is the path of."""
    return f"usage.{name}" if name in FIELDS else f"{SETTINGS}{name}"


def _field(path: str, known: _Known, rules: ObservationRules) -> AccountField | None:
    """None of what holds by default."""
    subject, seen = known.subject, known.observed.get(path)
    claim = claimed_at(subject, path)
    if seen is None and claim is None:
        return None
    is_known = path not in known.withheld and known.stated.get(path) is not WITHHELD
    return AccountField(
        what=path.removeprefix("usage."),
        status=_status(path, known, seen),
        value=seen.value if seen is not None and is_known else subject.stated[path] if is_known else UNSET,
        claimed=UNSET if claim is None else subject.stated[path],
        contrary=seen is not None and contrary_claim(subject, path, seen.value, known.groups) is not UNSET,
        seen=seen,
        until=None if seen is None else last_day(seen.observation, rules),
        lapsed=known.lapsed.get(path) if seen is None else None,
        untold=known.untold.get(path) if seen is None else None,
        locate=_locate(subject, claim, seen),
    )


def _status(path: str, known: _Known, seen: Observed | None) -> FieldStatus:
    if known.stated.get(path) is WITHHELD:
        return "observed_for_some"
    if path in known.withheld:
        return "not_observed"
    if seen is None:
        return "claimed"
    return "observed" if isinstance(seen.observation.written.attested, UnsetType) else "attested"


def _locate(subject: Subject, claim: Path | None, seen: Observed | None) -> Callable[[], Location]:
    if seen is not None:
        source, place = seen.observation.source, seen.place
        return lambda: source.locate_entry(place)
    assert claim is not None  # what holds by default is no field here
    place_of_claim = claim
    return lambda: subject.manifest.source.locate_entry(place_of_claim)
