"""Models that an offering does not list, in words (coverage, step 0).

In: a case and a dimension. Out: one reason for each such model, with the listed name that was probably meant.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..logic.nearest import nearest
from ..model.result import Reason, Remedy
from ..model.vocabulary import Dimension
from ..source import Place
from .case import Case

_HINTED: Final = 10
"""Models of a subject for which the nearest name is looked up, which takes longer than to judge them."""


def stranger_reasons(case: Case, dimension: Dimension) -> tuple[Reason, ...]:
    """Step 0, where it does not pass: each declared model that is none of the offering's."""
    listed = case.subject.offering.written.models or ()
    return tuple(
        _stranger(case, name, listed if index < _HINTED else (), dimension)
        for index, name in enumerate(case.strangers())
    )


def _stranger(case: Case, name: str, listed: tuple[str, ...], dimension: Dimension) -> Reason:
    offering = case.subject.offering
    meant = _meant(name, listed) if listed else None
    hint = f"; did you mean `{meant}`?" if meant else ""
    message = f"model `{name}` is none that {offering.id} lists, so that nothing is documented of it{hint}"
    elsewhere = f"use models that {offering.id} lists, or declare `{name}` under the offering that serves it"
    return Reason(
        kind="declaration",
        outcome="unknown",
        message=message,
        dimension=dimension,
        remedy=Remedy("replace", name, (meant,)) if meant else Remedy("do", elsewhere),
        locate=Place(offering.source, ("models",), "key"),
        about=("models", "not listed", name),
    )


@lru_cache(maxsize=1024)
def _meant(name: str, listed: tuple[str, ...]) -> str | None:
    """The listed name that is nearest; every policy asks for it anew."""
    return nearest(name, listed)
