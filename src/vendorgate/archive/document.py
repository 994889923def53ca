"""What an evidence pack says of itself: `MANIFEST.json`, `vendorgate.evidence/1`, and the list that sha256sum reads.

In: an evaluation, the members. Out: texts. `MANIFEST.json` lists every other member with what it holds and what the
archive has of it; `SHA256SUMS` lists `MANIFEST.json`, too, and follows from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final, Literal, Union

import msgspec

from ..model.evaluation import Evaluation
from ..model.vocabulary import FailOn, Verdict
from ..report.document import (
    TOOL,
    DatedDocument,
    ReportedNotice,
    ReportedRegistry,
    ReportedRepository,
    ReportedTool,
    notice,
    reported_bundle,
)

MANIFEST: Final = "MANIFEST.json"
SUMS: Final = "SHA256SUMS"
ABOUT_ALL: Final = (MANIFEST, SUMS)
"""Members that are about all others, and stand behind them."""
POLICIES: Final = "inputs/policies/"
LIBRARY: Final = "inputs/library/"
REGISTRY: Final = "inputs/registry/"
FORMAT: Final = "vendorgate.evidence/1"
MemberKind = Literal[
    "manifest", "not-judged", "policies", "library", "registry", "evidence", "report", "handbook", "inventory", "about"
]


class PackedBytes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the archive holds of a member, compressed or as it is."""

    size: int
    """Bytes."""
    sha256: str
    """Of them."""


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the pack."""

    path: str
    """Its name, with forward slashes."""
    kind: MemberKind
    """What it is."""
    size: int
    """Bytes of its content."""
    sha256: str
    """Of its content."""
    packed: PackedBytes
    """What the archive has of it."""


class PackedManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was judged."""

    path: str
    """As it was named, with forward slashes; reports call it so."""
    sha256: str
    """Of its bytes."""
    member: str
    """Where its bytes are."""
    place: Union[str, None]
    """Its real path from the root of the repository, where the bundle binds projects to places; else null."""


class PackedUnjudged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was meant, too, and has mistakes."""

    path: str
    """As it was named, with forward slashes; reports call it so."""
    member: Union[str, None]
    """Where its bytes are; null where it could not be read, or the mistake is not in them."""


class PackedBundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The policy bundle."""

    name: Union[str, None]
    """Its name."""
    release: Union[str, None]
    """Its release."""
    sha256: str
    """Of its files in force, with their paths."""
    source: Union[str, None]
    """Where it is kept, pinned; null: a folder of the machine that judged."""
    shown: str
    """What reports call its folder."""


class PackedRegistry(ReportedRegistry, frozen=True):
    """The registry snapshot."""

    shown: str
    """What reports call its folder."""


class PackedInputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the verdict depends on, and where it is in the pack."""

    manifests: tuple[PackedManifest, ...]
    """In the order in which they were judged."""
    not_judged: tuple[PackedUnjudged, ...]
    """Those that have mistakes."""
    bundle: PackedBundle
    """The policies: `inputs/policies/`, and packs of the library: `inputs/library/`."""
    registry: PackedRegistry
    """The evidence: `inputs/registry/`."""


class PackedRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of the run is no file: a check with the same says the same."""

    fail_on: Union[FailOn, None]
    """The threshold that was asked for; null: the bundle's."""
    packs: tuple[str, ...]
    """Packs that were asked for, in that order."""
    folder: Union[str, None]
    """The folder of the run from the root of the repository, empty at the root; null outside of one."""
    said: tuple[ReportedNotice, ...]
    """What was said of how the policies were found."""


class EvidenceManifest(DatedDocument, frozen=True, kw_only=True):
    """An evidence pack: what was judged, by what, with which verdict, and the digest of every member."""

    schema: Literal["vendorgate.evidence/1"]
    """The format."""
    tool: ReportedTool  # stated once more, so that the fields stay in their order
    """What made it."""
    as_of: datetime.date
    """The day that was judged by."""
    as_of_given: bool
    """Whether somebody chose the day; else it is the day of the run."""
    repository: ReportedRepository
    """In which it was judged."""
    verdict: Verdict
    """Incomplete as soon as one manifest was not judged, else fail as soon as one result blocks."""
    inputs: PackedInputs
    """What was judged, by what."""
    run: PackedRun
    """What of the run is no file."""
    members: tuple[Member, ...]
    """Every member but `MANIFEST.json` and `SHA256SUMS`, by name."""


class Packing(msgspec.Struct, frozen=True):
    """What is known of a run beside its evaluation."""

    manifests: tuple[PackedManifest, ...]
    not_judged: tuple[PackedUnjudged, ...]
    bundle: str
    """The folder of the bundle, as reports call it."""
    registry: str
    run: PackedRun


def evidence_manifest(evaluation: Evaluation, packing: Packing, members: Iterable[Member]) -> EvidenceManifest:
    """What a pack says of itself."""
    bundle, snapshot = reported_bundle(evaluation.bundle), evaluation.snapshot
    return EvidenceManifest(
        schema=FORMAT,
        tool=TOOL,
        as_of=evaluation.as_of,
        as_of_given=evaluation.as_of_given,
        repository=ReportedRepository(evaluation.repository.name, evaluation.repository.said_by),
        verdict=evaluation.verdict,
        inputs=PackedInputs(
            packing.manifests,
            packing.not_judged,
            PackedBundle(bundle.name, bundle.release, bundle.sha256, evaluation.bundle.address, packing.bundle),
            PackedRegistry(snapshot.written.name, snapshot.written.generated, snapshot.sha256, shown=packing.registry),
        ),
        run=packing.run,
        members=tuple(members),
    )


def sums(members: Iterable[Member], manifest_sha256: str) -> str:
    """What `sha256sum` prints for all members but this one."""
    lines = [f"{one.sha256}  {one.path}\n" for one in members]
    return "".join(sorted((*lines, f"{manifest_sha256}  {MANIFEST}\n"), key=lambda line: line[66:]))


def said_notices(evaluation: Evaluation, ids: Iterable[str]) -> tuple[ReportedNotice, ...]:
    """Of an evaluation's notices those of a kind, as they are written."""
    wanted = frozenset(ids)
    return tuple(notice(one) for one in evaluation.notices if one.id in wanted)
