"""What a target can become: values that rules, conditions and scopes name or the offering lists, and no others.

In: a usage, what judges it, a target. Out: changes. Of values that no rule tells apart one stands for all.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Final, cast

import msgspec
from msgspec import UNSET, UnsetType

from ..declarations.contradicting import cloud_place
from ..evaluate.kinds import Axis
from ..evaluate.reading import literals_of
from ..logic.days import is_date
from ..logic.values import Json, strict_equal
from ..model.manifest import SettingValue, name_of
from ..model.registry import Offering
from ..model.subject import Subject
from ..model.vocabulary import TIERS, UNLISTED, Tier, canonical_region, lies_in
from .accounts import can_be_observed, counts_as_observed, current, depends_on_names
from .changes import LISTS, SETTINGS
from .model import Change, ChangeKind
from .rules import AXES, READ_AS, OfferingRules, RulesOfOfferings, is_name, regions_among
from .targets import ADD, BIND, DROP, Target
from .trial import Trial
from .tried import Remembered
from .use import is_of_use, is_placeholder, values_of_use

_KINDS: Final[dict[str, ChangeKind]] = {
    "endpoints": "endpoint",
    "models": "model",
    "features": "feature",
    "region": "region",
    "cloud_region": "region",
    "tier": "tier",
    "lifecycle": "declare",
}
_MOST_PLACES: Final = 7
"""Cloud regions that are named where any of many would do."""
_BROAD: Final = ("eea", "global")
"""Regions that an account is pinned to where nothing narrower is named."""
_FOR_A_REFERENCE: Final = "to be filed"


class Candidates:
    """The changes of one usage, made when a search asks for them; each has a number. Searches may share them."""

    def __init__(self, trial: Trial, rules: RulesOfOfferings | None = None) -> None:
        """`rules`: those of the same judges, where other usages have asked for them."""
        self.changes: list[Change] = []
        self.targets: list[Target] = []
        self.tried = Remembered(trial.weight)
        """What sets of them came to."""
        self._trial = trial
        self._subjects = {subject.name: subject for subject in trial.subjects}
        self._rules = RulesOfOfferings(trial.judges) if rules is None else rules
        self._numbers: dict[Target, tuple[int, ...]] = {}
        self._every: tuple[str, ...] | None = None

    def of(self, target: Target) -> tuple[int, ...]:
        """The numbers of the changes of a target."""
        found = self._numbers.get(target)
        if found is None:
            first = len(self.changes)
            self.changes.extend(self._made(target))
            self.targets.extend([target] * (len(self.changes) - first))
            found = self._numbers[target] = tuple(range(first, len(self.changes)))
        return found

    def number(self, change: Change) -> int:
        """The number of a change that was made here."""
        return next(number for number, one in enumerate(self.changes) if one is change)

    def _made(self, target: Target) -> Iterator[Change]:
        if target == BIND:
            yield from self._bound()
            return
        route, field, name = target
        subject = self._subjects[route]
        if field == DROP:
            yield self._dropped(subject)
        elif field == ADD:
            if "usage.features" in self._trial.case(route).observed:
                yield self._seen(subject, "features", None, name, "account")
            else:
                yield self._change(subject, "declare", "features", None, name, "features")
        elif field == "agreements":
            yield from self._agreements(subject, name)
        elif can_be_observed(field):
            yield from self._of_account(subject, field, name)
        elif is_of_use(field):
            yield from self._of_use(subject, field)
        else:
            yield from self._values(subject, field, name)

    def _of_account(self, subject: Subject, field: str, name: str) -> Iterator[Change]:
        """What an account is to be, and is observed to be, where that counts; what to declare, where that does."""
        case, rules = self._trial.case(subject.name), self._rules_of(subject)
        counts = counts_as_observed(case, field)
        if subject.name.vendor is None and (counts or rules.asks_whether_observed(f"usage.{field}")):
            yield from self._observed(subject, field, name)
        if counts and not depends_on_names(case, field):
            return
        yield from self._tiers(subject) if field == "tier" else self._values(subject, field, name)

    def _observed(self, subject: Subject, field: str, name: str) -> Iterator[Change]:
        case, path = self._trial.case(subject.name), f"usage.{field}"
        now = current(case, field)
        if field == "features":
            yield self._seen(subject, field, name or None, None, "account" if name else "observe")
            return
        rules = self._rules_of(subject)
        told = [now] if case.is_observed(path) else []
        if field == "tier":
            every: Iterable[list[SettingValue]] = (
                [one] for one in TIERS[TIERS.index(cast(Tier, now)) :] if one not in told
            )
        else:
            pool = (now, *self._pool(rules, field, subject))
            values = [value for value in pool if isinstance(value, (str, int, float))]
            fallback = [True] if field.startswith(SETTINGS) else []  # of places nobody knows which one it is
            every = self._classes(values or fallback, told, rules, path)
        for first, *others in every:
            kind: ChangeKind = "account" if now is not None and not strict_equal(now, first) else "observe"
            change = self._seen(subject, field, cast("SettingValue | None", now), first, kind)
            yield msgspec.structs.replace(change, others=tuple(others))

    def _seen(
        self, subject: Subject, field: str, old: SettingValue | None, new: SettingValue | None, kind: ChangeKind
    ) -> Change:
        from ..evaluate.observations import reading_words  # few bundles observe anything

        change = self._change(subject, kind, field, old, new, *field.split(".", 1))
        command = reading_words(subject.name, self._trial.judges.program.bundle.observing)
        return msgspec.structs.replace(change, command=command)

    def _change(
        self,
        subject: Subject,
        kind: ChangeKind,
        field: str,
        old: SettingValue | None,
        new: SettingValue | None,
        *below: str,
    ) -> Change:
        place = subject.within(*below)
        return Change(kind, subject.route, subject.name, field, old, new, place)

    def _dropped(self, subject: Subject) -> Change:
        field = {"gateway": "via", "recipient": "recipients"}.get(subject.route, "fallbacks")
        return self._change(subject, "drop-route", field, str(subject.name), None)

    def _bound(self) -> Iterator[Change]:
        """None where nothing is known to bind a manifest by."""
        from ..evaluate.naming import binding  # few bundles bind names

        entry = binding(self._trial.manifest)
        if entry is not None:
            yield Change("bind", "primary", name_of(self._trial.usage), "projects", None, entry, ("project",))

    def _tiers(self, subject: Subject) -> Iterator[Change]:
        declared = cast(Tier, subject.stated["usage.tier"])
        for tier in TIERS[TIERS.index(declared) + 1 :]:
            yield self._change(subject, "tier", "tier", declared, tier, "tier")

    def _rules_of(self, subject: Subject) -> OfferingRules:
        return self._rules.of(subject.offering)

    def _values(self, subject: Subject, field: str, name: str) -> Iterator[Change]:
        rules, path = self._rules_of(subject), f"usage.{field}"
        current = subject.stated.get(path)
        if field in LISTS and name and isinstance(current, list) and (len(current) > 1 or field == "features"):
            yield self._change(subject, _KINDS[field], field, name, None, field)
        if field == "features":
            return
        old = name or None if field in LISTS else cast("SettingValue | None", current)
        kind = "declare" if old is None else _KINDS.get(field, "setting")
        declared = current if isinstance(current, list) else [current]
        for values in self._classes(self._pool(rules, field, subject, name), declared, rules, path):
            change = self._change(subject, kind, field, old, values[0], *field.split(".", 1))
            yield msgspec.structs.replace(change, others=tuple(values[1:]))

    def _of_use(self, subject: Subject, field: str) -> Iterator[Change]:
        """What the usage does not say of itself: what rules of any route tell apart is told apart."""
        every = [self._rules_of(one) for one in self._subjects.values()]
        found: dict[tuple[Hashable, ...], list[SettingValue]] = {}
        for value in {(type(one), one): one for one in values_of_use(field, every, self._trial)}.values():
            told = tuple(rules.told_apart(f"usage.{field}", value) for rules in every)
            found.setdefault(told, []).append(value)
        for first, *others in found.values():
            change = self._change(subject, "declare", field, None, first, *field.split(".", 1))
            same = () if is_placeholder(first) else others[: _MOST_PLACES - 1]
            yield msgspec.structs.replace(change, others=tuple(same))

    def _pool(self, rules: OfferingRules, field: str, subject: Subject, name: str = "") -> list[SettingValue]:
        """Values that a field may be given: its own, and those of the fields that it is compared with."""
        axis: Axis | None = "endpoints" if field == "endpoints" else "models" if field == "models" else None
        if axis is not None:
            from .names import names_for  # few usages that fail are to change these

            return [*names_for(axis, name or None, rules, subject, self._trial)]
        own = self._named(rules, field, subject)
        if field == "lifecycle":
            return own
        if field == "cloud_region":
            return [*own, *self._table(subject.offering)]
        others = [path for path in rules.linked(f"usage.{field}") if path.removeprefix("usage.") not in LISTS]
        case = self._trial.case(subject.name)
        linked: list[Json] = [current(case, path.removeprefix("usage.")) for path in others]
        linked.extend(value for path in others for value in self._named(rules, path.removeprefix("usage."), subject))
        if field != "region":
            return [one for one in (*own, *linked) if isinstance(one, (str, int, float))]
        # What a setting of the vendor's names, as a place to serve from, comes before what only policies name.
        return sorted(
            regions_among((*linked, *own, *self._places()), self._trial.judges.groups),
            key=lambda region: region in _BROAD,
        )

    def _named(self, rules: OfferingRules, field: str, subject: Subject) -> list[SettingValue]:
        """Values that rules and scopes name for a field, or the offering lists."""
        path = f"usage.{field}"
        held: list[Json] = [value for read in READ_AS.get(path, (path,)) for value in rules.values(read)]
        axis = AXES.get(field)
        reaches = rules.reaches(axis) if axis is not None else []
        named = [name for reach in reaches for name in reach.only or ()]
        if field == "region":
            people = subject.stated.get("usage.subjects")
            excluded = [name for reach in reaches for name in reach.excluded or ()]
            places = [*named, *held, *(people if isinstance(people, list) else ()), *excluded, "global"]
            return [*regions_among(places, self._trial.judges.groups)]
        if field == "cloud_region":
            return [one for one in (*named, *held) if is_name(one)]
        if field == "lifecycle":
            return rules.implied(field)
        settings = [one for one in (*held, *rules.implied(field)) if isinstance(one, (int, float)) or is_name(one)]
        return settings or ([True] if rules.asks_whether_known(path) else [])

    def _table(self, offering: Offering) -> Mapping[str, str]:
        """The regions of an offering's cloud, and where they lie."""
        clouds = self._trial.judges.snapshot.written.clouds or {}
        return clouds.get(offering.written.cloud or "", {})

    def _places(self) -> list[str]:
        """Where what any route declares says that it runs: its cloud region, and what its names imply."""
        found: dict[str, None] = {}
        for subject in self._subjects.values():
            declared, table = current(self._trial.case(subject.name), "cloud_region"), self._table(subject.offering)
            place = cloud_place(declared, table) if isinstance(declared, str) else None
            found.update(dict.fromkeys([] if place is None else [canonical_region(place)]))
            found.update(dict.fromkeys(map(str, self._rules_of(subject).implied("region"))))
        return list(found)

    def _classes(
        self, pool: Iterable[SettingValue], declared: Iterable[Json], rules: OfferingRules, path: str
    ) -> Iterator[list[SettingValue]]:
        """Values that are not declared yet, together where nothing tells them apart."""
        found: dict[tuple[Hashable, ...], list[SettingValue]] = {}
        values = {(type(value), value): value for value in pool}
        present = {(type(value), value) for value in declared}
        for key, value in values.items():
            if key not in present:
                by_place = self._told_by_place(path, str(value), rules)
                found.setdefault((*rules.told_apart(path, value), *by_place), []).append(value)
        for values_of_class in found.values():
            yield values_of_class[:_MOST_PLACES] if path == "usage.cloud_region" else values_of_class

    def _told_by_place(self, path: str, value: str, rules: OfferingRules) -> Iterator[bool | None]:
        """Whether a region and a cloud region that a route declares, or might, agree."""
        table = self._table(rules.offering)
        if path == "usage.region":
            yield from (self._lies_in(place, value) for place in self._places())
            yield from (self._lies_in(table[name], value) for name in self._named_places(rules) if name in table)
            yield any(self._lies_in(place, value) for place in table.values())
        elif path == "usage.cloud_region" and table:
            place = cloud_place(value, table)
            yield from (place is not None and self._lies_in(place, region) for region in self._every_region())

    def _lies_in(self, place: str, area: str) -> bool | None:
        return lies_in(place, area, self._trial.judges.groups)

    def _named_places(self, rules: OfferingRules) -> list[str]:
        reaches = rules.reaches("cloud_regions")
        values = [one for one in rules.values("usage.cloud_region") if isinstance(one, str)]
        return [*values, *(name for reach in reaches for name in reach.only or ())]

    def _every_region(self) -> tuple[str, ...]:
        """The regions of all routes, and those that they might be given; the same for every value."""
        if self._every is None:
            found = (region for subject in self._subjects.values() for region in self._regions(subject))
            self._every = tuple(dict.fromkeys(found))
        return self._every

    def _regions(self, subject: Subject) -> Iterator[str]:
        """The region of a route, and those that it might be given."""
        own = current(self._trial.case(subject.name), "region")
        found = [own, *self._pool(self._rules_of(subject), "region", subject)]
        yield from (one for one in found if isinstance(one, str))

    def _agreements(self, subject: Subject, kind: str) -> Iterator[Change]:
        if subject.offering.id == UNLISTED:  # none would reach it
            return
        judges = self._trial.judges
        if judges.register is None:
            if kind not in subject.claims:
                yield self._change(subject, "agreement", "agreements", None, kind, "agreements")
            return
        rules = self._rules_of(subject)
        reference = self._reference(rules, kind)
        from ..model.agreement import Agreement  # many bundles have no register

        for end in self._ends(rules, kind):
            entry = Agreement(
                kind=kind,
                offerings=(subject.offering.id,),
                status="executed",
                signed=judges.as_of,
                expires=end,
                projects=(subject.manifest.project,),
                reference=reference,
            )
            change = self._change(subject, "agreement", "agreements", None, kind)
            yield msgspec.structs.replace(change, agreement=entry)

    def _ends(self, rules: OfferingRules, kind: str) -> Iterator[datetime.date | UnsetType]:
        """No end, then each last day that a rule lets matter."""
        yield UNSET
        held = rules.values(f"agreements.{kind}.expires")
        days = [datetime.date.fromisoformat(one) for one in held if isinstance(one, str) and is_date(one)]
        after = [day + datetime.timedelta(days=1) for day in days if day < datetime.date.max]
        yield from sorted({day for day in (*days, *after) if day >= self._trial.judges.as_of})

    def _reference(self, rules: OfferingRules, kind: str) -> str | UnsetType:
        path = f"agreements.{kind}.reference"
        if not rules.reading(path):
            return UNSET
        named = [one for one in literals_of(rules.reading(path)) if is_name(one)]
        return named[0] if named else _FOR_A_REFERENCE
