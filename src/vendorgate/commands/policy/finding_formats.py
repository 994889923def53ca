"""The formats of what lints and tests of policies find, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.diagnosing import diagnostics_beside
from ...frame.rendering import formats_beside
from .lint_model import LintRun
from .model import PolicyTestRun

LINT_FORMATS: Final[Mapping[str, Render[LintRun]]] = {
    **formats_beside(__name__, text=".lint_text:render", json=".lint_document:render"),
    **diagnostics_beside(__name__, ".lint_diagnostics:diagnosed"),
}
TEST_FORMATS: Final[Mapping[str, Render[PolicyTestRun]]] = {
    **formats_beside(__name__, text=".tests_text:render", json=".tests_document:render"),
    **diagnostics_beside(__name__, ".tests_diagnostics:diagnosed"),
    **formats_beside(__name__, junit=".tests_junit:render"),
}
"""JUnit has a case for a test that passes, too, which is no diagnostic."""
