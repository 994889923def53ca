"""Cells that the organization states in its bundle, which no snapshot has and no confirmation changes.

In: a snapshot's folder, what is confirmed. Out: a refusal or a note, which says where to write the day by hand.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ....errors import InputError, Problem, UsageError
from ....load.files import folder
from ....load.nearby import nearest_bundle
from ....model.registry import Snapshot
from ....snapshots import read_snapshot
from ....source import Location
from ....terminal.escape import escape
from ..pages import page_of
from .cells import every_cell
from .model import CellName, ReadCell


def own_cells(target: Path, what: Sequence[str]) -> dict[CellName, Location]:
    """The cells of the nearest bundle that the words of a command line mean, and where each is stated.

    A bundle that is not valid has none: whether it is, a check says.
    """
    found = nearest_bundle().folder
    if found is None or not os.path.isdir(os.path.join(found, "offerings")):
        return {}
    try:
        snapshot = read_snapshot(folder(target), rules=False, bundle=folder(found))
    except InputError:
        return {}
    own = (one for one in every_cell(snapshot) if one.cell.owner == "bundle" and _is_meant(one, what))
    return {one.name: _place(snapshot, one.name) for one in own}


def _is_meant(one: ReadCell, what: Sequence[str]) -> bool:
    if len(what) == 2:
        return one.name == tuple(what)
    source = one.cell.written.source
    return source is not None and len(what) == 1 and page_of(source) == page_of(what[0])


def _place(snapshot: Snapshot, name: CellName) -> Location:
    offering = snapshot.offerings[name.offering]
    return offering.source_of(name.dimension).locate(("dimensions", name.dimension), key=True)


def refuse_own(own: dict[CellName, Location]) -> None:
    """Refuse to confirm what the organization alone states.

    Raises:
        UsageError: with the place of each.
    """
    if own:
        help = "write the day there, in `verified`; a confirmation changes a registry snapshot alone"
        raise UsageError(Problem(f"{name} is stated by the bundle", place, help) for name, place in own.items())


def say_own(own: dict[CellName, Location]) -> None:
    """On the error stream: which cells of the bundle rest on the same source, or stand in the place of one of these."""
    for name, place in own.items():
        there = escape(str(place))
        sys.stderr.write(f"note: {escape(str(name))} is stated by the bundle, too: write the day there ({there})\n")
