"""Lint findings as diagnostics.

In: what was found. Out: `Diagnostic`s; every one of them ends the command with 1.
"""

from __future__ import annotations

from ...logic.wording import count
from ...report.diagnostic import Diagnosed, Diagnostic
from .lint_model import LintFinding, LintRun
from .lints.table import LINTS


def diagnosed(linted: LintRun) -> Diagnosed:
    """All that the lints found."""
    verdict = "FAIL" if linted.findings else "PASS"
    words = f"{verdict}: {closing(linted)}"
    return Diagnosed(
        "vendorgate policy lint",
        tuple(map(diagnostic, linted.findings)),
        words,
        kinds={str(id): words for id, words in LINTS.items()},
    )


def diagnostic(finding: LintFinding) -> Diagnostic:
    """A finding, with the command that prints the page of its lint."""
    about = f"`{finding.policy}`: " if finding.policy is not None else ""
    fixable = " (--fix does it)" if finding.fix is not None else ""
    return Diagnostic(
        finding.id,
        "warning",
        f"{about}{finding.message}",
        f"{finding.help}{fixable}",
        finding.location,
        finding.source,
        more=finding.more,
        about=(finding.policy,) if finding.policy is not None else (),
    )


def closing(linted: LintRun) -> str:
    """What it comes to, in one line."""
    found, fixable = len(linted.findings), sum(finding.fix is not None for finding in linted.findings)
    parts = [count(found, "finding") if found else "nothing found"]
    parts.append(f"in {count(linted.policies, 'policy', 'policies')}")
    more = [
        *([f"{linted.fixed} fixed"] if linted.fixed else []),
        *([f"{fixable} can be fixed with --fix"] if fixable else []),
        *([f"{linted.excepted} switched off"] if linted.excepted else []),
    ]
    return "; ".join([" ".join(parts), *more])
