"""What is offered from a tier on is not offered below it, whoever offers it and whatever else is declared."""

from __future__ import annotations

from pathlib import Path

from tests.registry.shipped import REGISTRY, outcomes
from vendorgate.load.files import folder
from vendorgate.model.vocabulary import DIMENSIONS
from vendorgate.snapshots import read_snapshot


def test_a_commitment_of_paying_customers_is_none_for_others(tmp_path: Path) -> None:
    offerings = read_snapshot(folder(REGISTRY)).offerings
    usages = {id: {"offering": id, "tier": "free"} for id in offerings}
    judged = outcomes(tmp_path, usages, {dimension: {"covered": dimension} for dimension in DIMENSIONS})
    above = [
        (id, dimension)
        for id, offering in offerings.items()
        for dimension, cell in offering.cells.items()
        if cell.written.tier in {"self_serve", "enterprise"}
    ]
    assert len(above) > 100
    assert [pair for pair in above if judged[pair] != "fail"] == []
