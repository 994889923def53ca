"""What an archive says as Markdown, for an issue.

In: what was found. Out: Markdown; every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....report.markup import markdown, short
from .model import SourceChange, TextDifference, Watched
from .wording import MOST, cell_words, closing_words, page_words, what_words


def render(found: Watched) -> str:
    """A task a document."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Watched) -> Iterator[str]:
    yield from ("## Sources that have changed", "")
    changed, cosmetic = found.of("changed", "gone", "unknown"), found.of("cosmetic")
    for one in changed:
        yield f"- [ ] **{markdown(one.document)}**: {markdown(what_words(one))}"
        yield f"  - copy of {markdown(page_words(one))}"
        yield f"  - cells: {markdown(cell_words(one))}"
        yield from _sentences(one.difference)
    yield from ([""] if changed else ())
    if cosmetic:
        yield from ("### Looks otherwise, and says the same", "")
        yield from (f"- {_cosmetic(one)}" for one in cosmetic)
        yield ""
    yield from (f"{markdown(words)}  " for words in closing_words(found))


def _cosmetic(one: SourceChange) -> str:
    return f"{markdown(one.document)}: {markdown(what_words(one))}: {markdown(cell_words(one))}"


def _sentences(found: TextDifference | None) -> Iterator[str]:
    if found is None:
        return
    for word, sentences in (("gone", found.removed), ("new", found.added)):
        yield from (f"  - {word}: {short(one)}" for one in sentences[:MOST])
        if len(sentences) > MOST:
            yield f"  - {word}: and {len(sentences) - MOST} more"
