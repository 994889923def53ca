"""One tree of errors: what was found, where, and what to do about it.

Refuses to know how an error is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from .source import Location, Source


class Problem(msgspec.Struct, frozen=True):
    """One mistake in one input."""

    title: str
    """What was found, in lower case, without a full stop."""
    location: Location | None = None
    """Where; None where the whole input is meant and it has no name."""
    help: str | None = None
    """What was expected, the nearest valid name, what to do; an imperative."""
    source: Source | None = None
    """The file, for the excerpt; None where there is no text to show."""
    id: str | None = None
    """What kind of mistake it is, where that has a name of its own."""


ENOUGH: Final = 100
"""Mistakes that are reported; an attacker's file may have a hundred thousand."""


def enough(problems: list[Problem]) -> bool:
    """Whether so many mistakes are known that looking for more serves nobody."""
    return len(problems) >= ENOUGH


def reason_of(error: OSError) -> str:
    """Why the system refused, in the words of a message."""
    return (error.strerror or type(error).__name__).lower()


class VendorgateError(Exception):
    """The root; carries every problem that was found, not only the first."""

    exit_code = 2
    reported = False
    """Whether the reports that a command line asks for tell of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        # A file that is read for two reasons has each of its mistakes once.
        self.problems = tuple({(problem.title, problem.location): problem for problem in problems}.values())
        super().__init__("; ".join(f"{p.location}: {p.title}" if p.location else p.title for p in self.problems))


class InputError(VendorgateError):
    """An input could not be read or is not valid: nothing was judged."""


class UsageError(VendorgateError):
    """The command line or the call asks for something that cannot be done."""
