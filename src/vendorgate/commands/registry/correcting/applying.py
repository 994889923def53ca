"""A correction in the files of a snapshot: the cell, and the changelog that credits it.

In: the files, a correction, a day. Out: the files as they will be; comments, quotes and order stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ....errors import InputError, Problem
from ....frame.changing import values_of
from ....logic import Json
from ....source import Location
from ..reading.confirming import rewritten, values_of_reading
from .changelog import credited
from .reading import Correction

CHANGELOG = "CHANGELOG.md"


def applied(target: Path, files: Mapping[str, bytes], correction: Correction, day: str) -> dict[str, bytes]:
    """The files with the cell as it should be, its reading recorded, and the correction in the changelog.

    Raises:
        InputError: a file is not to be written, or cannot be changed there alone.
    """
    path = f"offerings/{correction.name.offering}.yaml"
    values = values_of(f"{target.as_posix()}/{path}", files[path])
    dimensions = values["dimensions"]
    assert isinstance(dimensions, dict)
    before = dimensions.get(correction.name.dimension)
    readings = before.get("readings") if isinstance(before, dict) else None
    read = [*(readings if isinstance(readings, list) else ()), values_of_reading(correction.reading)]
    dimensions[correction.name.dimension] = {**_in_order(before, correction.cell), "readings": read}
    problems: list[Problem] = []
    made = {path: rewritten(target, path, files[path], values, problems)}
    made[CHANGELOG] = _changelog(target, files.get(CHANGELOG, b""), correction, day, problems)
    if problems:
        raise InputError(problems)
    return {**files, **made}


def _in_order(before: Json, cell: Mapping[str, Json]) -> dict[str, Json]:
    """The fields that the cell has in their order, then those that are new."""
    kept = [name for name in before if name in cell] if isinstance(before, dict) else []
    return {name: cell[name] for name in dict.fromkeys((*kept, *cell))}


def _changelog(target: Path, data: bytes, correction: Correction, day: str, problems: list[Problem]) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        where = Location(f"{target.as_posix()}/{CHANGELOG}", 1, 1)
        problems.append(Problem("not UTF-8", where, "save it as UTF-8"))
        return data
    return credited(text, correction, day).encode("utf-8")
