"""What else decides what a path reads, where something was observed of an account.

In: a subject, what counts of it on the day, a path that is known. Out: the paths of what must stay for it to read the
same, each with the observation that tells it; without one it is claimed. Beside the value itself that is what says for
which names a setting was read, or was not; and what was observed in the place of a claim that would contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Union

from msgspec import UnsetType

from ..logic import Json
from ..model.observable import SETTINGS
from ..model.vocabulary import RegionGroups
from .contradicting import contradictions
from .naming import lies_there, settings_beside
from .observing import (
    CLOUD_REGION,
    MODELS,
    Observed,
    Standing,
    declared_beside,
    reached_by,
    restricted_axes,
    standing_by,
)

if TYPE_CHECKING:
    from ..model.observation import Observation, SettingsScope
    from ..model.subject import Subject

_REGION: Final = "usage.region"
_FEATURES: Final = "usage.features"
_OF_PRIMARY: Final = "primary.region"
_PLACES: Final[Mapping[str, tuple[str, ...]]] = {_REGION: (CLOUD_REGION, _FEATURES), CLOUD_REGION: (_REGION,)}
"""What can be observed and contradicts a place; anything else a feature contradicts, or nothing."""
Decider = tuple[str, Union[Observed, None]]


class Deciding:
    """What decides what is read of one subject of whose accounts anything was observed."""

    __slots__ = ("_counted", "_groups", "_is_counted", "_seen", "_standing", "_subject")

    def __init__(
        self, subject: Subject, standing: Standing, is_counted: Callable[[Observation], bool], groups: RegionGroups
    ) -> None:
        """`standing` is by the observations that are counted."""
        assert subject.seen is not None  # without observations a value rests on its claim alone
        self._subject = subject
        self._seen = subject.seen
        self._standing = standing
        self._is_counted = is_counted
        self._counted = tuple(filter(is_counted, subject.seen.own))
        self._groups = groups

    def of(self, path: str) -> Iterator[Decider]:
        """All that decides what a path reads, beside its own value; some of it may come more than once."""
        if path == _OF_PRIMARY:
            yield from self._of_primary()
        elif path.startswith("usage."):
            yield from self.choosing(path)
            yield from self._guarding(path)

    def choosing(self, path: str) -> Iterator[Decider]:
        """What says whether a setting was observed for the usage, and which of several observed values is its own."""
        if not path.startswith(SETTINGS):
            return
        telling = self._standing.observed.get(path)
        for one in self._counted:
            yield from self._choosing_in(one, path.removeprefix(SETTINGS))
            if telling is not None and telling.observation is one:
                return

    def _choosing_in(self, one: Observation, setting: str) -> Iterator[Decider]:
        """What says whether an observation tells a setting, and what."""
        written = one.written
        axes = restricted_axes(one, setting)
        if setting not in written.settings and not axes:
            return
        if not isinstance(written.scope, UnsetType):
            reached = self._reached(written.scope)
            outside = [path for path, inside in reached.items() if inside is False]
            for path in outside[:1] or reached:
                yield from self._region() if path == CLOUD_REGION else self._models()
            if outside:
                return
        yield from ((f"usage.{axis}", None) for axis in axes)

    def _reached(self, scope: SettingsScope) -> Mapping[str, bool | None]:
        declared = declared_beside(self._counted, self._standing.names(self._subject))
        return reached_by(scope, declared, self._subject.offering)

    def _region(self) -> Iterator[Decider]:
        """The cloud region as observations take it; a claim alone must not be contradicted."""
        observed = self._standing.observed.get(CLOUD_REGION)
        yield CLOUD_REGION, observed
        if observed is None:
            yield from self._guarding(CLOUD_REGION)

    def _models(self) -> Iterator[Decider]:
        """The models, and what says what is called by their names."""
        subject = self._subject
        yield MODELS, None
        yield from ((path, self._of_all(path)) for path in settings_beside(subject.stated, subject.offering))
        names = subject.stated[MODELS]
        if CLOUD_REGION in self._standing.observed and isinstance(names, list):
            others = [*self._in_the_place_of(CLOUD_REGION)]
            if not all(lies_there(str(name), other) for name in names for other in others):
                yield CLOUD_REGION, self._standing.observed[CLOUD_REGION]

    def _of_all(self, path: str) -> Observed | None:
        """What is observed of a setting for all usages: as what says which models are called, that alone counts."""
        name = path.removeprefix(SETTINGS)
        for one in self._counted:
            if isinstance(one.written.scope, UnsetType) and name in one.written.settings:
                return Observed(one.written.settings[name], one, ("settings", name))
        return None

    def _guarding(self, path: str) -> Iterator[Decider]:
        """What was observed in the place of something that would contradict what a path reads; contradictions are of
        two declarations, whatever the others say."""
        subject, observed = self._subject, self._standing.observed
        value = observed[path].value if path in observed else subject.stated[path]
        for other in _PLACES.get(path, (_FEATURES,)):
            if other == path or other not in observed:
                continue
            pairs = ({path: value, other: instead} for instead in self._in_the_place_of(other))
            each = (contradictions(pair, subject.offering, self._seen.clouds, self._groups) for pair in pairs)
            if any(one.path == path for found in each for one in found):
                yield other, observed[other]

    def _in_the_place_of(self, path: str) -> Iterator[Json]:
        """What would count without the observation that tells a path: what another tells, or what is claimed."""
        field = path.removeprefix("usage.")
        for one in self._counted:
            value = getattr(one.written, field)
            if one is not self._standing.observed[path].observation and not isinstance(value, UnsetType):
                yield [*value] if isinstance(value, tuple) else value
        if path in self._subject.stated:
            yield self._subject.stated[path]

    def _of_primary(self) -> Iterator[Decider]:
        """What decides the region of the usage's own account, on whichever route that is read."""
        primary = self._seen.primary
        if self._subject.route == "primary":
            yield from self._guarding(_REGION)
        elif primary is not None:
            standing = standing_by(primary, self._is_counted, self._groups)
            its_own = Deciding(primary, standing, self._is_counted, self._groups)
            for path, found in its_own._guarding(_REGION):
                yield path.replace("usage.", "primary.", 1), found
