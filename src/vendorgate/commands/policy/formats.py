"""The formats of policies that somebody reads, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...terminal.style import Style
from .model import PolicySelection


def _json(found: PolicySelection, style: Style) -> str:
    from .document import render

    return render(found.policies, found.bundle)


def _list_text(found: PolicySelection, style: Style) -> str:
    from .pages import listed

    return listed(found.policies, style)


LIST_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = {"text": _list_text, "json": _json}


def _show_text(found: PolicySelection, style: Style) -> str:
    from .pages import shown

    (policy,) = found.policies
    return shown(policy, found.tests, style)


SHOW_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = {"text": _show_text, "json": _json}


def _explain_text(found: PolicySelection, style: Style) -> str:
    from .pages import explained

    return explained(found.policies, style)


EXPLAIN_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = {"text": _explain_text, "json": _json}


def _docs_markdown(found: PolicySelection, style: Style) -> str:
    from .pages import handbook

    return handbook(found.policies, found.bundle)


DOCS_FORMATS: Final[Mapping[str, Render[PolicySelection]]] = {"markdown": _docs_markdown}
