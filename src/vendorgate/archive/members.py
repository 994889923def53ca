"""What goes into a pack: members that are still to be written, each with what reads or renders it.

In: names, kinds, functions. Out: members in the order in which they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from ..errors import InputError, Problem
from ..source import Location
from .document import MemberKind
from .names import clashes, fault_of_name

_RENAME = "give it another name, which every system can unpack"


class Planned(msgspec.Struct, frozen=True):
    """A member that is still to be written."""

    name: str
    kind: MemberKind
    content: Callable[[], bytes]
    """Reads or renders it, when its turn comes."""
    origin: str | None = None
    """The file that it is, as it is shown; None: it is made here."""


def in_order(planned: Iterable[Planned]) -> list[Planned]:
    """Members in the order of their names.

    Raises:
        InputError: some system cannot unpack one, or takes two for one.
    """
    found = sorted(planned, key=lambda one: one.name)
    by_name = {one.name: one for one in found}
    problems = [
        Problem(f"a name that no evidence pack can have: it {fault}", _place(one), _RENAME)
        for one in found
        if (fault := fault_of_name(one.name)) is not None
    ]
    problems += [
        Problem(f"a name that some systems take for that of {_shown(by_name[other])}", _place(by_name[name]), _RENAME)
        for name, other in clashes(one.name for one in found)
    ]
    if problems:
        raise InputError(problems)
    return found


def _shown(one: Planned) -> str:
    return one.origin or one.name


def _place(one: Planned) -> Location:
    return Location(_shown(one), 1, 1)
