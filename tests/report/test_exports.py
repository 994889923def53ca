"""Exports for other tools hold in worlds with other routes, registers, cells of ours and contracts, and agree."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.commands.detect.bills import wrong as wrong_bill
from tests.evaluate.law_worlds import SNAPSHOT, wide_world
from tests.report.oscal_schema import wrong
from tests.report.test_intoto import parsed
from tests.thoroughness import share
from tests.world import judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import cyclonedx, intoto, oscal

WORLDS = share(60)


def evaluation(seed: int, folder: Path) -> Evaluation:
    return judge(folder, **wide_world(Random(seed)), snapshot=SNAPSHOT)


def ours(part: Any) -> dict[str, str]:
    """Properties by the last part of their names; of several the last."""
    return {one["name"].removeprefix("vendorgate:"): one["value"] for one in part}


@pytest.mark.parametrize("seed", range(WORLDS))
def test_exports_of_one_evaluation_are_valid_say_the_same_and_are_the_same_again(seed: int, tmp_path: Path) -> None:
    judged = evaluation(seed, tmp_path)
    assessed, bill, attested = oscal.render(judged), cyclonedx.render(judged), intoto.render(judged)
    assert (wrong(assessed), wrong_bill(bill)) == ([], [])
    parsed(attested)
    (result,) = json.loads(assessed)["assessment-results"]["results"]
    summary = json.loads(attested)["predicate"]["https://vendorgate.dev/verification/v1"]["summary"]
    in_oscal, in_bill = ours(result["props"]), ours(json.loads(bill)["metadata"]["properties"])
    for name, number in summary.items():
        spelt = name.replace("_", "-")
        assert in_oscal[spelt] == in_bill[spelt] == str(number)
    assert in_oscal["verdict"] == in_bill["verdict"] == judged.verdict
    again = evaluation(seed, tmp_path)
    assert (oscal.render(again), cyclonedx.render(again), intoto.render(again)) == (assessed, bill, attested)
