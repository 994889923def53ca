"""The JSON report on whether a report holds, `vendorgate.verify/1`, as it is written."""

from __future__ import annotations

from typing import Any, Literal, Union

import msgspec

from ...model.report import ReportedTool
from ...model.vocabulary import FailOn
from .model import DivergenceKind, ReplayOutcome


class ReportedReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The report that is verified."""

    path: str
    """As it was named."""
    sha256: str
    """Of its bytes."""
    version: str
    """Of the tool that made it, as it says."""
    as_of: str
    """The day that it judged by, YYYY-MM-DD."""


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


class ReplayReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a report holds."""

    schema: Literal["vendorgate.verify/1"]
    """The format."""
    tool: ReportedTool
    """What verified."""
    report: ReportedReport
    """What was verified."""
    holds: bool
    """Whether it is what a check says, byte for byte."""
    outcome: ReplayOutcome
    """That, or what stands in the way."""
    fail_on: Union[FailOn, None]
    """The threshold with which it holds, where it is another one that stands in the way."""
    packs: tuple[str, ...]
    """Packs that have policies which the report has and these inputs lack."""
    divergences: tuple[ReportedDivergence, ...]
    """What differs, the most useful first."""
