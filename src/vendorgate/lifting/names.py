"""The endpoints and models that may be proposed: names that somebody has written out, of the kind that is in use.

In: an offering, what concerns it, a usage. Out: names. A glob names none: nobody knows what stands for its star.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UnsetType

from ..evaluate.kinds import Axis, agree, kind_of, may_stand_for, told_by
from ..logic.globs import names_any
from ..logic.values import Json
from ..model.manifest import Manifest, Route, RouteName, UsageDraft
from ..model.policy import Bundle
from ..model.registry import Offering
from ..model.subject import Subject
from ..model.text import is_plain
from .model import Change
from .rules import OfferingRules
from .trial import Trial


def names_for(axis: Axis, old: str | None, rules: OfferingRules, subject: Subject, trial: Trial) -> list[str]:
    """The names that may stand for one, or where none is declared; those that answer with texts come first there."""
    others = told_by(subject.stated) | trial.kinds.get(subject.name, frozenset())
    named = [name for name in known_names(axis, rules, trial) if may_stand_for(axis, name, old, others)]
    return named if old is not None else sorted(named, key=lambda name: _rank(axis, name))


def _rank(axis: Axis, name: str) -> int:
    usual = ("text", None) if axis == "endpoints" else (None,)
    kind = kind_of(axis, name)
    return usual.index(kind) if kind in usual else len(usual)


def known_names(axis: Axis, rules: OfferingRules, trial: Trial) -> list[str]:
    """Every name of an offering that is written out somewhere, in the order in which a reader would look for it."""
    listed = getattr(rules.offering.written, axis)
    if axis == "endpoints" and listed is not None:
        return [*listed]
    found = dict.fromkeys(name for name in _written(axis, rules, trial) if isinstance(name, str) and is_plain(name))
    return [name for name in found if listed is None or names_any(name, listed)]


def _written(axis: Axis, rules: OfferingRules, trial: Trial) -> Iterator[Json]:
    reaches = rules.reaches(axis)
    yield from (name for reach in reaches for name in reach.only or ())
    yield from rules.values(f"usage.{axis}")
    if axis == "endpoints":
        return
    yield from rules.offering.written.models or ()
    yield from (name for reach in reaches for name in reach.excluded or ())
    yield from (name for entry in rules.offering.written.implies or () for name in entry.models or ())
    yield from _used(rules.offering, trial.manifest, trial.judges.program.bundle)


def _used(offering: Offering, manifest: Manifest, bundle: Bundle) -> Iterator[str]:
    """The models of an offering that usages declare, here and in the policies' tests."""
    tests = (test.usage for policy in bundle.policies for test in policy.tests)
    for route in _routes((*manifest.usages, *tests)):
        if route.offering == offering.id and not isinstance(route.models, UnsetType):
            yield from route.models


def are_of_one_kind(changes: Iterable[Change]) -> bool:
    """Whether the endpoints and the models that changes bring to each route may be of one kind."""
    new: dict[RouteName, dict[str, list[str]]] = {}
    for change in changes:
        if change.field in ("endpoints", "models") and change.new is not None:
            new.setdefault(change.name, {"endpoints": [], "models": []})[change.field].append(str(change.new))
    return all(agree(names["endpoints"], names["models"]) for names in new.values())


def _routes(usages: Iterable[UsageDraft]) -> Iterator[UsageDraft | Route]:
    for usage in usages:
        yield usage
        written = (*usage.fallbacks, *(() if usage.via is None else (usage.via,)), *usage.recipients)
        yield from (route for route in written if isinstance(route, Route))
