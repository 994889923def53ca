"""What a change begins to use, and which data it begins to send.

In: subjects before and after. Out: new pairs of usage and offering with their watch-outs, and new data classes of
usages that were there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...evaluate.watch_outs import watch_outs
from ...model.subject import Subject
from .model import Integration, NewData


def integrations(
    before: Iterable[Subject], after: Iterable[Subject], now: Mapping[str, str]
) -> tuple[Integration, ...]:
    """Every route whose offering its usage did not use before."""
    old = {(_usage(subject, now), subject.name) for subject in before}
    return tuple(
        Integration(subject, _data(subject), watch_outs(subject.offering))
        for subject in after
        if (_usage(subject, now), subject.name) not in old
    )


def new_data(before: Iterable[Subject], after: Iterable[Subject], now: Mapping[str, str]) -> tuple[NewData, ...]:
    """Of every usage that was there, the data classes that it did not send."""
    old = {_usage(subject, now): _data(subject) for subject in before}
    found = []
    for subject in after:
        sent = old.get(_usage(subject, now))
        more = tuple(name for name in _data(subject) if sent is not None and name not in sent)
        if subject.route == "primary" and more:
            found.append(NewData(subject, more))
    return tuple(found)


def _usage(subject: Subject, now: Mapping[str, str]) -> tuple[str, str]:
    path = subject.manifest.source.path
    return now.get(path, path), subject.usage


def _data(subject: Subject) -> tuple[str, ...]:
    found = subject.stated["usage.data"]
    assert isinstance(found, list)
    return tuple(dict.fromkeys(str(name) for name in found))
