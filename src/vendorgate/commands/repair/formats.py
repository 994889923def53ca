"""The formats of repairs and of alternatives, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from ...lifting.model import Repairs
from .model import Alternatives

REPAIR_FORMATS: Final[Mapping[str, Render[Repairs]]] = formats_beside(
    __name__, text=".text:render_repairs", json=".document:render_repairs"
)
ALTERNATIVES_FORMATS: Final[Mapping[str, Render[Alternatives]]] = formats_beside(
    __name__, text=".text:render_alternatives", json=".document:render_alternatives"
)
_WITH_ALL: Final[Mapping[str, Render[Alternatives]]] = {
    **ALTERNATIVES_FORMATS,
    **formats_beside(__name__, text=".text:render_all_alternatives"),
}


def alternatives_formats(everything: bool) -> Mapping[str, Render[Alternatives]]:
    """With every offering in the text, too, where somebody wants it; JSON always has all of them."""
    return _WITH_ALL if everything else ALTERNATIVES_FORMATS
