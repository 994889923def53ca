"""The formats of what lints and tests of policies find, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.diagnosing import diagnostic_formats
from ...report.diagnostic import Diagnosed
from ...terminal.style import Style
from .lint_model import LintRun
from .model import PolicyTestRun


def _lint_text(linted: LintRun, style: Style) -> str:
    from .lint_text import render

    return render(linted, style)


def _lint_json(linted: LintRun, style: Style) -> str:
    from .lint_document import render

    return render(linted)


def _lint_diagnosed(linted: LintRun) -> Diagnosed:
    from .lint_diagnostics import diagnosed

    return diagnosed(linted)


LINT_FORMATS: Final[Mapping[str, Render[LintRun]]] = {
    "text": _lint_text,
    "json": _lint_json,
    **diagnostic_formats(_lint_diagnosed),
}


def _test_text(run: PolicyTestRun, style: Style) -> str:
    from .tests_text import render

    return render(run, style)


def _test_json(run: PolicyTestRun, style: Style) -> str:
    from .tests_document import render

    return render(run)


def _test_junit(run: PolicyTestRun, style: Style) -> str:
    from .tests_junit import render

    return render(run)


def _test_diagnosed(run: PolicyTestRun) -> Diagnosed:
    from .tests_diagnostics import diagnosed

    return diagnosed(run)


TEST_FORMATS: Final[Mapping[str, Render[PolicyTestRun]]] = {
    "text": _test_text,
    "json": _test_json,
    **diagnostic_formats(_test_diagnosed),
    "junit": _test_junit,
}
"""JUnit has a case for a test that passes, too, which is no diagnostic."""
