"""The page of the registers names every attribute and key, and the views read no attribute that it does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.command import ROOT
from tests.yaml_text import value_of
from vendorgate.inventory.reading import SHIPPED_VIEWS, shipped_text
from vendorgate.inventory.view_file import ColumnFile, ViewFile
from vendorgate.model.register_words import REGISTER_ATTRIBUTES

PAGE: Final = ROOT / "docs" / "reference" / "inventory.md"
TYPES: Final = {"text": "text", "flag": "`true` or `false`", "day": "day", "number": "number"}


def read_by(view: str) -> set[str]:
    """The attributes that a view reads, in its paths and its rules."""
    return set(_named(value_of(shipped_text(view))))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("usage.attributes."):
        yield value.removeprefix("usage.attributes.")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _named(inner)


def attribute_rows() -> list[str]:
    """The rows of the page's table of attributes."""
    views = {view: read_by(view) for view in SHIPPED_VIEWS}
    return [
        f"| `{name}` | {TYPES[one.type]} | {one.meaning} | "
        + ", ".join(f"`{view}`" for view, names in views.items() if name in names)
        + " |"
        for name, one in REGISTER_ATTRIBUTES.items()
    ]


def test_page_has_a_row_for_every_attribute_and_no_other() -> None:
    table = PAGE.read_text("utf-8").partition("| attribute | value |")[2]
    assert re.findall(r"^\| `.*$", table, re.MULTILINE) == attribute_rows()


def test_views_read_every_attribute_of_the_table_and_no_other() -> None:
    assert set().union(*map(read_by, SHIPPED_VIEWS)) == REGISTER_ATTRIBUTES.keys()


@pytest.mark.parametrize("key", [*ViewFile.__struct_encode_fields__, *ColumnFile.__struct_encode_fields__])
def test_page_names_every_key_of_a_view(key: str) -> None:
    assert f"`{key}`" in PAGE.read_text("utf-8")


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_page_names_every_view(view: str) -> None:
    assert f"| `{view}` |" in PAGE.read_text("utf-8")


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_every_column_of_a_view_cites_what_asks_for_it(view: str) -> None:
    columns = value_of(shipped_text(view))["columns"]
    assert [one["id"] for one in columns if not one.get("cites")] == []
    assert len({one["title"] for one in columns}) == len(columns)
