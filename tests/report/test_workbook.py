"""Workbooks hold texts that stay texts, in any script, and are the same whenever they are made."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.report.evaluations import CONTROL
from tests.thoroughness import share
from tests.workbooks import cells, sheets, table
from vendorgate.report import workbook as module
from vendorgate.report.workbook import LONGEST, Cell, Sheet, shown_name, workbook
from vendorgate.terminal.escape import escape


def made(*rows: tuple[Cell, ...]) -> bytes:
    return workbook("report", [Sheet("one", ("a", "b")[: len(rows[0])], rows)])


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example","x")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "＝1",
        "{=1}",
        "https://example.org",
        "mailto:a@b.example",
        "internal:Sheet1!A1",
        "007",
        "1e5",
        "TRUE",
        "_x0041_",
        "<b>&amp;]]>",
        "患者の要約",
        "ملخص",
        "👩‍⚕️",
    ],
)
def test_text_stays_the_text_that_it_is(text: str) -> None:
    data = made((text,))
    (found,) = [one for one in cells(data) if one.row == 2]
    assert found.data_type == "s"
    assert found.hyperlink is None
    assert found.value == escape(text)
    assert found.quotePrefix == (text[0] in "=+-@＝")


@settings(max_examples=share(200), deadline=None)
@given(st.text(min_size=1))
@example(" ")  # a cell of no text, or none
def test_any_text_is_one_line_without_controls_and_reads_back(text: str) -> None:
    found = [one for one in cells(made((text, "x"))) if one.coordinate == "A2"]
    assert [one.value for one in found if one.value] == ([escape(text)] if escape(text) else [])
    assert not any(CONTROL.search(str(one.value)) or one.data_type != "s" for one in found)


@pytest.mark.parametrize("text", ["x" * 40_000, "👩" * 20_000, "x" + "👩" * 16_400])
def test_text_that_no_cell_can_hold_says_that_it_is_cut(text: str) -> None:
    (found,) = [one for one in cells(made((text,))) if one.row == 2]
    value = str(found.value)
    assert value.endswith("(cut: the JSON report has all of it)")
    assert LONGEST - 3 <= len(value.encode("utf-16-le")) // 2 <= LONGEST


def test_days_and_numbers_are_what_they_are_and_early_days_are_texts() -> None:
    data = made((datetime.date(2026, 11, 28), 42), (datetime.date(1899, 1, 1), True))
    assert sheets(data)["one"][1:] == [[datetime.datetime(2026, 11, 28), 42], ["1899-01-01", "yes"]]  # noqa: DTZ001


def test_row_is_as_high_as_its_longest_text() -> None:
    page = load_workbook(io.BytesIO(made(("short", "a text of words " * 20), ("short", "short")))).worksheets[0]
    assert page.row_dimensions[2].height >= 5 * 15
    assert page.row_dimensions[3].height is None


def test_same_sheets_are_the_same_bytes_on_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(("a", "b"))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert made(("a", "b")) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "1980-01-01T00:00:00Z" in core
    assert str(datetime.date.today().year) not in core  # noqa: DTZ011


def test_rows_beyond_what_a_sheet_holds_stand_in_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    data = workbook("report", [Sheet("a name of thirty-one characters", ("n",), ((n,) for n in range(5)))])
    found = sheets(data)
    assert [name[-2:] for name in found] == ["rs", " 2", " 3"]
    assert [row for rows in found.values() for row in rows[1:]] == [[n] for n in range(5)]


def test_row_of_names_stays_in_sight_filters_and_is_printed_on_each_page() -> None:
    page = load_workbook(io.BytesIO(made(("a", "b")))).worksheets[0]
    assert str(page.print_title_rows).endswith("$1:$1")
    assert page.page_setup.orientation == "landscape"
    properties = page.sheet_properties.pageSetUpPr
    assert properties is not None
    assert properties.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert table(made(("x", "y")), "one") == [{"a": "x", "b": "y"}]


@given(st.text())
def test_name_of_a_tab_is_one_that_spreadsheets_take(text: str) -> None:
    name = shown_name(text)
    assert sheets(workbook("report", [Sheet(name, ("n",), ((1,),))])).keys() == {name}
