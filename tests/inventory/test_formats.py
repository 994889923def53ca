"""Every format of a register says the same, leaves nothing blank, and no text of an input does anything in one."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import html as lxml_html

from tests.command import vendorgate
from tests.golden.registered import INPUTS, REGISTERS, listed
from tests.inventory.worlds import register, view_of
from tests.workbooks import cells, sheets, texts
from vendorgate.inventory.csv import render as as_csv
from vendorgate.inventory.reading import SHIPPED_VIEWS
from vendorgate.inventory.xlsx import render as as_workbook

FORMULA: Final = ("=", "+", "-", "@")
UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
TEXTS: Final = ("text", "json", "csv", "markdown", "html")
FORMATS: Final = (*TEXTS, "xlsx")
PUBLIC: Final = ("markdown", "html", "xlsx")


def document(view: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(listed(view, "json"))
    return found


def read(view: str, format: str) -> str:
    """All that somebody reads in a format."""
    printed = listed(view, format)
    if format == "xlsx":
        return texts(printed.encode("utf-8", "surrogateescape"))
    if format == "json":
        return json.dumps(json.loads(printed), ensure_ascii=False)
    return html.unescape(printed) if format in ("html", "markdown") else printed


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_no_cell_of_the_document_is_blank(view: str) -> None:
    for row in document(view)["rows"]:
        for cell in row["cells"].values():
            assert cell["applies"] == bool(cell["values"] or cell["missing"])
            assert all(one["words"].strip() for one in cell["values"])
            assert all(one["what"] and one["help"] and one["where"] and one["name"] for one in cell["missing"])


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_counts_of_the_document_are_those_of_its_cells(view: str) -> None:
    found = document(view)
    required = {one["id"] for one in found["view"]["columns"] if one["required"]}
    asked = [(id, cell) for row in found["rows"] for id, cell in row["cells"].items() if cell["applies"]]
    missing = [id for id, cell in asked if cell["missing"]]
    summary = found["summary"]
    assert (summary["rows"], summary["cells"]) == (len(found["rows"]), len(asked))
    assert (summary["missing"], summary["filled"]) == (len(missing), len(asked) - len(missing))
    assert summary["missing_required"] == sum(id in required for id in missing)
    assert summary["missing_by_column"] == {id: missing.count(id) for id in dict.fromkeys(missing)} | {}
    assert found["completeness"] == ("missing" if summary["missing_required"] else "whole")


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_tables_have_every_row_and_column_and_no_blank_cell(view: str, format: str) -> None:
    found = document(view)
    if format == "csv":
        names, *rows = [*csv.reader(io.StringIO(listed(view, "csv")))]
        columns = [names.index(one["id"]) for one in found["view"]["columns"]]
    else:
        pages = sheets(listed(view, "xlsx").encode("utf-8", "surrogateescape"))
        first = next(iter(pages.values()))
        shown, *filled = first
        names, rows = [str(one) for one in shown], [[str(one or "") for one in row] for row in filled]
        columns = [names.index(one["title"]) for one in found["view"]["columns"]]
    assert len(rows) == len(found["rows"])
    for row, written in zip(found["rows"], rows, strict=True):
        for at, cell in zip(columns, row["cells"].values(), strict=True):
            assert written[at].strip()
            if not cell["applies"]:
                assert written[at] == "not applicable"
            if cell["missing"] and not found["view"]["public"]:
                assert "missing: " in written[at]


def test_no_two_columns_of_the_csv_are_called_alike(tmp_path: Path) -> None:
    ids = ("row", "column_row", "column_column_row", "missing", "view_sha256", "a")
    view = view_of(*({"id": id, "title": id, "from": ["usage.id"]} for id in ids))
    names = next(csv.reader(io.StringIO(as_csv(register(tmp_path, view, {})))))
    assert len(names) == len(set(names))
    assert [one.count("column_") for one in names if one.endswith("row")] == [0, 1, 2, 3]


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_value_and_every_thing_that_is_missing_stands_in_every_format(view: str, format: str) -> None:
    found = document(view)
    if found["view"]["public"] and format in PUBLIC:
        return
    shown = re.sub(r"[\\\u200b`'*\s]|</?code>|<br>", "", read(view, format))
    for row in found["rows"]:
        for cell in row["cells"].values():
            for one in (*(value["words"] for value in cell["values"]), *(lack["help"] for lack in cell["missing"])):
                plain = re.sub(r"[\\\u200b`'*\s]|\u202e|\u2028", "", one)
                assert plain.replace("\u202e", "")[:30] in shown or UNSAFE.search(one) or "##" in one, one


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
@pytest.mark.parametrize("format", TEXTS)
def test_no_control_character_and_no_reversal_gets_through(view: str, format: str) -> None:
    assert not UNSAFE.search(listed(view, format))


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_no_cell_of_csv_or_of_a_workbook_is_a_formula(view: str) -> None:
    for row in csv.reader(io.StringIO(listed(view, "csv"))):
        assert [one for one in row if one.startswith(FORMULA)] == []
    for cell in cells(listed(view, "xlsx").encode("utf-8", "surrogateescape")):
        assert cell.data_type != "f"
        assert cell.hyperlink is None


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_page_has_no_markup_of_an_input_and_loads_nothing(view: str) -> None:
    page = lxml_html.fromstring(listed(view, "html"))
    assert {str(one.tag) for one in page.iter()} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "time", "ul", "li", "main"),
        *("section", "strong", "div", "table", "thead", "tbody", "tr", "th", "td", "span", "small", "dl", "dt", "dd"),
        *("abbr", "code", "footer", "a"),
    }
    links = [one.get("href") for one in page.iter("a")]
    assert all(re.fullmatch(r"https://[a-z.]+/[\w/-]*", str(link)) for link in links)
    assert page.xpath("//@src") == []


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
@pytest.mark.parametrize("format", FORMATS)
def test_same_inputs_give_the_same_bytes(view: str, format: str) -> None:
    assert listed(view, format) == listed.__wrapped__(view, format)


# The page for everybody.

INTERNAL: Final = (
    *("letters@acme.example", "vendorgate.yaml", "agreements.yaml", "LEGAL-", "sort-letters", "sha256", "SHA-256"),
    *("alpha-api", "beta-cloud", "manifest", "register", "registry", "missing", "bundle", "alpha.example"),
)


@pytest.mark.parametrize("format", PUBLIC)
def test_page_for_everybody_says_nothing_that_is_only_for_us(format: str) -> None:
    shown = read("subprocessors", format)
    body = re.sub(r"<style>.*?</style>|content=\"[^\"]*\"|class=\"[^\"]*\"", "", shown, flags=re.DOTALL)
    assert [word for word in INTERNAL if word in body] == []
    assert "not stated" in body


def test_page_for_everybody_has_its_title_its_day_and_its_table() -> None:
    page: Any = lxml_html.fromstring(listed("subprocessors", "html"))
    assert page.findtext(".//h1") == "Sub-processors"
    assert page.find(".//time").get("datetime") == "2026-11-23"
    assert [one.text_content().strip() for one in page.iterfind(".//thead//th")] == [
        *("Name", "Purpose", "Categories of personal data", "Place of processing", "Transfer mechanism", "Since")
    ]
    assert page.find(".//footer") is None


def test_notice_of_a_view_stands_under_its_page(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    text = (Path(REGISTERS).parents[2] / "src/vendorgate/inventory/views/subprocessors.yaml").read_text("utf-8")
    notice = "We tell you 30 days before; object to privacy@acme.example"
    own.write_text(text.replace("title: Sub-processors", f"title: Sub-processors of Acme\nnotice: {notice}"), "utf-8")
    for format in ("html", "markdown"):
        ended = vendorgate("inventory", *INPUTS, "--view", str(own), "--format", format, folder=REGISTERS)
        shown = ended.stdout.replace("\u200b", "")
        assert "Sub-processors of Acme" in shown
        assert notice in shown


# Names of any script, and very long ones.


@pytest.mark.parametrize(
    "name",
    [
        "漢字のかな",
        "עברית \u202e",
        "العربية",
        "Ελληνικά",
        "🦊" * 60,
        "x" * 300,
        "'quoted' \"twice\"",
        "a\tb",
        "=1+1",
        "##[error]x",
    ],
)
def test_workbook_holds_any_name_as_a_text(name: str, tmp_path: Path) -> None:
    usage = {"purpose": name, "attributes": {"controller": name}}
    found = register(tmp_path, "ropa", usage, owner=name)
    assert all(cell.data_type != "f" for cell in cells(as_workbook(found)))


@pytest.mark.parametrize("title", ["run", "Columns", "NOT JUDGED", "History", "[]:*?/", "x" * 300, "=1+1", "'"])
def test_workbook_of_any_title_can_be_opened(title: str, tmp_path: Path) -> None:
    found = register(tmp_path, view_of({"from": ["usage.id"]}, title=title), {})
    assert len(sheets(as_workbook(found))) == 3
