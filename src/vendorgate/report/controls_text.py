"""A check by control, for people: per framework each control with its standing, the policies that serve it, what falls
short, and what its passes rest on.

In: an evaluation. Out: blocks of text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..model.evaluation import Evaluation
from ..model.result import Result
from ..terminal.escape import escape
from ..terminal.style import Look, Style
from .controls import STANDINGS, ControlGroup, FrameworkGroup, ServedBy, Standing, grouped_by_control
from .controls_told import about, counts_words, off_words, said_words, standings_words, support_words, whose_words
from .lines import shortened
from .look import TextLook

_LOOKS: Final[dict[Standing, Look]] = {
    "falls_short": "error",
    "unknown": "warning",
    "waived": "note",
    "on_claims_alone": "note",
    "passes": "pass",
    "not_applicable": "dim",
    "not_addressed": "dim",
}
_WITHOUT_LINES: Final[tuple[Standing, ...]] = ("not_applicable", "not_addressed")
"""What is told in one line."""
_MOST: Final = 5
"""Usages of a policy, and things that passes rest on, where nobody asks for all of them."""
_SHORT: Final = {"fail": "fails", "unknown": "not known", "waived": "waived"}
"""Outcomes of results that are told with their usages, the worst first."""
_LONGEST: Final = 500
"""Characters of a line."""


def blocks(evaluation: Evaluation, style: Style, look: TextLook) -> Iterator[str]:
    """A block a framework, then what names no control, then what the words mean."""
    most = None if look.amount == "all" else _MOST
    yield from ("\n".join(_framework(one, style, most)) for one in grouped_by_control(evaluation))
    yield about(evaluation)


def _framework(group: FrameworkGroup, style: Style, most: int | None) -> Iterator[str]:
    heading = style.paint("bold", escape(group.heading))
    if group.framework is None:
        yield heading
        yield from _under(group.controls[0], most)
        return
    yield f"{heading}: {standings_words(group)}"
    width = max(len(STANDINGS[one.standing]) for one in group.controls)
    for one in group.controls:
        name = style.paint(_LOOKS[one.standing], f"{STANDINGS[one.standing]:<{width}}")
        yield "  ".join(["", name, *(_line(text) for text in (one.control.id, one.control.title) if text)])
        yield from _under(one, most)


def _under(group: ControlGroup, most: int | None) -> Iterator[str]:
    if group.standing not in _WITHOUT_LINES or not group.control.id:
        for served in group.served_by:
            yield from _policy(served, most)
        yield from _resting(group, most)
    yield from (f"      {_line(off_words(off))}" for off in group.off)


def _policy(served: ServedBy, most: int | None) -> Iterator[str]:
    yield f"      {_line(f'{served.policy.id}: {counts_words(served)}')}"
    lines = [f"{_SHORT[one.outcome]:<9}  {_line(whose_words(one))}" for one in _worst_first(served.short)]
    yield from (f"        {line}" for line in _limited(lines, most))


def _worst_first(results: Sequence[Result]) -> list[Result]:
    return sorted(results, key=lambda one: [*_SHORT].index(one.outcome))


def _resting(group: ControlGroup, most: int | None) -> Iterator[str]:
    shown = [f"rests on {_line(support_words(one))}" for one in group.supports if one.can_be_shown]
    said = [f"rests on {_line(words)}" for words in said_words(group)]
    yield from (f"      {line}" for line in (*_limited(shown, most), *said))


def _limited(lines: Sequence[str], most: int | None) -> Iterator[str]:
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"and {len(lines) - most} more: --verbose"


def _line(text: str) -> str:
    return shortened(escape(text), _LONGEST)
