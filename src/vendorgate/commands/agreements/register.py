"""The entries of a register, where each stands on a day, and which offerings each is for.

In: a register, the ids of the registry, a day. Out: entries, states, sets of ids.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import UnsetType

from ...errors import InputError, Problem, UsageError
from ...evaluate.calendar import is_current
from ...logic.functions import is_glob, matches_glob
from ...logic.nearest import suggestion
from ...model.agreement import Agreement, Register
from ...model.policy import Bundle
from .model import RegisterEntry

_START: Final = (
    "write agreements.yaml in the folder of your policies, beginning with `version: 1` and `agreements: []`; "
    "to begin a bundle that has one: vendorgate init bundle --name NAME --register"
)


def required_register(bundle: Bundle) -> Register:
    """The register of a bundle.

    Raises:
        InputError: it has none.
    """
    if bundle.register is None:
        raise InputError([Problem("no agreements register in the bundle", help=_START)])
    return bundle.register


def entries(register: Register | None) -> tuple[RegisterEntry, ...]:
    """The agreements in the order of the register; none without one."""
    if register is None:
        return ()
    return tuple(RegisterEntry(one, register.source, index) for index, one in enumerate(register.agreements))


def days_left(agreement: Agreement, as_of: datetime.date) -> int | None:
    """Whole days from a day to the last one of an agreement in force; None where it is not, or has no end."""
    if isinstance(agreement.expires, UnsetType) or not is_current(agreement, as_of):
        return None
    return (agreement.expires - as_of).days


class OfferingMatches:
    """Which offerings of a registry a glob matches; each glob is tried once."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = tuple(sorted(ids))
        self._known = frozenset(self.ids)
        self._matched: dict[str, tuple[str, ...]] = {}
        self._named: dict[tuple[str, ...], frozenset[str]] = {}

    def matching(self, glob: str) -> tuple[str, ...]:
        """The ids that a glob matches, sorted."""
        found = self._matched.get(glob)
        if found is None:
            found = self._matched[glob] = tuple(id for id in self._possible(glob) if matches_glob(id, glob))
        return found

    def _possible(self, glob: str) -> tuple[str, ...]:
        """The ids to try: all of them only where more than one can match."""
        return self.ids if is_glob(glob) else (glob,) if glob in self._known else ()

    def named(self, agreement: Agreement) -> frozenset[str]:
        """The ids that an agreement is for."""
        found = self._named.get(agreement.offerings)
        if found is None:
            found = frozenset(id for glob in agreement.offerings for id in self.matching(glob))
            self._named[agreement.offerings] = found
        return found


def chosen(register: Register, words: Sequence[str]) -> tuple[RegisterEntry, ...]:
    """The entries that references or numbers name, in the order of the register.

    A reference names every agreement that is filed under it; a number, from 1, the place in the file.

    Raises:
        UsageError: a word names none.
    """
    every = entries(register)
    found: set[int] = set()
    problems: list[Problem] = []
    for word in words:
        named = {entry.index for entry in every if entry.reference == word} or _numbered(word, every)
        found |= named
        if not named:
            problems.append(_unknown(word, every))
    if problems:
        raise UsageError(problems)
    return tuple(every[index] for index in sorted(found))


def _numbered(word: str, every: Sequence[RegisterEntry]) -> set[int]:
    plain = word.isascii() and word.isdigit() and len(word) < 10
    return {int(word) - 1} if plain and 1 <= int(word) <= len(every) else set()


def _unknown(word: str, every: Sequence[RegisterEntry]) -> Problem:
    title = f"no agreement `{word}` in the register"
    if not every:
        return Problem(title, help="the register is empty")
    references = {entry.reference for entry in every if entry.reference is not None}
    numbers = f"(a number from 1 to {len(every)} means a place in the register)"
    return Problem(title, help=f"{suggestion(word, references, 'there are')} {numbers}")
