"""What would be lost with an agreement: its subjects judged again without it.

In: an evaluation with a register. Out: `Terminations`. An agreement that does not count for a subject cannot matter to
it: of several in force, a check looks at the one that ends last. So only those that count are taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...evaluate.calendar import agreement_state, is_current
from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.subject import Subject
from .judge import SubjectJudge, without_agreements
from .model import RegisterEntry, Succession, Termination, TerminationEffect, Terminations
from .register import entries, required_register


def each(evaluation: Evaluation) -> Terminations:
    """Every agreement of the register terminated by itself."""
    every = entries(required_register(evaluation.bundle))
    consequences = _Consequences(evaluation, every)
    effects: dict[int, list[TerminationEffect]] = {}
    spare: dict[int, int] = {}
    for subject in evaluation.subjects:
        for entry in consequences.in_force(subject):
            if consequences.counts(subject, entry):
                effects.setdefault(entry.index, []).append(consequences.effect(subject, (entry,)))
            else:
                spare[entry.index] = spare.get(entry.index, 0) + 1
    found = (consequences.termination((one,), effects.get(one.index, ()), spare.get(one.index, 0)) for one in every)
    return Terminations(evaluation, tuple(found))


def together(evaluation: Evaluation, gone: tuple[RegisterEntry, ...]) -> Terminations:
    """Some agreements of the register terminated at once."""
    consequences = _Consequences(evaluation, entries(required_register(evaluation.bundle)))
    ids = {entry.index for entry in gone}
    effects: list[TerminationEffect] = []
    spare = 0
    for subject in evaluation.subjects:
        ending = tuple(entry for entry in consequences.in_force(subject) if entry.index in ids)
        if any(consequences.counts(subject, entry) for entry in ending):
            effects.append(consequences.effect(subject, ending))
        elif ending:
            spare += 1
    return Terminations(evaluation, (consequences.termination(gone, effects, spare),))


class _Consequences:
    """What becomes of each subject where agreements are taken away."""

    def __init__(self, evaluation: Evaluation, every: Iterable[RegisterEntry]) -> None:
        self._judge = SubjectJudge(evaluation)
        self._entry = {id(entry.agreement): entry for entry in every}

    def in_force(self, subject: Subject) -> Iterator[RegisterEntry]:
        """The agreements in force for a subject of kinds that anything asks for."""
        asked = self._judge.needed(subject) | self._judge.asked_kinds.offering(subject.offering)
        for agreement in subject.agreements or ():
            if agreement.kind in asked and is_current(agreement, self._judge.as_of):
                yield self._entry[id(agreement)]

    def counts(self, subject: Subject, entry: RegisterEntry) -> bool:
        """Whether an agreement is the one that a check looks at."""
        return self._judge.counts(subject, entry.agreement)

    def effect(self, subject: Subject, gone: tuple[RegisterEntry, ...]) -> TerminationEffect:
        """The subject without agreements."""
        imagined = self._judge.imagined(without_agreements(subject, (entry.agreement for entry in gone)))
        counted = [entry for entry in gone if self.counts(subject, entry)]
        successions = tuple(
            Succession(entry, self._found(imagined.agreement(entry.agreement.kind))) for entry in counted
        )
        shifts = self._judge.shifts(subject, imagined, (entry.agreement.kind for entry in counted))
        return TerminationEffect(subject, successions, self._judge.lost(subject, imagined), shifts)

    def termination(
        self, gone: tuple[RegisterEntry, ...], effects: Iterable[TerminationEffect], spare: int
    ) -> Termination:
        """All that would happen."""
        states = tuple(agreement_state(entry.agreement, self._judge.as_of) for entry in gone)
        return Termination(gone, states, tuple(effects), spare)

    def _found(self, agreement: Agreement | None) -> RegisterEntry | None:
        return None if agreement is None else self._entry[id(agreement)]
