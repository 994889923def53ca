"""Whoever installed vendorgate reads the pages that messages name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, vendorgate
from vendorgate.commands.docs.command import pages

PAGES = pages()


@pytest.mark.parametrize("page", PAGES)
def test_page_is_printed_as_it_is_written(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    for name in (page, f"docs/{page}.md", f"{page}.md"):
        ended = vendorgate("docs", name, folder=tmp_path)
        assert (ended.code, ended.stdout) == (0, text)


def test_without_a_page_all_of_them_are_listed(tmp_path: Path) -> None:
    listed = vendorgate("docs", folder=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in listed] == [*PAGES]


def test_every_page_of_the_documentation_is_printed() -> None:
    there = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    apart = ("development/", "lints/", "reference/generated/", "_build/")
    assert {name for name in there if not name.startswith(apart)} - {"index"} == PAGES.keys()


def test_every_page_is_in_the_wheel() -> None:
    tomllib = pytest.importorskip("tomllib", reason="Python 3.10 reads no TOML")
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    put = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pages_there = {name: Path(f"docs/{name}.md") for name in PAGES}
    ships = {name for name, path in pages_there.items() if {*map(str, (path, *path.parents))} & put.keys()}
    assert PAGES.keys() - ships == set()


def test_page_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    ended = vendorgate("docs", "waiver", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "no page `waiver`; did you mean `waivers`?" in ended.stderr
