"""The queue for people: what is due, source by source, then what nobody ever read.

In: a queue and a style. Out: text, in which every word from a snapshot passes `cell` or `line`.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from ....report import unjudged
from ....terminal.style import Style
from ..console import cell, drawn, line, rows
from .model import DueQueue, SourceToRead
from .wording import cells_by_day, closing_words, name_words, reading_words, usage_words


def render(queue: DueQueue, style: Style) -> str:
    """The queue."""
    left = [] if queue.evaluation is None else unjudged.blocks(queue.evaluation, style)
    return "".join(f"{block}\n\n" for block in left) + drawn(_parts(queue), style)


def _parts(queue: DueQueue) -> Iterator[RenderableType]:
    for one in queue.due:
        yield from _entry(one, queue)
    if queue.never_read:
        yield from (line(cell("Never read for some of their cells", "bold underline")), line(""))
    for one in queue.never_read:
        yield from _short(one, queue)
    yield from ([line("")] if queue.never_read else ())
    for words in closing_words(queue):
        yield line(cell(words))
    if queue.due:
        yield line("when you have read one: vendorgate registry confirm SOURCE --on DATE")
    if queue.undated:
        yield line("when you have held a cell without a day against its source: the same with OFFERING DIMENSION")


def _entry(one: SourceToRead, queue: DueQueue) -> Iterator[RenderableType]:
    yield _unbroken(name_words(one))
    yield line("  ", cell(reading_words(one, queue)))
    yield rows(cells_by_day(one, queue.as_of))
    yield line("")


def _short(one: SourceToRead, queue: DueQueue) -> Iterator[RenderableType]:
    """The same in few lines: there can be many, and no day is near."""
    yield _unbroken(name_words(one))
    if one.usages:
        yield line("  ", cell(usage_words(one)))
    yield rows(cells_by_day(one, queue.as_of))


def _unbroken(text: str) -> RenderableType:
    """An address, which nobody could follow where it is broken."""
    found = line(cell(text, "bold"))
    found.no_wrap = True
    return found
