"""The manifests and subjects of a run, a column each, in the order of repositories and paths.

In: the database of a run. Out: columns of numbers, and how many subjects of each case a manifest has.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from typing import Final

import msgspec

from ....terminal.escape import escape
from .model import Subjects
from .naming import Texts

_MANIFESTS: Final = (
    "SELECT id, repository, path, project, owner, problems FROM manifests"
    " ORDER BY repository IS NULL, repository, path, id"
)
_SUBJECTS: Final = (
    "SELECT subjects.manifest, subjects.case_id, subjects.offering, subjects.vendor, subjects.usage, subjects.account,"
    " subjects.route, subjects.line FROM manifests JOIN subjects ON subjects.manifest = manifests.id"
    " ORDER BY manifests.repository IS NULL, manifests.repository, manifests.path, manifests.id, subjects.id"
)
_COLUMNS: Final = ("manifest", "case", "offering", "usage", "account", "route", "line")
_decode: Final = msgspec.json.Decoder(tuple[str, ...]).decode


class ManifestRow(msgspec.Struct, frozen=True):
    """A manifest as it stands in the run."""

    repository: str | None
    path: str
    project: str | None
    team: str | None
    """Its owner, else who owns its repository."""
    place: str | None
    """Its repository, else its project."""
    problems: tuple[str, ...]


class SubjectColumns:
    """Columns that grow, and what cases and manifests are numbered by."""

    def __init__(self) -> None:
        self.manifests: list[ManifestRow] = []
        self.manifest_numbers: dict[int, int] = {}
        """By the number in the run: where it stands here."""
        self.case_ids: list[int] = []
        """By the number here: that in the run. In the order in which subjects come."""
        self.columns = {name: array("i") for name in _COLUMNS}

    @property
    def case(self) -> array[int]:
        return self.columns["case"]

    def together(self) -> Counter[tuple[int, int]]:
        """How many subjects are of a manifest and a case."""
        return Counter(zip(self.columns["manifest"], self.columns["case"], strict=True))

    def subjects(self, texts: tuple[str, ...]) -> Subjects:
        return Subjects(**self.columns, texts=texts)


def collected(database: sqlite3.Connection, texts: Texts) -> SubjectColumns:
    """All manifests and subjects."""
    found = SubjectColumns()
    for id, *cells in database.execute(_MANIFESTS):
        found.manifest_numbers[id] = len(found.manifests)
        found.manifests.append(_manifest(*cells))
    cases: dict[int, int] = {}
    manifest, case, offering, usage, account, route, line = found.columns.values()
    for of, case_id, offered, vendor, used, accounted, routed, lined in database.execute(_SUBJECTS):
        manifest.append(found.manifest_numbers[of])
        case.append(cases.setdefault(case_id, len(cases)))
        offering.append(texts.number(escape(offered if vendor is None else f"{offered}: {vendor}")))
        usage.append(texts.number(escape(used)))
        account.append(texts.number(escape(accounted or "")))
        route.append(texts.number(routed))
        line.append(lined or 0)
    found.case_ids = list(cases)
    return found


def _manifest(repository: str | None, path: str, project: str | None, owner: str | None, problems: str) -> ManifestRow:
    shown = None if repository is None else escape(repository)
    named = None if project is None else escape(project)
    team = escape(owner or "") or (shown or "").rpartition("/")[0] or None
    return ManifestRow(shown, escape(path), named, team, shown or named, tuple(map(escape, _decode(problems))))
