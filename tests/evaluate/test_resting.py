"""What results rest on: what decided, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.world import AS_OF as _DAY
from tests.world import judge
from vendorgate import Gate
from vendorgate.evaluate.resting import program_of
from vendorgate.model.result import Result, Support

GOOD = {"value": "yes_public", "verified": "2026-11-01", "source": "https://a.example/x"}
USAGE = {"data": ["phi"], "region": "de", "endpoints": ["chat"], "models": ["m-1"], "settings": {"sharing": False}}
DE = {"==": [{"var": "usage.region"}, "de"]}
US = {"==": [{"var": "usage.region"}, "us"]}
SHARED = {"==": [{"var": "usage.settings.sharing"}, True]}
NOT_SHARED = {"==": [{"var": "usage.settings.sharing"}, False]}
NOBODY_KNOWS = {"==": [{"var": "usage.settings.mode"}, 1]}
PHI = {"in": ["phi", {"var": "usage.data"}]}
EVERYBODY = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}


def told(supports: tuple[Support, ...]) -> list[str]:
    return [f"{one.kind} {one.what}={json.dumps(one.value)}" for one in supports]


def shown(one: Support) -> str | None:
    """The name of a file and the text at a place in it."""
    place = None if one.locate is None else one.locate()
    if place is None:
        return None
    line = Path(place.path).read_text().split("\n")[place.line - 1]
    return f"{Path(place.path).name}: {line[place.column - 1 :][: place.width]}"


def result_of(folder: Path, rule: Any, cells: dict[str, Any] | None = None, **world: Any) -> Result:
    policy = {"require": [rule], **world.pop("policy", {})}
    usage = {**USAGE, **world.pop("usage", {})}
    offering = {"dimensions": cells or {}, "endpoints": ["chat", "batch"], **world.pop("offering", {})}
    (result, *_) = judge(folder, offering, policy, usage, **world).results
    return result


@pytest.mark.parametrize(
    ("rule", "outcome", "expected"),
    [
        (DE, "pass", ['claim region="de"']),
        (US, "fail", ['claim region="de"']),
        (NOBODY_KNOWS, "unknown", []),
        ({"or": [DE, NOT_SHARED]}, "pass", ['claim region="de"']),
        ({"or": [SHARED, DE]}, "pass", ['claim region="de"']),
        ({"or": [NOBODY_KNOWS, DE]}, "pass", ['claim region="de"']),
        ({"or": [US, SHARED]}, "fail", ['claim region="de"', "claim settings.sharing=false"]),
        ({"and": [DE, NOT_SHARED]}, "pass", ['claim region="de"', "claim settings.sharing=false"]),
        ({"and": [NOBODY_KNOWS, SHARED, US]}, "fail", ["claim settings.sharing=false"]),
        ({"!": [{"or": [US, SHARED]}]}, "pass", ['claim region="de"', "claim settings.sharing=false"]),
        ({"!!": [DE]}, "pass", ['claim region="de"']),
        ({"if": [DE, NOT_SHARED, SHARED]}, "pass", ['claim region="de"', "claim settings.sharing=false"]),
        ({"if": [US, SHARED, PHI]}, "pass", ['claim region="de"', 'claim data=["phi"]']),
        ({"if": [NOBODY_KNOWS, DE, PHI]}, "pass", ['claim region="de"', 'claim data=["phi"]']),
        (
            {"if": [NOBODY_KNOWS, DE, NOT_SHARED, PHI]},
            "pass",
            ['claim region="de"', "claim settings.sharing=false", 'claim data=["phi"]'],
        ),
        ({"if": [US, DE]}, "fail", ['claim region="de"']),
        (True, "pass", []),
        ({"==": [{"var": ["usage.settings.mode", "off"]}, "off"]}, "pass", []),
        ({"known": "usage.models"}, "pass", ['claim models=["m-1"]']),
        ({"<": [{"days_until": "2026-11-30"}, 30]}, "pass", []),
        ({">": [{"days_since": {"var": "today"}}, -1]}, "pass", []),
        ({"!": {"covered": "hipaa_baa"}}, "unknown", []),
        ({"==": [{"var": "usage.via"}, None]}, "pass", ["claim via=null"]),
        ({"==": [{"var": "usage.route"}, "primary"]}, "pass", ['claim route="primary"']),
        ({"==": [{"var": "offering.id"}, "alpha"]}, "pass", ['claim offering="alpha"']),
        ({"==": [{"var": "usage.offering"}, "alpha"]}, "pass", ['claim offering="alpha"']),
        ({"==": [{"var": "primary.platform"}, "A"]}, "pass", ['claim primary.offering="alpha"']),
        ({"==": [{"var": "primary.region"}, "de"]}, "pass", ['claim primary.region="de"']),
        ({"==": [{"var": "offering.category"}, "first_party"]}, "pass", ['evidence offering.category="first_party"']),
        ({"==": [{"var": "project.name"}, "p"]}, "pass", ['claim project="p"']),
        ({"some": [{"var": "usage.models"}, {"matches": [{"var": ""}, "m-*"]}]}, "pass", ['claim models=["m-1"]']),
    ],
)  # fmt: skip
def test_a_rule_rests_on_what_decided_it(rule: Any, outcome: str, expected: list[str], tmp_path: Path) -> None:
    result = result_of(tmp_path, rule)
    assert (result.outcome, told(result.rests_on)) == (outcome, expected)


CONDITIONED = {**GOOD, "conditions": [{"covered": "retention_zdr"}, NOT_SHARED]}
COVERED = {"covered": "hipaa_baa"}
CELL = 'evidence hipaa_baa="yes_public"'


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"hipaa_baa": GOOD}, [CELL]),
        ({"hipaa_baa": {**GOOD, "tier": "self_serve"}}, [CELL, 'claim tier="self_serve"']),
        ({"hipaa_baa": {**GOOD, "scope": {"endpoints": {"only": ["chat"]}}}}, [CELL, 'claim endpoints=["chat"]']),
        (
            {"hipaa_baa": {**GOOD, "scope": {"regions": {"only": ["de"]}, "features": {"except": ["x"]}}}},
            [CELL, 'claim region="de"', "claim features=[]"],
        ),
        (
            {"hipaa_baa": CONDITIONED, "retention_zdr": {**GOOD, "tier": "free"}},
            [CELL, 'evidence retention_zdr="yes_public"', 'claim tier="self_serve"', "claim settings.sharing=false"],
        ),
        (
            {"hipaa_baa": {**GOOD, "conditions": [{"or": [{"covered": "gdpr_dpa"}, DE]}]}},
            [CELL, 'claim region="de"'],
        ),
    ],
)
def test_coverage_rests_on_the_cell_and_on_all_that_it_reads(
    cells: dict[str, Any], expected: list[str], tmp_path: Path
) -> None:
    result = result_of(tmp_path, COVERED, cells)
    assert (result.outcome, told(result.rests_on)) == ("pass", expected)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"value": "no"}, ['evidence hipaa_baa="no"']),
        ({**GOOD, "tier": "enterprise", "conditions": [US]}, [CELL, 'claim tier="self_serve"']),
        (
            {**GOOD, "scope": {"endpoints": {"only": ["chat"]}, "regions": {"only": ["us"]}}, "conditions": [US]},
            [CELL, 'claim region="de"'],
        ),
        ({**GOOD, "conditions": [DE, SHARED, US]}, [CELL, "claim settings.sharing=false"]),
        ({**GOOD, "verified": "2020-01-01", "conditions": [US]}, [CELL, 'claim region="de"']),
    ],
)
def test_what_is_not_covered_rests_on_the_first_step_that_says_so(
    cell: dict[str, Any], expected: list[str], tmp_path: Path
) -> None:
    result = result_of(tmp_path, COVERED, {"hipaa_baa": cell})
    assert (result.outcome, told(result.rests_on)) == ("fail", expected)
    assert result.rests_on[0].until is None


@pytest.mark.parametrize(
    ("rule", "outcome", "expected"),
    [
        ({"documented": "hipaa_baa"}, "pass", [CELL]),
        ({"documented": "gdpr_dpa"}, "pass", ['evidence gdpr_dpa="partial"', 'claim region="de"']),
        ({"documented": "soc2_type2"}, "fail", ['evidence soc2_type2="partial"', 'claim region="de"']),
        ({"documented": "iso_27001"}, "fail", ['evidence iso_27001="no"']),
    ],
)
def test_documentation_rests_on_the_cell_and_of_a_partial_one_on_what_it_reaches(
    rule: Any, outcome: str, expected: list[str], tmp_path: Path
) -> None:
    cells = {
        "hipaa_baa": {**GOOD, "tier": "enterprise"},
        "gdpr_dpa": {**GOOD, "value": "partial", "scope": {"regions": {"only": ["de"]}}, "tier": "enterprise"},
        "soc2_type2": {**GOOD, "value": "partial", "scope": {"regions": {"only": ["us"]}}},
        "iso_27001": {**GOOD, "value": "no"},
    }
    result = result_of(tmp_path, rule, cells)
    assert (result.outcome, told(result.rests_on)) == (outcome, expected)


FACTS = {
    **GOOD,
    "facts": {"days": 30},
    "tier": "free",
    "scope": {"regions": {"only": ["de"]}},
    "scoped_facts": [{"scope": {"endpoints": {"only": ["chat"]}}, "facts": {"hours": 1}}],
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("facts.days", ['claim tier="self_serve"', 'claim region="de"']),
        ("facts.hours", ['claim endpoints=["chat"]']),
        ("value", ['claim tier="self_serve"', 'claim region="de"']),
    ],
)
def test_a_value_of_a_cell_rests_on_what_makes_it_speak_of_this_usage(
    path: str, expected: list[str], tmp_path: Path
) -> None:
    result = result_of(tmp_path, {"!!": {"var": f"registry.hipaa_baa.{path}"}}, {"hipaa_baa": FACTS})
    assert (result.outcome, told(result.rests_on)) == ("pass", [CELL, *expected])


def test_where_the_offering_lists_its_models_coverage_rests_on_those_that_are_declared(tmp_path: Path) -> None:
    result = result_of(tmp_path, COVERED, {"hipaa_baa": GOOD}, offering={"models": ["m-*"]})
    assert told(result.rests_on) == [CELL, 'claim models=["m-1"]']


def test_each_thing_is_said_once_with_the_earliest_of_its_last_days(tmp_path: Path) -> None:
    cells = {"hipaa_baa": {**GOOD, "tier": "enterprise"}}
    rule = {"and": [{"!": COVERED}, {"documented": "hipaa_baa"}, {"documented": "hipaa_baa"}]}
    (cell, claim) = result_of(tmp_path, rule, cells).rests_on
    assert (cell.what, str(cell.until), claim.what) == ("hipaa_baa", "2027-11-01", "tier")


@pytest.mark.parametrize(
    ("cell", "demands", "until"),
    [
        ({}, {}, "2027-11-01"),
        ({}, {"max_evidence_age_days": 90}, "2027-01-30"),
        ({"valid_until": "2026-12-24"}, {}, "2026-12-24"),
        ({"valid_until": "2028-12-24"}, {}, "2027-11-01"),
        ({}, {"max_evidence_age_days": 99999999}, "9999-12-31"),
    ],
)
def test_evidence_counts_until_it_is_too_old_or_the_vendor_ends_it(
    cell: dict[str, Any], demands: dict[str, Any], until: str, tmp_path: Path
) -> None:
    (found,) = result_of(tmp_path, COVERED, {"hipaa_baa": {**GOOD, **cell}}, demands=demands).rests_on
    assert (str(found.until), found.reference, found.locate) == (until, "https://a.example/x", None)


def test_what_is_read_of_evidence_that_does_not_count_has_no_last_day(tmp_path: Path) -> None:
    cells = {"hipaa_baa": {**GOOD, "verified": "2020-01-01"}}
    (found,) = result_of(tmp_path, {"!!": {"var": "registry.hipaa_baa.source"}}, cells).rests_on
    assert (found.what, found.until) == ("hipaa_baa", None)


def test_an_agreement_of_the_register_is_said_with_its_reference_last_day_and_place(tmp_path: Path) -> None:
    entries = [
        {**EVERYBODY, "reference": "L-1", "expires": "2026-12-01"},
        {**EVERYBODY, "reference": "L-2", "expires": "2027-03-01"},
        {**EVERYBODY, "kind": "dpa"},
    ]
    (found,) = result_of(tmp_path, {"agreement": "baa"}, agreements=entries).rests_on
    assert (found.kind, found.what, found.value, found.said_in) == ("agreement", "baa", "executed", "register")
    assert (found.reference, str(found.until)) == ("L-2", "2027-03-01")
    assert shown(found) == 'agreements.yaml: "baa"'
    (endless,) = result_of(tmp_path, {"agreement": "dpa"}, agreements=entries).rests_on
    assert (endless.reference, endless.until) == (None, None)


def test_an_agreement_for_some_projects_rests_on_the_projects_name_too(tmp_path: Path) -> None:
    result = result_of(tmp_path, {"agreement": "baa"}, agreements=[{**EVERYBODY, "projects": ["p"]}])
    assert told(result.rests_on) == ['agreement baa="executed"', 'claim project="p"']


def test_of_the_agreements_of_a_kind_all_or_the_last_one_are_read(tmp_path: Path) -> None:
    entries = [
        {**EVERYBODY, "reference": "L-1"},
        {**EVERYBODY, "reference": "L-2", "expires": "2027-01-01"},
        {**EVERYBODY, "reference": "L-3", "expires": "2026-01-02"},
        {**EVERYBODY, "reference": "L-4", "kind": "dpa"},
    ]
    some = {"some": [{"var": "agreements.baa.all"}, {"==": [{"var": "reference"}, "L-2"]}]}
    last = {"==": [{"var": "agreements.baa.reference"}, "L-1"]}
    found = [result_of(tmp_path, rule, agreements=entries).rests_on for rule in (some, last)]
    assert [[one.reference for one in supports] for supports in found] == [["L-1", "L-2"], ["L-1"]]


def test_agreements_without_a_reference_are_told_apart_by_their_last_days(tmp_path: Path) -> None:
    entries = [EVERYBODY, {**EVERYBODY, "expires": "2027-01-01"}, {**EVERYBODY, "expires": "2027-06-01"}]
    rule = {"and": [{"agreement": "baa"}, {"some": [{"var": "agreements.baa.all"}, {"!!": {"var": "expires"}}]}]}
    found = result_of(tmp_path, rule, agreements=entries).rests_on
    assert [(one.reference, one.until and str(one.until)) for one in found] == [
        (None, None),
        (None, "2027-01-01"),
        (None, "2027-06-01"),
    ]


def test_every_cell_among_what_a_result_rests_on_has_its_day_and_confidence(tmp_path: Path) -> None:
    rule = {"and": [COVERED, {"==": [{"var": "offering.category"}, "first_party"]}]}
    result = result_of(tmp_path, rule, {"hipaa_baa": {**GOOD, "confidence": "high"}})
    cell, offering = result.rests_on
    assert (cell.is_cell, str(cell.verified), cell.confidence) == (True, "2026-11-01", "high")
    assert (offering.kind, offering.is_cell, offering.verified, offering.confidence) == ("evidence", False, None, None)


def test_an_evaluation_counts_its_passes_on_claims_alone(tmp_path: Path) -> None:
    usage = {**USAGE, "fallbacks": [{"offering": "alpha", "account": "b", "region": "us"}]}
    evaluation = judge(tmp_path, {"dimensions": {}}, {"require": [DE]}, usage)
    assert [one.on_claims_alone for one in evaluation.results] == [True, False]
    assert evaluation.on_claims_alone == 1


def test_without_a_register_an_agreement_is_a_claim(tmp_path: Path) -> None:
    usage = {"agreements": ["dpa", "baa"]}
    (found,) = result_of(tmp_path, {"agreement": "baa"}, usage=usage).rests_on
    assert (found.kind, found.what, found.value, found.said_in) == ("claim", "agreements", "baa", "manifest")
    none = {"none": [{"var": "agreements.zdr.all"}, True]}
    assert result_of(tmp_path, none, usage=usage).rests_on == ()


@pytest.mark.parametrize("agreements", [None, []])
def test_that_no_agreement_is_in_force_rests_on_nothing(agreements: Any, tmp_path: Path) -> None:
    result = result_of(tmp_path, {"!": {"agreement": "zdr"}}, agreements=agreements)
    assert (result.outcome, result.rests_on) == ("pass", ())


def test_a_waived_result_rests_on_its_waiver(tmp_path: Path) -> None:
    waiver = {"ticket": "SEC-1", "approved_by": "board"}
    result = result_of(tmp_path, US, waivers=[waiver])
    (found,) = result.rests_on
    assert (found.kind, found.what, found.value, found.said_in) == ("waiver", "p", "board", "bundle")
    assert (found.reference, str(found.until)) == ("SEC-1", "2026-12-31")
    assert shown(found) == 'waivers.yaml: "policy": "p"'
    named = result_of(tmp_path, US, waivers=[{"project": "p"}])
    assert told(named.rests_on) == ['claim project="p"', 'waiver p="a"']


@pytest.mark.parametrize(
    ("when", "outcome", "expected"),
    [
        (PHI, "pass", ['claim data=["phi"]', 'claim region="de"']),
        (NOBODY_KNOWS, "pass", ['claim region="de"']),
        (SHARED, "not_applicable", ["claim settings.sharing=false"]),
    ],
)
def test_that_a_policy_applies_or_does_not_is_part_of_it(
    when: Any, outcome: str, expected: list[str], tmp_path: Path
) -> None:
    result = result_of(tmp_path, DE, policy={"when": when})
    assert (result.outcome, told(result.rests_on)) == (outcome, expected)


def test_of_a_failure_what_passes_is_left_out(tmp_path: Path) -> None:
    result = result_of(tmp_path, US, policy={"require": [DE, SHARED, NOBODY_KNOWS]})
    assert told(result.rests_on) == ["claim settings.sharing=false"]


def test_a_claim_is_shown_where_the_manifest_has_it(tmp_path: Path) -> None:
    rule = {"and": [{"==": [{"var": f"usage.{name}"}, value]} for name, value in
                    (("region", "de"), ("tier", "self_serve"), ("settings.a.b", 1), ("environment", "production"),
                     ("attributes.dpia", "D"), ("lifecycle", "ga"))]}  # fmt: skip
    usage = {
        "lifecycle": "ga",
        "region": "de",
        "attributes": {"dpia": "D"},
        "settings": {"a.b": 1},
        "fallbacks": [{"offering": "beta", "settings": {"a.b": 1}, "lifecycle": "ga"}],
    }
    evaluation = judge(
        tmp_path, {"dimensions": {}}, {"require": [rule]}, {**USAGE, **usage}, others={"beta": {"dimensions": {}}}
    )
    found = [{one.what: shown(one) for one in result.rests_on} for result in evaluation.results]
    file = "vendorgate.yaml: "
    both = {
        "tier": None,
        "environment": None,
        "settings.a.b": f'{file}"a.b": 1',
        "attributes.dpia": f'{file}"dpia": "D"',
    }
    assert found[0] == {"region": f'{file}"region": "de"', "lifecycle": f'{file}"lifecycle": "ga"', **both}
    assert found[1] == found[0]
    places = [{one.what: str(one.locate and one.locate()) for one in result.rests_on} for result in evaluation.results]
    same = {what for what in places[0] if places[0][what] == places[1][what]}
    assert same == {"region", "tier", "environment", "attributes.dpia"}


@pytest.mark.parametrize(
    ("owner", "bound", "expected"),
    [
        ("o@a.example", None, 'claim owner="o@a.example"'),
        ("o@a.example", {"project": "*", "paths": ["**"]}, 'claim owner="o@a.example"'),
        (
            "o@a.example",
            {"project": "*", "paths": ["**"], "owner": "o@a.example"},
            'evidence project.owner="o@a.example"',
        ),
    ],
)
def test_who_owns_a_project_is_a_claim_unless_the_bundle_says_it(
    owner: str, bound: Any, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {"==": [{"var": "project.owner"}, "o@a.example"]}
    judge(tmp_path, {"dimensions": {}}, {"require": [rule]}, USAGE, owner=owner)
    if bound is not None:
        (tmp_path / "policies/bundle.yaml").write_text(json.dumps({"projects": [bound]}))
    monkeypatch.chdir(tmp_path)
    (result,) = Gate("policies", "registry").check("vendorgate.yaml", as_of=_DAY).results
    assert told(result.rests_on) == [expected]


def test_that_a_project_is_bound_is_the_bundles_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(tmp_path, {"dimensions": {}}, {"require": [{"var": "project.bound"}]}, USAGE)
    (tmp_path / "policies/bundle.yaml").write_text('projects: [{project: "*", paths: ["**"]}]')
    monkeypatch.chdir(tmp_path)
    (result,) = Gate("policies", "registry").check("vendorgate.yaml", as_of=_DAY).results
    assert [(one.kind, one.what, one.said_in) for one in result.rests_on] == [("evidence", "project.bound", "bundle")]
    entry = {**EVERYBODY, "projects": ["p"]}
    judge(tmp_path, {"dimensions": {}}, {"require": [{"agreement": "baa"}]}, USAGE, agreements=[entry])
    (tmp_path / "policies/bundle.yaml").write_text('projects: [{project: "*", paths: ["**"]}]')
    (result,) = Gate("policies", "registry").check("vendorgate.yaml", as_of=_DAY).results
    assert told(result.rests_on) == ['agreement baa="executed"']


def test_a_cell_of_ours_is_the_bundles_and_rests_on_our_contract(tmp_path: Path) -> None:
    judge(tmp_path, {"dimensions": {}}, {"require": [COVERED]}, USAGE, agreements=[{**EVERYBODY, "reference": "L-1"}])
    overlay = {"hipaa_baa": {"value": "yes_contract", "agreement": "L-1", "verified": "2026-11-01"}}
    (tmp_path / "policies/offerings").mkdir()
    (tmp_path / "policies/offerings/a.yaml").write_text(json.dumps({"extends": "alpha", "dimensions": overlay}))
    (result,) = (
        Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=_DAY).results
    )
    assert told(result.rests_on) == ['evidence hipaa_baa="yes_contract"', 'agreement baa="executed"']
    cell = result.rests_on[0]
    assert (cell.said_in, cell.reference) == ("bundle", "L-1")
    assert shown(cell) == 'a.yaml: "hipaa_baa"'


def test_what_a_bundle_says_of_an_offering_of_its_own_is_its_word(tmp_path: Path) -> None:
    rule = {"==": [{"var": "offering.category"}, "internal"]}
    judge(tmp_path, {"dimensions": {}}, {"require": [rule]}, USAGE)
    own = {"id": "ours", "name": "Ours", "developer": "A", "platform": "A", "category": "internal", "dimensions": {}}
    (tmp_path / "policies/offerings").mkdir()
    (tmp_path / "policies/offerings/ours.yaml").write_text(json.dumps(own))
    usage = {"id": "u", **USAGE, "offering": "ours"}
    manifest = {
        "version": 1,
        "project": "p",
        "usages": [usage, {**usage, "id": "v", "offering": "unlisted", "vendor": "X"}],
    }
    (tmp_path / "vendorgate.yaml").write_text(json.dumps(manifest))
    ours, unlisted = (
        Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=_DAY).results
    )
    (found,) = ours.rests_on
    assert (found.what, found.said_in) == ("offering.category", "bundle")
    assert shown(found) == 'ours.yaml: "category"'
    assert told(unlisted.rests_on) == ['claim offering="unlisted"']


@pytest.mark.parametrize(
    ("rule", "when", "alone"),
    [
        (DE, None, True),
        (DE, {"==": [{"var": "offering.category"}, "first_party"]}, True),
        (US, None, False),
        (NOBODY_KNOWS, None, False),
        (True, None, False),
        ({"and": [DE, COVERED]}, None, False),
        ({"agreement": "baa"}, None, True),
    ],
)
def test_a_pass_rests_on_claims_alone_where_nothing_that_is_required_can_be_shown(
    rule: Any, when: Any, alone: bool, tmp_path: Path
) -> None:
    policy = {} if when is None else {"when": when}
    result = result_of(tmp_path, rule, {"hipaa_baa": GOOD}, policy=policy, usage={"agreements": ["baa"]})
    assert result.on_claims_alone is alone


def test_results_are_the_same_whoever_works_out_what_they_rest_on(tmp_path: Path) -> None:
    first, second = (judge(tmp_path, {"dimensions": {}}, {"require": [DE]}, USAGE).results[0] for _ in range(2))
    assert first.resting == second.resting
    other: object = first
    assert first.resting != other


def test_program_of_an_evaluation_is_the_one_that_judged_it_and_no_other_bundles(tmp_path: Path) -> None:
    evaluation = judge(tmp_path, {"dimensions": {}}, {"require": [DE]}, USAGE)
    program = program_of(evaluation)
    assert program_of(evaluation) is program
    other = msgspec.structs.replace(evaluation, bundle=msgspec.structs.replace(evaluation.bundle, name="other"))
    assert program_of(other) is not program
    assert program_of(other).bundle is other.bundle
    assert program_of(msgspec.structs.replace(evaluation, results=())) is not program
