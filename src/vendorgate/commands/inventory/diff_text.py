"""What is another in a register, for people at a terminal; of sub-processors it is the notice of new ones.

In: a difference and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...terminal.escape import escape
from ...terminal.style import PLAIN, Style
from .diff_wording import GONE, NEW, OTHER, cells_of, closing_words, title_words, warning_words
from .difference import InventoryDifference, RowChange, ShownRow


def render(found: InventoryDifference, style: Style = PLAIN) -> str:
    """What came, what went, what says something else, and one line that sums it up."""
    blocks = [f"{style.paint('warning', 'warning')}: {escape(words)}" for words in warning_words(found)]
    blocks.append(style.paint("bold", escape(title_words(found))))
    blocks.extend("\n".join(_row(row, NEW, found, style)) for row in found.added)
    blocks.extend("\n".join(_row(row, GONE, found, style)) for row in found.removed)
    blocks.extend("\n".join(_change(one, style)) for one in found.changed)
    if found.after.view.notice is not None and not found.is_empty:
        blocks.append(escape(found.after.view.notice))
    blocks.append(escape(closing_words(found)))
    return "\n\n".join(blocks) + "\n"


def _row(row: ShownRow, what: str, found: InventoryDifference, style: Style) -> Iterator[str]:
    yield f"{style.paint('bold', what)}: {escape(row.name)}"
    yield from (f"  {escape(title)}: {escape(words)}" for title, words in cells_of(row, found))


def _change(one: RowChange, style: Style) -> Iterator[str]:
    yield f"{style.paint('bold', OTHER)}: {escape(one.name)}"
    for change in one.changes:
        yield f"  {escape(change.column.title)}: {escape(change.after)} (before: {escape(change.before)})"
