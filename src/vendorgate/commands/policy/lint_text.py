"""Lint findings, for people.

In: what was found and a style. Out: text, with one closing line.
"""

from __future__ import annotations

from ...report.diagnostics.text import lines
from ...terminal.style import PLAIN, Style
from .lint_diagnostics import closing, diagnostic
from .lint_model import LintRun


def render(linted: LintRun, style: Style = PLAIN) -> str:
    """The report, with its verdict in the last line."""
    blocks = ["\n".join(lines(diagnostic(one), style, name=one.id)) for one in linted.findings]
    verdict = style.paint("error", "FAIL") if linted.findings else style.paint("pass", "PASS")
    return "\n\n".join([*blocks, f"{verdict}: {closing(linted)}"]) + "\n"
