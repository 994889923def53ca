"""Offerings side by side, and by one dimension, with the facts that they state.

In: offerings to compare. Out: text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from ...logic.wording import count
from ...model.fact_words import fact_lines, fact_value_words, stated_facts
from ...model.facts import COMMON_FACTS, in_fact_order
from ...model.phrases import WORDING, access_words, scope_words
from ...model.registry import Cell, Offering
from ...model.vocabulary import DIMENSIONS, Dimension, in_order
from ...report.finding import OWN
from ...terminal.style import Style
from .console import cell, drawn, grade, line, table
from .model import OneDimension, SideBySide
from .text import OWN_MARK

_DIFFERS: Final = "≠"


def comparison(found: SideBySide, style: Style) -> str:
    """Side by side; a row in which they differ carries a mark. Then the facts in which they differ."""
    offerings = found.offerings
    ids = [offering.id for offering in offerings]
    made = table("", "dimension", *ids, flexible=frozenset(ids))
    different = 0
    every = in_order((*DIMENSIONS, *(name for offering in offerings for name in offering.cells)))
    for dimension in every:
        cells = [offering.cells.get(dimension) for offering in offerings]
        same = len({_said(one) for one in cells}) == 1
        different += not same
        mark = Text("" if same else _DIFFERS, "yellow")
        made.add_row(mark, cell(dimension, "bold"), *(_summary(one) for one in cells))
    words = f"{_DIFFERS} marks {different} of {len(every)} dimensions in which they differ"
    return drawn([made, line(words), line(""), *_facts(offerings, every)], style)


def _said(one: Cell | None) -> tuple[object, ...]:
    if one is None:
        return ()
    rules = tuple(WORDING.words(condition.tree) for condition in one.conditions)
    written = one.written
    return (written.value, *access_words(written), scope_words(written.scope), rules, written.valid_until)


def _summary(one: Cell | None) -> Text:
    if one is None:
        return cell("not stated", "dim")
    limits = [*_limits(one), *([OWN] if one.owner == "bundle" else [])]
    return _below(grade(one.written.value), *map(cell, limits))


def _below(*lines: Text) -> Text:
    """Texts one below the other; a dash where there is none."""
    return Text("\n").join(lines) if lines else cell(None)


def _limits(one: Cell) -> Iterator[str]:
    """What stands between a customer and a commitment, where it reaches, and what it depends on."""
    yield from access_words(one.written)
    yield from scope_words(one.written.scope)
    yield from (f"if {WORDING.words(condition.tree)}" for condition in one.conditions)
    if one.written.valid_until is not None:
        yield f"until {one.written.valid_until}"


def _facts(offerings: Sequence[Offering], dimensions: Sequence[Dimension]) -> Iterator[RenderableType]:
    """The facts in which offerings differ, the common names first; what one alone states has nothing beside it."""
    ids = [offering.id for offering in offerings]
    made = table("dimension", "fact", *ids, flexible=frozenset(("fact", *ids)))
    made.columns[1].min_width = max(map(len, COMMON_FACTS))
    shown, alone = 0, 0
    for dimension in dimensions:
        stated = [_of_cell(offering.cells.get(dimension)) for offering in offerings]
        for name in in_fact_order({name for facts in stated for name in facts}):
            values = [facts.get(name, ()) for facts in stated]
            if name not in COMMON_FACTS and sum(map(bool, values)) == 1:
                alone += 1
            elif len(set(values)) > 1:
                made.add_row(cell(dimension, "bold"), cell(name), *map(_stated, values))
                shown += 1
    if shown:
        yield made
    yield line(f"{count(shown, 'fact')} in which they differ")
    if alone:
        yield line(f"{count(alone, 'fact')} that only one of them states: vendorgate registry show OFFERING")


def _stated(words: tuple[str, ...]) -> Text:
    return _below(*map(cell, words)) if words else cell("not stated", "dim")


def _of_cell(one: Cell | None) -> dict[str, tuple[str, ...]]:
    """By name: what a cell states, and what it states for some names alone."""
    found: dict[str, list[str]] = {}
    for name, value, scope in stated_facts(one.written) if one is not None else ():
        words = fact_value_words(name, value)
        found.setdefault(name, []).append(f"{words} ({scope})" if scope else words)
    return {name: tuple(words) for name, words in found.items()}


def question(asked: OneDimension, style: Style) -> str:
    """All offerings by one dimension: grade, what stands between, where it reaches, and its common facts."""
    made = table("offering", "grade", "evidence", "what is said", flexible=frozenset(("what is said",)))
    dimension, own, more = asked.dimension, False, 0
    for offering in asked.offerings:
        found = offering.cells.get(dimension)
        if found is None:
            made.add_row(cell(offering.id, "bold"), cell("not stated", "dim"), cell(None), cell(None))
            continue
        own = own or found.owner == "bundle"
        more += sum(name not in COMMON_FACTS for name in _of_cell(found))
        made.add_row(cell(offering.id, "bold"), grade(found.written.value), _evidence(found), _answer(found))
    heading = asked.snapshot.written.dimensions.get(dimension, "")
    legend = [line(f"{OWN_MARK} {OWN}")] if own else []
    if more:
        legend.append(line(f"{count(more, 'more fact')}: vendorgate registry show OFFERING"))
    return drawn([line(cell(dimension, "bold"), "  ", cell(heading)), line(""), made, *legend], style)


def _evidence(found: Cell) -> Text:
    verified = found.written.verified
    return _below(cell(found.written.confidence), cell(None if verified is None else str(verified)))


def _answer(found: Cell) -> Text:
    """The note, then a line each; a mark where the organization says it."""
    note = found.written.note
    first = f"{OWN_MARK} {note or ''}".rstrip() if found.owner == "bundle" else note
    facts = [f"{name}: {words}" for name, words in fact_lines(found.written) if name in COMMON_FACTS]
    return _below(*map(cell, (*([first] if first else []), *_limits(found), *facts)))
