"""An evidence pack, unpacked as far as it takes to judge again.

In: an open pack whose digests hold. Out: folders of this run alone that reports call as the pack has it, manifests as
they were, and what is known of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from ...archive.derived import REPORT
from ...archive.document import LIBRARY, POLICIES, REGISTRY, PackedManifest, PackedUnjudged, Packing
from ...archive.reading import EvidencePack
from ...archive.report_file import LARGEST_REPORT, ReadReport, report_from
from ...errors import Problem
from ...load.files import Folder, sha256, shipped
from ...load.manifest import GivenManifest, manifest_from
from ...load.nearby import POLICIES as POLICIES_FOLDER
from ...load.packs import PackChoice
from ...model.result import Notice
from ...report.document import ReportedLocation, ReportedNotice, ReportedNotJudged
from ...report.json import Report
from ...source import Location
from .verifying import KeptManifests

_FOLDERS: Final = (POLICIES, LIBRARY, REGISTRY)
_UNKNOWN: Final = "its mistakes are the report's word, and there is no report that says them"


class Unpacked(msgspec.Struct, frozen=True):
    """What judges, and what is judged."""

    policies: Folder
    registry: Folder
    packs: PackChoice
    manifests: KeptManifests
    packing: Packing


@contextmanager
def unpacked(pack: EvidencePack) -> Iterator[Unpacked]:
    """The inputs of a pack, while the block runs.

    Raises:
        InputError: a member is not what the pack lists.
    """
    with TemporaryDirectory(prefix="vendorgate-evidence-") as name:
        _unpack(pack, Path(name))
        yield _opened(pack, Path(name))


def _unpack(pack: EvidencePack, root: Path) -> None:
    for one in pack.manifest.members:
        if one.path.startswith(_FOLDERS) and pack.has(one.path):
            path = root / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pack.content(one.path))


def _opened(pack: EvidencePack, root: Path) -> Unpacked:
    inputs, run = pack.manifest.inputs, pack.manifest.run
    unread = any(one.member is None for one in inputs.not_judged)
    report = kept_report(pack) if unread else None
    said = tuple(map(_notice, run.said))
    library = Folder(str(root / LIBRARY), shipped(POLICIES_FOLDER).shown)
    return Unpacked(
        Folder(str(root / POLICIES), inputs.bundle.shown, said, inputs.bundle.source),
        Folder(str(root / REGISTRY), inputs.registry.shown),
        PackChoice(run.packs, library),
        KeptManifests(
            tuple(_judged(pack, one) for one in inputs.manifests),
            tuple(_left(pack, one, None if report is None else report.report) for one in inputs.not_judged),
        ),
        Packing(inputs.manifests, inputs.not_judged, inputs.bundle.shown, inputs.registry.shown, run),
    )


def kept_report(pack: EvidencePack) -> ReadReport | None:
    """The JSON report of a pack; None where it has none, or one that is too large to be told apart."""
    data = pack.content(REPORT) if pack.has(REPORT) else b""
    return report_from(data, REPORT, []) if 0 < len(data) <= LARGEST_REPORT else None


def _judged(pack: EvidencePack, one: PackedManifest) -> GivenManifest:
    found = _read(pack.content(one.member) if pack.has(one.member) else b"", one.path)
    form = found.manifest
    placed = None if form is None else msgspec.structs.replace(form, path=one.place)
    return msgspec.structs.replace(found, manifest=placed)


def _left(pack: EvidencePack, one: PackedUnjudged, report: Report | None) -> GivenManifest:
    """A manifest that was not judged; of one that could not be read, the mistakes are the report's word."""
    if one.member is not None:
        return _read(pack.content(one.member) if pack.has(one.member) else b"", one.path)
    recorded = () if report is None else report.not_judged
    problems = next((_problems(found) for found in recorded if found.path == one.path), ())
    return GivenManifest(one.path, None, problems or (Problem(_UNKNOWN, Location(one.path, 1, 1)),))


def _read(data: bytes, path: str) -> GivenManifest:
    problems: list[Problem] = []
    form = manifest_from(data, path, problems)
    return GivenManifest(path, form, tuple(problems), sha256(data))


def _problems(one: ReportedNotJudged) -> tuple[Problem, ...]:
    return tuple(Problem(found.message, _location(found.location), found.help) for found in one.problems)


def _notice(one: ReportedNotice) -> Notice:
    return Notice(one.id, one.severity, one.message, _location(one.location))


def _location(place: ReportedLocation | None) -> Location | None:
    return None if place is None else Location(place.path, place.line, place.column)
