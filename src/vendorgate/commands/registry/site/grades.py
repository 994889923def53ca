"""What a reader sees of a grade: a word, a sign, and a colour beside them, never a colour alone.

In: a cell, why its evidence does not count. Out: what stands in a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from ....model.grades import meaning_of
from ....model.registry import Cell, Scope
from ....model.vocabulary import CONTRACT

_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "yes_public": ("yes", "pass"),
    "yes_sales_gated": ("on request", "waived"),
    "yes_platform_only": ("platform", "waived"),
    CONTRACT: ("by contract", "waived"),
    "partial": ("in part", "limited"),
    "no": ("no", "fail"),
    "no_public_evidence": ("not found", "unknown"),
    "unclear": ("unclear", "unknown"),
}
"""Of each grade its word and its tone; every tone has a sign of its own."""
_FROM_ENTERPRISE: Final = "enterprise tier"
LIMITED: Final = "with limits"
"""Beside a grade that does not hold everywhere and for everybody."""


class Look(msgspec.Struct, frozen=True):
    """What stands in a table."""

    word: str
    tone: str
    """A class of the style, which has the sign."""
    limits: str = ""
    """What keeps it from being the whole answer; mostly empty."""

    @property
    def plain(self) -> Look:
        """The same without what does not change its sign."""
        return (
            self
            if self.tone in ("limited", "unknown") and self.limits != _FROM_ENTERPRISE
            else Look(self.word, self.tone)
        )

    @property
    def rank(self) -> tuple[int, int, str]:
        """How clear a yes it is; the clearest first."""
        return _TONES.index(self.tone), _WORDS.index(self.word) if self.word in _WORDS else len(_WORDS), self.limits


_TONES: Final = ("pass", "limited", "waived", "unknown", "not_applicable", "fail")
_WORDS: Final = tuple(word for word, _ in _LOOKS.values())
NOT_STATED: Final = Look("not stated", "not_applicable")


def look_of(cell: Cell | None, doubt: str) -> Look:
    """A cell as it stands in a table: what a gate would take for unknown is never drawn as a yes, and a yes that has
    limits never as one that has none."""
    if cell is None:
        return NOT_STATED
    written = cell.written
    word, tone = _LOOKS.get(written.value, ("not known", "unknown"))
    if written.value == "partial" and written.scope is None:
        return Look(word, "unknown", "nobody says which")
    if tone not in ("pass", "waived", "limited"):
        return Look(word, tone)
    if doubt:
        return Look(word, "unknown", doubt)
    if tone != "limited" and (restricts(written.scope) or cell.conditions or written.valid_until is not None):
        return Look(word, "limited" if tone == "pass" else tone, LIMITED)
    return Look(word, tone, _FROM_ENTERPRISE if written.tier == "enterprise" else "")


def restricts(scope: Scope | None) -> bool:
    """Whether a scope asks for anything; one that says nothing reaches everything."""
    return scope is not None and any(reach is not None for reach in msgspec.structs.astuple(scope))


def legend() -> tuple[tuple[Look, str], ...]:
    """Each word with what it means."""
    plain = [(Look(*_LOOKS[grade]), meaning_of(grade).words) for grade in _LOOKS]
    limited = Look("yes", "limited", LIMITED)
    restricted = "documented publicly, for some models, endpoints, features or regions, or on conditions"
    return (plain[0], (limited, restricted), *plain[1:], (NOT_STATED, "the registry says nothing of it"))
