"""What there is to know of observations beside verdicts, and how an observed value is told.

In: a subject, what the bundle makes of observations, the day. Out: notices, words.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from msgspec import UnsetType

from ..declarations.observing import Observed, counts, differs, last_day, standing
from ..logic import WITHHELD, Json
from ..logic.wording import count, value_words
from ..model.manifest import RouteName
from ..model.observation import Observation
from ..model.policy import Bundle
from ..model.result import Notice, Reason, Remedy
from ..model.subject import Subject
from ..source import Path
from .calendar import days_since
from .case import Case

_INHERITED = ("region", "lifecycle")
"""Fields that a route has from its usage where it states none."""


def stale_observations(subjects: Iterable[Subject], bundle: Bundle, as_of: datetime.date) -> Iterator[Notice]:
    """Each observation of an account in use that does not count on the day, once."""
    told: set[int] = set()
    for subject in subjects:
        for one in () if subject.seen is None else subject.seen.own:
            if id(one) not in told and not counts(one, as_of, bundle.observing):
                told.add(id(one))
                place = one.source.locate(("observed",))
                yield Notice("stale-observation", "warning", _stale(one, bundle, as_of), place)


def _stale(one: Observation, bundle: Bundle, as_of: datetime.date) -> str:
    written = one.written
    whose = account_words(RouteName(written.offering, written.account))
    if written.observed > as_of:
        why = f"is of {written.observed}, after the as-of day {as_of}"
    else:
        most = (last_day(one, bundle.observing) - written.observed).days
        why = f"is {count(days_since(written.observed, as_of), 'day')} old and counts for {count(most, 'day')}"
    required = written.offering in bundle.observing.required
    so = "its settings are unknown, whatever is claimed" if required else "what manifests claim counts in its place"
    return f"what was observed of {whose} {why}: {so}; {observe_words(one)}"


def claims_that_differ(subject: Subject, bundle: Bundle, as_of: datetime.date) -> Iterator[Notice]:
    """Each claim of a route that says something else than what was observed of its account."""
    if subject.seen is None or not subject.seen.own:
        return
    groups = bundle.region_groups
    found = standing(subject, as_of, bundle.observing, groups)
    for path, one in found.observed.items():
        place = claimed_at(subject, path)
        if path.startswith("usage.") and place is not None and differs(path, subject.stated[path], one.value, groups):
            field = path.removeprefix("usage.").removeprefix("settings.")
            claim, value = value_words(subject.stated[path]), value_words(one.value)
            says = f"usage `{subject.usage}` claims that `{field}` of {subject.name} is {claim}"
            message = f"{says}, and it is {value}: {observed_words(one)}"
            yield Notice("claim-differs", "warning", message, subject.manifest.source.locate_entry(place))


def claimed_at(subject: Subject, path: str) -> Path | None:
    """Where the manifest claims what a path reads; None where it is not declared, or holds by default."""
    below = tuple(path.split(".", 2)[1:])
    own = subject.within(*below)
    inherited = [(*subject.place[:2], *below)] if below[0] in _INHERITED else []
    return next((place for place in (own, *inherited) if subject.manifest.source.has(place)), None)


def claim_beside(subject: Subject, path: str) -> Json:
    """What the manifest claims of a field that was observed; None where it claims nothing."""
    return None if claimed_at(subject, path) is None else subject.stated.get(path)


def unobserved(case: Case, path: str) -> Reason:
    """Why nobody knows a setting: it must be observed and was not, or was for other names than are declared."""
    subject, name = case.subject, path.rpartition(".")[2]
    route = RouteName(subject.offering.id, subject.name.account)
    if case.undeclared_setting is not WITHHELD:
        message = f"`{name}` was observed of {account_words(route)}, and is not the same for all models and endpoints"
        remedy = Remedy("do", "declare the models and endpoints, and no others than those for which it is the same")
        return Reason("declaration", "unknown", message, remedy=remedy, about=(path, "observed for some names alone"))
    account = f" --account {route.account}" if route.account else ""
    message = f"`{name}` must be observed, and no observation of {account_words(route)} that counts tells it"
    remedy = Remedy("do", f"have `vendorgate observe {route.offering}{account}` read it")
    return Reason("declaration", "unknown", message, remedy=remedy, about=(path, "not observed"))


def observed_words(one: Observed) -> str:
    """When it was observed, and how."""
    written = one.observation.written
    if isinstance(written.attested, UnsetType):
        return f"observed on {written.observed}"
    return f"attested by {written.attested.by} on {written.observed}"


def observe_words(one: Observation) -> str:
    """What reads it again."""
    written = one.written
    account = f" --account {written.account}" if written.account else ""
    attest = "" if isinstance(written.attested, UnsetType) else "attest "
    return f"`vendorgate observe {attest}{written.offering}{account}` reads it again"


def account_words(name: RouteName) -> str:
    """Which account, in words."""
    return f"the account `{name.account}` of {name.offering}" if name.account else f"the account of {name.offering}"
