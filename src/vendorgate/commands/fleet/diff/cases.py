"""What a run says of a case: what each policy came to, why, and what is known of its subjects.

In: a run and the number of a case. Out: nouns, each read once as long as it is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec

from ..run.reading import Run
from .model import Standing

_VERDICTS: Final = """
SELECT policies.id, outcome, verdicts.severity, blocks, waiver
FROM verdicts JOIN policies ON policies.position = verdicts.policy WHERE case_id = ? ORDER BY verdicts.policy
"""
_TOLD: Final = "SELECT facts, reasons FROM cases WHERE id = ?"
_REMEMBERED: Final = 2_000
"""Cases of which all is remembered."""


class ToldReason(msgspec.Struct, frozen=True):
    """A step on the way to an outcome."""

    kind: str
    outcome: str
    message: str = ""
    dimension: str | None = None
    reasons: tuple[ToldReason, ...] = ()


class ToldRequirement(msgspec.Struct, frozen=True):
    """A requirement that was not met."""

    expression: msgspec.Raw
    outcome: str
    reasons: tuple[ToldReason, ...] = ()


class ToldResult(msgspec.Struct, frozen=True):
    """What a run says of a result that does not pass."""

    cause: str | None = None
    requirements: tuple[ToldRequirement, ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    """Each cell that was read: its dimension, and what it says."""

    @property
    def leaves(self) -> frozenset[tuple[str, str | None, str]]:
        """What it comes down to: kind, dimension and words of each last reason."""
        return frozenset(_leaves(tuple(one for each in self.requirements for one in each.reasons), None))


def _leaves(reasons: tuple[ToldReason, ...], dimension: str | None) -> Iterator[tuple[str, str | None, str]]:
    for one in reasons:
        if one.reasons:
            yield from _leaves(one.reasons, one.dimension or dimension)
        else:
            yield one.kind, one.dimension or dimension, one.message


class ToldCase(msgspec.Struct, frozen=True):
    """What a run says of all subjects of a case."""

    standings: Mapping[str, Standing]
    """By policy."""
    facts: Mapping[str, bytes]
    """By path: JSON."""
    results: Mapping[str, ToldResult]
    """By policy, of those that do not pass and apply."""


_facts: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_results: Final = msgspec.json.Decoder(dict[str, ToldResult])


class Cases:
    """The cases of a run."""

    def __init__(self, run: Run) -> None:
        self._database = run.database
        self.of = lru_cache(_REMEMBERED)(self._of)

    def _of(self, case: int) -> ToldCase:
        verdicts = self._database.execute(_VERDICTS, (case,))
        standings = {
            policy: Standing(outcome, severity, blocks == 1, waiver)
            for policy, outcome, severity, blocks, waiver in verdicts
        }
        ((facts, reasons),) = self._database.execute(_TOLD, (case,)).fetchall()
        known = {path: bytes(value) for path, value in _facts.decode(facts).items()}
        return ToldCase(standings, known, _results.decode(reasons))
