"""Lint findings as JSON, `vendorgate.policy-lint/1`: their types, and what fills them.

In: what was found. Out: ASCII text.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...report.document import TOOL, JsonDocument, ReportedLocation, place, written
from .lint_model import LintFinding, LintId, LintRun


class ReportedLint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a lint found."""

    id: LintId
    """Of the lint."""
    policy: Union[str, None]
    """The id of the policy that it is about; null where it is about the bundle."""
    message: str
    """What was found."""
    help: str
    """What to do."""
    fixable: bool
    """Whether `--fix` mends it."""
    location: ReportedLocation
    """Where."""
    more: str
    """The command that prints the page of the lint."""


class ReportedLintCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    policies: int
    """Policies that were looked at, those over all usages of a fleet among them."""
    findings: int
    """Findings."""
    excepted: int
    """Findings that an exception of the bundle covers; they are not among the findings."""
    fixed: int
    """Findings that `--fix` has mended; they are not among the findings."""


class PolicyLint(JsonDocument, frozen=True):
    """Policies that cannot do what they seem to."""

    schema: Literal["vendorgate.policy-lint/1"]
    """The format."""
    summary: ReportedLintCounts
    """Counts."""
    findings: tuple[ReportedLint, ...]
    """By file and line."""


def render(linted: LintRun) -> str:
    """The report; the same bundle gives the same bytes."""
    counts = ReportedLintCounts(linted.policies, len(linted.findings), linted.excepted, linted.fixed)
    return written(
        PolicyLint(
            schema="vendorgate.policy-lint/1", tool=TOOL, summary=counts, findings=tuple(map(_lint, linted.findings))
        )
    )


def _lint(finding: LintFinding) -> ReportedLint:
    return ReportedLint(
        id=finding.id,
        policy=finding.policy,
        message=finding.message,
        help=finding.help,
        fixable=finding.fix is not None,
        location=place(finding.location),
        more=finding.more,
    )
