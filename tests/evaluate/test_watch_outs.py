"""Watch-outs: why a cell is not a clean public yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import judge
from vendorgate.evaluate.watch_outs import concerns, watch_outs
from vendorgate.model.registry import Offering
from vendorgate.model.vocabulary import DIMENSIONS

PORTAL = "through the vendor's trust portal, with an account there and an NDA"
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
        ({**CLEAN, "route": "public", "default": "enabled"}, ()),
        ({**CLEAN, "default": "requires_config"}, ("only once it is configured",)),
        ({**CLEAN, "value": "yes_sales_gated"}, ("only on terms that sales or support must grant",)),
        (
            {**CLEAN, "value": "yes_sales_gated", "route": "public"},
            ("only on terms that sales or support must grant",),
        ),
        ({**CLEAN, "value": "yes_sales_gated", "route": "trust_center_nda"}, (PORTAL,)),
        ({**CLEAN, "route": "trust_center_nda"}, (PORTAL,)),
        (
            {**CLEAN, "value": "partial", "route": "sales_contract", "default": "requires_approval", "scope": {}},
            ("documented for a part only", "through sales, by contract", "only once the vendor has approved it"),
        ),
        (
            {**CLEAN, "value": "unclear", "route": "sales_contract"},
            ("what the vendor documents is unclear", "through sales, by contract"),
        ),
        (
            {**CLEAN, "value": "no", "route": "sales_contract", "tier": "enterprise"},
            ("the vendor documents that it does not offer this",),
        ),
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
