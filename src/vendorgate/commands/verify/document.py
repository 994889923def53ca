"""The JSON report on whether a report holds, `vendorgate.verify/1`: its type, and what fills it.

In: a `Verification`. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from ...archive.reading import FaultKind
from ...model.vocabulary import FailOn, Verdict
from ...report.document import TOOL, JsonDocument, written
from .model import DivergenceKind, PackFindings, Verification, VerifyOutcome


class VerifiedReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The report that is verified."""

    path: str
    """As it was named."""
    sha256: str
    """Of its bytes."""
    version: str
    """Of the tool that made it, as it says."""
    as_of: datetime.date
    """The day that it judged by."""


class ReportedDivergence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that the report says and a check does not, or says otherwise."""

    what: DivergenceKind
    """What it is."""
    name: str
    """Which one; empty where there is only one."""
    field: str
    """What of it, as a path; empty where all of it is there on one side only."""
    recorded: Any
    """As the report has it; null where it does not."""
    found: Any
    """As a check has it now; null where it does not."""


class ReportedMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of an evidence pack that is not as it should be."""

    path: str
    """Its name."""
    fault: FaultKind
    """`changed`, `missing`, `added`, `header`, `order`: it is not what the pack lists. `differs`, `unmade`, `lacking`:
    it is, and does not follow from the inputs. `foreign`: it is said to have come with vendorgate, and did not."""


class VerifiedPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The evidence pack that is verified."""

    verdict: Verdict
    """As the pack says."""
    members: int
    """How many it lists."""
    faults: tuple[ReportedMember, ...]
    """Members that are not as they should be; none where it holds."""
    not_compared: tuple[str, ...]
    """Members that another version made, which may word them otherwise."""


class VerifyReport(JsonDocument, frozen=True):
    """Whether a report holds."""

    schema: Literal["vendorgate.verify/1"]
    """The format."""
    report: VerifiedReport
    """What was verified: a report, or an evidence pack."""
    holds: bool
    """Whether it is what a check says, byte for byte."""
    outcome: VerifyOutcome
    """That, or what stands in the way."""
    fail_on: Union[FailOn, None]
    """The threshold with which it holds, where it is another one that stands in the way."""
    packs: tuple[str, ...]
    """Packs that have policies which the report has and these inputs lack."""
    divergences: tuple[ReportedDivergence, ...]
    """What differs, the most useful first."""
    taken_from_report: tuple[str, ...]
    """What is of the run and of no input, so that nobody can tell whether it is true: keys of the report, or ids of its
    notices."""
    pack: Union[VerifiedPack, UnsetType] = UNSET
    """What was found of an evidence pack; left out where a report was verified."""


def render(verification: Verification) -> str:
    """The report; the same verification gives the same bytes."""
    return written(_report(verification))


def _report(verification: Verification) -> VerifyReport:
    source = () if verification.source is None else ("inputs.bundle.source",)
    return VerifyReport(
        schema="vendorgate.verify/1",
        tool=TOOL,
        report=VerifiedReport(verification.path, verification.sha256, verification.version, verification.as_of),
        holds=verification.outcome == "holds",
        outcome=verification.outcome,
        fail_on=verification.fail_on,
        packs=verification.packs,
        divergences=tuple(
            ReportedDivergence(one.what, one.name, one.field, one.recorded, one.found)
            for one in verification.divergences
        ),
        taken_from_report=("as_of", "as_of_given", "repository", *source, *verification.said),
        pack=UNSET if verification.pack is None else _pack(verification.pack),
    )


def _pack(found: PackFindings) -> VerifiedPack:
    faults = tuple(ReportedMember(one.path, one.kind) for one in found.faults)
    return VerifiedPack(found.verdict, found.members, faults, found.not_compared)
