"""What is another in a run, as Markdown: for a ticket, or the summary of a nightly job.

In: a difference. Out: Markdown; every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....report.markup import markdown, short
from .model import FleetDifference, Turned
from .wording import (
    TURNS,
    cause_words,
    closing_words,
    example_words,
    notes,
    places_words,
    policies_words,
    rule_words,
    side_words,
    turned_words,
)

_MOST: Final = 30
"""Causes that are told one by one."""


def render(found: FleetDifference) -> str:
    """A table of causes, examples under it, what came and went."""
    return "\n".join(_lines(found)).rstrip("\n") + "\n"


def _lines(found: FleetDifference) -> Iterator[str]:
    yield from ("# What turned in the fleet", "", short(closing_words(found)), "")
    yield from (f"- before: {short(side_words(found.before))}", f"- after: {short(side_words(found.after))}")
    yield from (f"- **note**: {short(words)}" for words in notes(found))
    yield ""
    shown, left = found.turned[:_MOST], found.turned[_MOST:]
    if shown:
        yield from ("| turned | results | why | policies |", "|---|---|---|---|")
        yield from (_row(one) for one in shown)
        yield ""
    if left:
        yield from (f"{sum(one.results for one in left)} results more, for {len(left)} causes.", "")
    yield from (f"- {TURNS[one.kind]}: {short(rule_words(one))}" for one in found.rules)
    yield from (f"- {short(places_words('repository', one))}" for one in found.repositories)
    yield from (f"- {short(places_words('manifest', one))}" for one in found.manifests)
    examples = [line for one in shown for line in _examples(one)]
    yield from ("", "<details><summary>Examples</summary>", "", *examples, "", "</details>") if examples else ()


def _row(one: Turned) -> str:
    cells = (TURNS[one.kind], turned_words(one), cause_words(one.cause), policies_words(one))
    return f"| {' | '.join(map(short, cells))} |"


def _examples(one: Turned) -> Iterator[str]:
    yield from (f"- {TURNS[one.kind]}: {markdown(example_words(example))}" for example in one.examples)
