"""A register tells what was observed of an account, and never a claim in its place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from tests.inventory.worlds import Part, told, view_of
from tests.world import judge
from vendorgate import Gate
from vendorgate.inventory import csv as csv_register
from vendorgate.inventory import document, html, markdown, text
from vendorgate.inventory.filling import filled
from vendorgate.inventory.model import Inventory
from vendorgate.inventory.reading import SHIPPED_VIEWS, checked_view, read_view
from vendorgate.inventory.vocabulary import dialect_of, words_of

ATTESTED: Final[Part] = {
    "attested": {"by": "Dana <b>", "evidence": "https://a.example/console.png"},
    "sha256": "0" * 64,
}
VIEW: Final = view_of(
    {"from": ["usage.settings.zdr"]},
    {"from": ["usage.region"]},
    {"from": ["usage.features"]},
    {"met": {"==": [{"var": "usage.settings.zdr"}, True]}},
    rows="route",
)


def of(folder: Path, usage: Part, *observations: Part, view: Part | str = VIEW, **settings: Any) -> Inventory:
    """The register of a usage, with what was observed of its account."""
    named = {str(at): {"observed": "2026-11-20", **one} for at, one in enumerate(observations)}
    evaluation = judge(
        folder,
        {"features": ["search"], "dimensions": {}},
        {"require": [{"known": "usage.data"}]},
        {"data": ["pii"], **usage},
        observations=named,
        bundle={"observations": settings},
    )
    gate = Gate(folder / "policies", folder / "registry")
    problems: list[Any] = []
    name = view
    if not isinstance(view, str):
        (folder / "view.yaml").write_text(json.dumps(view), "utf-8")
        name = str(folder / "view.yaml")
    read = read_view(str(name), problems)
    assert read is not None
    words = words_of(gate.files, gate.lexicon)
    checked = checked_view(read, words, dialect_of(gate.files, gate.lexicon), problems)
    assert problems == []
    return filled(checked, evaluation, words)


def test_a_cell_says_what_was_observed_of_which_day_and_what_is_claimed(tmp_path: Path) -> None:
    usage = {"region": "us", "settings": {"zdr": True}, "features": ["search"]}
    observed = {"region": "eu", "settings": {"zdr": False}, "features": [], "source": "GET /v1/x"}
    (row,) = of(tmp_path, usage, observed).rows
    assert [told(cell).values for cell in row.cells] == [("no",), ("eu",), ("none",), ("not met",)]
    shown = [cell.values[0] for cell in row.cells[:3]]
    assert {(one.said_by, one.verified, one.reference, one.attested_by) for one in shown} == {
        ("observation", "2026-11-20", "GET /v1/x", None)
    }
    assert [one.claimed for one in shown] == [True, "us", ["search"]]
    assert row.cells[3].values[0].reference == "usage.settings.zdr: no (observed on 2026-11-20)"
    place = shown[0].locate() if shown[0].locate is not None else None
    assert place is not None
    assert place.path.endswith("observations/0.yaml")


def test_every_format_of_a_register_says_so(tmp_path: Path) -> None:
    found = of(tmp_path, {"settings": {"zdr": True}}, {"settings": {"zdr": False}})
    words = "observed on 2026-11-20, "
    rows = csv.DictReader(io.StringIO(csv_register.render(found)))
    shown = {
        "text": text.render(found),
        "csv": next(row["sources"] for row in rows),
        "markdown": markdown.render(found),
        "html": html.render(found),
    }
    for format, said in shown.items():
        assert words in said, format
        assert "claimed: yes" in said, format
    (row,) = json.loads(document.render(found))["rows"]
    (value,) = row["cells"]["c0"]["values"]
    assert (value["from"], value["verified"], value["claimed"]) == ("observation", "2026-11-20", True)
    assert "attested_by" not in value


def test_a_cell_says_who_attests_it(tmp_path: Path) -> None:
    found = of(tmp_path, {}, {"settings": {"zdr": True}, **ATTESTED})
    assert "attested by Dana <b> on 2026-11-20, " in text.render(found)
    page = html.render(found)
    assert "attested by Dana &lt;b&gt; on 2026-11-20" in page
    assert 'href="https://a.example/console.png" rel="noopener noreferrer nofollow"' in page
    (row,) = json.loads(document.render(found))["rows"]
    assert row["cells"]["c0"]["values"][0]["attested_by"] == "Dana <b>"


@pytest.mark.parametrize(
    ("usage", "observations"),
    [
        ({"settings": {"zdr": True}}, ()),
        ({}, ()),
        ({"settings": {"zdr": True}}, ({"settings": {"zdr": True}, "observed": "2026-09-01"},)),
        ({"settings": {"zdr": True}}, ({"settings": {"zdr": True}, **ATTESTED},)),
    ],
)
def test_what_must_be_observed_and_is_not_is_missing_whatever_is_claimed(
    usage: Part, observations: Sequence[Part], tmp_path: Path
) -> None:
    (row,) = of(tmp_path, usage, *observations, required=["alpha"]).rows
    setting, _, _, rule = (told(cell) for cell in row.cells)
    why = "`zdr` must be observed, and no observation of the account of alpha that counts tells it"
    assert (setting.values, rule.values) == ((), ())
    assert setting.missing == rule.missing == (f"{why}; have `vendorgate observe alpha` read it",)
    assert row.cells[0].missing[0].place == "bundle"


def test_an_observation_that_counts_no_more_leaves_the_claim(tmp_path: Path) -> None:
    (row,) = of(tmp_path, {"settings": {"zdr": True}}, {"settings": {"zdr": False}, "observed": "2026-09-01"}).rows
    (value,) = row.cells[0].values
    assert (value.value, value.said_by, value.verified) == (True, "manifest", None)


@pytest.mark.parametrize("view", SHIPPED_VIEWS)
def test_no_register_that_comes_along_shows_a_claimed_place_where_another_was_observed(
    view: str, tmp_path: Path
) -> None:
    found = of(tmp_path, {"region": "jp"}, {"region": "de"}, view=view)
    values = [one for row in found.rows for cell in row.cells for one in cell.values]
    assert not [one for one in values if one.value == "jp"]
    named = {
        one.id
        for one, cell in zip(found.view.columns, found.rows[0].cells, strict=True)
        for each in cell.values
        if each.value == "de"
    }
    assert named == PLACES[view]


PLACES: Final[dict[str, set[str]]] = {
    "systems": {"place"},
    "ropa": {"third_countries"},
    "subprocessors": {"place"},
    "dora": {"data_location", "processing_location"},
    "vendors": set(),
    "dpia": set(),
}
"""The columns that say where an account lies."""
