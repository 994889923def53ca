"""The queue as Markdown, for an issue or a pull request: a task a source.

In: a queue. Out: Markdown; every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....report.markup import markdown, short
from ....report.unjudged import findings
from .model import DueQueue, SourceToRead
from .wording import cells_by_day, closing_words, name_words, reading_words


def render(queue: DueQueue) -> str:
    """A list to tick off; what feeds cells that nobody ever dated has a heading of its own."""
    return "\n".join(_lines(queue)) + "\n"


def _lines(queue: DueQueue) -> Iterator[str]:
    yield from ("## Sources to read", "")
    if queue.evaluation is not None and queue.evaluation.not_judged:
        yield from ("### Not judged", "")
        yield from (f"- {markdown(one.message)}" for one in findings(queue.evaluation))
        yield ""
    for one in queue.due:
        yield from _task(one, queue)
    yield from ([""] if queue.due else ())
    if queue.never_read:
        yield from ("### Never read for some of their cells", "")
        for one in queue.never_read:
            yield from _task(one, queue)
        yield ""
    yield from (f"{markdown(words)}  " for words in closing_words(queue))


def _task(one: SourceToRead, queue: DueQueue) -> Iterator[str]:
    yield f"- [ ] {markdown(name_words(one))}: {markdown(reading_words(one, queue))}"
    for label, cells in cells_by_day(one, queue.as_of):
        yield f"  - {markdown(label)}: {short(cells)}"
