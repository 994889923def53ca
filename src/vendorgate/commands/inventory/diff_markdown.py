"""What is another in a register, as Markdown: of sub-processors the notice of new ones, to be sent as it is.

In: a difference. Out: Markdown; every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...report.markup import markdown
from .diff_wording import GONE, NEW, OTHER, cells_of, title_words, warning_words
from .difference import InventoryDifference, ShownRow


def render(found: InventoryDifference) -> str:
    """A section for what is new, one for what is gone, one for what says something else."""
    return "\n".join(_lines(found)).rstrip("\n") + "\n"


def _lines(found: InventoryDifference) -> Iterator[str]:
    yield from (f"# {markdown(title_words(found))}", "")
    warnings = [*warning_words(found)]
    yield from (f"- **warning**: {markdown(words)}" for words in warnings)
    yield from ([""] if warnings else ())
    if found.is_empty:
        yield "Nothing has changed."
    yield from _section(NEW, found.added, found)
    yield from _section(GONE, found.removed, found)
    if found.changed:
        yield from (f"## {OTHER}", "", "| | | before | now |", "|---|---|---|---|")
        for one in found.changed:
            for change in one.changes:
                cells = (one.name, change.column.title, change.before, change.after)
                yield f"| {' | '.join(map(markdown, cells))} |"
        yield ""
    if found.after.view.notice is not None and not found.is_empty:
        yield markdown(found.after.view.notice)


def _section(name: str, rows: tuple[ShownRow, ...], found: InventoryDifference) -> Iterator[str]:
    if rows:
        yield from (f"## {name}", "")
    for row in rows:
        yield from (f"### {markdown(row.name)}", "")
        yield from (f"- {markdown(title)}: {markdown(words)}" for title, words in cells_of(row, found))
        yield ""
