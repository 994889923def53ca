"""What results rest on, worked out where somebody asks: most checks never do.

In: the program and the day that results were judged by; a result. Out: a `Basis`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ..model.evaluation import Evaluation
from ..model.result import Basis, Result, Support, SupportKind
from .case import Case
from .program import Program

if TYPE_CHECKING:
    from .grounds import Grounds

_ORDER: Final[Mapping[SupportKind, int]] = {"evidence": 0, "agreement": 1, "observation": 2, "claim": 3, "waiver": 4}


class Resting:
    """Works out what the results of one evaluation rest on; a subject is prepared once for results that follow."""

    __slots__ = ("_as_of", "_case", "program")

    def __init__(self, program: Program, as_of: datetime.date) -> None:
        self.program = program
        self._as_of = as_of
        self._case: Case | None = None

    def __call__(self, result: Result) -> Basis:
        """All that a result rests on, in one walk."""
        case = self._case_of(result)
        applies = tuple(_grounds(case).whether_it_applies(result))
        required = tuple(_grounds(case).what_it_comes_to(result))
        return Basis(_each_once((*applies, *required)), frozenset(one.kind for one in required))

    def _case_of(self, result: Result) -> Case:
        case = self._case
        if case is None or case.subject is not result.subject:
            case = self._case = Case(result.subject, self.program, self._as_of)
        return case

    def __eq__(self, other: object) -> bool:
        """Results are the same whoever works out what they rest on."""
        return isinstance(other, Resting)

    __hash__ = None  # type: ignore[assignment]  # whatever holds one is not hashed, either


def program_of(evaluation: Evaluation) -> Program:
    """The program that judged an evaluation, with all that it has compiled since; where its results know none of the
    same bundle, another."""
    resting = evaluation.results[0].resting if evaluation.results else None
    if isinstance(resting, Resting) and resting.program.bundle is evaluation.bundle:
        return resting.program
    return Program(evaluation.bundle)


def _grounds(case: Case) -> Grounds:
    from .grounds import Grounds  # most checks never ask

    return Grounds(case)


def _each_once(found: Iterable[Support]) -> tuple[Support, ...]:
    """Each thing once, with the earliest of its last days. Two agreements may be alike in all but theirs, what was read
    of an account and what is attested in who says it."""
    each: dict[tuple[object, ...], Support] = {}
    for one in found:
        own = one.until if one.kind == "agreement" else None
        key = (one.kind, one.what, str(one.value), one.reference, own, one.attested_by)
        earlier = each.setdefault(key, one)
        if one.until is not None and (earlier.until is None or one.until < earlier.until):
            each[key] = one
    return tuple(sorted(each.values(), key=lambda one: _ORDER[one.kind]))
