"""Watch-outs: why a cell is not a clean public yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import judge
from vendorgate.evaluate.watch_outs import concerns, watch_outs
from vendorgate.model.registry import Offering
from vendorgate.model.vocabulary import DIMENSIONS

CLEAN: dict[str, Any] = {"value": "yes_public", "verified": "2026-11-01"}


def offering(folder: Path, cell: dict[str, Any] | None) -> Offering:
    found = judge(folder, {"dimensions": {"hipaa_baa": cell}}, {"require": [True]}, {"data": ["phi"]})
    return found.subjects[0].offering


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ("the registry states nothing",)),
        (CLEAN, ()),
        ({**CLEAN, "tier": "self_serve"}, ()),
        ({**CLEAN, "value": "partial", "scope": {}}, ("documented for a part only",)),
        ({**CLEAN, "value": "perhaps"}, ("graded `perhaps`, which this version does not know",)),
        ({**CLEAN, "tier": "enterprise"}, ("from tier enterprise on",)),
        ({"value": "yes_public"}, ("never verified, so that a gate reads it as unknown",)),
        ({**CLEAN, "valid_until": "2026-12-31"}, ("until 2026-12-31",)),
        ({**CLEAN, "scope": {"regions": {"only": ["eu"]}}}, ("reaches regions: only eu",)),
        ({**CLEAN, "conditions": [{"agreement": "baa"}]}, ("only if an agreement `baa` is in force",)),
    ],
)
def test_concerns_of_a_cell(cell: dict[str, Any] | None, expected: tuple[str, ...], tmp_path: Path) -> None:
    assert concerns(offering(tmp_path, cell).cells.get("hipaa_baa")) == expected


def test_watch_outs_are_of_every_dimension_that_is_no_clean_yes_and_in_their_order(tmp_path: Path) -> None:
    assert [*watch_outs(offering(tmp_path, CLEAN))] == [name for name in DIMENSIONS if name != "hipaa_baa"]
