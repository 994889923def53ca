"""What would go with an agreement: its subjects judged again without it.

In: an evaluation with a register. Out: `Terminations`. An agreement that does not count for a subject cannot matter to
it: of several in force, a check looks at the one that ends last. So only those that count are taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...evaluate.case import is_current
from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.subject import Subject
from .judging import Bench, without_agreements
from .model import Effect, Entry, Succession, Termination, Terminations
from .register import entries, required_register, state


def each(evaluation: Evaluation) -> Terminations:
    """Every agreement of the register terminated by itself."""
    every = entries(required_register(evaluation.bundle))
    teller = _Teller(evaluation, every)
    effects: dict[int, list[Effect]] = {}
    spare: dict[int, int] = {}
    for subject in evaluation.subjects:
        for entry in teller.in_force(subject):
            if teller.counts(subject, entry):
                effects.setdefault(entry.index, []).append(teller.effect(subject, (entry,)))
            else:
                spare[entry.index] = spare.get(entry.index, 0) + 1
    found = (teller.termination((one,), effects.get(one.index, ()), spare.get(one.index, 0)) for one in every)
    return Terminations(evaluation, tuple(found))


def together(evaluation: Evaluation, gone: tuple[Entry, ...]) -> Terminations:
    """Some agreements of the register terminated at once."""
    teller = _Teller(evaluation, entries(required_register(evaluation.bundle)))
    ids = {entry.index for entry in gone}
    effects: list[Effect] = []
    spare = 0
    for subject in evaluation.subjects:
        ending = tuple(entry for entry in teller.in_force(subject) if entry.index in ids)
        if any(teller.counts(subject, entry) for entry in ending):
            effects.append(teller.effect(subject, ending))
        elif ending:
            spare += 1
    return Terminations(evaluation, (teller.termination(gone, effects, spare),))


class _Teller:
    """Tells what becomes of a subject."""

    def __init__(self, evaluation: Evaluation, every: Iterable[Entry]) -> None:
        self._bench = Bench(evaluation)
        self._entry = {id(entry.agreement): entry for entry in every}

    def in_force(self, subject: Subject) -> Iterator[Entry]:
        """The agreements in force for a subject of kinds that anything asks for."""
        asked = self._bench.needed(subject) | self._bench.asking.offering(subject.offering)
        for agreement in subject.agreements or ():
            if agreement.kind in asked and is_current(agreement, self._bench.as_of):
                yield self._entry[id(agreement)]

    def counts(self, subject: Subject, entry: Entry) -> bool:
        """Whether an agreement is the one that a check looks at."""
        return self._bench.counting(subject, entry.agreement.kind) is entry.agreement

    def effect(self, subject: Subject, gone: tuple[Entry, ...]) -> Effect:
        """The subject without agreements."""
        imagined = self._bench.imagined(without_agreements(subject, (entry.agreement for entry in gone)))
        counted = [entry for entry in gone if self.counts(subject, entry)]
        successions = tuple(
            Succession(entry, self._found(imagined.agreement(entry.agreement.kind))) for entry in counted
        )
        shifts = self._bench.shifts(subject, imagined, (entry.agreement.kind for entry in counted))
        return Effect(subject, successions, self._bench.lost(subject, imagined), shifts)

    def termination(self, gone: tuple[Entry, ...], effects: Iterable[Effect], spare: int) -> Termination:
        """All that would happen."""
        states = tuple(state(entry.agreement, self._bench.as_of) for entry in gone)
        return Termination(gone, states, tuple(effects), spare)

    def _found(self, agreement: Agreement | None) -> Entry | None:
        return None if agreement is None else self._entry[id(agreement)]
