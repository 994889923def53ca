"""What would happen without agreements, for programs, `vendorgate.agreements-report/1`: its type, and what fills it.

In: terminations. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.vocabulary import AgreementState
from ...report.document import (
    TOOL,
    ReportedLocation,
    ReportedStanding,
    ReportedSubject,
    inputs,
    not_judged,
    place,
    subject_fields,
    written,
)
from .document import RegisterDocument, ReportedAgreement, reported_agreement
from .model import PolicyRuling, Shift, Succession, Termination, TerminationEffect, Terminations
from .wording import CHANGE


class ReportedSuccession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement that counts today."""

    agreement: ReportedAgreement
    """The agreement."""
    successor: Union[ReportedAgreement, None]
    """What would count in its place; null: nothing."""


class ReportedShift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result that would be another one."""

    policy: str
    """The id of the policy."""
    title: str
    """Its title."""
    change: Literal["worse", "better", "changed"]
    """What would become of it."""
    before: ReportedStanding
    """As it is."""
    after: ReportedStanding
    """As it would be."""


class ReportedEffect(ReportedSubject, frozen=True):
    """What would become of a usage for which the agreement counts."""

    location: ReportedLocation
    """Where the manifest names the offering."""
    successions: tuple[ReportedSuccession, ...]
    """What would count instead."""
    lost: tuple[str, ...]
    """Dimensions that are covered and would not be."""
    results: tuple[ReportedShift, ...]
    """Results that would be others."""


class ReportedTermination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreements that would be terminated."""

    agreements: tuple[ReportedAgreement, ...]
    """The agreements."""
    state: tuple[AgreementState, ...]
    """Where each stands on the day."""
    blocking: int
    """Results that would begin to block."""
    spare: int
    """For how many usages it is in force while another agreement counts anyway."""
    effects: tuple[ReportedEffect, ...]
    """On each usage for which one of them counts, and on no other."""


class AgreementsReport(RegisterDocument, frozen=True):
    """What would happen if agreements were terminated on the day."""

    schema: Literal["vendorgate.agreements-report/1"]
    """The format."""
    terminations: tuple[ReportedTermination, ...]
    """Of each agreement by itself in the order of the register, or of those that were asked for together."""


def report(found: Terminations) -> str:
    """What would happen."""
    return written(
        AgreementsReport(
            schema="vendorgate.agreements-report/1",
            tool=TOOL,
            as_of=found.evaluation.as_of,
            inputs=inputs(found.evaluation),
            not_judged=not_judged(found.evaluation),
            terminations=tuple(map(_termination, found.found)),
        )
    )


def _termination(one: Termination) -> ReportedTermination:
    entries, effects = tuple(map(reported_agreement, one.entries)), tuple(map(_effect, one.effects))
    return ReportedTermination(entries, one.states, one.blocking, one.spare, effects)


def _effect(effect: TerminationEffect) -> ReportedEffect:
    return ReportedEffect(
        **subject_fields(effect.subject),
        location=place(effect.subject.location),
        successions=tuple(map(_succession, effect.successions)),
        lost=effect.lost,
        results=tuple(map(_shift, effect.shifts)),
    )


def _succession(one: Succession) -> ReportedSuccession:
    successor = None if one.successor is None else reported_agreement(one.successor)
    return ReportedSuccession(reported_agreement(one.entry), successor)


def _shift(one: Shift) -> ReportedShift:
    before, after = _standing(one.before), _standing(one.after)
    return ReportedShift(one.policy.id, one.policy.title, CHANGE[one.way], before, after)


def _standing(one: PolicyRuling) -> ReportedStanding:
    return ReportedStanding(one.outcome, one.severity, one.blocks)
