"""What was observed of an account, in the place of what a usage declares of it.

In: a subject, the day, what the bundle makes of observations. Out: what counts as stated, which of it was observed, and
what contradicts what.
Source of the rules: the contract, "Observations". Refuses to guess: what an observation does not settle for the names
that a usage declares is unknown, and so is a setting that must be observed and was not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import UNSET, UnsetType

from ..logic import WITHHELD, Json, Unknown, Value
from ..logic.globs import names_any
from ..logic.values import strict_equal
from ..model.bundle_settings import ObservationRules
from ..model.observable import FIELDS, SETTINGS
from ..model.registry import Offering
from ..model.subject import Contradiction, Subject
from ..model.vocabulary import NO_GROUPS, RegionGroups, plain_cloud_region
from ..source import Path
from .contradicting import agrees, contradictions
from .naming import says_what_is_called

if TYPE_CHECKING:
    from ..model.observation import Observation, ScopedSettings, SettingsScope

_REGION: Final = "usage.region"
CLOUD_REGION: Final = "usage.cloud_region"
MODELS: Final = "usage.models"
_OF_PRIMARY: Final = "primary.region"
_AXES: Final = ("models", "endpoints")


class Observed(msgspec.Struct, frozen=True):
    """A value that comes from an observation, and not from a claim."""

    value: Json
    observation: Observation
    place: Path
    """In the file of the observation."""


class Standing(msgspec.Struct, frozen=True):
    """What is declared of a subject, as it counts on a day."""

    stated: Mapping[str, Value]
    """By whole path; of what nobody may take from a claim, WITHHELD."""
    observed: Mapping[str, Observed]
    """By whole path."""
    contradictions: tuple[Contradiction, ...]

    def names(self, subject: Subject) -> Mapping[str, Json]:
        """What a subject declares, as it says for which names things were observed: a cloud region that is none, or
        lies elsewhere, is no way out of what was read for some of them alone."""
        contradicted = any(one.path == CLOUD_REGION for one in self.contradictions)
        if not contradicted or CLOUD_REGION in self.observed:
            return subject.stated
        return {path: value for path, value in subject.stated.items() if path != CLOUD_REGION}


def last_day(observation: Observation, rules: ObservationRules) -> datetime.date:
    """The last day on which an observation counts."""
    own = observation.written.max_age_days
    most = rules.max_age_days if isinstance(own, UnsetType) else min(own, rules.max_age_days)
    days_left = (datetime.date.max - observation.written.observed).days
    return observation.written.observed + datetime.timedelta(days=min(most, days_left))


def observations_of(subject: Subject) -> tuple[Observation, ...]:
    """What was observed of the accounts that a subject has to do with: its own, and that of the usage itself."""
    if subject.seen is None:
        return ()
    primary = subject.seen.primary
    return (*subject.seen.own, *(observations_of(primary) if primary is not None else ()))


def counts(observation: Observation, day: datetime.date, rules: ObservationRules) -> bool:
    """Whether an observation counts on a day: from the one on which it was read, until it is too old."""
    return observation.written.observed <= day <= last_day(observation, rules)


def is_enough(observation: Observation, rules: ObservationRules) -> bool:
    """Whether it is enough where something must be observed: what a person attests is, as far as the bundle says so."""
    return not observation.is_attested or rules.attested


def standing(
    subject: Subject, day: datetime.date, rules: ObservationRules, groups: RegionGroups = NO_GROUPS
) -> Standing:
    """What is declared of a subject, with what was observed in its place."""
    return standing_by(subject, lambda one: counts(one, day, rules), groups)


def standing_by(
    subject: Subject, is_counted: Callable[[Observation], bool], groups: RegionGroups = NO_GROUPS
) -> Standing:
    """The same by whichever observations are said to count."""
    seen = subject.seen
    assert seen is not None  # without observations everything counts as it is declared
    counted = tuple(filter(is_counted, seen.own))
    found, stated, own = _counting(subject, counted, subject.stated, groups)
    names = Standing(stated, found, own).names(subject)
    if names is not subject.stated:
        found, stated, own = _counting(subject, counted, names, groups)
    observed = dict(found)
    of_primary = tuple(one for one in subject.contradictions if one.path == _OF_PRIMARY)
    primary = subject if subject.route == "primary" else seen.primary
    if primary is not None:
        first = Standing(stated, observed, own) if primary is subject else standing_by(primary, is_counted, groups)
        if _REGION in first.observed:
            observed[_OF_PRIMARY] = first.observed[_REGION]
            stated[_OF_PRIMARY] = first.stated[_REGION]
        of_primary = tuple(
            msgspec.structs.replace(one, path=_OF_PRIMARY) for one in first.contradictions if one.path == _REGION
        )
    return Standing(stated, observed, (*own, *of_primary))


def _counting(
    subject: Subject, counted: Iterable[Observation], declared: Mapping[str, Json], groups: RegionGroups
) -> tuple[dict[str, Observed], dict[str, Value], tuple[Contradiction, ...]]:
    """What is told of a subject by the names that are `declared`, what then counts, and what contradicts what."""
    assert subject.seen is not None
    found, open_settings = _told(counted, declared, subject.offering)
    stated: dict[str, Value] = {**subject.stated, **{path: one.value for path, one in found.items()}}
    stated.update(dict.fromkeys(open_settings, WITHHELD))
    known = {path: value for path, value in stated.items() if not isinstance(value, Unknown)}
    return found, stated, contradictions(known, subject.offering, subject.seen.clouds, groups)


def withheld(stated: Mapping[str, Value], observed: Mapping[str, Observed], rules: ObservationRules) -> Iterator[str]:
    """The settings that are stated, must be observed, and are not: whatever is claimed, nobody knows them."""
    for path in stated:
        if path.startswith(SETTINGS):
            found = observed.get(path)
            if found is None or not is_enough(found.observation, rules):
                yield path


def claimed_at(subject: Subject, path: str) -> Path | None:
    """Where the manifest claims what a path reads; None where it is not declared, or holds by default."""
    return subject.declared_at(*path.split(".", 2)[1:])


def contrary_claim(subject: Subject, path: str, observed: Json, groups: RegionGroups = NO_GROUPS) -> Json | UnsetType:
    """What the manifest claims in the place of what was observed, where that is something else."""
    if path.startswith("primary."):
        primary = None if subject.seen is None else subject.seen.primary
        return UNSET if primary is None else contrary_claim(primary, path.replace("primary", "usage"), observed, groups)
    if not path.startswith("usage.") or path not in subject.stated or claimed_at(subject, path) is None:
        return UNSET
    claim = subject.stated[path]
    return claim if differs(path, claim, observed, groups) else UNSET


def differs(path: str, claimed: Json, observed: Json, groups: RegionGroups = NO_GROUPS) -> bool:
    """Whether a claim says something else than what was observed; a place may lie in the one that is claimed."""
    if path == "usage.features" and isinstance(claimed, list) and isinstance(observed, list):
        return sorted(map(str, claimed)) != sorted(map(str, observed))
    if path == _REGION and isinstance(observed, str):
        return not agrees("region", claimed, observed, groups)
    if path == CLOUD_REGION and isinstance(claimed, str) and isinstance(observed, str):
        return plain_cloud_region(claimed) != plain_cloud_region(observed)
    return not strict_equal(claimed, observed)


def told_by(observation: Observation, subject: Subject) -> dict[str, Observed]:
    """What one observation tells of a subject, by path, whether it counts or not."""
    told = _of_one(observation, subject.stated, subject.offering)
    return {path: one for path, one in told if one is not None}


def told_by_name(observation: Observation) -> frozenset[str]:
    """The settings that an observation tells for some names alone, so that it depends on the names what is observed."""
    written = observation.written
    scoped = (name for entry in written.scoped_settings for name in entry.settings)
    return frozenset((*scoped, *(() if isinstance(written.scope, UnsetType) else written.settings)))


def restricted_axes(observation: Observation, setting: str) -> list[str]:
    """The axes, models or endpoints, on which an observation tells a setting apart for some names."""
    entries = [one for one in observation.written.scoped_settings if setting in one.settings]
    return [axis for axis in _AXES if any(_only(one, axis) for one in entries)]


def _told(
    observations: Iterable[Observation], declared: Mapping[str, Json], offering: Offering
) -> tuple[dict[str, Observed], frozenset[str]]:
    """What observations tell, the first that tells a thing; and the settings that they leave open."""
    counted = tuple(observations)
    declared = declared_beside(counted, declared)
    found: dict[str, Observed] = {}
    left: set[str] = set()
    for observation in counted:
        for path, one in _of_one(observation, declared, offering):
            if path not in found and path not in left:
                if one is None:
                    left.add(path)
                else:
                    found[path] = one
    return found, frozenset(left)


def declared_beside(observations: Iterable[Observation], declared: Mapping[str, Json]) -> Mapping[str, Json]:
    """What is declared, with what was observed of it for all usages: it says for which names other things were."""
    counted = tuple(observations)
    place = next((one for one in counted if not isinstance(one.written.cloud_region, UnsetType)), None)
    if place is not None:  # it counts as the usage's, so what was read there was read of the usage, whatever it claims
        declared = {**declared, CLOUD_REGION: str(place.written.cloud_region)}
    return {**declared, **_settings_of_all(counted)}


def _settings_of_all(observations: Iterable[Observation]) -> dict[str, Json]:
    """What is observed of settings whatever is declared, the first that tells a thing: a claim says nothing of them."""
    found: dict[str, Json] = {}
    for one in observations:
        for name, value in one.written.settings.items() if isinstance(one.written.scope, UnsetType) else ():
            found.setdefault(SETTINGS + name, value)
    return found


def _of_one(
    observation: Observation, declared: Mapping[str, Json], offering: Offering
) -> Iterator[tuple[str, Observed | None]]:
    """What one observation tells, by path; None where what it tells depends on names that are not declared."""
    written = observation.written
    for field in FIELDS:
        value = getattr(written, field)
        if not isinstance(value, UnsetType):
            plain = [*value] if isinstance(value, tuple) else value
            yield f"usage.{field}", Observed(plain, observation, (field,))
    scoped = {name for entry in written.scoped_settings for name in entry.settings}
    reached = _is_reached(written.scope, declared, offering)
    if reached is not True:
        # None: whether it was read for this usage depends on what is not declared.
        left = () if reached is False else sorted({*written.settings, *scoped})
        yield from ((SETTINGS + name, None) for name in left)
        return
    for name, value in written.settings.items():
        if name not in scoped:
            yield SETTINGS + name, Observed(value, observation, ("settings", name))
    for name in sorted(scoped):
        places = _places(observation, name, declared)
        if places is None:
            yield SETTINGS + name, None
        elif places:
            yield SETTINGS + name, Observed(_at(observation, places[0]), observation, places[0])


def _is_reached(scope: SettingsScope | UnsetType, declared: Mapping[str, Json], offering: Offering) -> bool | None:
    """Whether settings were read for a usage; None where it does not declare what decides it, it holds for a part of
    its models, or one of these does not say what is called."""
    inside = [] if isinstance(scope, UnsetType) else reached_by(scope, declared, offering).values()
    return False if False in inside else None if None in inside else True


def reached_by(scope: SettingsScope, declared: Mapping[str, Json], offering: Offering) -> dict[str, bool | None]:
    """The same by the path of each declaration that a scope restricts."""
    inside: dict[str, bool | None] = {}
    if scope.cloud_regions is not None:
        name = declared.get(CLOUD_REGION)
        regions = {plain_cloud_region(one) for one in scope.cloud_regions.only}
        inside[CLOUD_REGION] = plain_cloud_region(name) in regions if isinstance(name, str) else None
    if scope.models is not None:
        names = declared.get(MODELS)
        globs = scope.models.only
        found = {
            names_any(str(one), globs) if says_what_is_called(str(one), declared, offering) else None
            for one in (names if isinstance(names, list) else ())
        }
        inside[MODELS] = found.pop() if len(found) == 1 else None
    return inside


def _places(observation: Observation, setting: str, declared: Mapping[str, Json]) -> list[Path] | None:
    """Where an observation tells a setting for the names that are declared, and it is the same everywhere.

    None: it is not the same, some names are told and others not, or none are declared. Empty: nothing is told of any.
    """
    entries = list(enumerate(observation.written.scoped_settings))
    elsewhere: Path | None = ("settings", setting) if setting in observation.written.settings else None
    places: list[Path | None] = []
    for axis in _AXES:
        restricted = [(at, one) for at, one in entries if setting in one.settings and _only(one, axis)]
        names = declared.get(f"usage.{axis}") if restricted else []
        if not isinstance(names, list):
            return None
        places.extend(_reached(restricted, axis, str(name), setting, elsewhere) for name in names)
    told = [place for place in places if place is not None]
    if len(told) < len(places):
        return None if told else []
    values = [_at(observation, place) for place in told]
    return told if all(strict_equal(values[0], value) for value in values) else None


def _reached(
    entries: list[tuple[int, ScopedSettings]], axis: str, name: str, setting: str, elsewhere: Path | None
) -> Path | None:
    first = next((at for at, one in entries if names_any(name, _only(one, axis))), None)
    return elsewhere if first is None else ("scoped_settings", first, "settings", setting)


def _only(entry: ScopedSettings, axis: str) -> tuple[str, ...]:
    reach = getattr(entry.scope, axis)
    return () if reach is None else reach.only


def _at(observation: Observation, place: Path) -> Json:
    written = observation.written
    settings = written.settings if place[0] == "settings" else written.scoped_settings[int(place[1])].settings
    return settings[str(place[-1])]
