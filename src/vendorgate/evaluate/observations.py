"""What there is to know of observations beside verdicts, and how an observed value is told.

In: a subject, what the bundle makes of observations, the day. Out: notices, words.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import UnsetType

from ..declarations.observing import claimed_at, contrary_claim, counts, last_day
from ..logic import WITHHELD
from ..logic.wording import count, few, value_words
from ..model.bundle_settings import ObservationRules
from ..model.manifest import RouteName, name_of
from ..model.observable import SETTINGS
from ..model.policy import Bundle
from ..model.result import Notice, Reason, Remedy
from ..model.subject import Subject
from ..model.vocabulary import Decision
from ..source import Location
from .calendar import days_since
from .case import Case
from .unlisted import unread

if TYPE_CHECKING:
    from ..model.observation import Observation

_DECLARE_NAMES: Final = "declare models, endpoints and cloud_region, and none for which it was not observed"
_LET_ATTEST: Final = "let bundle.yaml say `observations: {attested: true}`"


def stale_observations(subjects: Iterable[Subject], bundle: Bundle, as_of: datetime.date) -> Iterator[Notice]:
    """Each observation of an account in use that does not count on the day, once."""
    told: set[int] = set()
    for subject in subjects:
        for one in () if subject.seen is None else subject.seen.own:
            if id(one) not in told and not counts(one, as_of, bundle.observing):
                told.add(id(one))
                place = one.source.locate(("observed",))
                yield Notice("stale-observation", "warning", _stale(one, bundle, as_of), place)


def unobserved_accounts(subjects: Iterable[Subject], bundle: Bundle) -> Iterator[Notice]:
    """Each account in use of which nothing was observed, where that is so of others of its offering: to name another
    account, or none, takes a usage away from what was observed. Where it must be observed, results say it."""
    observed: dict[str, list[str]] = {}
    for offering, account in bundle.observations:
        observed.setdefault(offering, []).append("the one without a name" if account is None else f"`{account}`")
    told: set[RouteName] = set()
    for subject in subjects:
        name = subject.name
        if name in told or (name.offering, name.account) in bundle.observations or name.vendor is not None:
            continue
        told.add(name)
        if name.offering in observed and name.offering not in bundle.observing.required:
            message = (
                f"usage `{subject.usage}` uses {account_words(name)}, of which nothing was observed, so that what is "
                f"claimed of it counts; of {name.offering} there are observations of {few(observed[name.offering], 3)}"
            )
            below = subject.within("account")
            source = subject.manifest.source
            place = source.locate_entry(below) if source.has(below) else subject.location
            yield Notice("unobserved-account", "warning", message, place)


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


def claims_that_differ(case: Case) -> Iterator[Notice]:
    """Each claim of a route that says something else than what was observed of its account."""
    subject, groups = case.subject, case.region_groups
    for path, one in case.observed.items():
        place = claimed_at(subject, path) if path.startswith("usage.") else None
        contrary = contrary_claim(subject, path, one.value, groups)
        if place is not None and not isinstance(contrary, UnsetType):
            field = path.removeprefix("usage.").removeprefix("settings.")
            claim, value = value_words(contrary), value_words(one.value)
            says = f"usage `{subject.usage}` claims that `{field}` of {subject.name} is {claim}"
            message = f"{says}, and it is {value}: {one.observation.words}"
            yield Notice("claim-differs", "warning", message, subject.manifest.source.locate_entry(place))


def unobserved(case: Case, path: str) -> Reason:
    """Why nobody knows a setting: it must be observed and was not, or was for other names than are declared."""
    subject, name = case.subject, path.rpartition(".")[2]
    route = RouteName(subject.offering.id, subject.name.account)
    if case.undeclared_setting is not WITHHELD:
        whose = account_words(route)
        message = f"`{name}` was observed of {whose}, and not for all that the usage declares or leaves open"
        remedy = Remedy("do", _DECLARE_NAMES)
        return Reason("declaration", "unknown", message, remedy=remedy, about=(path, "observed for some names alone"))
    message = f"`{name}` must be observed, and no observation of {account_words(route)} that counts tells it"
    remedy = Remedy("do", f"have {reading_words(route, case.program.bundle.observing, read=' read it')}")
    return Reason("declaration", "unknown", message, remedy=remedy, about=(path, "not observed"))


def observed_reason(case: Case, path: str, outcome: Decision, locate: Callable[[], Location]) -> Reason:
    """That a value is observed, or why it is not, and then who would have to read which account."""
    field = path.removeprefix("usage.")
    if case.is_observed(path):
        message = f"`{field}` is {case.observed[path].observation.words}"
        return Reason("declaration", outcome, message, locate=locate, about=(path, "observed"))
    subject = case.subject
    own = () if subject.seen is None else subject.seen.own
    route = subject.name
    if path.startswith("primary."):
        route = name_of(subject.manifest.usages[int(subject.place[1])])
        primary = subject if subject.route == "primary" or subject.seen is None else subject.seen.primary
        own = () if primary is None or primary.seen is None else primary.seen.own
    if route.vendor is not None:
        return unread(field, route.vendor, path, outcome, locate)
    why, remedy = _why_not(case, path, route, own)
    message = f"`{field}` is not observed: {why}"
    return Reason(
        "declaration", outcome, message, remedy=Remedy("do", remedy), locate=locate, about=(path, "not observed")
    )


def _why_not(case: Case, path: str, route: RouteName, own: Iterable[Observation]) -> tuple[str, str]:
    """Why no observation of an account tells a value, and what would have one tell it."""
    rules, name = case.program.bundle.observing, path.split(".", 2 if path.startswith(SETTINGS) else 1)[-1]
    whose, read = account_words(route), f"have {observe_command(route)} read it"
    attest = f"attest it with {observe_command(route, attest=True)}"
    attest = attest if rules.attested else f"{attest}, and {_LET_ATTEST}"
    found = case.observed.get(path)
    if found is not None:
        return f"it is {found.observation.words}, and the bundle takes that for a claim", f"{read}, or {_LET_ATTEST}"
    those = [one for one in own if _mentions(one, name, path)]
    current = [one for one in those if counts(one, case.as_of, rules)]
    if current and name in current[0].written.unreadable:
        return f"the vendor does not tell it of {whose}", attest
    if current:
        return f"it was not observed of {whose} for all that the usage declares or leaves open", _DECLARE_NAMES
    if those:
        return f"what was observed of {whose} on {those[0].written.observed} does not count on this day", read
    return f"nobody has observed it of {whose}", f"{read}; where the vendor has no API for it, {attest}"


def _mentions(one: Observation, name: str, path: str) -> bool:
    """Whether an observation tells something for some names, or says that it could not be read."""
    written = one.written
    if name in written.unreadable:
        return True
    if path.startswith(SETTINGS):
        return name in written.settings or any(name in entry.settings for entry in written.scoped_settings)
    return not isinstance(getattr(written, name), UnsetType)


def observe_words(one: Observation) -> str:
    """What reads it again."""
    return f"{observe_again(one)} reads it again"


def observe_again(one: Observation) -> str:
    """The command that reads it again."""
    return observe_command(RouteName(one.written.offering, one.written.account), attest=one.is_attested)


def observe_command(name: RouteName, *, attest: bool = False) -> str:
    """The command that reads an account, or has a person attest what it shows."""
    account = f" --account {name.account}" if name.account else ""
    return f"`vendorgate observe {'attest ' if attest else ''}{name.offering}{account}`"


def reading_words(name: RouteName, rules: ObservationRules, *, read: str = "") -> str:
    """What reads an account; where what people attest counts, that for what no vendor tells a program, too."""
    attest = f", or where the vendor has no API for it {observe_command(name, attest=True)}" if rules.attested else ""
    return f"{observe_command(name)}{read}{attest}"


def account_words(name: RouteName) -> str:
    """Which account, in words."""
    return f"the account `{name.account}` of {name.offering}" if name.account else f"the account of {name.offering}"
