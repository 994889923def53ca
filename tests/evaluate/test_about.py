"""What each reason is about, by which a fingerprint tells findings apart, and where what the registry says stands.

A fingerprint is made of kinds, outcomes, dimensions and of what reasons are about ("Waivers"); words are in
`test_reasons.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import told
from tests.world import Part, judge
from vendorgate.model.result import Reason

FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
OFFERING: Part = {
    "endpoints": ["chat", "files", "batch"],
    "models": ["m-*", "n", "gamma"],
    "features": ["memory", "search"],
    "implies": [{"models": ["m-1*"], "set": {"features": ["memory"]}}],
}
BATCH: Part = {"scope": {"endpoints": {"only": ["batch"]}}, "facts": {"days": 9}}
MEMORY: Part = {"scope": {"features": {"only": ["memory"]}}, "facts": {"days": 90}}
DAYS: Part = {"==": [{"var": "registry.hipaa_baa.facts.days"}, 1]}
COVERED: Part = {"covered": "hipaa_baa"}
NOBODY_KNOWS: Part = {"value": "unclear", "verified": None, "tier": "enterprise"}
Lines = list[str]


def value(field: str, wanted: str) -> Part:
    return {"==": [{"var": f"registry.hipaa_baa.{field}"}, wanted]}


def reasons(folder: Path, rule: Any, cell: Part, usage: Part, **more: Any) -> tuple[Reason, ...]:
    offering = {**OFFERING, "dimensions": {"hipaa_baa": {**FINE, **cell}}}
    (result,) = judge(folder, offering, {"require": [rule]}, {"data": ["phi"], **usage}, **more).results
    (requirement,) = result.requirements
    return requirement.reasons


def about(found: Iterable[Reason], indent: str = "") -> Lines:
    """A line a reason: outcome, kind, dimension and what it is about; what nests is indented."""
    lines = []
    for one in found:
        lines.append(f"{indent}{one.outcome} {one.kind} of {one.dimension}: {json.dumps(one.about)[1:-1]}")
        lines.extend(about(one.reasons, indent + "  "))
    return lines


FACT = 'unknown grade of hipaa_baa: "registry.hipaa_baa.facts.days"'
STRANGER = '  unknown declaration of hipaa_baa: "models", "not listed", "o"'
TIER = '  unknown tier of hipaa_baa: "self_serve", "enterprise"'
NOT_KNOWN = 'grade of hipaa_baa: registry.hipaa_baa.facts.days is not known @ alpha "hipaa_baa"'
NOTHING = 'nothing that is known @ alpha "scoped_facts"'
OUTSIDE = '  unknown scope of hipaa_baa: "endpoints", "outside", "chat"'


@pytest.mark.parametrize(
    ("rule", "cell", "usage", "lines"),
    [
        (DAYS, {}, {}, [FACT]),
        (
            DAYS,
            {"facts": {"days": 30}, "scoped_facts": [BATCH]},
            {"endpoints": ["batch", "chat"]},
            [
                FACT,
                '  unknown scope of hipaa_baa: "endpoints", "batch", 9',
                '  unknown scope of hipaa_baa: "endpoints", "chat", 30',
            ],
        ),
        (
            DAYS,
            {"scoped_facts": [BATCH]},
            {},
            [FACT, '  unknown scope of hipaa_baa: "endpoints"', '    unknown declaration of hipaa_baa: "endpoints"'],
        ),
        (
            DAYS,
            {"scoped_facts": [MEMORY]},
            {"models": ["m-1"], "features": ["search"]},
            [
                FACT,
                '  unknown scope of hipaa_baa: "features"',
                (
                    "    unknown declaration of hipaa_baa:"
                    ' "usage.features", "contradicted", "models", "m-1", ["search"], ["memory"]'
                ),
            ],
        ),
        (DAYS, {"tier": "enterprise"}, {}, [FACT, TIER]),
        (DAYS, {"tier": "enterprise"}, {"models": ["o"]}, [FACT, STRANGER]),
        (
            DAYS,
            {"facts": {"days": 30}, "scoped_facts": [BATCH], "tier": "enterprise"},
            {"endpoints": ["chat"]},
            [FACT, TIER, '  unknown scope of hipaa_baa: "endpoints", "chat", null'],
        ),
        (
            value("value", "no"),
            NOBODY_KNOWS,
            {"models": ["o"]},
            [
                'unknown grade of hipaa_baa: "registry.hipaa_baa.value"',
                '  unknown grade of hipaa_baa: "unclear"',
                '  unknown evidence of hipaa_baa: "never verified"',
                STRANGER,
                TIER,
            ],
        ),
        (
            value("value", "no"),
            {"scope": {"endpoints": {"only": ["batch"]}}},
            {"endpoints": ["chat"]},
            ['unknown grade of hipaa_baa: "registry.hipaa_baa.value"', OUTSIDE],
        ),
        (
            value("verified", "2026-01-01"),
            NOBODY_KNOWS,
            {},
            [
                'unknown grade of hipaa_baa: "registry.hipaa_baa.verified"',
                '  unknown evidence of hipaa_baa: "never verified"',
                TIER,
            ],
        ),
        (
            value("verified", "2026-01-01"),
            {"verified": "2026-12-01"},
            {},
            [
                'unknown grade of hipaa_baa: "registry.hipaa_baa.verified"',
                '  unknown evidence of hipaa_baa: "verified in the future"',
            ],
        ),
        (value("note", "x"), {"verified": None}, {}, ['unknown grade of hipaa_baa: "registry.hipaa_baa.note"']),
        (
            value("note", "x"),
            {"note": "x", **NOBODY_KNOWS},
            {"models": ["o"]},
            ['unknown grade of hipaa_baa: "registry.hipaa_baa.note"', STRANGER, TIER],
        ),
        (
            {"documented": "hipaa_baa"},
            {"value": "unclear"},
            {"models": ["o"]},
            [STRANGER.strip(), 'unknown grade of hipaa_baa: "unclear"'],
        ),
        (COVERED, {}, {"models": ["o"]}, [STRANGER.strip()]),
        (COVERED, {"scope": {"models": {"except": ["n"]}}}, {"models": ["o"]}, [STRANGER.strip()]),
        (
            COVERED,
            {"scope": {"models": {"except": ["?"]}}},
            {"models": ["o"]},
            [STRANGER.strip(), 'fail scope of hipaa_baa: "models", "excluded", "o"'],
        ),
        (
            COVERED,
            {"scope": {"models": {"only": ["n"]}, "endpoints": {"except": ["batch"]}}},
            {"models": ["o"], "endpoints": ["chat", "batch"]},
            [
                STRANGER.strip(),
                'fail scope of hipaa_baa: "endpoints", "excluded", "batch"',
                'fail scope of hipaa_baa: "models", "outside", "o"',
            ],
        ),
        (
            COVERED,
            {"scope": {"regions": {"only": ["eu"]}}},
            {},
            ['unknown scope of hipaa_baa: "regions"', '  unknown declaration of hipaa_baa: "region"'],
        ),
        (COVERED, {"verified": None}, {}, ['unknown evidence of hipaa_baa: "never verified"']),
        (COVERED, {"verified": "2026-11-24"}, {}, ['unknown evidence of hipaa_baa: "verified in the future"']),
        (COVERED, {"verified": "2024-01-01"}, {}, ['unknown evidence of hipaa_baa: "too old"']),
        (COVERED, {"valid_until": "2026-11-22"}, {}, ['unknown evidence of hipaa_baa: "ended"']),
        (COVERED, {"confidence": "low"}, {}, ['unknown evidence of hipaa_baa: "confidence low"']),
        (
            COVERED,
            {"conditions": [{"agreement": "baa"}]},
            {},
            [
                'fail condition of hipaa_baa: {"agreement": "baa"}',
                '  fail agreement of hipaa_baa: "baa", "not claimed"',
            ],
        ),
    ],
)
def test_a_reason_is_about_what_decided_it(rule: Any, cell: Part, usage: Part, lines: Lines, tmp_path: Path) -> None:
    assert about(reasons(tmp_path, rule, cell, usage, demands={"min_confidence": "medium"})) == lines


@pytest.mark.parametrize(
    ("cell", "usage", "lines"),
    [
        (
            {"scoped_facts": [BATCH]},
            {"endpoints": ["batch"], "models": ["o"]},
            [
                NOT_KNOWN,
                (
                    "  declaration of hipaa_baa: model `o` is none that alpha lists, so that nothing is documented of"
                    " it -> do use models that alpha lists, or declare `o` under the offering that serves it"
                    ' @ alpha "models"'
                ),
            ],
        ),
        (
            {"scoped_facts": [BATCH]},
            {},
            [
                NOT_KNOWN,
                '  scope of hipaa_baa: the registry states it apart for some endpoints @ alpha "scoped_facts"',
                "    declaration of hipaa_baa: `endpoints` is not declared -> declare endpoints",
            ],
        ),
        (
            {"scoped_facts": [MEMORY]},
            {"models": ["m-1"], "features": ["search"]},
            [
                NOT_KNOWN,
                '  scope of hipaa_baa: the registry states it apart for some features @ alpha "scoped_facts"',
                (
                    "    declaration of hipaa_baa: model `m-1` (line 1) implies `features` [`memory`], and `features`"
                    " is [`search`] (line 1) -> do make `features` and the model agree"
                ),
            ],
        ),
        (
            {"scoped_facts": [BATCH]},
            {"endpoints": ["batch", "chat"]},
            [
                NOT_KNOWN,
                '  scope of hipaa_baa: endpoint `batch`: the registry states 9 @ alpha "scoped_facts"',
                f"  scope of hipaa_baa: endpoint `chat`: the registry states {NOTHING}",
            ],
        ),
    ],
)
def test_a_fact_that_is_not_known_is_told_at_its_place(cell: Part, usage: Part, lines: Lines, tmp_path: Path) -> None:
    found = told(reasons(tmp_path, DAYS, cell, usage))
    assert [line.replace("unknown ", "", 1) for line in found] == lines


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gama", "; did you mean `gamma`? -> replace gama by gamma"),
        ("other", " -> do use models that alpha lists, or declare `other` under the offering that serves it"),
    ],
)
def test_model_that_the_offering_does_not_list_is_told_with_a_way_out(name: str, said: str, tmp_path: Path) -> None:
    (line,) = told(reasons(tmp_path, COVERED, {}, {"models": ["n", name]}))
    assert line == (
        f"unknown declaration of hipaa_baa: model `{name}` is none that alpha lists, so that nothing is documented of"
        f' it{said} @ alpha "models"'
    )


def test_scope_of_what_is_contradicted_is_told_with_the_contradiction(tmp_path: Path) -> None:
    usage = {"models": ["m-1"], "features": ["search"]}
    found = reasons(tmp_path, COVERED, {"scope": {"features": {"only": ["memory"]}}}, usage)
    assert told(found) == [
        (
            "unknown scope of hipaa_baa: its scope names features, and what the usage declares contradicts itself"
            ' @ alpha "features"'
        ),
        (
            "  unknown declaration of hipaa_baa: model `m-1` (line 1) implies `features` [`memory`], and `features` is"
            " [`search`] (line 1) -> do make `features` and the model agree"
        ),
    ]
    assert about(found)[0] == 'unknown scope of hipaa_baa: "features"'


def test_name_that_no_exclusion_could_know_is_what_its_reason_is_about(tmp_path: Path) -> None:
    offering = {"dimensions": {"hipaa_baa": {**FINE, "scope": {"endpoints": {"except": ["batch"]}}}}}
    (result,) = judge(tmp_path, offering, {"require": [COVERED]}, {"data": ["phi"], "endpoints": ["chat"]}).results
    assert about(result.requirements[0].reasons) == ['unknown scope of hipaa_baa: "endpoints", "not known", "chat"']


@pytest.mark.parametrize("until", ["2026-11-23", "2026-11-24", None])
def test_evidence_is_good_through_the_day_on_which_it_ends(until: str | None, tmp_path: Path) -> None:
    found = reasons(tmp_path, COVERED, {"valid_until": until}, {}, full=True)
    assert about(found)[1] == 'pass evidence of hipaa_baa: "good"'
    assert found[1].message == "verified on 2026-11-01, 22 days ago, with confidence `high`"


IN_FORCE: Part = {"kind": "baa", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01"}
ENDED: Part = {**IN_FORCE, "expires": "2026-11-22"}
PENDING: Part = {"kind": "baa", "offerings": ["alpha"], "status": "pending"}


@pytest.mark.parametrize(
    ("register", "states"),
    [
        ([], ""),
        ([PENDING], ', "pending"'),
        ([ENDED], ', "expired"'),
        ([{**IN_FORCE, "signed": "2026-11-24"}], ', "not yet signed"'),
        ([{**IN_FORCE, "signed": "2026-11-20", "expires": "2026-11-20"}], ', "expired"'),
        ([PENDING, ENDED, PENDING], ', "expired", "pending"'),
        ([{**PENDING, "kind": "dpa"}], ""),
    ],
)
def test_agreement_that_is_not_in_force_is_told_by_states(register: list[Part], states: str, tmp_path: Path) -> None:
    found = reasons(tmp_path, {"agreement": "baa"}, {}, {}, agreements=register)
    assert about(found) == [f'fail agreement of None: "baa"{states}']


@pytest.mark.parametrize(
    ("register", "state"), [(None, "claimed"), ([IN_FORCE], "in force"), ([PENDING, IN_FORCE], "in force")]
)
def test_agreement_that_must_not_be_is_told_by_its_state(
    register: list[Part] | None, state: str, tmp_path: Path
) -> None:
    found = reasons(tmp_path, {"!": {"agreement": "baa"}}, {}, {"agreements": ["baa"]}, agreements=register)
    assert about(found) == [f'fail agreement of None: "baa", "{state}"']


def var(path: str) -> Part:
    return {"var": path}


IN_THE_US: Part = {"==": [var("usage.region"), "us"]}
LATER: Part = {">": [var("today"), "2027-01-01"]}
NO_DAY: Part = {"<": [{"days_since": var("usage.settings.day")}, 5]}
NEVER_READ: Part = {"==": [{"if": [True, "us", var("usage.region")]}, "eu"]}
NO_BRANCH: Part = {"if": [False, True]}
ENDS: Part = {"==": [var("agreements.baa.expires"), "2027-01-01"]}
UNCLEAR: Lines = ['  unknown grade of hipaa_baa: "unclear"']


@pytest.mark.parametrize(
    ("rule", "usage", "lines"),
    [
        (False, {}, ["fail expression of None: false"]),
        (NO_BRANCH, {}, [f"fail expression of None: {json.dumps(NO_BRANCH)}"]),
        (LATER, {}, [f"fail expression of None: {json.dumps(LATER)}"]),
        (IN_THE_US, {}, ['unknown declaration of None: "usage.region"']),
        (
            IN_THE_US,
            {"region": "eu"},
            [f'fail expression of None: {json.dumps(IN_THE_US)}, ["usage.region", "eu"]'],
        ),
        (NEVER_READ, {}, [f'fail expression of None: {json.dumps(NEVER_READ)}, ["usage.region"]']),
        (
            NO_DAY,
            {"settings": {"day": "soon"}},
            [f'unknown expression of None: {json.dumps(NO_DAY)}, ["usage.settings.day", "soon"]'],
        ),
        ({"==": [var("project.owner"), "x"]}, {}, ['unknown declaration of None: "project.owner"']),
        ({"==": [var("offering.summary"), "x"]}, {}, ['unknown declaration of None: "offering.summary"']),
        (ENDS, {}, ['unknown agreement of None: "agreements.baa.expires", "pending"']),
        (
            {"in": ["memory", var("usage.features")]},
            {"models": ["m-1"], "features": ["search"]},
            ['unknown declaration of None: "usage.features", "contradicted", "models", "m-1", ["search"], ["memory"]'],
        ),
        (
            {"and": [COVERED, {"documented": "hipaa_baa"}]},
            {},
            [
                'unknown expression of hipaa_baa: "covered"',
                *UNCLEAR,
                'unknown expression of hipaa_baa: "documented"',
                *UNCLEAR,
            ],
        ),
        ({"==": [COVERED, True]}, {}, ['unknown expression of hipaa_baa: "covered"', *UNCLEAR]),
        ({"==": [{"!": [COVERED]}, True]}, {}, ['unknown expression of hipaa_baa: "covered"', *UNCLEAR]),
        (
            {"==": [COVERED, {"agreement": "baa"}]},
            {},
            [
                'unknown expression of hipaa_baa: "covered"',
                *UNCLEAR,
                'fail agreement of None: "baa", "pending"',
            ],
        ),
    ],
)
def test_a_reason_of_a_rule_is_about_it_and_what_it_reads(rule: Any, usage: Part, lines: Lines, tmp_path: Path) -> None:
    found = reasons(tmp_path, rule, {"value": "unclear"}, usage, agreements=[PENDING])
    assert about(found) == lines
    assert all(one.locate is not None for one in found if one.kind in ("declaration", "expression") and not one.reasons)


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        (value("verified", "2026-01-01"), ""),
        (value("value", "no"), ', ["registry.hipaa_baa.value", "yes_public"]'),
        (ENDS, ""),
        ({"==": [var("agreements.baa.status"), "pending"]}, ', ["agreements.baa.status", "executed"]'),
    ],
)
def test_a_reason_of_a_rule_is_about_no_day_that_it_reads(rule: Any, read: str, tmp_path: Path) -> None:
    found = reasons(tmp_path, rule, {}, {}, agreements=[{**IN_FORCE, "expires": "2027-06-01"}])
    assert about(found) == [f"fail expression of None: {json.dumps(rule)}{read}"]


def test_agreement_in_force_is_no_reason_of_a_comparison_that_is_not_known(tmp_path: Path) -> None:
    rule = {"==": [COVERED, {"agreement": "baa"}]}
    found = reasons(tmp_path, rule, {"value": "unclear"}, {}, agreements=[IN_FORCE])
    assert about(found) == ['unknown expression of hipaa_baa: "covered"', *UNCLEAR]
