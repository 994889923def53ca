"""What is taken away never fills a cell, and never decides a criterion: nothing is said that nobody says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.inventory.worlds import Part, register, told, view_of

CELL: Final[Part] = {
    "value": "yes_public",
    "confidence": "high",
    "verified": "2026-08-12",
    "source": "https://a.example/",
    "facts": {"headquarters_country": "us", "dpf": True, "sccs": True, "breach_notice_hours": 48},
}
WORLD: Final[Part] = {
    "usage": {
        "purpose": "Sort letters",
        "data": ["pii", "phi"],
        "models": ["m"],
        "region": "us",
        "subjects": ["de"],
        "fallbacks": ["beta"],
        "attributes": {"large_scale": True, "evaluation_or_scoring": False, "gdpr_role": "controller", "dpia": "D-1"},
    },
    "offering": {
        "dimensions": {
            "gdpr_dpa": CELL,
            "data_residency": {**CELL, "facts": {"hosting_countries": {"names": ["us"], "complete": True}}},
            "retention_zdr": {**CELL, "facts": {"retention_days": 30}},
        }
    },
    "agreements": [
        {"kind": "dpa", "offerings": ["*"], "status": "executed", "signed": "2026-01-15", "reference": "L-1"},
        {"kind": "scc", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-15", "reference": "L-2"},
    ],
}
PATHS: Final = (
    *("usage.purpose", "usage.models", "usage.region", "usage.subjects", "usage.attributes.dpia"),
    *("usage.attributes.large_scale", "registry.gdpr_dpa.value", "registry.gdpr_dpa.source"),
    *("registry.gdpr_dpa.facts.dpf", "registry.data_residency.facts.hosting_countries"),
    *("registry.retention_zdr.facts.retention_days", "agreements.dpa.reference", "agreements.scc.signed"),
)
RULES: Final[tuple[Any, ...]] = (
    {"var": "usage.attributes.large_scale"},
    {"and": [{"var": "usage.attributes.large_scale"}, {"var": "usage.attributes.evaluation_or_scoring"}]},
    {"or": [{"var": "usage.attributes.large_scale"}, {"var": "usage.attributes.evaluation_or_scoring"}]},
    {"within": [{"var": "usage.region"}, "eea"]},
    {"==": [{"var": "usage.attributes.gdpr_role"}, "processor"]},
)
KEPT: Final = frozenset(("usage.data", "usage.fallbacks"))
"""What a usage cannot be without, or whose default is a statement."""


def removals(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key of the world that can be left out."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        place = (*path, key)
        if len(place) > 1 and ".".join(map(str, place)) not in KEPT and key not in ("value", "kind", "offerings"):
            yield place
        if key not in ("names", "hosting_countries"):
            yield from removals(inner, place)


def without(place: tuple[str | int, ...]) -> Part:
    world = copy.deepcopy(WORLD)
    at: Any = world
    for step in place[:-1]:
        at = at[step]
    del at[place[-1]]
    return world


def said(folder: Path, world: Part) -> dict[str, set[str]]:
    """What each column says, with the route that it is said of."""
    view = view_of(*({"from": [path]} for path in PATHS), *({"met": rule} for rule in RULES), rows="route")
    found = register(folder, view, world["usage"], offering=world["offering"], agreements=[*world["agreements"]])
    return {
        f"{row.id} {column.id}": set(told(cell).values)
        for row in found.rows
        for column, cell in zip(found.view.columns, row.cells, strict=True)
    }


PLACES: Final = [
    place
    for place in removals(WORLD)
    if place[0] != "agreements" or place[-1] not in ("status", "signed")  # without these it is none
    if place[-1] not in ("confidence", "dimensions", "attributes") or place[0] == "usage"
    if place[-1] != "complete"
    if len(place) < 2 or place[-2] not in ("models", "subjects", "offerings")  # of which there must be one
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_what_is_taken_away_fills_no_cell_and_decides_no_criterion(
    place: tuple[str | int, ...], tmp_path: Path
) -> None:
    before, after = said(tmp_path / "before", WORLD), said(tmp_path / "after", without(place))
    for name, values in after.items():
        assert values <= before[name], (name, values, before[name])
