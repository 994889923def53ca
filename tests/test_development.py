"""What is written for contributors names what there is, and the fast door finds the tests of a change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.check import tests_of as chosen

from tests.command import ROOT

PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "development").glob("*.md"))]
RECORDS = ("mutation-testing.md",)
"""Pages with figures of modules as they were called then."""
MADE = {"fuzz-faults/", "docs/_build", "docs/reference/generated", "content/parsed.msgpack"}
"""What a run makes, or a build."""
NAMES = {path.name for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py")}
PLACES = (ROOT, ROOT / "src" / "vendorgate", ROOT / "src" / "vendorgate" / "commands")


def named(page: Path) -> set[str]:
    """Paths between backticks: with a folder or the end of a source file, and without what stands for a name."""
    words = re.findall(r"`([\w./-]+)`", re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M))
    return {word for word in words if "/" in word or word.endswith((".py", ".toml"))}


def there(path: str) -> bool:
    """A file without its folder is one of a folder that was named before."""
    return path in NAMES or any((place / path).exists() for place in PLACES)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in RECORDS], ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    assert [path for path in sorted(named(page) - MADE) if not there(path)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_tests_of_a_module_are_its_folder_those_that_import_it_and_golden_files() -> None:
    found = chosen([Path("src/vendorgate/commands/plan/days.py")], slow=False)
    assert Path("tests/commands/plan/test_turns.py") in found
    assert Path("tests/golden/test_golden.py") in found
    assert not any("laws" in path.name or path.is_relative_to("tests/logic") for path in found)


def test_laws_are_tried_where_they_are_asked_for() -> None:
    assert Path("tests/commands/plan/test_laws.py") in chosen([Path("src/vendorgate/commands/plan/days.py")], slow=True)


def test_a_test_is_its_own_and_prose_is_tried_by_the_readme() -> None:
    files = [Path("tests/logic/test_tree.py"), Path("docs/reports.md")]
    assert chosen(files, slow=False) == [Path("tests/logic/test_tree.py"), Path("tests/test_readme.py")]


def test_nothing_that_tests_know_is_no_test() -> None:
    assert chosen([Path("LICENSE")], slow=False) == []
