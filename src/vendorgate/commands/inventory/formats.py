"""The formats of a register and of what is another in it, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from ...inventory.model import Inventory
from .difference import InventoryDifference

FORMATS: Final[Mapping[str, Render[Inventory]]] = formats_beside(
    __name__,
    text="...inventory.text:render",
    json="...inventory.document:render",
    csv="...inventory.csv:render",
    markdown="...inventory.markdown:render",
    xlsx="...inventory.xlsx:render",
    html="...inventory.html:render",
)
_VERBOSE: Final[Mapping[str, Render[Inventory]]] = {
    **FORMATS,
    **formats_beside(__name__, text="...inventory.text:render_verbose"),
}
_BY_CONTROL: Final[Mapping[str, Render[Inventory]]] = formats_beside(
    __name__,
    text="...inventory.controls_text:render",
    json="...inventory.document:render_by_control",
    csv="...inventory.controls_csv:render",
    markdown="...inventory.controls_markdown:render",
    xlsx="...inventory.controls_xlsx:render",
    html="...inventory.controls_html:render",
)
_BY_CONTROL_VERBOSE: Final[Mapping[str, Render[Inventory]]] = {
    **_BY_CONTROL,
    **formats_beside(__name__, text="...inventory.controls_text:render_verbose"),
}
DIFF_FORMATS: Final[Mapping[str, Render[InventoryDifference]]] = formats_beside(
    __name__,
    text=".diff_text:render",
    json=".diff_document:render",
    markdown=".diff_markdown:render",
    csv=".diff_csv:render",
)


def formats(verbose: bool, by_control: bool = False) -> Mapping[str, Render[Inventory]]:
    """The formats; with a text that tells every row, and with the rows by control, where somebody asks for that."""
    if by_control:
        return _BY_CONTROL_VERBOSE if verbose else _BY_CONTROL
    return _VERBOSE if verbose else FORMATS
