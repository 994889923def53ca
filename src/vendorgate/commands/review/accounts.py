"""Usages that a change moves to another account of the same offering: what was observed of the one says nothing of the
other.

In: subjects before and after, what judges. Out: a notice a route.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from ...declarations.observing import counts
from ...evaluate.observations import account_words
from ...model.bundle_settings import ObservationRules
from ...model.manifest import RouteName
from ...model.observation import Observation
from ...model.result import Notice
from ...model.subject import Subject

UsageKey = tuple[str, str]
"""The path that a manifest has now, and the id of a usage."""


def other_accounts(
    before: Iterable[Subject],
    after: Iterable[Subject],
    now: Mapping[str, str],
    rules: ObservationRules,
    as_of: datetime.date,
) -> Iterator[Notice]:
    """Each account that a usage did not name before, in the place of one of which something was observed."""
    old, new = _by_usage(before, now), _by_usage(after, {})
    for key, subjects in new.items():
        gone = {name: one for name, one in old.get(key, {}).items() if name not in subjects}
        for name, subject in subjects.items():
            left = [one for one in gone if one.offering == name.offering and one.vendor is None]
            seen = [one for one in left if _current(gone[one], rules, as_of)]
            if seen and name not in old[key]:
                was, is_now = _current(gone[seen[0]], rules, as_of), _current(subject, rules, as_of)
                yield _notice(subject, seen[0], was, is_now, name.offering in rules.required)


def _by_usage(subjects: Iterable[Subject], now: Mapping[str, str]) -> dict[UsageKey, dict[RouteName, Subject]]:
    found: dict[UsageKey, dict[RouteName, Subject]] = {}
    for subject in subjects:
        path = subject.manifest.source.path
        found.setdefault((now.get(path, path), subject.usage), {})[subject.name] = subject
    return found


def _current(subject: Subject, rules: ObservationRules, as_of: datetime.date) -> list[Observation]:
    own = () if subject.seen is None else subject.seen.own
    return [one for one in own if counts(one, as_of, rules)]


def _notice(
    subject: Subject, left: RouteName, was: list[Observation], is_now: list[Observation], required: bool
) -> Notice:
    days = f"observed on {was[0].written.observed}"
    so = "nothing that is claimed of its settings" if required else "what is claimed of it"
    seen = f"observed on {is_now[0].written.observed}" if is_now else f"not observed, so that {so} counts"
    message = (
        f"usage `{subject.usage}` uses {account_words(subject.name)}, {seen}; "
        f"before the change it used {account_words(left)}, {days}"
    )
    return Notice("another-account", "note" if is_now else "warning", message, subject.location)
