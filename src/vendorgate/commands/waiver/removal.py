"""Which waivers are to go: those that say what somebody names, or that no one needs any more.

In: the waivers of a bundle, and what is named; or what they do for manifests. Out: waivers. Taking one out can only
make more block, never less.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec

from ...errors import Problem, UsageError
from ...evaluate.waiver_index import WaiverIndex
from ...evaluate.waiver_uses import uses_of
from ...identity import identify
from ...logic.nearest import suggestion
from ...model.evaluation import Evaluation
from ...model.result import WaiverUse
from ...model.waiver import Waiver, WaiverState
from .entries import line_of

_DONE_WITH: Final[Collection[WaiverState]] = ("expired", "unused", "outlived")
"""States in which a waiver makes no result another one."""


class Pruning(msgspec.Struct, frozen=True):
    """What goes, and what might seem to."""

    gone: tuple[WaiverUse, ...]
    unjudged: tuple[WaiverUse, ...]
    """Unused, and no manifest of its project was judged, so that nobody knows whether it is of use."""


def named(waivers: Sequence[Waiver], wanted: Mapping[str, str], lines: Collection[int]) -> tuple[Waiver, ...]:
    """The waivers that say all that is wanted, field by field and word for word, on those lines if any are named.

    Raises:
        UsageError: there are none; or on one of the lines none begins.
    """
    problems = [_nothing(waivers, field, text) for field, text in wanted.items() if not _having(waivers, field, text)]
    known = {line_of(one) for one in waivers}
    problems += [_no_line(line, known) for line in sorted(set(lines) - known)]
    if problems:
        raise UsageError(problems)
    found = [one for one in waivers if not lines or line_of(one) in lines]
    for field, text in wanted.items():
        found = _having(found, field, text)
    if not found:
        raise UsageError(
            [Problem("no waiver says all of that", help="name less of it, or see: vendorgate waiver list")]
        )
    return tuple(found)


def _having(waivers: Sequence[Waiver], field: str, text: str) -> list[Waiver]:
    return [one for one in waivers if getattr(one.written, field) == text]


def _nothing(waivers: Sequence[Waiver], field: str, text: str) -> Problem:
    said = {value for one in waivers if isinstance(value := getattr(one.written, field), str)}
    return Problem(f"no waiver says {field} `{text}`", help=suggestion(text, said, "there are"))


def _no_line(line: int, known: Collection[int]) -> Problem:
    return Problem(f"no waiver on line {line}", help=suggestion(str(line), map(str, known), "there are"))


def pruning(evaluation: Evaluation) -> Pruning:
    """The waivers without which every manifest that was judged comes to the same."""
    waivers = WaiverIndex(evaluation.bundle.waivers)
    done = [use for use in uses_of(waivers, evaluation.results, evaluation.as_of) if use.state in _DONE_WITH]
    judged = {id(waiver) for waiver in waivers.among(_of_manifests(waivers, evaluation))}
    unjudged = [use.state == "unused" and id(use.waiver) not in judged for use in done]
    return Pruning(
        tuple(use for use, left in zip(done, unjudged, strict=True) if not left),
        tuple(use for use, left in zip(done, unjudged, strict=True) if left),
    )


def _of_manifests(waivers: WaiverIndex, evaluation: Evaluation) -> int:
    """The waivers that are for the project of any manifest that was judged."""
    found = 0
    for one in evaluation.manifests:
        identity = identify(one, evaluation.bundle.projects)
        found |= waivers.of_project(one.project, is_stranger=identity.is_stranger)
    return found
