"""What a site of the registry is made of.

In: snapshots, what the command line asks for. Out: values; no page, no file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from ....comparison.registry_model import RegistryDifference
from ....model.agreement import Agreement
from ....model.policy import RegistryDemands
from ....model.registry import Offering, Snapshot
from .counting import Counting

Pair = tuple[str, str]
"""The ids of two offerings that have a page together."""


class Asked(msgspec.Struct, frozen=True):
    """What a site is made of."""

    snapshot: Snapshot
    """With what the organization's bundle adds."""
    listed: Snapshot
    """The registry alone; the same one where there is no bundle."""
    day: datetime.date
    """The day to count from."""
    demands: RegistryDemands = RegistryDemands()
    """How long evidence counts, and how sure it must be: the bundle's, where there is one."""
    agreements: tuple[Agreement, ...] = ()
    """The organization's register, on which cells of its own can rest."""
    changelog: str = ""
    """The snapshot's own, in Markdown; empty where it has none."""
    changes: RegistryDifference | None = None
    """Since an earlier snapshot; None where nobody named one."""
    previous: Snapshot | None = None
    """The earlier one."""
    pairs: tuple[Pair, ...] = ()
    """Comparisons that are asked for beside the usual ones."""
    address: str | None = None
    """Where the site will be; None where nobody knows."""
    contact: str | None = None
    """Where corrections are sent; None where nobody says it."""
    searched: bool = False
    """Whether an index of all words will lie beside the pages."""

    @property
    def counting(self) -> Counting:
        """By what evidence counts."""
        return Counting(self.day, self.demands, self.agreements)

    @property
    def offerings(self) -> tuple[Offering, ...]:
        """By id."""
        return tuple(self.snapshot.offerings[id] for id in sorted(self.snapshot.offerings))


class Page(msgspec.Struct, frozen=True):
    """One page before it is drawn."""

    path: str
    """From the root of the site, `/` at its end; empty for the first page."""
    template: str
    title: str
    about: str
    """For whoever sees it in a list of results."""
    values: Mapping[str, object]
    """What the template needs."""


class Link(msgspec.Struct, frozen=True):
    """Something that has a page here."""

    text: str
    path: str
    """From the root of the site."""
    beside: str = ""
    """What stands behind it."""
