"""What the fleet commands hand to each other: rows that are to be judged, and what becomes of them.

A row is a manifest with what its gatherer knows of it. Judged rows are plain values, because they travel between
processes and machines and end up in files: nothing here leads back to an evaluation.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ...logic import Json
from ...model.vocabulary import FailOn, Outcome, RouteOfUsage, Severity
from ...model.waiver import WaiverRule


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One manifest that is to be judged, or that could not be read."""

    path: str
    """As it is shown: in a store below its repository, else as the row says, or where it stands if it says nothing."""
    written: bytes
    """The manifest's values as JSON, no key twice; empty where it has no form."""
    repository: str | None = None
    """OWNER/NAME, as the gather knows it; None: nobody knows it. No row says so of itself."""
    place: str | None = None
    """The manifest's real path from the root of its repository, by which a bundle may bind it; None: not known."""
    sha256: str = ""
    """Of the bytes that were read, in hexadecimal."""
    lines: tuple[int, ...] = ()
    """Of each route in the order of subjects the line that names its offering, from 1; none where nobody knows."""
    problems: tuple[str, ...] = ()
    """What is wrong with its form, each with its place, as people read it; a row with any is not judged."""
    stands: str = ""
    """The file and line that the row itself stands in; empty in a store."""


class ReadRow(Row, frozen=True, array_like=True):
    """A row that was read where it is judged, and does not travel."""

    values: dict[str, Json] = {}
    """What `written` says, so that nobody reads it twice."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Rows that one worker judges at once: its number says where they stand among all."""

    number: int
    rows: tuple[Row, ...]


class JudgedSubject(msgspec.Struct, frozen=True, array_like=True):
    """One route of one usage, and the case that it is."""

    usage: str
    route: RouteOfUsage
    offering: str
    account: str | None
    vendor: str | None
    line: int | None
    case: str
    """The `digest` of its `JudgedCase`."""


class JudgedManifest(msgspec.Struct, frozen=True, array_like=True):
    """One row, judged or not."""

    path: str
    repository: str | None
    sha256: str
    project: str | None
    """None where the row has no form."""
    owner: str | None
    """As the bundle binds it, else as the manifest says."""
    bound: bool | None
    """Whether the bundle binds it; None: the bundle binds nobody."""
    usages: int
    """How many usages it declares."""
    problems: tuple[str, ...]
    """Why it was not judged; none where it was."""
    subjects: tuple[JudgedSubject, ...] = ()
    notices: tuple[JudgedNotice, ...] = ()
    """Of the manifest as a whole; those of its subjects stand in their cases."""


class JudgedNotice(msgspec.Struct, frozen=True, array_like=True):
    """Something worth knowing, of a manifest or of every subject of a case."""

    id: str
    severity: Severity
    message: str
    usage: str | None = None
    """Of a manifest's notice: the usage that it is about."""


class JudgedResult(msgspec.Struct, frozen=True, array_like=True):
    """What one policy comes to for every subject of a case."""

    policy: str
    outcome: Outcome
    severity: Severity
    """In effect on the as-of day."""
    blocks: bool
    waiver: str | None = None
    """Who approved it, and until when, where it is waived."""


class JudgedCase(msgspec.Struct, frozen=True, array_like=True):
    """All subjects that no policy could tell apart: the same facts, the same verdicts, the same reasons."""

    digest: str
    """SHA-256 of what tells it from others, its first 32 hexadecimal digits."""
    facts: bytes
    """JSON: by whole path what policies may read of it (`usage.*`, `offering.*`, `primary.*`), but for what differs
    from subject to subject: ids, purposes, and settings and attributes that nothing reads."""
    results: tuple[JudgedResult, ...]
    """In the order of the bundle's policies."""
    reasons: bytes
    """JSON: of each result that did not pass and does apply, by policy, what a report says of it."""
    notices: tuple[JudgedNotice, ...] = ()


class JudgedBatch(msgspec.Struct, frozen=True, array_like=True):
    """What becomes of a batch."""

    number: int
    manifests: tuple[JudgedManifest, ...]
    cases: tuple[JudgedCase, ...]
    """Each that the worker has not handed over before in this session, and some again; of one digest, whoever hands it
    over says the same."""
    rows: bytes
    """The results as JSON lines, one for each subject and policy; empty where nobody asked for them."""
    waivers: tuple[MetWaiver, ...] = ()
    """Of the bundle's waivers those that name a result of the batch, in their order."""


class MetWaiver(msgspec.Struct, frozen=True, array_like=True):
    """What one waiver of the bundle does for the results of a batch."""

    index: int
    """Its place among the bundle's waivers."""
    met: int
    """Results that it names and that fail, are not known, or are waived by whatever waiver."""
    first_met: str
    """The first of them, in words."""
    shown: int
    """Results that are waived, and shown with it."""
    covered: int
    """Results for which it holds, also where another one is shown."""
    first_covered: str
    void: tuple[VoidWaiver, ...] = ()


class VoidWaiver(msgspec.Struct, frozen=True, array_like=True):
    """A rule that a waiver breaks, and for how many results it is void by that."""

    rule: WaiverRule
    words: str
    """Of the first breach."""
    count: int
    first: str
    """The first result, in words."""


class Documents(msgspec.Struct, frozen=True, array_like=True):
    """What judges, as it is shipped to a worker that shares no disk: every file, and what they must be together."""

    policies: dict[str, bytes]
    registry: dict[str, bytes]
    """By relative path."""
    packs: tuple[str, ...]
    bundle_sha256: str
    registry_sha256: str
    version: str
    """Of vendorgate: another one may judge otherwise."""


class Judging(msgspec.Struct, frozen=True, array_like=True):
    """All that a worker needs beside rows."""

    documents: Documents
    as_of: str
    """YYYY-MM-DD."""
    fail_on: FailOn | None
    write_rows: bool
    """Whether results are wanted as JSON lines."""
    session: str
    """Of the run that hands over rows, as it is begun or taken up again: within one session a worker hands over no case
    twice."""
    kept: tuple[str, ...] = ()
    """Paths below `usage.settings.` and `usage.attributes.` that are among a case's facts although no policy reads
    them: what rules over all usages ask for."""


RepositoryState = Literal["gathered", "error"]


class GatheredRepository(msgspec.Struct, frozen=True):
    """A repository of a store."""

    name: str
    """OWNER/NAME; anything else stands for a repository of which nobody knows it, and binds nobody."""
    origin: str
    """The folder or address that it was read from, without secrets."""
    state: RepositoryState
    commit: str | None = None
    problem: str | None = None
    """Why nothing of it is known, where that is so."""
    help: str | None = None
    """What to do about it."""
    gathered: str = ""
    """The day, YYYY-MM-DD."""
    manifests: int = 0
    """How many it has."""
    coded: bool = False
    """Whether its code was looked into."""


class FoundDrift(msgspec.Struct, frozen=True):
    """One way in which the code of a repository departs from what its manifests declare."""

    repository: str
    id: str
    severity: Severity
    message: str
    path: str | None
    line: int | None
    offering: str | None
