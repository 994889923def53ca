"""Why a result turned: what differs between two reports, and what had ended meanwhile.

In: what is said of a result on two days, one after the other. Out: the turn with its reasons, the most telling first.
No input is at hand, so that nothing is judged again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ...model.result import SupportKind
from .series_model import (
    DayState,
    ResultSaid,
    SeriesTurn,
    SupportSaid,
    TurnDirection,
    TurnKind,
    TurnReason,
)
from .spans import SpokenDay, standing_of

_ENDED: Final[dict[SupportKind, tuple[TurnKind, str]]] = {
    "agreement": ("agreement-ended", "ended on"),
    "waiver": ("waiver-ended", "ended on"),
    "evidence": ("evidence-aged", "counted until"),
    "observation": ("observation-aged", "counted until"),
}
_COMING: Final[dict[SupportKind, TurnKind]] = {
    "agreement": "agreement",
    "waiver": "waiver",
    "observation": "observation",
}
"""What comes and goes without ageing."""
_SAYING: Final[dict[SupportKind, TurnKind]] = {"evidence": "evidence", "observation": "observation"}
"""What can say something else."""


def turns(days: Sequence[SpokenDay]) -> Iterator[SeriesTurn]:
    """Every turn between two days of which there is evidence."""
    for before, after in pairwise(one for one in days if one.state != "no_evidence"):
        old, new = _shape(before), _shape(after)
        if old != new:
            yield SeriesTurn(
                after.day,
                before.last,
                before.state,
                after.state,
                _direction(before, after),
                tuple(_reasons(before, after)),
                None if after.said is None else after.said.cause,
            )


def _shape(one: SpokenDay) -> tuple[DayState, bool]:
    return one.state, one.said is not None and one.said.blocks


def _direction(before: SpokenDay, after: SpokenDay) -> TurnDirection:
    """Whether it got worse: that a policy no longer judges is worse, too."""
    if after.state == "not_in_force":
        return "worse"
    old, new = before.said, after.said
    if new is None:
        return "neither"
    if old is None and new.outcome in ("fail", "unknown"):
        return "worse"
    if old is None:
        return "better" if before.state == "not_in_force" else "neither"
    here, there = standing_of(old), standing_of(new)
    return "worse" if there > here else "better" if there < here else "neither"


def _reasons(before: SpokenDay, after: SpokenDay) -> Iterator[TurnReason]:
    found = [*_of_supports(before, after), *_of_inputs(before, after)]
    if not found:
        found = [TurnReason("day", "nothing but the day differs")]
    yield from found


def _of_supports(before: SpokenDay, after: SpokenDay) -> Iterator[TurnReason]:
    """What it rested on and does no more, or what says something else."""
    old, new = _supports(before.said), _supports(after.said)
    for one in old:
        if one.until is not None and one.until < after.day and not _is_there_still(one, new):
            kind, words = _ENDED[one.kind]
            yield TurnReason(kind, f"{support_words(one)} {words} {one.until}")
        elif after.said is not None and one.kind in _COMING and not _is_in(one, new):
            yield TurnReason(_COMING[one.kind], f"{support_words(one)} counts no more")
    for one in new:
        earlier = next((it for it in old if (it.kind, it.what) == (one.kind, one.what)), None)
        if one.kind in _SAYING and earlier is not None and earlier.value != one.value:
            yield TurnReason(_SAYING[one.kind], f"{one.kind} {one.what} says {one.value}, before {earlier.value}")
        elif before.said is not None and one.kind in _COMING and not _is_in(one, old):
            yield TurnReason(_COMING[one.kind], f"{support_words(one)} counts now")


def _is_there_still(one: SupportSaid, others: Sequence[SupportSaid]) -> bool:
    """Whether it counts on; an observation that was made again has another last day."""
    return _is_in(one, others) if one.kind == "observation" else one in others


def _is_in(one: SupportSaid, others: Sequence[SupportSaid]) -> bool:
    """Whether there is one of that name; of observations there is one for each field, whatever was asked."""
    return any((it.kind, it.what) == (one.kind, one.what) and _paper(it) == _paper(one) for it in others)


def _paper(one: SupportSaid) -> str | None:
    return None if one.kind == "observation" else one.reference


def _supports(said: ResultSaid | None) -> Sequence[SupportSaid]:
    return () if said is None or said.supports is None else said.supports


def support_words(one: SupportSaid) -> str:
    """What a result rested on."""
    reference = "" if one.reference is None or one.kind == "evidence" else f" ({one.reference})"
    return f"{one.kind} {one.what}{reference}"


def _of_inputs(before: SpokenDay, after: SpokenDay) -> Iterator[TurnReason]:
    """The inputs that differ."""
    old, new = before.file, after.file
    if before.said is not None and after.said is not None and before.said.manifest != after.said.manifest:
        yield TurnReason("manifest", "the manifest is another one")
    elif "not_declared" in (before.state, after.state):
        yield TurnReason("manifest", f"the manifest {'has' if after.said is not None else 'no longer has'} it")
    if old.bundle != new.bundle:
        release = f": release {old.release} -> {new.release}" if old.release != new.release else ""
        yield TurnReason("policies", f"the policies, their register or waivers are others{release}")
    if old.registry != new.registry:
        yield TurnReason("registry", "the registry is another one")
    if old.version != new.version:
        yield TurnReason("version", f"vendorgate {new.version} judged, before {old.version}")
