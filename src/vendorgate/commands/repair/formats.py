"""The formats of repairs and of alternatives, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...lifting.model import Repairs
from ...terminal.style import Style
from .model import Alternatives


def _repairs_text(found: Repairs, style: Style) -> str:
    from .text import render_repairs

    return render_repairs(found, style)


def _repairs_json(found: Repairs, style: Style) -> str:
    from .document import render_repairs

    return render_repairs(found)


REPAIR_FORMATS: Final[Mapping[str, Render[Repairs]]] = {"text": _repairs_text, "json": _repairs_json}


def _alternatives_text(found: Alternatives, style: Style) -> str:
    from .text import render_alternatives

    return render_alternatives(found, style)


def _all_alternatives_text(found: Alternatives, style: Style) -> str:
    from .text import render_alternatives

    return render_alternatives(found, style, everything=True)


def _alternatives_json(found: Alternatives, style: Style) -> str:
    from .document import render_alternatives

    return render_alternatives(found)


ALTERNATIVES_FORMATS: Final[Mapping[str, Render[Alternatives]]] = {
    "text": _alternatives_text,
    "json": _alternatives_json,
}


def alternatives_formats(everything: bool) -> Mapping[str, Render[Alternatives]]:
    """With every offering in the text, too, where somebody wants it; JSON always has all of them."""
    return {**ALTERNATIVES_FORMATS, "text": _all_alternatives_text} if everything else ALTERNATIVES_FORMATS
