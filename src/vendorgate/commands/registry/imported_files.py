"""What upstream publishes merged into the files of a snapshot.

In: the files of a snapshot, JSON from outside. Out: the files as they will be; a file that says the same stays byte for
byte, and in one that changes so does every line that says the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from ...errors import InputError, Problem
from ...frame.changing import changed, values_of
from ...frame.defaults import today
from ...load.files import folder
from ...logic import Json
from ...rewriting.changing import written
from ...rewriting.edits import Unclear
from ...rewriting.orders import CELLS
from ...snapshots import read_snapshot
from ...source import Location
from .offering_merge import merge
from .progress import is_url
from .snapshot_change import files_of, say
from .upstream import Upstream, read_upstream


def merged(target: Path, data: bytes, source: str) -> dict[str, bytes]:
    """The files of a snapshot with what was published merged in; what was not taken as it was published is said.

    Raises:
        InputError: the snapshot is not valid, or the JSON is not a registry.
    """
    read_snapshot(folder(target))
    upstream = read_upstream(data, source, today())
    found, remarks = with_upstream(files_of(target), upstream, attribution_of(upstream, source))
    say((*upstream.remarks, *remarks))
    return found


def attribution_of(upstream: Upstream, source: str) -> str:
    """What a snapshot says of what it took from outside."""
    terms = f" {upstream.license}" if upstream.license else ""
    return f"Includes data of {upstream.name}, {source if is_url(source) else 'from a file'}.{terms}"


def with_upstream(
    files: Mapping[str, bytes], upstream: Upstream, attribution: str
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files as they will be, and a remark on all that was not taken as it was published."""
    problems: list[Problem] = []
    paths = {id: f"offerings/{id}.yaml" for id in upstream.offerings}
    ours = {id: _values(path, files[path], problems) for id, path in paths.items() if path in files}
    about = _values("snapshot.yaml", files["snapshot.yaml"], problems)
    if problems:
        raise InputError(problems)
    gone = _former(about)
    there = {id: offering for id, offering in upstream.offerings.items() if id not in gone}
    found = merge(ours, msgspec.structs.replace(upstream, offerings=there))
    changed = {paths[id]: (ours.get(id), offering) for id, offering in found.offerings.items()}
    changed["snapshot.yaml"] = about, _attributed(about, upstream, attribution)
    made = {path: _rewritten(path, files.get(path), *values, problems) for path, values in changed.items()}
    if problems:
        raise InputError(problems)
    left_out = (f"{id}: `former` says that it is gone; left out" for id in sorted(upstream.offerings) if id in gone)
    return {**files, **made}, (*found.remarks, *left_out)


def _former(about: Mapping[str, Json]) -> Collection[str]:
    """The offerings of which a snapshot says that they are gone."""
    former = about.get("former")
    return former if isinstance(former, dict) else ()


def _attributed(about: dict[str, Json], upstream: Upstream, attribution: str) -> dict[str, Json]:
    """`snapshot.yaml` with the day of what was taken, if that is later, and where it comes from."""
    found = dict(about)
    if upstream.generated is not None:
        found["generated"] = max(upstream.generated, str(about["generated"]))
    said = " ".join(str(about["attribution"]).split())
    if attribution not in said:
        found["attribution"] = f"{said} {attribution}"
    return found


def _values(path: str, data: bytes, problems: list[Problem]) -> dict[str, Json]:
    try:
        return values_of(path, data)
    except InputError as error:
        problems.extend(error.problems)
        return {}


def _rewritten(
    path: str, data: bytes | None, old: dict[str, Json] | None, new: dict[str, Json], problems: list[Problem]
) -> bytes:
    """The file with other values, read again before anybody relies on it."""
    if data is None or old is None:
        return written(new).encode("utf-8", "surrogatepass")
    try:
        return changed(path, data, new, CELLS)
    except Unclear:
        title = "cannot be changed without a change of what is not meant"
        help = "write anchors and aliases in it out, or take the changes over by hand"
        problems.append(Problem(title, Location(path, 1, 1), help))
        return data
