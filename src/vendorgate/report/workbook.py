"""A workbook of tables (Office Open XML, ECMA-376) as spreadsheets and GRC portals take it; the only place that builds
one.

In: sheets with their columns and rows. Out: its bytes, the same for the same sheets: no clock, nobody's name. A text is
a text whatever it begins with; it is one line without control characters, and no longer than a cell may be.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING, Final, NamedTuple, Union

import msgspec

from ..terminal.escape import escape, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = Union[str, int, datetime.date]
"""What a cell holds; what is not known is said in words, never left empty."""
LONGEST: Final = 32_767
"""UTF-16 units of a cell's text."""
MOST_ROWS: Final = 1_048_576 - 1
"""Of one sheet, beside its row of names; further ones stand in a sheet that follows."""
_LONGEST_NAME: Final = 31
_NARROWEST: Final = 9
_WIDEST: Final = 70
"""Characters that a column is wide."""
_MEASURED: Final = 200
"""Rows that say how wide a column is."""
_OFTEN: Final = 100
"""Characters of texts that many cells may have; longer ones are not kept."""
_LINE: Final = 15
_HIGHEST: Final = 409
"""Points: of a line, and of the highest row that there can be."""
_ONE_PAGE: Final = 12
"""Columns that can still be read where all of them stand on one page."""
_CUT: Final = " … (cut: the JSON report has all of it)"
_FORMULA: Final = tuple("=+-@＝＋－＠\t")
"""What a spreadsheet takes for the beginning of a formula when somebody types, edits or imports the text again."""
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
"""Spreadsheets count days from 1900, and believe that it had a 29 February."""
_MADE: Final = datetime.datetime(1980, 1, 1)  # noqa: DTZ001 a workbook knows no time zones
"""The day that the workbook says it was made on, as its archive does: the report says its own day."""


class Sheet(msgspec.Struct, frozen=True):
    """One table."""

    name: str
    """On its tab: unique, at most 31 characters, none of `[]:*?/\\`."""
    columns: Sequence[str]
    """Their names, each once."""
    rows: Iterable[Sequence[Cell]]
    """Each as long as there are columns."""


def workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """The sheets in their order, each with a row of names that stays in sight and can be filtered by."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": escape(title), "created": _MADE})
    looks = _Looks(book)
    for sheet in sheets:
        for name, rows in _parts(sheet):
            _fill(book.add_worksheet(name), sheet.columns, rows, looks)
    book.close()
    return buffer.getvalue()


def shown_name(text: str) -> str:
    """A name for a tab, made of any text."""
    plain = "".join(" " if one in "[]:*?/\\'" else one for one in escape(text))
    name = _no_longer(" ".join(plain.split()), _LONGEST_NAME).strip() or "sheet"
    return f"{name} " if name.casefold() == "history" else name  # which spreadsheets keep for themselves


class _Looks:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        self.name: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted: Format = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.number: Format = book.add_format({"valign": "top", "align": "left"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})


def _parts(sheet: Sheet) -> Iterator[tuple[str, Sequence[Sequence[Cell]]]]:
    """A sheet by its name; what is more than one can hold, in others that are numbered."""
    rows = iter(sheet.rows)
    part = list(islice(rows, MOST_ROWS))
    yield sheet.name, part
    for number in count(2):
        part = list(islice(rows, MOST_ROWS))
        if not part:
            return
        yield f"{_no_longer(sheet.name, _LONGEST_NAME - 4)} {number}", part


def _fill(page: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[Cell]], looks: _Looks) -> None:
    widths = _widths(columns, rows)
    for at, name in enumerate(columns):
        page.set_column(at, at, widths[at])
        page.write_string(0, at, escape(name), looks.name)
    for number, row in enumerate(rows, 1):
        taken = [_write(page, number, at, cell, looks) for at, cell in enumerate(row)]
        lines = max(-(-of_text // (wide - 2)) for of_text, wide in zip(taken, widths, strict=True))
        if lines > 1:
            page.set_row(number, min(_LINE * lines, _HIGHEST))
    _lay_out(page, len(rows), len(columns))


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Sequence[int]:
    """As wide as what the first rows hold."""
    found = [max(_NARROWEST, width(escape(name)) + 3) for name in columns]
    for row in rows[:_MEASURED]:
        for at, cell in enumerate(row):
            found[at] = min(max(found[at], _text(_said(cell)).width + 2), max(_WIDEST, found[at]))
    return found


def _lay_out(page: Worksheet, rows: int, columns: int) -> None:
    """The names stay in sight and filter; for print: A4, landscape, the names on each page."""
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, rows, columns - 1)
    page.set_paper(9)
    page.set_landscape()
    page.repeat_rows(0)
    if columns <= _ONE_PAGE:
        page.fit_to_pages(1, 0)


def _write(page: Worksheet, row: int, column: int, cell: Cell, looks: _Looks) -> int:
    """The cell, and how many columns what is seen of it takes."""
    text = _text(_said(cell))
    if isinstance(cell, datetime.date) and cell >= _FIRST_DAY:
        page.write_datetime(row, column, datetime.datetime.combine(cell, datetime.time()), looks.day)
    elif isinstance(cell, int) and not isinstance(cell, bool):
        page.write_number(row, column, cell, looks.number)
    else:
        page.write_string(row, column, text.shown, looks.quoted if text.like_formula else looks.text)
    return text.width


class _Text(NamedTuple):
    """A text as a cell has it."""

    shown: str
    width: int
    """Columns that it takes on one line."""
    like_formula: bool
    """Whether it begins as a formula does."""


def _said(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "yes" if cell is True else "no" if cell is False else str(cell)


def _text(said: str) -> _Text:
    """A cell as it is read."""
    return _short_text(said) if len(said) <= _OFTEN else _made(said)


@lru_cache(maxsize=16_384)
def _short_text(said: str) -> _Text:
    """Most cells of a large table say in few words what others say."""
    return _made(said)


def _made(said: str) -> _Text:
    shown = _fitting(escape(said))
    return _Text(shown, width(shown), shown.startswith(_FORMULA))


def _fitting(text: str) -> str:
    """A text that a cell can hold."""
    if len(text) <= LONGEST // 2 or len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    return _no_longer(text, LONGEST - len(_CUT)) + _CUT


def _no_longer(text: str, units: int) -> str:
    """As much of a text as takes so many UTF-16 units; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
