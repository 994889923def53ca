"""A cell that rests on a contract of ours counts while that contract, and no other, is in force."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.load.test_overlays import GOOD, SCRIBE, cells, judged, refusal
from tests.world import Part
from vendorgate.model.evaluation import Evaluation

DPA: Part = {
    "kind": "dpa",
    "offerings": ["alpha"],
    "status": "executed",
    "signed": "2026-10-01",
    "expires": "2026-12-31",
    "reference": "LEGAL-1",
}
CELL = {"value": "yes_contract", "agreement": "LEGAL-1", "verified": "2026-11-01"}
COVERED = {"covered": "gdpr_dpa"}
BETA = {"registry/offerings/beta.yaml": {**SCRIBE, "id": "beta", "category": "first_party", "dimensions": {}}}


def world(folder: Path, agreements: list[Part] | None, cell: Part = CELL, **more: Any) -> Evaluation:
    overlays = more.pop("overlays", {"a.yaml": cells(gdpr_dpa=cell)})
    files = {**BETA, **more.pop("files", {})}
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": agreements}
    return judged(folder, overlays, require=more.pop("require", COVERED), files=files, **more)


def outcome(folder: Path, agreements: list[Part] | None, **more: Any) -> str:
    return world(folder, agreements, **more).results[0].outcome


def reason(found: Evaluation) -> str:
    return found.results[0].requirements[0].reasons[0].message


def test_contract_in_force_counts(tmp_path: Path) -> None:
    found = world(tmp_path, [DPA], full=True)
    assert found.results[0].outcome == "pass"
    assert reason(found) == "graded `yes_contract`: our own contract says so: LEGAL-1 is in force, until 2026-12-31"


def test_contract_without_end_counts(tmp_path: Path) -> None:
    endless = {key: value for key, value in DPA.items() if key != "expires"}
    assert outcome(tmp_path, [endless, DPA]) == "pass"


@pytest.mark.parametrize("offerings", [["*"], ["al*"], ["beta", "alpha"]])
def test_contract_names_its_offering_by_any_glob(offerings: list[str], tmp_path: Path) -> None:
    assert outcome(tmp_path, [{**DPA, "offerings": offerings}]) == "pass"


OF_BETA = "an entry of that reference is of beta, and not of alpha"


@pytest.mark.parametrize(
    ("agreements", "why"),
    [
        (None, "there is no agreements register"),
        ([], "the register does not list it"),
        ([{**DPA, "reference": "LEGAL-2"}], "the register does not list it"),
        ([{key: value for key, value in DPA.items() if key != "reference"}], "the register does not list it"),
        ([{**DPA, "expires": "2026-11-22"}], "it expired on 2026-11-22"),
        ([{**DPA, "signed": "2026-11-24"}], "it is signed on 2026-11-24, after the as-of day"),
        ([{**DPA, "status": "pending"}], "it is pending"),
        ([{**DPA, "status": "terminated"}], "it is terminated"),
        ([{**DPA, "offerings": ["beta"]}], OF_BETA),
        ([{**DPA, "offerings": ["beta"], "expires": "2026-11-01"}], "the register lists it for other offerings or"),
        ([DPA, {**DPA, "offerings": ["beta"], "kind": "nda"}], OF_BETA),
        ([DPA, {**DPA, "offerings": ["beta"], "projects": ["other"]}], OF_BETA),
        ([{**DPA, "kind": "nda"}], "an entry of that reference is of kind `nda`, and not `dpa`"),
        ([DPA, {**DPA, "kind": "baa"}], "an entry of that reference is of kind `baa`, and not `dpa`"),
        ([{**DPA, "projects": ["other"]}], "the register lists it for other offerings or projects"),
    ],
)
def test_anything_else_is_not_known(agreements: list[Part] | None, why: str, tmp_path: Path) -> None:
    found = world(tmp_path, agreements, usage={"agreements": ["dpa"]})
    assert found.results[0].outcome == "unknown"
    assert found.results[0].blocks
    assert f"our own contract LEGAL-1 does not count: {why}" in reason(found)


def test_other_entry_of_the_reference_that_is_over_does_no_harm(tmp_path: Path) -> None:
    assert outcome(tmp_path, [DPA, {**DPA, "offerings": ["beta"], "status": "terminated"}]) == "pass"
    assert outcome(tmp_path, [DPA, {**DPA, "kind": "nda", "expires": "2026-10-31"}]) == "pass"


def test_contract_of_one_project_reaches_no_other(tmp_path: Path) -> None:
    own = {**DPA, "projects": ["demo"]}
    assert outcome(tmp_path, [own, {**DPA, "projects": ["other"]}]) == "pass"
    bound = {"policies/bundle.yaml": {"projects": [{"project": "demo", "paths": ["elsewhere/**"]}]}}
    assert outcome(tmp_path, [own], files=bound) == "unknown"


def test_name_that_a_contract_rests_on_is_told(tmp_path: Path) -> None:
    found = world(tmp_path, [{**DPA, "projects": ["demo"]}])
    assert found.results[0].outcome == "pass"
    assert [notice.id for notice in found.notices] == ["self-named-project"]


@pytest.mark.parametrize(
    ("dimension", "kind"),
    [("hipaa_baa", "baa"), ("gdpr_dpa", "dpa"), ("retention_zdr", "zdr"), ("data_residency", "residency")],
)
def test_contract_is_of_the_kind_of_its_dimension(dimension: str, kind: str, tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(**{dimension: CELL})}
    for other in ("baa", "dpa", "zdr", "residency", "enterprise"):
        found = outcome(tmp_path, [{**DPA, "kind": other}], overlays=overlays, require={"covered": dimension})
        assert found == ("pass" if other == kind else "unknown")


@pytest.mark.parametrize("kind", ["enterprise", "other", "dpa"])
def test_contract_about_other_dimensions_is_of_any_kind(kind: str, tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(training_on_customer_data=CELL)}
    require = {"covered": "training_on_customer_data"}
    assert outcome(tmp_path, [{**DPA, "kind": kind}], overlays=overlays, require=require) == "pass"


def test_what_else_a_cell_says_holds_for_a_contract_too(tmp_path: Path) -> None:
    assert outcome(tmp_path, [DPA], cell={**CELL, "verified": "2024-11-01"}) == "unknown"
    assert outcome(tmp_path, [DPA], cell={key: CELL[key] for key in ("value", "agreement")}) == "unknown"
    assert outcome(tmp_path, [DPA], cell={**CELL, "tier": "enterprise"}) == "fail"
    assert outcome(tmp_path, [DPA], cell={**CELL, "conditions": [{"agreement": "baa"}]}) == "fail"


def test_rules_read_what_a_contract_says_while_it_counts(tmp_path: Path) -> None:
    require = {"==": [{"var": "registry.gdpr_dpa.value"}, "yes_contract"]}
    assert outcome(tmp_path, [DPA], require=require) == "pass"
    assert outcome(tmp_path, [], require=require) == "unknown"
    assert outcome(tmp_path, [DPA], require={"documented": "gdpr_dpa"}) == "pass"
    assert outcome(tmp_path, [], require={"!": {"covered": "gdpr_dpa"}}) == "unknown"


def test_own_offering_may_rest_on_a_contract(tmp_path: Path) -> None:
    overlays = {"s.yaml": {**SCRIBE, "category": "product", "dimensions": {"gdpr_dpa": CELL}}}
    usage = {"offering": "scribe"}
    assert outcome(tmp_path, [{**DPA, "offerings": ["scribe"]}], overlays=overlays, usage=usage) == "pass"
    assert outcome(tmp_path, [DPA], overlays=overlays, usage=usage) == "unknown"


def test_contract_that_has_ended_does_not_bring_the_registrys_cell_back(tmp_path: Path) -> None:
    files = {"registry/offerings/alpha.yaml": {**SCRIBE, "id": "alpha", "category": "product"}}
    files["registry/offerings/alpha.yaml"]["dimensions"] = {"gdpr_dpa": {**GOOD, "confidence": "high"}}
    assert outcome(tmp_path, [{**DPA, "expires": "2026-11-01"}], files=files) == "unknown"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"value": "yes_contract", "verified": "2026-11-01"}, "`yes_contract` without its agreement (add `agreement`"),
        ({**GOOD, "agreement": "LEGAL-1"}, "an agreement beside the grade `yes_public` (grade it `yes_contract`"),
        ({**CELL, "agreement": " "}, "a blank text"),
    ],
)
def test_contract_and_agreement_stand_together(cell: Part, words: str, tmp_path: Path) -> None:
    assert words in refusal(tmp_path, {"a.yaml": cells(gdpr_dpa=cell)})


def test_registry_knows_no_contract_of_anybody(tmp_path: Path) -> None:
    stated = {"dimensions": {"gdpr_dpa": {"value": "yes_contract", "verified": "2026-11-01"}}}
    assert "`yes_contract` in a registry, which knows no contract" in refusal(tmp_path, {}, stated)
    stated["dimensions"]["gdpr_dpa"]["agreement"] = "LEGAL-1"
    assert "unknown key `agreement`" in refusal(tmp_path, {}, stated)


def test_of_two_entries_the_one_that_ends_last_is_shown(tmp_path: Path) -> None:
    found = world(tmp_path, [{**DPA, "expires": "2026-11-30"}, DPA], full=True)
    assert reason(found).endswith("until 2026-12-31")
    assert found.as_of == datetime.date(2026, 11, 23)
