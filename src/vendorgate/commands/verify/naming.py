"""A new report with the folder of the policies named as an earlier report has it: where it stands judges nothing.

In: both reports, the folder as it is named now. Out: the new report. What is not in the folder keeps its name, and so
does a report with manifests that go by other names, or without older places to learn the old name from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from ...load.files import Folder
from ...report.document import ReportedLocation, ReportedNotice
from ...report.json import Report, ReportedResult, ReportedSupport

_Placed = TypeVar("_Placed", ReportedNotice, ReportedSupport)
_Rename = Callable[[ReportedLocation], ReportedLocation]


def as_named(found: Report, recorded: Report, policies: Folder) -> Report:
    """With the folder of the policies named as it is in what was recorded, and said to be kept where it was."""
    kept = msgspec.structs.replace(found.inputs.bundle, source=recorded.inputs.bundle.source)
    found = msgspec.structs.replace(found, inputs=msgspec.structs.replace(found.inputs, bundle=kept))
    beginning = policies.file("")[1]
    inside = {one.path.removeprefix(beginning) for one in _places(found) if one.path.startswith(beginning)}
    homes = {home for one in _places(recorded) if (home := _home(one.path, inside)) is not None}
    if len(homes) != 1:
        return found
    then = Folder(policies.path, homes.pop() or ".")
    paths = {policies.file(name)[1]: then.file(name)[1] for name in inside}

    def renamed(one: ReportedLocation) -> ReportedLocation:
        return msgspec.structs.replace(one, path=paths.get(one.path, one.path))

    return _with_places(found, renamed)


def _places(report: Report) -> Iterator[ReportedLocation]:
    """The places in files that judge, as far as a report has them."""
    manifests = {one.path for one in report.inputs.manifests}
    supports = (one.location for result in report.results for one in _supports(result) if one.said_in != "manifest")
    for place in (*(one.location for one in report.notices), *supports):
        if place is not None and place.path not in manifests:
            yield place


def _supports(result: ReportedResult) -> tuple[ReportedSupport, ...]:
    return () if isinstance(result.rests_on, UnsetType) else result.rests_on


def _home(path: str, inside: Iterable[str]) -> str | None:
    """The folder of a file that is one of a bundle; empty where the bundle was the working directory."""
    for name in sorted(inside, key=len, reverse=True):
        if path == name or path.endswith(f"/{name}"):
            return path.removesuffix(name).removesuffix("/")
    return None


def _with_places(report: Report, renamed: _Rename) -> Report:
    return msgspec.structs.replace(
        report,
        notices=tuple(_placed(one, renamed) for one in report.notices),
        results=tuple(
            msgspec.structs.replace(one, rests_on=tuple(_placed(support, renamed) for support in _supports(one)))
            for one in report.results
        ),
    )


def _placed(one: _Placed, renamed: _Rename) -> _Placed:
    return one if one.location is None else msgspec.structs.replace(one, location=renamed(one.location))


def as_full(found: Report, recorded: Report) -> Report:
    """With no more than what a report of another version has, where it has less.

    One of this version has all: what is missing in it somebody has taken out, such as that passes rest on claims alone.
    """
    is_other = recorded.tool != found.tool
    if isinstance(recorded.inputs.bundle.signoff, UnsetType) and (is_other or found.inputs.bundle.signoff is None):
        bundle = msgspec.structs.replace(found.inputs.bundle, signoff=UNSET)
        found = msgspec.structs.replace(found, inputs=msgspec.structs.replace(found.inputs, bundle=bundle))
    if not is_other:
        return found
    if isinstance(recorded.usages, UnsetType):
        found = msgspec.structs.replace(found, usages=UNSET)
    if isinstance(recorded.summary.on_claims_alone, UnsetType):
        found = _before_claims_were_counted(found)
    if not recorded.results or not all(isinstance(one.rests_on, UnsetType) for one in recorded.results):
        return found
    results = tuple(msgspec.structs.replace(one, rests_on=UNSET) for one in found.results)
    return msgspec.structs.replace(found, results=results)


def lacking(recorded: Report) -> Iterator[str]:
    """What this version writes and a report does not have, in words; whether it is true of it, nobody can tell."""
    if isinstance(recorded.inputs.bundle.signoff, UnsetType):
        yield "the sign-off"
    if isinstance(recorded.usages, UnsetType):
        yield "the usages"
    if isinstance(recorded.summary.on_claims_alone, UnsetType):
        yield "what passes on claims alone"
    if any(isinstance(one.rests_on, UnsetType) for one in recorded.results):
        yield "what results rest on"


def _before_claims_were_counted(found: Report) -> Report:
    """As the versions had it that did not date evidence among what a result rests on, either."""
    summary = msgspec.structs.replace(found.summary, on_claims_alone=UNSET)
    results = tuple(
        msgspec.structs.replace(one, on_claims_alone=UNSET, rests_on=tuple(map(_undated, _supports(one))))
        for one in found.results
    )
    return msgspec.structs.replace(found, summary=summary, results=results)


def _undated(support: ReportedSupport) -> ReportedSupport:
    return msgspec.structs.replace(support, verified=UNSET, confidence=UNSET)
