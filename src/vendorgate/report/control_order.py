"""Frameworks and controls in the order in which every report shows them.

In: controls that policies name. Out: each framework that any of them is of, with all controls that it lists and those
that are named besides. Refuses to know who serves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..model.control import Control
from ..model.frameworks.table import FRAMEWORKS

_NUMBER: Final = re.compile(r"([0-9]+)")


class OrderedControl(msgspec.Struct, frozen=True):
    """A control in its place."""

    id: str
    title: str
    """Empty where vendorgate does not list it."""
    is_own: bool
    """Whether policies alone name it, and vendorgate does not list it."""


class OrderedFramework(msgspec.Struct, frozen=True):
    """A framework in its place."""

    id: str
    name: str
    """For people; its id where vendorgate does not list it."""
    edition: str
    """Empty where vendorgate does not list it."""
    is_own: bool
    """Whether policies alone name it, and vendorgate does not list it."""
    controls: tuple[OrderedControl, ...]

    @property
    def heading(self) -> str:
        """Its name and edition."""
        return f"{self.name}, {self.edition}" if self.edition else self.name


def in_order(named: Iterable[Control], also: Iterable[str] = ()) -> tuple[OrderedFramework, ...]:
    """The frameworks of controls, and those of these ids: shipped ones by name, then others by id.

    Controls stand in the framework's own order, those that it does not list behind them.
    """
    ids: dict[str, dict[str, None]] = {framework: {} for framework in also}
    for one in named:
        ids.setdefault(one.framework, {})[one.id] = None
    shipped = [id for id in FRAMEWORKS if id in ids]
    own = sorted(id for id in ids if id not in FRAMEWORKS)
    return tuple(_framework(id, ids[id]) for id in (*shipped, *own))


def _framework(id: str, named: Iterable[str]) -> OrderedFramework:
    shipped = FRAMEWORKS.get(id)
    listed = {} if shipped is None else shipped.controls
    others = sorted((one for one in named if one not in listed), key=lambda one: (*_by_number(one),))
    controls = (
        *(OrderedControl(one, title, False) for one, title in listed.items()),
        *(OrderedControl(one, "", True) for one in others),
    )
    name, edition = (id, "") if shipped is None else (shipped.name, shipped.edition)
    return OrderedFramework(id, name, edition, shipped is None, controls)


def _by_number(id: str) -> Iterator[tuple[int, str]]:
    """`Art. 9` before `Art. 28`; what is alike but for zeros, as it is written."""
    for part in _NUMBER.split(id):
        yield (int(part), part) if part.isdecimal() and part.isascii() else (-1, part)
