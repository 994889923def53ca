"""What becomes of the rows of a batch, collected row by row.

In: rows, whose they are, the cases of their usages. Out: a `JudgedBatch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ....evaluate.naming import about_names, self_named_words
from ....evaluate.waiver_index import WaiverIndex
from ....model.policy import Bundle
from ..model import JudgedBatch, JudgedCase, JudgedManifest, JudgedNotice, JudgedSubject, MetWaiver, Row
from .cases import UsageCases
from .lines import beginning
from .names import Whose
from .waiving import joined

JudgedUsages = Sequence[tuple[str, UsageCases]]
"""The usages of a manifest by their ids, each with its cases."""


class Found:
    """What was found so far."""

    def __init__(self, handed: set[str], *, write_rows: bool) -> None:
        self._handed = handed
        """Digests of the cases that the run has."""
        self._write_rows = write_rows
        self._manifests: list[JudgedManifest] = []
        self._cases: list[JudgedCase] = []
        self._rows: list[bytes] = []
        self._met: dict[int, MetWaiver] = {}

    def batch(self, number: int) -> JudgedBatch:
        """All of it."""
        met = tuple(self._met[place] for place in sorted(self._met))
        return JudgedBatch(number, tuple(self._manifests), tuple(self._cases), b"".join(self._rows), met)

    def refused(self, row: Row, project: str | None, problems: tuple[str, ...]) -> None:
        """A row that is not judged."""
        self._manifests.append(JudgedManifest(row.path, row.repository, row.sha256, project, None, None, 0, problems))

    def met(self, waivers: Iterable[MetWaiver]) -> None:
        """What waivers do for one more usage."""
        for one in waivers:
            before = self._met.get(one.index)
            self._met[one.index] = one if before is None else joined(before, one)

    def told(self, row: Row, whose: Whose, every: JudgedUsages, notes: Notes) -> None:
        """A row that is judged: its subjects and their lines, and the cases that are new."""
        subjects: list[JudgedSubject] = []
        project, handed, lines = whose.manifest.project, self._handed, row.lines
        for usage, cases in every:
            for one in cases.routes:
                digest = one.case.digest
                if digest not in handed:
                    handed.add(digest)
                    self._cases.append(one.case)
                line = lines[len(subjects)] if len(subjects) < len(lines) else None
                subjects.append(JudgedSubject(usage, one.route, one.offering, one.account, one.vendor, line, digest))
                if self._write_rows:
                    start = beginning(row, project, subjects[-1])
                    self._rows.append(start.join((b"", *one.fragments)))
        identity = whose.identity
        notices = tuple(notes.of(whose, every))
        told = (project, identity.owner, identity.bound, len(every), (), tuple(subjects), notices)
        self._manifests.append(JudgedManifest(row.path, row.repository, row.sha256, *told))


class Notes(msgspec.Struct, frozen=True):
    """Says what is worth knowing of a manifest as a whole."""

    bundle: Bundle
    waivers: WaiverIndex | None
    """Those of the bundle; None: it has none."""

    def of(self, whose: Whose, every: JudgedUsages) -> Iterable[JudgedNotice]:
        """As a check says it of a manifest: of most nothing."""
        if every and not whose.identity.is_stranger and not any(cases.is_noted for _, cases in every):
            return ()
        return self._notices(whose, every)

    def _notices(self, whose: Whose, every: JudgedUsages) -> Iterator[JudgedNotice]:
        manifest = whose.manifest
        if whose.identity.is_stranger:
            for one in about_names((manifest,), self.bundle, (), self.waivers)[id(manifest)]:
                yield JudgedNotice(one.id, one.severity, one.message)
        resting = [
            msgspec.structs.replace(one, usage=usage)
            for usage, cases in every
            for route in cases.routes
            for one in route.resting
        ]
        if resting:
            yield JudgedNotice("self-named-project", "note", self_named_words(manifest.project, resting))
        if not every:
            message = f"project `{manifest.project}` declares that it uses no AI vendor"
            yield JudgedNotice("no-usages", "note", message)
        for usage, cases in every:
            if not any(one.applies for one in cases.routes):
                yield JudgedNotice("no-policy-applied", "warning", f"no policy applied to usage `{usage}`", usage)
