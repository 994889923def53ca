"""A fleet as Markdown, for the summary of a job: the same totals as on the page, in tables.

In: a fleet. Out: Markdown, in which no text of an input is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ....logic.wording import count
from ....report.markup import code_in_html, short
from .grids import KINDS, brief, heat, timeline
from .model import OUTCOMES, Fleet, RepositoryRow, Tally
from .totals import TotalTable, drift_kinds, notice_kinds, tables
from .wording import SIGNS, head_words, inputs_words, scope_words, verdict_words

_ROWS: Final = 20
"""Of a table; what is left is counted."""
_COLUMNS: Final = 12
"""Vendors beside each other; a wider table serves nobody."""


def render(fleet: Fleet) -> str:
    """The answer first."""
    return "\n".join(_lines(fleet)) + "\n"


def _lines(fleet: Fleet) -> Iterator[str]:
    yield f"# {fleet.about.verdict.upper()}: {head_words(fleet)}"
    yield ""
    yield f"{short(verdict_words(fleet).capitalize())}. {short(scope_words(fleet))}"
    yield from _section("Over all usages", _rules(fleet))
    yield from _section("Subjects", _of_subjects(fleet))
    yield from _section("Teams and vendors", _heat(fleet))
    yield from _section("What ends", _ends(fleet))
    for table in tables(fleet):
        yield from _section(
            f"{'Results' if table.noun == 'policy' else 'Subjects'} {table.title.lower()}", _total(table)
        )
    yield from _section("Who has no manifest", _without([one for one in fleet.repositories if one.state != "has"]))
    yield from _section("Drift", _kinds((one.severity, one.id, one.many) for one in drift_kinds(fleet)))
    yield from _section("Notices", _kinds((one.severity, one.id, one.many) for one in notice_kinds(fleet)))
    yield from _section("Not judged", _unjudged(fleet))
    yield from _section("Inputs", inputs_words(fleet))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A part of which there is nothing is left out."""
    found = [*lines]
    if found:
        yield from ("", f"## {title}", "", *found)


def _rules(fleet: Fleet) -> Iterator[str]:
    for one in fleet.rules:
        block = " (blocks)" if one.blocks else ""
        yield f"- **{one.outcome}**{block}: {short(one.title)} {code_in_html(one.id)}"
        yield from (f"  - {short(message)}" for message in one.told)


def _of_subjects(fleet: Fleet) -> Iterator[str]:
    if fleet.tally.total:
        yield from _table(("blocks", *OUTCOMES), [_counts(fleet.tally)])


def _counts(tally: Tally) -> list[str]:
    return [f"{one:,}" for one in (tally.blocks, *tally.outcomes)]


def _heat(fleet: Fleet) -> Iterator[str]:
    """How many subjects, and the sign of the worst; where any is blocked, how many of all."""
    grid = heat(fleet)
    if not grid.cells:
        return
    columns = grid.columns[:_COLUMNS]
    rows = [
        [short(head.words), *(_cell(cell.tally) if cell else "" for cell in cells[:_COLUMNS])]
        for head, cells in zip(grid.rows, grid.by_row, strict=True)
    ]
    yield from _table(("team", *(short(one.words) for one in columns)), rows[:_ROWS])
    left = [
        *([count(len(rows) - _ROWS, "more row")] if len(rows) > _ROWS else []),
        *([count(len(grid.columns) - _COLUMNS, "more column")] if len(grid.columns) > _COLUMNS else []),
    ]
    if left:
        yield from ("", f"and {' and '.join(left)}")


def _cell(tally: Tally) -> str:
    if tally.blocks:
        return f"{SIGNS['blocks']} {brief(tally.blocks)} of {brief(tally.total)}"
    return f"{SIGNS[tally.worst]} {brief(tally.total)}"


def _ends(fleet: Fleet) -> Iterator[str]:
    grid = timeline(fleet)
    if not grid.rows:
        return
    rows = [
        [KINDS[kind], *(brief(cell.tally.total) if cell else "" for cell in cells)]
        for kind, cells in zip(grid.kinds, grid.by_row, strict=True)
    ]
    yield from _table(("what", *(one.words for one in grid.columns)), rows)


def _total(table: TotalTable) -> Iterator[str]:
    rows = [[short(one.words), *_counts(one.tally)] for one in table.rows]
    if rows:
        yield from _table((table.noun, "blocks", *OUTCOMES), rows[:_ROWS])
        yield from _more(len(rows))


def _more(many: int) -> Iterator[str]:
    if many > _ROWS:
        yield from ("", f"and {many - _ROWS:,} more")


def _without(repositories: Sequence[RepositoryRow]) -> Iterator[str]:
    for one in repositories[:_ROWS]:
        why = f": {short(one.problem)}" if one.problem else ""
        yield f"- {'out of reach' if one.state == 'error' else 'no manifest'}: {short(one.name)}{why}"
    yield from _more(len(repositories))


def _kinds(rows: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    yield from (f"- {severity}: {many:,} × {short(id)}" for severity, id, many in rows)


def _unjudged(fleet: Fleet) -> Iterator[str]:
    left = [one for one in fleet.manifests if one.problems]
    for one in left[:_ROWS]:
        more = f" ({count(len(one.problems) - 1, 'more mistake')})" if len(one.problems) > 1 else ""
        yield f"- {short(one.path)}: {short(one.problems[0])}{more}"
    yield from _more(len(left))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
