"""Subjects judged as they are, and as they would be with other agreements.

In: an evaluation. Out: the outcome of each policy that applies, by the one function that decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ...comparison.standing import way, weigh
from ...evaluate import Program
from ...evaluate.case import Case
from ...evaluate.judge import rule
from ...evaluate.program import CompiledPolicy
from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.policy import Policy
from ...model.subject import Subject
from ...model.vocabulary import Dimension, in_order
from .kinds import AgreementKinds, AskedKinds
from .model import PolicyRuling, Shift

_CLAIMS: Final = "usage.agreements"


class SubjectJudge:
    """Judges the subjects of an evaluation by its bundle on its day; what has been judged is kept."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.as_of = evaluation.as_of
        self.asked_kinds = AskedKinds(evaluation.bundle.register)
        self._program = Program(evaluation.bundle)
        self._cases: dict[int, Case] = {}
        self._ruled: dict[tuple[int, str], PolicyRuling] = {}
        self._needed: dict[int, AgreementKinds] = {}
        self._counting: dict[tuple[int, str], Agreement | None] = {}

    def case(self, subject: Subject) -> Case:
        """A subject of the evaluation as it is."""
        found = self._cases.get(id(subject))
        if found is None:
            found = self._cases[id(subject)] = self.imagined(subject)
        return found

    def imagined(self, subject: Subject) -> Case:
        """A subject that may be no part of the evaluation."""
        return Case(subject, self._program, self.as_of)

    def counting(self, subject: Subject, kind: str) -> Agreement | None:
        """The agreement of a kind that a check looks at for a subject of the evaluation."""
        key = id(subject), kind
        if key not in self._counting:
            self._counting[key] = self.case(subject).agreement(kind)
        return self._counting[key]

    def counts(self, subject: Subject, agreement: Agreement) -> bool:
        """Whether a check looks at an agreement: as the one of its kind, or as the contract that a cell rests on."""
        if self.counting(subject, agreement.kind) is agreement:
            return True
        cells = [one for one in subject.offering.cells.values() if one.agreement is not None]
        return any(self.case(subject).contract(cell) is agreement for cell in cells)

    def needed(self, subject: Subject) -> AgreementKinds:
        """The kinds that policies which apply to a subject ask for."""
        found = self._needed.get(id(subject))
        if found is None:
            asked = [self.asked_kinds.policy(one.policy, subject.offering) for one in self.applicable(subject)]
            found = self._needed[id(subject)] = frozenset[str]().union(*asked)
        return found

    def applicable(self, subject: Subject) -> Iterator[CompiledPolicy]:
        """The policies that are not known not to apply."""
        return (one for one in self._program.policies if self.ruled(subject, one).outcome != "not_applicable")

    def asking_for(self, subject: Subject, kind: str) -> tuple[Policy, ...]:
        """The policies which apply to a subject and ask for a kind."""
        asked = self.asked_kinds.policy
        return tuple(one.policy for one in self.applicable(subject) if kind in asked(one.policy, subject.offering))

    def ruled(self, subject: Subject, compiled: CompiledPolicy) -> PolicyRuling:
        """The outcome of a policy for a subject of the evaluation."""
        key = id(subject), compiled.policy.id
        found = self._ruled.get(key)
        if found is None:
            found = self._ruled[key] = self._rule(compiled, self.case(subject))
        return found

    def unmet(self, subject: Subject, kind: str) -> bool:
        """Whether a policy that asks for a kind has something wrong with a subject."""
        return any(
            self.ruled(subject, one).outcome in ("fail", "unknown")
            for one in self._program.policies
            if kind in self.asked_kinds.policy(one.policy, subject.offering)
        )

    def _rule(self, compiled: CompiledPolicy, case: Case) -> PolicyRuling:
        found = rule(compiled, case, self.evaluation.bundle.fail_on)
        return PolicyRuling(found.outcome, found.severity, found.blocks, found.judged.decisions)

    def shifts(self, subject: Subject, imagined: Case, kinds: Iterable[str] | None = None) -> tuple[Shift, ...]:
        """The results that another case changes; `kinds`: where it differs in agreements of these kinds alone."""
        policies = self._program.policies
        if kinds is not None:
            differing, asked = frozenset(kinds), self.asked_kinds.policy
            policies = tuple(one for one in policies if differing & asked(one.policy, subject.offering))
        pairs = ((one, self.ruled(subject, one), self._rule(one, imagined)) for one in policies)
        return tuple(_shift(one.policy, before, after) for one, before, after in pairs if before != after)

    def lost(self, subject: Subject, imagined: Case) -> tuple[Dimension, ...]:
        """The dimensions that are covered and would not be."""
        case = self.case(subject)
        return tuple(
            name
            for name in in_order(subject.offering.cells)
            if case.covered(name) is True and imagined.covered(name) is not True
        )


def _shift(policy: Policy, before: PolicyRuling, after: PolicyRuling) -> Shift:
    old, new = (weigh(one.outcome, one.severity, one.blocks) for one in (before, after))
    return Shift(policy, before, after, way(old, new, zip(before.decisions, after.decisions, strict=True)))


def without_agreements(subject: Subject, gone: Iterable[Agreement]) -> Subject:
    """A subject without some agreements; others that say the same stay."""
    ids = {id(agreement) for agreement in gone}
    kept = tuple(one for one in subject.agreements or () if id(one) not in ids)
    return msgspec.structs.replace(subject, agreements=kept)


def without_claim(subject: Subject, kind: str) -> Subject:
    """A subject that does not claim a kind, neither as an agreement nor in what rules read of the usage."""
    stated = dict(subject.stated)
    claims = stated.get(_CLAIMS)
    if isinstance(claims, list):
        stated[_CLAIMS] = [one for one in claims if one != kind]
    return msgspec.structs.replace(subject, claims=subject.claims - {kind}, stated=stated)
