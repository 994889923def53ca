"""A reading recorded in the files of a snapshot, and nothing else in them changed: no grade, no comment, no quote.

In: the files, the cells whose source was read, the reading. Out: the files as they will be, or every mistake.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from ....errors import InputError, Problem, UsageError
from ....frame.changing import changed, values_of
from ....logic import Json
from ....model.registry import Reading
from ....rewriting.edits import Unclear
from ....rewriting.orders import CELLS
from ....source import Location
from .model import ReadCell


def refuse_earlier(cells: Iterable[ReadCell], reading: Reading) -> None:
    """Refuse a reading than which every cell has a later one: it would say nothing new, and no day goes backwards.

    Raises:
        UsageError: with each of the cells.
    """
    every = list(cells)
    if all(one.is_later_than(reading.on) for one in every):
        help = "name the day of a later reading; no day of reading goes backwards"
        raise UsageError(
            Problem(f"{one.name} was verified on {one.cell.written.verified}, after {reading.on}", help=help)
            for one in every
        )


def confirmed(
    target: Path, files: Mapping[str, bytes], cells: Iterable[ReadCell], reading: Reading
) -> dict[str, bytes]:
    """The files with the reading in every one of the cells that does not have it yet.

    Raises:
        InputError: a file is not to be written, or is written in a way in which a cell cannot be changed by itself.
    """
    new, problems = dict(files), list[Problem]()
    for id, group in groupby(cells, key=lambda one: one.name.offering):
        path = f"offerings/{id}.yaml"
        shown = f"{target.as_posix()}/{path}"
        values = values_of(shown, files[path])
        for one in group:
            _record(values, one, reading)
        new[path] = rewritten(target, path, files[path], values, problems)
    if problems:
        raise InputError(problems)
    return new


def _record(values: dict[str, Json], one: ReadCell, reading: Reading) -> None:
    """The reading in the values of a file; a later day of verification stays."""
    dimensions = values["dimensions"]
    assert isinstance(dimensions, dict)
    cell = dimensions[one.name.dimension]
    assert isinstance(cell, dict)
    recorded = dict(cell)
    if not one.is_later_than(reading.on):
        recorded["verified"] = reading.on.isoformat()
    if not one.has(reading):
        before = cell.get("readings")
        recorded["readings"] = [*(before if isinstance(before, list) else ()), values_of_reading(reading)]
    dimensions[one.name.dimension] = recorded


def values_of_reading(reading: Reading) -> dict[str, Json]:
    """A reading as a file has it."""
    said = {"on": reading.on.isoformat(), "by": reading.by}
    more = {"quote_sha256": reading.quote_sha256, "archived": reading.archived}
    return {**said, **{name: value for name, value in more.items() if value is not None}}


def rewritten(target: Path, path: str, data: bytes, values: Mapping[str, Json], problems: list[Problem]) -> bytes:
    """A file with other values, or as it is and a problem."""
    shown = f"{target.as_posix()}/{path}"
    where = Location(shown, 1, 1)
    try:
        made = changed(shown, data, values, CELLS)
    except Unclear:
        title = "cannot be changed without a change of what is not meant"
        problems.append(Problem(title, where, "write anchors and aliases in it out, or change it by hand"))
        return data
    if made != data and not (target / path).stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        problems.append(Problem("read-only", where, "find out why nobody may write it, and let it be written"))
    return made
