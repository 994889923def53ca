"""What an offering says of names, checked: what they imply, whose names its cloud regions are, where those lie.

In: an offering or a snapshot as it is written. Out: problems; an entry that could never be met would imply nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from ..errors import Problem
from ..logic.functions import is_glob
from ..logic.nearest import suggestion
from ..model.registry import Implication, OfferingFile, SnapshotFile
from ..model.vocabulary import LIFECYCLES, plain_cloud_region
from ..source import Path, Source
from .words import check_region, check_word, names_listed

_AXES: Final = ("models", "endpoints", "features")


def check_implications(written: OfferingFile, clouds: Collection[str], source: Source, problems: list[Problem]) -> None:
    """Report what `implies` and `cloud` of an offering say that nothing could ever mean."""
    if written.cloud and written.cloud not in clouds:
        title = f"`{written.cloud}` is not a cloud of the snapshot"
        problems.append(Problem(title, source.locate(("cloud",)), suggestion(written.cloud, clouds), source))
    listed = names_listed(written)
    for index, entry in enumerate(written.implies or ()):
        path: Path = ("implies", index)
        _check_names(entry, listed, path, source, problems)
        for field, value in entry.set.items():
            _check_field(field, value, listed, (*path, "set", field), source, problems)


def _check_names(
    entry: Implication, listed: Mapping[str, frozenset[str]], path: Path, source: Source, problems: list[Problem]
) -> None:
    if not any(getattr(entry, axis) for axis in _AXES):
        title, help = "an implication of no name", "say which `models`, `endpoints` or `features` imply it"
        problems.append(Problem(title, source.locate(path), help, source))
    for axis, words in listed.items():
        for index, name in enumerate(getattr(entry, axis) or ()):
            if not is_glob(name):
                check_word(name, words, f"among the {axis} of this offering", (source, (*path, axis, index)), problems)


def _check_field(
    field: str,
    value: str | float | tuple[str, ...],
    listed: Mapping[str, frozenset[str]],
    path: Path,
    source: Source,
    problems: list[Problem],
) -> None:
    if isinstance(value, tuple) is not (field == "features"):
        title = f"`{field}` {'is a list' if field == 'features' else 'has one value'}"
        help = "write `features` as a list, the others as one value"
        problems.append(Problem(title, source.locate(path), help, source))
    elif field == "lifecycle":
        check_word(str(value), LIFECYCLES, "a lifecycle", (source, path), problems)
    elif field == "region":
        check_region(str(value), (source, path), problems)
    elif isinstance(value, tuple) and field in listed:
        for index, name in enumerate(value):
            place = (source, (*path, index))
            check_word(name, listed[field], "among the features of this offering", place, problems)


def check_clouds(written: SnapshotFile, source: Source, problems: list[Problem]) -> None:
    """Report each place of a cloud that is no region, and each name that stands twice in one cloud."""
    for cloud, places in (written.clouds or {}).items():
        first: dict[str, str] = {}
        for name, region in places.items():
            path: Path = ("clouds", cloud, name)
            check_region(region, (source, path), problems)
            other = first.setdefault(plain_cloud_region(name), name)
            if other != name:
                title = f"`{name}` is the cloud region `{other}` again"
                help = "names are compared without case, spaces and hyphens; leave one out"
                problems.append(Problem(title, source.locate(path, key=True), help, source))
