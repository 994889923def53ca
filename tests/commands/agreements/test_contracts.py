"""What rests on a contract through a cell of the organization's own rests on its entry in the register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.evaluate.test_contracts import CELL, DPA, world
from tests.load.test_overlays import cells
from tests.world import Part

INPUTS = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23", "--format", "json")
LATER = {**DPA, "reference": "LEGAL-2", "expires": "2027-12-31"}


def told(folder: Path, *command: str) -> Any:
    ended = vendorgate(*command, *INPUTS, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("others", [[], [LATER]])
def test_end_of_a_contract_takes_what_rests_on_it(others: list[Part], tmp_path: Path) -> None:
    """Whether another of its kind lasts longer or not: it is not the one that the cell means."""
    world(tmp_path, [DPA, *others])
    first, *rest = told(tmp_path, "agreements", "report", "vendorgate.yaml")["terminations"]
    (effect,) = first["effects"]
    assert effect["lost"] == ["gdpr_dpa"]
    assert [one["policy"] for one in effect["results"]] == ["p"]
    assert not [one for one in rest if any(effect["lost"] for effect in one["effects"])]


def test_contract_is_not_unused(tmp_path: Path) -> None:
    world(tmp_path, [DPA])
    found = told(tmp_path, "agreements", "check", "vendorgate.yaml")["findings"]
    assert "unused-agreement" not in {one["id"] for one in found}


def test_contract_about_anything_is_asked_for_by_whatever_kind(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(training_on_customer_data=CELL)}
    require = {"covered": "training_on_customer_data"}
    world(tmp_path, [{**DPA, "kind": "enterprise"}], overlays=overlays, require=require)
    (only,) = told(tmp_path, "agreements", "report", "vendorgate.yaml")["terminations"]
    assert [effect["lost"] for effect in only["effects"]] == [["training_on_customer_data"]]


@pytest.mark.parametrize("dimension", ["training_on_customer_data", "soc2_type2", "subprocessor_notice"])
def test_contract_of_an_own_kind_is_used_by_the_cell_that_names_it(dimension: str, tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(**{dimension: CELL})}
    settings = {"agreement_kinds": ["aoc", "cjis"], "dimensions": {"subprocessor_notice": "How long before?"}}
    stray = {**DPA, "kind": "cjis", "reference": "LEGAL-9"}
    more = {"overlays": overlays, "files": {"policies/bundle.yaml": settings}}
    world(tmp_path, [{**DPA, "kind": "aoc"}, stray], require={"covered": dimension}, **more)
    found = told(tmp_path, "agreements", "check", "vendorgate.yaml")["findings"]
    unused = [one for one in found if one["id"] == "unused-agreement"]
    assert [one["message"].partition(" is")[0] for one in unused] == ["`cjis` (LEGAL-9)"]
    first, second = told(tmp_path, "agreements", "report", "vendorgate.yaml")["terminations"]
    assert [effect["lost"] for effect in first["effects"]] == [[dimension]]
    assert second["effects"] == []


def test_plan_names_the_contract_that_ends(tmp_path: Path) -> None:
    world(tmp_path, [DPA])
    ended = vendorgate("plan", "vendorgate.yaml", *INPUTS[:6], folder=tmp_path)
    assert "2027-01-01, in 39 days" in ended.stdout
    assert "pass -> unknown, starts to block" in ended.stdout
    assert "because agreement `dpa` (LEGAL-1) ends on 2026-12-31 (policies/agreements.yaml:1)" in ended.stdout


def test_plan_names_a_contract_that_begins(tmp_path: Path) -> None:
    world(tmp_path, [{**DPA, "signed": "2026-12-01"}])
    ended = vendorgate("plan", "vendorgate.yaml", *INPUTS[:6], folder=tmp_path)
    assert "agreement `dpa` (LEGAL-1) is in force from 2026-12-01" in ended.stdout


def test_plan_sees_the_day_on_which_another_contract_of_the_reference_begins(tmp_path: Path) -> None:
    world(tmp_path, [DPA, {**DPA, "offerings": ["beta"], "signed": "2026-12-01"}])
    ended = vendorgate("plan", "vendorgate.yaml", *INPUTS[:6], folder=tmp_path)
    assert "2026-12-01, in 8 days" in ended.stdout
    assert "pass -> unknown, starts to block" in ended.stdout
