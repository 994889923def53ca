"""The rows that a page carries are the texts of the run as they are shown, and never markup."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.commands.fleet.report.test_counting import ABOUT
from tests.thoroughness import share
from vendorgate.commands.fleet.report.counting import counted
from vendorgate.commands.fleet.report.csv import render as csv
from vendorgate.commands.fleet.report.html import render
from vendorgate.commands.fleet.report.markdown import render as markdown
from vendorgate.commands.fleet.report.model import Fleet
from vendorgate.commands.fleet.report.page_data import page_data
from vendorgate.commands.fleet.run.schema import TABLES
from vendorgate.terminal.escape import escape

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""What a database of texts can hold."""


def fleet_of(text: str, other: str = "other") -> Fleet:
    """One subject whose every text is this one, another manifest, and nothing else."""
    with sqlite3.connect(":memory:") as database:
        database.executescript(TABLES)
        facts = json.dumps({"offering.platform": text, "usage.data": [text, other], "usage.region": text})
        reasons = json.dumps({"p": {"cause": text, "requirements": []}})
        rows: dict[str, tuple[object, ...]] = {
            "policies": (0, "p", text, "error"),
            "repositories": (None, text, text, "error", None, text, text, text, 0, 0),
            "manifests": (1, text, f"{text}/vendorgate.yaml", "", text, text, None, 1, json.dumps([text])),
            "cases": (1, "0", facts, reasons),
            "verdicts": (1, 0, "fail", "error", 1, None),
            "subjects": (1, 1, text, "primary", text, text, text, 3, 1),
            "notices": (1, None, text, "note", text, text),
            "drift": (text, text, "error", text, text, 1, text),
        }
        for table, row in rows.items():
            database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        found = counted(database, ABOUT)
    database.close()
    return found


@given(TEXTS)
@example("</script><!--<script>")
@example("&lt;\u2028\u202e\x00\x1b]]>")
@example(" none")
@example(" rest:1")
def test_any_text_stands_in_the_page_as_it_is_shown(text: str) -> None:
    written = page_data(fleet_of(text))
    assert not set("<>&") & set(written)
    data: dict[str, Any] = json.loads(written)
    shown = escape(text)
    assert data["names"]["team"][0] == (shown or escape(text.rpartition("/")[0]) or None)
    assert data["manifests"]["project"] == [shown]
    assert data["texts"][data["subjects"]["usage"]] == shown
    assert data["manifests"]["problems"] == [[0, [shown]]]
    assert all(data["words"][number] == shown for number in data["notices"][0][:1] + data["notices"][0][2:3])


@settings(max_examples=share(100))
@given(TEXTS)
@example("</title></svg><script>")
@example("|`<b>`\n# x")
def test_any_text_can_be_rendered_in_every_format(text: str) -> None:
    fleet = fleet_of(text)
    page = render(fleet)
    assert page.count("<script") == 2
    assert page == render(fleet_of(text))
    assert markdown(fleet).startswith("# FAIL: AI vendors of 1 repository\n")
    assert len("".join(csv(fleet).made()).splitlines()) == 4
