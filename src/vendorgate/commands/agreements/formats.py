"""The formats of what is said of the register: a listing, what is wrong, what terminations would do.

Each is imported when it is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.diagnosing import diagnostic_formats
from ...report.diagnostic import Diagnosed
from ...terminal.style import Style
from .model import RegisterCheck, RegisterListing, Terminations


def _list_text(found: RegisterListing, style: Style) -> str:
    from .text import listing

    return listing(found, style)


def _list_json(found: RegisterListing, style: Style) -> str:
    from .list_document import listing

    return listing(found)


def _list_markdown(found: RegisterListing, style: Style) -> str:
    from .markdown import listing

    return listing(found)


def _list_csv(found: RegisterListing, style: Style) -> str:
    from .csv import listing

    return listing(found)


LIST_FORMATS: Final[Mapping[str, Render[RegisterListing]]] = {
    "text": _list_text,
    "json": _list_json,
    "markdown": _list_markdown,
    "csv": _list_csv,
}


def _check_text(found: RegisterCheck, style: Style) -> str:
    from .text import check

    return check(found, style)


def _check_json(found: RegisterCheck, style: Style) -> str:
    from .check_document import check

    return check(found)


def _check_markdown(found: RegisterCheck, style: Style) -> str:
    from .markdown import check

    return check(found)


def _check_diagnosed(found: RegisterCheck) -> Diagnosed:
    from .check_diagnostics import diagnosed

    return diagnosed(found)


CHECK_FORMATS: Final[Mapping[str, Render[RegisterCheck]]] = {
    "text": _check_text,
    "json": _check_json,
    "markdown": _check_markdown,
    **diagnostic_formats(_check_diagnosed),
}


def _report_text(found: Terminations, style: Style) -> str:
    from .text import report

    return report(found, style)


def _report_json(found: Terminations, style: Style) -> str:
    from .report_document import report

    return report(found)


def _report_markdown(found: Terminations, style: Style) -> str:
    from .markdown import report

    return report(found)


REPORT_FORMATS: Final[Mapping[str, Render[Terminations]]] = {
    "text": _report_text,
    "json": _report_json,
    "markdown": _report_markdown,
}
