"""`run.json`: what was judged by what, what it came to, and what else lies in the folder, each with its digest.

In: nothing. Out: the document, typed, of which the published schema is made, too. It is written last: a folder without
it is no run. Its last line has the digest of all others, so that one that was damaged or edited is not taken for what
was judged; whoever writes that line anew is not kept from it.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal

import msgspec

from ....model.vocabulary import Decision, FailOn, Severity, Verdict
from ....report.document import DatedDocument, ReportedBundle, ReportedRegistry, ReportedSummary, written

SCHEMA: Final = "vendorgate.fleet-run/1"
_LAST: Final = '  "sha256": '
"""How the last line begins."""
SourceKind = Literal["store", "jsonl", "parquet"]
RowsFormat = Literal["jsonl", "parquet", "none"]


class ReportedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source that manifests were read from."""

    path: str
    """As it was given, with forward slashes."""
    kind: SourceKind
    """What it is."""
    manifests: int
    """How many were read from it, those with mistakes among them."""
    sha256: str
    """Of the bytes of a file; of a store of what was read from it."""


class FleetInputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the verdict depends on, with digests."""

    sources: tuple[ReportedSource, ...]
    """In the order in which they were read."""
    bundle: ReportedBundle
    """The policies."""
    registry: ReportedRegistry
    """The evidence."""
    packs: tuple[str, ...]
    """Packs that somebody asked for, beside what the bundle requires."""
    agreements: Literal["register", "self-declared"]
    """What counted as an agreement in force: the bundle's register, or the claims of the manifests."""


class FleetCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much there is of everything."""

    repositories: int
    """Repositories that a store has, or that were meant."""
    unreachable: int
    """Repositories of which nothing is known."""
    manifests: int
    """Manifests that were meant."""
    not_judged: int
    """Manifests that have mistakes."""
    usages: int
    """Usages of the others."""
    cases: int
    """Distinct cases among the subjects: what no policy can tell apart is one."""


class FleetPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one policy came to."""

    id: str
    """The policy."""
    title: str
    """What it demands, in one line."""
    severity: Severity
    """As the bundle has it."""
    passed: int = msgspec.field(name="pass")
    """Subjects that pass."""
    fail: int
    """Subjects that fail."""
    unknown: int
    """Subjects of which that is not known."""
    waived: int
    """Subjects that a waiver covers."""
    not_applicable: int
    """Subjects to which it does not apply."""
    blocking: int
    """Subjects that it blocks."""
    blocked_manifests: int
    """Manifests that have any of these."""
    blocked_repositories: int
    """Repositories that have any of these; none where nobody knows repositories."""


class FleetRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a policy over all usages came to."""

    id: str
    """The policy."""
    title: str
    """What it demands, in one line."""
    outcome: Decision
    """What it came to."""
    severity: Severity
    """In effect on the day."""
    blocks: bool
    """Whether it blocks."""


class FleetDrift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which code departs from what manifests declare, as often as it was seen."""

    id: str
    """What it is."""
    severity: Severity
    """As the policies have it by which the code was looked into."""
    differences: int
    """How many the database has."""
    repositories: int
    """Repositories that have any of these."""
    blocks: bool
    """Whether they block."""


class FleetUnjudged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest or repository of which nothing was judged."""

    path: str
    """The manifest, or the repository."""
    problems: tuple[str, ...]
    """Why; of many mistakes the first."""


class FleetFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the run."""

    path: str
    """From the folder of the run."""
    size: int
    """Bytes."""
    sha256: str
    """Of its bytes."""


class FleetRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The files that have a row for each subject and policy."""

    format: RowsFormat
    """`none`: there are none, and the database has the same rows."""
    files: int
    """How many; each is called by its number, from 000000."""
    size: int
    """Bytes of all."""
    sha256: str
    """Of what `sha256sum` prints for them in the folder `results`, sorted by name."""


class FleetRun(DatedDocument, frozen=True):
    """A run: many manifests judged by a bundle against a snapshot on a day."""

    schema: Literal["vendorgate.fleet-run/1"]
    """The format."""
    as_of_given: bool
    """Whether somebody chose the day, so that it may be another than the day of the run."""
    fail_on: FailOn
    """The least severity that blocks."""
    verdict: Verdict
    """`incomplete` as soon as a manifest or repository was not judged, else `fail` as soon as anything blocks."""
    inputs: FleetInputs
    """What the verdict depends on."""
    counts: FleetCounts
    """How much there is of everything."""
    summary: ReportedSummary
    """Results of all subjects, by outcome; what blocks counts policies over all usages, too."""
    policies: tuple[FleetPolicy, ...]
    """In the order in which they judge."""
    rules: tuple[FleetRule, ...]
    """The policies over all usages, of `fleet.yaml` of the bundle."""
    drift: tuple[FleetDrift, ...]
    """How code departs from what is declared, by severity and id; nothing where no store was gathered with code."""
    not_judged: tuple[FleetUnjudged, ...]
    """The first of what was not judged: repositories, then manifests; the database has all."""
    notices: int
    """How many the database has; none of them blocks."""
    database: FleetFile
    """`run.sqlite`."""
    rows: FleetRows
    """The folder `results`."""
    sha256: str
    """Of the bytes of all lines above this one: `head -n -2 run.json | sha256sum`."""


def sealed(found: FleetRun) -> FleetRun:
    """The document with the digest of what it says."""
    above, _, _ = written(found).rpartition(_LAST)
    return msgspec.structs.replace(found, sha256=hashlib.sha256(above.encode("ascii")).hexdigest())


def is_as_written(data: bytes, found: FleetRun) -> bool:
    """Whether the file that was read is the one that was written, byte for byte."""
    last = f'{_LAST}"{found.sha256}"\n}}\n'.encode("ascii", "replace")
    return data.endswith(last) and hashlib.sha256(data[: -len(last)]).hexdigest() == found.sha256


def render(found: FleetRun) -> str:
    """The document, as it stands in `run.json`."""
    return written(found)
