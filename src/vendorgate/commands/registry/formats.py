"""The formats of what the registry says, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...comparison.registry_model import RegistryDifference
from ...frame.answer import Render
from ...frame.diagnosing import diagnostic_formats
from ...report.diagnostic import Diagnosed
from ...terminal.style import Style
from .model import Matches, OfferingList, OfferingPage, OneDimension, SideBySide, WatchOuts
from .verifying import VerifiedSnapshot


def _list_text(found: OfferingList, style: Style) -> str:
    from .console import canvas_for
    from .text import listing

    return listing(found.snapshot, found.offerings, canvas_for(style))


def _list_json(found: OfferingList, style: Style) -> str:
    from .document import listing

    return listing(found.snapshot, found.offerings)


LIST_FORMATS: Final[Mapping[str, Render[OfferingList]]] = {"text": _list_text, "json": _list_json}


def _show_text(found: OfferingPage, style: Style) -> str:
    from .console import canvas_for
    from .text import page

    return page(found.offering, found.snapshot, found.concerns, found.as_of, canvas_for(style))


def _show_json(found: OfferingPage, style: Style) -> str:
    from .document import page

    return page(found.offering, found.snapshot, found.concerns)


SHOW_FORMATS: Final[Mapping[str, Render[OfferingPage]]] = {"text": _show_text, "json": _show_json}


def _compare_text(found: SideBySide, style: Style) -> str:
    from .console import canvas_for
    from .text import comparison

    return comparison(found.offerings, canvas_for(style))


def _compare_json(found: SideBySide, style: Style) -> str:
    from .document import comparison

    return comparison(found.offerings, found.snapshot)


COMPARE_FORMATS: Final[Mapping[str, Render[SideBySide]]] = {"text": _compare_text, "json": _compare_json}


def _question_text(found: OneDimension, style: Style) -> str:
    from .console import canvas_for
    from .text import question

    return question(found.dimension, found.snapshot, found.offerings, canvas_for(style))


def _question_json(found: OneDimension, style: Style) -> str:
    from .document import question

    return question(found.dimension, found.snapshot, found.offerings)


QUESTION_FORMATS: Final[Mapping[str, Render[OneDimension]]] = {"text": _question_text, "json": _question_json}


def _watch_outs_text(found: WatchOuts, style: Style) -> str:
    from .console import canvas_for
    from .text import watch_outs

    return watch_outs(found.offerings, canvas_for(style))


def _watch_outs_json(found: WatchOuts, style: Style) -> str:
    from .document import watch_outs

    return watch_outs(found.offerings, found.snapshot)


WATCH_OUTS_FORMATS: Final[Mapping[str, Render[WatchOuts]]] = {"text": _watch_outs_text, "json": _watch_outs_json}


def _search_text(found: Matches, style: Style) -> str:
    from .console import canvas_for
    from .text import matches

    return matches(found.matches, canvas_for(style))


def _search_json(found: Matches, style: Style) -> str:
    from .document import matches

    return matches(found.matches, found.snapshot)


SEARCH_FORMATS: Final[Mapping[str, Render[Matches]]] = {"text": _search_text, "json": _search_json}


def _diff_text(found: RegistryDifference, style: Style) -> str:
    from .console import canvas_for
    from .text import difference

    return difference(found, canvas_for(style))


def _diff_markdown(found: RegistryDifference, style: Style) -> str:
    from .markdown import difference

    return difference(found)


def _diff_json(found: RegistryDifference, style: Style) -> str:
    from .diff_document import difference

    return difference(found)


DIFF_FORMATS: Final[Mapping[str, Render[RegistryDifference]]] = {
    "text": _diff_text,
    "markdown": _diff_markdown,
    "json": _diff_json,
}


def _verify_text(found: VerifiedSnapshot, style: Style) -> str:
    from .console import canvas_for
    from .text import verification

    return verification(found, canvas_for(style))


def _verify_json(found: VerifiedSnapshot, style: Style) -> str:
    from .verify_document import verification

    return verification(found)


def _verify_diagnosed(found: VerifiedSnapshot) -> Diagnosed:
    from .verify_diagnostics import diagnosed

    return diagnosed(found)


VERIFY_FORMATS: Final[Mapping[str, Render[VerifiedSnapshot]]] = {
    "text": _verify_text,
    "json": _verify_json,
    **diagnostic_formats(_verify_diagnosed),
}
