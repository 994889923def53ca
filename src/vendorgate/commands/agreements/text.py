"""The agreements register for people: the register, what is wrong with it, what would be lost with an agreement.

In: what was found and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ...model.vocabulary import AgreementState
from ...report import unjudged
from ...report.diagnostics import text as diagnostics
from ...report.lines import shortened
from ...terminal.escape import escape, width
from ...terminal.snippet import arrow
from ...terminal.style import PLAIN, Look, Style
from . import wording
from .check_diagnostics import diagnostic
from .model import (
    RegisterCheck,
    RegisterListing,
    Row,
    Termination,
    TerminationEffect,
    Terminations,
)
from .record import record_words

_WIDEST: Final = 40
"""Characters of a cell; JSON and CSV have all."""
_LOOKS: Final[Mapping[AgreementState, Look]] = {"in_force": "pass", "expired": "dim", "terminated": "dim"}


def listing(found: RegisterListing, style: Style = PLAIN) -> str:
    """A line an agreement and offering; the last line counts."""
    columns = wording.columns(found)
    cells = [[_cut(name, escape(value(row))) for name, value in columns.items()] for row in found.rows]
    widths = [max(map(width, column)) for column in zip(columns, *cells, strict=True)]
    lines = [style.paint("bold", _padded(columns, widths)), *_lines(found.rows, cells, widths, style), ""]
    table = "\n".join([*(lines if cells else ()), wording.listing_words(found)])
    return "\n\n".join([*unjudged.blocks(found.evaluation, style), table]) + "\n"


def _cut(column: str, text: str) -> str:
    """A cell that leaves room for others; nothing stands behind the last one, and a place must be whole."""
    return text if column == "place" else shortened(text, _WIDEST)


def _lines(rows: Iterable[Row], cells: list[list[str]], widths: list[int], style: Style) -> Iterator[str]:
    for row, texts in zip(rows, cells, strict=True):
        line, look = _padded(texts, widths), _LOOKS.get(row.state)
        yield line if look is None else style.paint(look, line)


def _padded(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell + " " * (most - width(cell)) for cell, most in zip(cells, widths, strict=True)).rstrip()


def check(found: RegisterCheck, style: Style = PLAIN) -> str:
    """Every finding with its place and tip, then one line of counts."""
    blocks = unjudged.blocks(found.evaluation, style)
    blocks += ["\n".join(diagnostics.lines(diagnostic(one), style)) for one in found.findings]
    verdict = style.paint("pass" if found.verdict == "pass" else "error", found.verdict.upper())
    return "\n\n".join([*blocks, f"{verdict}: {wording.check_words(found)}"]) + "\n"


def report(found: Terminations, style: Style = PLAIN) -> str:
    """What would change without each agreement, then those without which nothing would."""
    missed, rest = wording.parted(found)
    blocks = unjudged.blocks(found.evaluation, style)
    blocks += ["\n".join(_termination(one, style)) for one in missed]
    if rest:
        blocks.append("\n".join(_nothing(rest, style)))
    return "\n\n".join([*blocks, wording.closing_words(found)]) + "\n"


def _termination(one: Termination, style: Style) -> Iterator[str]:
    look: Look = "error" if one.blocking else "warning"
    yield style.paint(look, escape(wording.terminated_words(one)))
    for entry in one.entries:
        yield arrow(entry.location, style)
        told = record_words(entry)
        if told:
            yield f"   {style.paint('bold', '|')} {escape(told)}"
    for effect in one.effects:
        yield from _effect(effect, style)


def _effect(effect: TerminationEffect, style: Style) -> Iterator[str]:
    yield f"   {style.paint('bold', '=')} {escape(wording.effect_words(effect))}"
    yield from (f"       - {escape(words)}" for words in wording.loss_words(effect))


def _nothing(rest: list[Termination], style: Style) -> Iterator[str]:
    yield style.paint("bold", "without these nothing would change:")
    yield from (f"  {escape(words)}" for words in wording.harmless_words(rest))
