"""What a run says of itself, when all of it is written.

In: the request, what judged, the database, the files of rows. Out: the document of the run.
"""

from __future__ import annotations

import sqlite3

from ....load.files import digest
from ....report.document import TOOL, ReportedRegistry, reported_bundle
from ..run.counting import drift, not_judged, policies, rules, summary, verdict
from ..run.document import SCHEMA, FleetCounts, FleetFile, FleetInputs, FleetRows, FleetRun, RowsFormat, sealed
from ..run.folder import RunFolder
from ..run.reading import count_of, digest_of
from .judges import Judges
from .kept import RowsFile
from .request import FleetRequest
from .source import Source


def whole_run(
    request: FleetRequest,
    judges: Judges,
    sources: tuple[Source, ...],
    folder: RunFolder,
    counted: FleetCounts,
    database: sqlite3.Connection,
    files: list[RowsFile],
) -> FleetRun:
    """The document of a run whose database is written."""
    by_policy, of_all = policies(database), rules(database)
    summed = summary(database, by_policy, of_all)
    fail_on = request.fail_on or judges.gate.bundle.fail_on
    departing = drift(database, fail_on)
    found = FleetRun(
        SCHEMA,
        TOOL,
        judges.day.day,
        judges.day.asked_on is not None,
        fail_on,
        verdict(counted, summed, departing),
        _inputs(request, judges, sources),
        counted,
        summed,
        by_policy,
        of_all,
        departing,
        not_judged(database),
        count_of(database, "SELECT COUNT(*) FROM notices"),
        _file(folder),
        _rows(request.rows, files),
        sha256="",
    )
    return sealed(found)


def _inputs(request: FleetRequest, judges: Judges, sources: tuple[Source, ...]) -> FleetInputs:
    gate, day = judges.gate, judges.day.day
    snapshot = gate.index.written
    return FleetInputs(
        tuple(one.report() for one in sources),
        reported_bundle(gate.bundle, day),
        ReportedRegistry(snapshot.name, snapshot.generated, gate.index.sha256),
        request.pack,
        "self-declared" if gate.bundle.register is None else "register",
    )


def _file(folder: RunFolder) -> FleetFile:
    with folder.database.open("rb") as file:
        size, sha256 = digest_of(file.fileno())
    return FleetFile(folder.database.name, size, sha256)


def _rows(format: RowsFormat, rows: list[RowsFile]) -> FleetRows:
    sha256 = digest((one.name, one.sha256) for one in rows)
    return FleetRows(format, len(rows), sum(one.size for one in rows), sha256)
