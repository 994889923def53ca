"""Exports for other tools hold in worlds with other routes, registers, cells of ours and contracts, and agree."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.commands.detect.bills import wrong as wrong_bill
from tests.evaluate.law_worlds import SNAPSHOT, wide_world
from tests.report import test_controls
from tests.report.evaluations import judge as judge_files
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


def serving(**policies: dict[str, Any]) -> dict[str, Any]:
    return test_controls.world(**policies)


COVERED: dict[str, Any] = {"require": [{"covered": "hipaa_baa"}]}


def test_control_of_a_framework_called_as_ours_is_told_from_the_policy_of_its_name(tmp_path: Path) -> None:
    controls = [{"framework": "policies", "id": "second"}]
    judged = judge_files(serving(first={**COVERED, "controls": controls}, second=COVERED), tmp_path)
    assessed, bill = oscal.render(judged), cyclonedx.render(judged)
    assert (wrong(assessed), wrong_bill(bill)) == ([], [])
    (found,) = json.loads(assessed)["assessment-results"]["results"]
    for names in (
        [one["uuid"] for one in found["findings"]],
        [one["target"]["target-id"] for one in found["findings"]],
        re.findall('"bom-ref": "([^"]*)"', bill),
    ):
        assert [name for name, number in Counter(names).items() if number > 1] == []


def test_control_whose_policy_is_off_says_so_in_what_is_found_of_it(tmp_path: Path) -> None:
    control = {"controls": [{"framework": "acme", "id": "7"}]}
    files = serving(kept={**COVERED, **control}, hard={**COVERED, **control})
    files["policies/bundle.yaml"] = {"overrides": [{"policy": "hard", "off": True, "reason": "too hard"}]}
    judged = judge_files(files, tmp_path)
    (result,) = json.loads(oscal.render(judged))["assessment-results"]["results"]
    (finding,) = result["findings"]
    words = "the policy `hard` is off: too hard"
    assert words in finding["description"]
    assert words in finding["target"]["status"]["remarks"]
    bill = json.loads(cyclonedx.render(judged))
    rationales = {
        one["requirement"]: one["conformance"]["rationale"]
        for attested in bill["declarations"]["attestations"]
        for one in attested["map"]
    }
    assert words in rationales["requirement/acme/7"]
    assert words not in rationales["requirement/Policies/kept"]
