"""The pages of the reference name everything that there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from tests import frameworks
from tests.command import ROOT
from vendorgate.evaluate.program import OPERATORS
from vendorgate.load.fleet_language import OF_OFFERINGS
from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon
from vendorgate.logic.paths import COUNT
from vendorgate.logic.types import UnknownPath
from vendorgate.model.facts import CERTIFICATIONS, COMMON_FACTS
from vendorgate.model.frameworks.table import FRAMEWORKS
from vendorgate.model.notice_ids import NoticeId
from vendorgate.report.nouns import _OVER_ALL as OVER_ALL
from vendorgate.report.nouns import _PATHS as PATHS

REFERENCE = ROOT / "docs" / "reference"


def _page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def _first_cells(text: str) -> list[str]:
    return re.findall(r"^\| (`.*?) \| ", text, re.MULTILINE)


def _section(text: str, heading: str) -> str:
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_every_operator_has_its_row_and_no_row_is_of_another() -> None:
    page = _page("language.md")
    own = re.findall(r"^\| `\{(\w+): ", page, re.MULTILINE)
    standard = [
        word for cell in _first_cells(_section(page, "Operators of the standard")) for word in cell.split("`")[1::2]
    ]
    named = own + standard
    assert sorted(named) == sorted((*OPERATORS, COUNT))
    assert _first_cells(_section(page, "Rules over all usages"))[0].startswith(f"`{{{COUNT}: ")


def test_every_path_of_rules_over_all_usages_is_named() -> None:
    section = _section(_page("language.md"), "Rules over all usages")
    for path in (*OVER_ALL, *(f"offering.{name}" for name in OF_OFFERINGS)):
        assert re.search(rf"[`{{ ]{re.escape(path)}[`}}]", section), path


def test_every_path_has_its_row() -> None:
    named = {word for cell in _first_cells(_section(_page("language.md"), "Paths")) for word in cell.split("`")[1::2]}
    assert set(PATHS) <= named


@pytest.mark.parametrize(
    "path",
    [
        word.replace("<dimension>", "hipaa_baa")
        .replace("<kind>", "baa")
        .replace("<language>", "python")
        .replace("<listing>", "certifications_listed")
        for cell in _first_cells(_section(_page("language.md"), "Paths"))
        for word in cell.split("`")[1::2]
    ],
)
def test_every_path_that_is_named_can_be_read(path: str) -> None:
    dialect = language(frozenset(("phi",)), Lexicon(("openai-api",))).require
    for name in ("x", "expires", "soc_2"):
        try:
            dialect.path(path.replace("<name>", name).replace("<field>", name))
        except UnknownPath:
            continue
        return
    pytest.fail(f"no rule can read {path}")


_VALUES = {
    "amount": "number of {}, 0 or more",
    "count": "whole number of {}, 0 or more",
    "flag": "`true` or `false`",
    "country": "code of a country",
    "countries": "listing of countries",
    "certifications": "listing of certifications",
    "modules": "list of whole numbers, 1 to 4",
    "text": "text",
}


def test_the_page_of_facts_has_the_common_names_as_the_table_has_them() -> None:
    expected = [
        f"| `{name}` | {_VALUES[fact.kind].format(fact.unit)} | {fact.meaning} | "
        f"{', '.join(f'`{home}`' for home in fact.homes)} |"
        for name, fact in COMMON_FACTS.items()
    ]
    expected += [f"| `{name}` | {words} |" for name, words in CERTIFICATIONS.items()]
    assert re.findall(r"^\| `.*$", _page("facts.md"), re.MULTILINE) == expected


def test_every_notice_has_its_row_and_no_row_is_of_another() -> None:
    rows = [cell.strip("`") for cell in _first_cells(_page("notices.md"))]
    assert sorted(rows) == sorted(get_args(NoticeId))


def test_exit_codes_are_those_of_the_help() -> None:
    codes = re.findall(r"^\| (\d+) \| ", _page("exit-codes.md"), re.MULTILINE)
    assert codes == ["0", "1", "2", "3", "130"]
    text = Path(ROOT / "src/vendorgate/cli/commands.py").read_text(encoding="utf-8")
    assert re.findall(r"\b(\d+) [a-z]", text.partition("Exit codes: ")[2].partition('"')[0]) == codes


def test_frameworks_and_who_serves_their_controls_are_as_they_ship() -> None:
    assert frameworks.PAGE.read_text("utf-8") == frameworks.page(), "python -m tests.frameworks"


def test_every_control_is_numbered_as_its_framework_numbers() -> None:
    for one in FRAMEWORKS.values():
        assert [id for id in one.controls if not re.fullmatch(one.numbering, id)] == []
        assert all(one.controls.values())


def test_no_spelling_of_a_framework_is_another_frameworks_name() -> None:
    spelled: dict[str, set[str]] = {}
    for one in FRAMEWORKS.values():
        for name in (one.id, *one.spellings):
            spelled.setdefault(re.sub("[^a-z0-9]", "", name), set()).add(one.id)
    assert [name for name, meant in spelled.items() if len(meant) > 1] == []
