"""Declarations that contradict each other, in words, and whether an unknown rests on one.

In: a case. Out: reasons that name both places, and a truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ..logic import CONTRADICTED, Json, Value
from ..logic.wording import value_words
from ..model.result import Reason, Remedy
from ..model.subject import Contradiction
from ..model.vocabulary import Dimension
from ..source import Path
from .case import Case, decision
from .stepwise import StepwiseCase

if TYPE_CHECKING:
    from .answers import CompiledRule

_NOUN: Final[Mapping[str, str]] = {
    "models": "model",
    "endpoints": "endpoint",
    "features": "feature",
    "cloud_regions": "cloud region",
}


def contradiction_reasons(case: Case, path: str, dimension: Dimension | None = None) -> tuple[Reason, ...]:
    """Why a declared path is unknown all the same; none where nothing contradicts it."""
    return tuple(_reason(case, one, dimension) for one in case.contradictions if one.path == path)


def _reason(case: Case, one: Contradiction, dimension: Dimension | None) -> Reason:
    subject = case.subject
    noun = _NOUN[one.axis]
    name = f"{noun} `{one.name}`{_line(case, one, _place_of_name(one))}"
    about = (one.path, "contradicted", one.axis, one.name, _in_order(one.stated), _in_order(one.implied))
    if one.implied is None:
        message = f"{name} is no region of {subject.offering.written.cloud} that the registry knows"
        remedy = Remedy("do", f"check the spelling of `{one.name}`")
        return Reason("declaration", "unknown", message, dimension, remedy=remedy, about=about)
    field = "region" if one.axis == "cloud_regions" else one.path.partition(".")[2]
    says = "lies in" if one.axis == "cloud_regions" else f"implies `{field}`"
    stated = f"`{field}` is {value_words(one.stated)}{_line(case, one, tuple(field.split('.', 1)))}"
    message = f"{name} {says} {value_words(one.implied)}, and {stated}"
    remedy = Remedy("do", f"make `{field}` and the {noun} agree")
    return Reason("declaration", "unknown", message, dimension, remedy=remedy, about=about)


def _in_order(value: Json) -> Json:
    """A value, of which the order of names does not count."""
    return sorted(value, key=str) if isinstance(value, list) else value


def _place_of_name(one: Contradiction) -> Path:
    return ("cloud_region",) if one.index is None else (one.axis, one.index)


def _line(case: Case, one: Contradiction, below: Path) -> str:
    """The line on which a declaration stands, or when it was observed; what holds by default stands on none."""
    observed = case.observed.get(f"{one.path.partition('.')[0]}.{'.'.join(map(str, below))}")
    if observed is not None:
        return f" ({observed.observation.words})"
    subject = case.subject
    of_usage = (*subject.place[:2], *below) if one.path.startswith("primary.") else None
    place = subject.declared_at(*below) if of_usage is None else of_usage
    source = subject.manifest.source
    if not source.has_lines:
        return ""
    if place is not None and source.has(place):
        return f" (line {source.locate(place).line})"
    return " by default"


def rests_on_contradiction(evaluators: Iterable[CompiledRule], case: Case) -> bool:
    """Whether any of several rules that come to unknown has read, on the way, a declaration that is contradicted."""
    for evaluator in evaluators:
        # A case of its own: what another rule has worked out would not be read again.
        fresh = StepwiseCase(case.subject, case.program, case.as_of)
        fresh.stated = watched = _Watched(fresh.stated)
        if decision(evaluator(None, fresh)) == "unknown" and watched.met:
            return True
    return False


class _Watched(dict[str, Value]):
    """What paths read, and whether something contradicted was read."""

    met = False

    def get(self, path: str, default: Value = None) -> Value:  # type: ignore[override]  # of what is not there
        value = super().get(path, default)
        self.met = self.met or value is CONTRADICTED
        return value
