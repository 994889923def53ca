"""Lint findings as JSON, `vendorgate.policy-lint/1`.

In: what was found. Out: ASCII text.
"""

from __future__ import annotations

from typing import Final

from ...report.ascii_json import dumps
from ...version import VERSION
from .lint import Linted

SCHEMA: Final = "vendorgate.policy-lint/1"


def render(linted: Linted, fixed: int = 0) -> str:
    """The report; the same bundle gives the same bytes."""
    report = {
        "schema": SCHEMA,
        "tool": {"name": "vendorgate", "version": VERSION},
        "summary": {
            "policies": linted.policies,
            "findings": len(linted.findings),
            "excepted": linted.excepted,
            "fixed": fixed,
        },
        "findings": [
            {
                "id": finding.id,
                "policy": finding.policy,
                "message": finding.message,
                "help": finding.help,
                "fixable": finding.fix is not None,
                "location": {
                    "path": finding.location.path,
                    "line": finding.location.line,
                    "column": finding.location.column,
                },
                "page": f"docs/lints/{finding.id}.md",
            }
            for finding in linted.findings
        ],
    }
    return dumps(report)
