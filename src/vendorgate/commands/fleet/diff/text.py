"""What is another in a run, for people at a terminal.

In: a difference and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ....terminal.escape import escape
from ....terminal.style import PLAIN, Look, Style
from .model import FleetDifference, Turned, TurnKind
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

_MOST: Final = 15
"""Causes of one kind of turn that are told one by one."""
_LOOKS: Final[Mapping[TurnKind, Look]] = {
    "new": "error",
    "worse": "error",
    "better": "pass",
    "fixed": "pass",
    "gone": "dim",
    "lost": "warning",
}


def render(found: FleetDifference, style: Style = PLAIN) -> str:
    """What turned under its causes, what came and went, and one line that sums it up."""
    blocks = ["\n".join(_head(found, style))]
    for kind in TURNS:
        groups = [one for one in found.turned if one.kind == kind]
        blocks.extend("\n".join(_turned(one, style)) for one in groups[:_MOST])
        if len(groups) > _MOST:
            left = sum(one.results for one in groups[_MOST:])
            more = f"{left} results for {len(groups) - _MOST} more causes"
            blocks.append(f"{style.paint(_LOOKS[kind], TURNS[kind])}: {more}")
    rules = [f"{style.paint(_LOOKS[one.kind], TURNS[one.kind])}: {escape(rule_words(one))}" for one in found.rules]
    places = [*_places(found)]
    blocks.extend("\n".join(lines) for lines in (rules, places) if lines)
    return "\n\n".join((*blocks, escape(closing_words(found)))) + "\n"


def _head(found: FleetDifference, style: Style) -> Iterator[str]:
    yield f"before: {escape(side_words(found.before))}"
    yield f"after:  {escape(side_words(found.after))}"
    yield from (f"{style.paint('warning', 'note')}: {escape(words)}" for words in notes(found))


def _turned(one: Turned, style: Style) -> Iterator[str]:
    yield f"{style.paint(_LOOKS[one.kind], TURNS[one.kind])}: {escape(turned_words(one))}"
    yield f"  {style.paint('frame', '=')} {escape(cause_words(one.cause))}"
    yield f"  {style.paint('frame', '=')} {escape(policies_words(one))}"
    yield from (f"    {escape(example_words(example))}" for example in one.examples)


def _places(found: FleetDifference) -> Iterator[str]:
    yield from (escape(places_words("repository", one)) for one in found.repositories)
    yield from (escape(places_words("manifest", one)) for one in found.manifests)
