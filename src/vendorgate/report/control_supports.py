"""What the passes under a control rest on: evidence, agreements and observations, each once; claims by their fields.

In: results. Out: by control, what its passes rest on. Each result is asked once what it rests on, one after the other
as they stand, which is the order in which that is worked out fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from ..model.control import Control
from ..model.result import Result, Support, SupportKind
from .account_fields import account_of

_ORDER: Final[dict[SupportKind, int]] = {"evidence": 0, "agreement": 1, "observation": 2, "claim": 3, "waiver": 4}
_Key = tuple[str, ...]


class SharedSupport(msgspec.Struct, frozen=True):
    """One thing that passes rest on."""

    support: Support
    """Of a claim the first of its field: others may say something else there."""
    offerings: tuple[str, ...]
    """For which it is needed, by name, without repetition."""
    passes: int
    """How many rest on it."""

    @property
    def can_be_shown(self) -> bool:
        """Whether there is more to show than somebody's word: a source that was read, a paper, a vendor's answer."""
        return self.support.kind not in ("claim", "waiver") and not _is_bare(self.support)


class _Found:
    """A support while results are gone through."""

    __slots__ = ("offerings", "passes", "support")

    def __init__(self, support: Support) -> None:
        self.support = support
        self.offerings: dict[str, None] = {}
        self.passes = 0


class SupportsByControl:
    """By control, what its passes rest on; by None, of policies that name no control."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._found: dict[Control | None, dict[_Key, _Found]] = {}
        for result in results:
            if result.outcome == "pass":
                self._add(result)

    def of(self, control: Control | None) -> tuple[SharedSupport, ...]:
        """What can be shown first, else by name and offering."""
        found = self._found.get(control, {})
        return tuple(
            SharedSupport(one.support, (*sorted(one.offerings),), one.passes)
            for _, one in sorted(found.items(), key=lambda entry: (_ORDER[entry[1].support.kind], entry[0]))
        )

    def _add(self, result: Result) -> None:
        for key, support in {_key(one, _whose(one, result)): one for one in result.rests_on}.items():
            offering = _whose(support, result)
            for control in dict.fromkeys(result.policy.controls) or (None,):
                under = self._found.setdefault(control, {})
                found = under.get(key) or under.setdefault(key, _Found(support))
                found.offerings[offering] = None
                found.passes += 1


def _whose(one: Support, result: Result) -> str:
    """The offering that it is about, with the account."""
    return str(account_of(result.subject, one) if one.kind == "observation" else result.subject.name)


def _key(one: Support, offering: str) -> _Key:
    """What makes two the same: a cell is of an offering, an agreement may be for many; of a mere word, the field."""
    if one.kind == "claim" or _is_bare(one):
        return (one.kind, one.what)
    whose = offering if one.kind in ("evidence", "observation") else ""
    return (one.what, whose, str(one.value), one.said_in, one.reference or "", str(one.until))


def _is_bare(one: Support) -> bool:
    """Whether it is said of an offering or a project as a whole, without a day or a source of its own."""
    return one.kind == "evidence" and not one.is_cell
