"""What an archive says for people: document by document what it says otherwise, what only looks otherwise at the end.

In: what was found and a style. Out: text, in which every word from an input passes `cell` or `line`.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from ....report.lines import shortened
from ....terminal.style import Style
from ..console import cell, drawn, line, rows
from .model import SourceChange, TextDifference, Watched
from .wording import MOST, cell_words, closing_words, page_words, what_words

_LONGEST = 400
"""Characters of a sentence; JSON has all of it."""


def render(found: Watched, style: Style) -> str:
    """All that changed, and what it comes to."""
    return drawn(_parts(found), style)


def _parts(found: Watched) -> Iterator[RenderableType]:
    for one in found.of("changed", "gone", "unknown"):
        yield from (*_change(one), line(""))
    cosmetic = found.of("cosmetic")
    if cosmetic:
        yield line(cell("Looks otherwise, and says the same", "bold underline"))
        yield rows((one.document, f"{what_words(one)}: {cell_words(one)}") for one in cosmetic)
        yield line("")
    yield from (line(cell(words)) for words in closing_words(found))


def _change(one: SourceChange) -> Iterator[RenderableType]:
    yield line(cell(one.document, "bold"))
    yield line("  ", cell(what_words(one)))
    yield rows([("copy of", page_words(one)), ("cells", cell_words(one)), *_sentences(one.difference)])


def _sentences(found: TextDifference | None) -> Iterator[tuple[str, str]]:
    if found is None:
        return
    for label, sentences in (("-", found.removed), ("+", found.added)):
        yield from ((label, shortened(one, _LONGEST)) for one in sentences[:MOST])
        if len(sentences) > MOST:
            yield label, f"and {len(sentences) - MOST} more"
