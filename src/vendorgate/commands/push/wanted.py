"""What a compliance person wants to find elsewhere: what each policy comes to in each project, vendors and waivers in
use.

In: an evaluation, whole offerings. Out: nouns, in order. Refuses to know where they are brought to.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ...model.evaluation import Evaluation
from ...model.policy import Policy
from ...model.registry import Offering
from ...model.result import Result
from ...model.vocabulary import SEVERITIES, UNLISTED, Outcome, Severity
from ...model.waiver import Waiver

_WORST: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived", "pass", "not_applicable")
_OURS: Final = "internal"
"""The category of what the organization runs itself."""


class WantedEvidence(msgspec.Struct, frozen=True):
    """What one policy comes to in one project."""

    project: str
    policy: Policy
    results: tuple[Result, ...]
    """Of every use that it applies to; at least one."""

    @property
    def outcome(self) -> Outcome:
        """The worst of them."""
        return min((one.outcome for one in self.results), key=_WORST.index)

    @property
    def until(self) -> datetime.date | None:
        """The first day after which something that a pass rests on no longer counts, if nobody does anything."""
        kept = (one for one in self.results if one.outcome in ("pass", "waived"))
        return min((each.until for one in kept for each in one.rests_on if each.until is not None), default=None)


class WantedVendor(msgspec.Struct, frozen=True):
    """Somebody whose offerings are in use."""

    name: str
    listed: bool
    """Whether the registry or the bundle has any offering of them."""
    offerings: tuple[Offering, ...]
    """All that they are known for, in use or not, so that it does not depend on who asks."""


class WantedException(msgspec.Struct, frozen=True):
    """A waiver that waives something in one project."""

    project: str
    waiver: Waiver
    results: tuple[Result, ...]
    """That it waives; at least one."""

    @property
    def severity(self) -> Severity:
        """The worst of what it waives."""
        return min((one.severity for one in self.results), key=SEVERITIES.index)


def projects(evaluation: Evaluation) -> tuple[str, ...]:
    """The projects that were judged, and whose name counts."""
    strangers = strange_projects(evaluation)
    return tuple(dict.fromkeys(one.project for one in evaluation.manifests if one.project not in strangers))


def strange_projects(evaluation: Evaluation) -> tuple[str, ...]:
    """Projects of manifests that the bundle binds to nobody: whose they are, only they say themselves."""
    found = (one.subject.manifest.project for one in evaluation.results if one.subject.identity.is_stranger)
    return tuple(dict.fromkeys(found))


def wanted_evidences(evaluation: Evaluation) -> tuple[WantedEvidence, ...]:
    """One a project and policy that applies to any use in it, in manifest order."""
    found: dict[tuple[str, str], list[Result]] = {}
    for one in _applying(evaluation):
        found.setdefault((one.subject.manifest.project, one.policy.id), []).append(one)
    return tuple(WantedEvidence(project, made[0].policy, tuple(made)) for (project, _), made in found.items())


def wanted_exceptions(evaluation: Evaluation) -> tuple[WantedException, ...]:
    """One a project and waiver that waives anything in it, in manifest order."""
    found: dict[tuple[str, int], list[Result]] = {}
    waivers: dict[int, Waiver] = {}
    for one in _applying(evaluation):
        if one.waiver is not None:
            waivers[one.waiver.index] = one.waiver
            found.setdefault((one.subject.manifest.project, one.waiver.index), []).append(one)
    return tuple(WantedException(project, waivers[index], tuple(made)) for (project, index), made in found.items())


def vendors_in_use(evaluation: Evaluation) -> tuple[str, ...]:
    """The platforms in use, by their names; our own, and vendors that nobody has looked at, are not among them."""
    offerings = (one.offering.written for one in evaluation.subjects)
    return tuple(sorted({one.platform for one in offerings if one.category not in (_OURS, UNLISTED)}))


def unlisted_vendors(evaluation: Evaluation) -> tuple[str, ...]:
    """The vendors in use that nobody has looked at."""
    return tuple(sorted({one.name.vendor for one in evaluation.subjects if one.name.vendor is not None}))


def wanted_vendors(evaluation: Evaluation, known: Mapping[str, Offering]) -> tuple[WantedVendor, ...]:
    """Everybody whose offerings are in use, with all that is known of them."""
    by_platform: dict[str, list[Offering]] = {}
    for one in known.values():
        if one.written.category != _OURS:
            by_platform.setdefault(one.written.platform, []).append(one)
    listed = (WantedVendor(name, True, _sorted(by_platform.get(name, ()))) for name in vendors_in_use(evaluation))
    return (*listed, *(WantedVendor(name, False, ()) for name in unlisted_vendors(evaluation)))


def _applying(evaluation: Evaluation) -> Iterator[Result]:
    strangers = strange_projects(evaluation)
    for one in evaluation.results:
        if one.outcome != "not_applicable" and one.subject.manifest.project not in strangers:
            yield one


def _sorted(offerings: Iterable[Offering]) -> tuple[Offering, ...]:
    return tuple(sorted(offerings, key=lambda one: one.id))
