"""The packs and reports of a folder, read without trust, each as what it says of its day.

In: a folder. Out: files that count, those that say nothing, those that are refused. The same words of many days are
kept once, so that a year of reports takes little more room than one.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from typing import Final, TypeVar

import msgspec
from msgspec import UnsetType

from ...archive.derived import REPORT
from ...archive.reading import EvidencePack, opened_pack
from ...archive.report_file import LARGEST_REPORT, ReadReport, read_report, report_from
from ...archive.writing import MEBIBYTE
from ...errors import InputError, Problem
from ...load.files import Folder, opened, sha256, unreadable
from ...logic.wording import count
from ...report.document import written
from ...report.json import Report, ReportedResult
from ...source import Location
from .series_model import (
    Collected,
    FileKind,
    KeptFile,
    LeftFile,
    RefusedFile,
    ResultKey,
    ResultSaid,
    SubjectKey,
    SupportSaid,
)
from .spans import worse_of

_SCHEMA: Final = "vendorgate.report/1"
_HEAD: Final = 4_096
"""Bytes in which a document says what it is."""
_SHOWABLE: Final = frozenset(("evidence", "agreement", "observation", "waiver"))
Same = TypeVar("Same", SupportSaid, ResultSaid, ResultKey, "tuple[SupportSaid, ...]", "frozenset[str]")


class Shelf:
    """Values that many reports say, each kept once."""

    def __init__(self) -> None:
        self._kept: dict[object, object] = {}

    def once(self, value: Same) -> Same:
        """The first of equal values."""
        found = self._kept.setdefault((type(value), value), value)
        assert isinstance(found, type(value))
        return found


def collected(folder: Folder, largest: int, today: datetime.date) -> Collected:
    """Every file of a folder and the folders in it.

    Raises:
        InputError: a folder cannot be looked into.
    """
    shelf = Shelf()
    kept: list[KeptFile] = []
    left: list[LeftFile] = []
    refused: list[RefusedFile] = []
    for path, shown in _files(folder):
        found = _read(path, shown, largest, shelf)
        if isinstance(found, KeptFile) and found.as_of > today:
            left.append(LeftFile(shown, "to-come"))
        elif isinstance(found, KeptFile):
            kept.append(found)
        elif isinstance(found, LeftFile):
            left.append(found)
        else:
            refused.append(found)
    return Collected(tuple(sorted(kept, key=lambda one: (one.as_of, one.path))), tuple(left), tuple(refused))


def _files(folder: Folder) -> Iterator[tuple[str, str]]:
    """Paths of files, and their names in the folder, in order; no link is followed."""
    problems: list[Problem] = []

    def fail(error: OSError) -> None:
        problems.append(unreadable(error, os.fsdecode(error.filename)))

    for parent, folders, names in os.walk(folder.path, onerror=fail):
        folders.sort()
        linked = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        for name in sorted((*names, *linked)):
            path = os.path.join(parent, name)
            yield path, os.path.relpath(path, folder.path).replace(os.sep, "/")
    if problems:
        raise InputError(problems)


def _read(path: str, shown: str, largest: int, shelf: Shelf) -> KeptFile | LeftFile | RefusedFile:
    ending = shown.lower().rpartition(".")[2]
    if os.path.islink(path):
        return LeftFile(shown, "link")
    if ending not in ("zip", "json"):
        return LeftFile(shown, "not-evidence")
    try:
        return _pack(path, shown, largest, shelf) if ending == "zip" else _report(path, shown, shelf)
    except InputError as error:
        placed = (msgspec.structs.replace(one, location=Location(shown, 1, 1)) for one in error.problems)
        return RefusedFile(shown, tuple(placed))


def _pack(path: str, shown: str, largest: int, shelf: Shelf) -> KeptFile:
    """What a pack says, all of whose digests hold.

    Raises:
        InputError: it is none, or was tampered with.
    """
    with opened_pack(path, largest) as (pack, faults):
        if faults:
            names = ", ".join(one.path for one in faults[:3])
            title = f"tampered with: {count(len(faults), 'member')} not as it should be, such as {names}"
            raise InputError([Problem(title, help=f"see everything: vendorgate verify {pack.shown}")])
        return _kept(_of_pack(pack), shown, "pack", pack.sha256, shelf)


def _of_pack(pack: EvidencePack) -> Report:
    problems: list[Problem] = []
    if pack.size(REPORT) > LARGEST_REPORT:
        title = f"a pack whose report has more than {LARGEST_REPORT // MEBIBYTE} MiB"
        raise InputError([Problem(title, help="pack fewer manifests at once")])
    found = report_from(pack.content(REPORT), REPORT, problems) if pack.has(REPORT) else None
    if found is None:
        raise InputError(problems or [Problem(f"a pack without {REPORT}", help="ask for the pack again")])
    said = pack.manifest
    if (found.report.as_of, found.report.verdict) != (said.as_of, said.verdict):
        raise InputError([Problem("a pack whose report is of another day or verdict", help="verify it")])
    return found.report


def _report(path: str, shown: str, shelf: Shelf) -> KeptFile | LeftFile:
    """What a report says.

    Raises:
        InputError: it cannot be read, or is not as vendorgate writes it.
    """
    if _other_document(path):
        return LeftFile(shown, "another-document")
    problems: list[Problem] = []
    read = read_report(path, problems)
    if read is None:
        raise InputError(problems)
    _refuse_edited(read)
    return _kept(read.report, shown, "report", sha256(read.data), shelf)


def _refuse_edited(read: ReadReport) -> None:
    if written(read.report).encode("ascii") != read.data:
        help = "keep reports as `vendorgate check --output json=PATH` writes them"
        raise InputError([Problem("a report that something else than vendorgate wrote anew", help=help)])


def _other_document(path: str) -> bool:
    """Whether a file is JSON that says of itself that it is something else than a report."""
    try:
        with opened(path) as file:
            head = file.read(_HEAD)
        value = json.loads(head) if len(head) < _HEAD else None
    except (OSError, ValueError, RecursionError):
        return False
    schema = value.get("schema") if isinstance(value, dict) else None
    return isinstance(value, (dict, list)) and schema != _SCHEMA


def _kept(report: Report, shown: str, kind: FileKind, digest: str, shelf: Shelf) -> KeptFile:
    repository = report.repository.name or ""
    manifests = {one.path: one.sha256 for one in report.inputs.manifests}
    results: dict[ResultKey, ResultSaid] = {}
    for one in report.results:
        key, said = shelf.once(_key(one, repository)), shelf.once(_said(one, manifests, shelf))
        earlier = results.get(key)
        results[key] = said if earlier is None else worse_of(earlier, said)
    usages = () if isinstance(report.usages, UnsetType) else report.usages
    return KeptFile(
        shown,
        kind,
        digest,
        report.as_of,
        report.as_of_given,
        report.tool.version,
        report.verdict,
        repository,
        report.inputs.bundle.sha256,
        report.inputs.bundle.release or "",
        report.inputs.registry.sha256,
        frozenset((*(one.project for one in report.results), *(one.project for one in usages))),
        shelf.once(frozenset(one.policy for one in report.results)),
        results,
    )


def _key(one: ReportedResult, repository: str) -> ResultKey:
    subject = SubjectKey(
        repository, one.project, one.usage, one.route, one.offering, one.account or "", one.vendor or ""
    )
    return ResultKey(subject, one.policy)


def _said(one: ReportedResult, manifests: dict[str, str], shelf: Shelf) -> ResultSaid:
    rests_on = None if isinstance(one.rests_on, UnsetType) else one.rests_on
    supports = None
    if rests_on is not None:
        supports = shelf.once(
            tuple(
                shelf.once(SupportSaid(it.kind, it.what, _text(it.value), it.reference, it.until))
                for it in rests_on
                if it.kind in _SHOWABLE
            )
        )
    return ResultSaid(one.outcome, one.severity, one.blocks, manifests.get(one.manifest, ""), supports, one.cause)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
