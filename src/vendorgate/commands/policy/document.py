"""Policies for programs, `vendorgate.policies/1`: the type of the document, and what fills it.

In: policies. Out: ASCII text with their logic and their sentences; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, Union

import msgspec

from ...logic import unparse
from ...model.control import Control
from ...model.policy import Policy
from ...model.vocabulary import OnUnknown, Severity
from ...report.clauses import plain
from ...report.document import (
    TOOL,
    JsonDocument,
    ReportedBundle,
    ReportedLocation,
    place,
    reported_bundle,
    written,
)
from ...report.policy_page import page
from .model import CountedPolicy, PolicySelection


class ReportedRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A requirement."""

    that: Any
    """The rule, in JSON Logic."""
    message: Union[str, None]
    """What a report says of it; null where the rule speaks for itself."""


Sentence = Union[str, dict[str, tuple[Any, ...]]]
"""A sentence without its full stop, or by its heading the sentences under it."""


class ReportedEnglish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy in sentences, which are made from the logic that judges."""

    applies: Sentence
    """To whom it applies."""
    requires: tuple[Sentence, ...]
    """What it requires, one sentence a requirement."""
    consequences: tuple[str, ...]
    """What happens otherwise."""


class ReportedOverride(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the bundle lets a policy count otherwise than it is written."""

    reason: str
    """Why."""
    written_severity: Severity
    """How much it matters as its file has it."""
    written_enforce_from: Union[datetime.date, None]
    """From when on it is enforced as its file has it."""
    location: ReportedLocation
    """Where the bundle says so."""


class ReportedPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy."""

    id: str
    """Its id."""
    title: str
    """What it demands, in one line."""
    severity: Severity
    """How much it matters here."""
    on_unknown: OnUnknown
    """What an unknown comes to."""
    enforce_from: Union[datetime.date, None]
    """Until this day it is a warning at most here; null where it is in force at once."""
    off: bool
    """Whether the bundle switches it off, so that it judges nobody."""
    override: Union[ReportedOverride, None]
    """What the bundle makes of it; null where it counts as it is written."""
    pack: Union[str, None]
    """The pack that it is in; null where it is in none."""
    in_force: bool
    """Whether it judges where nobody asks for a pack; one that is off judges nobody, either."""
    fleet: bool
    """Whether it judges all usages of a fleet together, and no check."""
    when: Any
    """To whom it applies, in JSON Logic; null: to everybody."""
    require: tuple[ReportedRule, ...]
    """All must hold."""
    remediation: Union[str, None]
    """The way out."""
    references: tuple[str, ...]
    """Articles, clauses, tickets."""
    controls: tuple[Control, ...]
    """What it serves of frameworks."""
    tags: tuple[str, ...]
    """For finding and grouping."""
    tests: int
    """How many tests stand beside it in its file."""
    location: ReportedLocation
    """Where it stands."""
    english: ReportedEnglish
    """The policy in sentences."""


class Policies(JsonDocument, frozen=True):
    """Policies of a bundle, with their logic and their sentences."""

    schema: Literal["vendorgate.policies/1"]
    """The format."""
    bundle: ReportedBundle
    """That they are of."""
    policies: tuple[ReportedPolicy, ...]
    """Those that were asked for, in the order in which they judge or were named."""


def render(selected: PolicySelection) -> str:
    """Policies with their logic and their sentences."""
    found, bundle = tuple(map(_policy, selected.policies)), reported_bundle(selected.bundle)
    return written(Policies(schema="vendorgate.policies/1", tool=TOOL, bundle=bundle, policies=found))


def _policy(found: CountedPolicy) -> ReportedPolicy:
    policy = found.policy
    return ReportedPolicy(
        id=policy.id,
        title=policy.title,
        severity=policy.severity,
        on_unknown=policy.on_unknown,
        enforce_from=policy.enforce_from,
        off=found.is_off,
        override=_override(found),
        pack=None if found.pack is None else found.pack.name,
        in_force=not found.is_off and not found.waits,
        fleet=found.is_of_fleet,
        when=None if policy.when is None else unparse(policy.when),
        require=tuple(ReportedRule(one.expression, one.message) for one in policy.require),
        remediation=policy.remediation,
        references=policy.references,
        controls=policy.controls,
        tags=policy.tags,
        tests=found.tests_beside,
        location=place(policy.source.locate(("policies", policy.index, "id"))),
        english=_english(policy),
    )


def _override(found: CountedPolicy) -> ReportedOverride | None:
    if found.override is None or found.location is None:
        return None
    written = found.written
    return ReportedOverride(found.override.reason, written.severity, written.enforce_from, place(found.location))


def _english(policy: Policy) -> ReportedEnglish:
    found = page(policy)
    return ReportedEnglish(plain(found.applies), tuple(map(plain, found.requires)), found.consequences)
