"""Why a requirement came out as it did: every reason with its words, its way out and its place.

The kinds, the outcomes and which reasons stand there are the contract's ("Coverage: the heart", "JSON report"); the
words are ours, and held here so that nobody changes one without reading it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import told
from tests.world import Part, judge
from vendorgate.model.result import Result

FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
BAA: Part = {"kind": "baa", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01"}
COVERED: Part = {"covered": "hipaa_baa"}
DOCUMENTED: Part = {"documented": "hipaa_baa"}
AGREED: Part = {"agreement": "baa"}
Lines = list[str]


def equal(path: str, value: Any) -> Part:
    return {"==": [{"var": path}, value]}


def judged(
    folder: Path,
    rule: Any,
    cells: dict[str, Part] | None = None,
    usage: Part | None = None,
    *,
    demands: Part | None = None,
    agreements: list[Part] | None = None,
    when: Any = None,
    full: bool = False,
) -> Result:
    offering = {
        "endpoints": ["chat", "batch"],
        "models": ["a-*", "b", "c", "d"],
        "features": ["search", "memory"],
        "dimensions": {name: {**FINE, **cell} for name, cell in (cells or {}).items()},
    }
    policy = {"require": [rule], **({} if when is None else {"when": when})}
    stated = {"data": ["phi"], **(usage or {})}
    (result,) = judge(folder, offering, policy, stated, demands, agreements=agreements, full=full).results
    return result


def why(folder: Path, rule: Any, *world: Any, **more: Any) -> Lines:
    (requirement,) = judged(folder, rule, *world, **more).requirements
    return placed(told(requirement.reasons), rule)


def placed(lines: Lines, rule: Any) -> Lines:
    """The lines, a place that is the whole rule of the policy written as `@ rule`."""
    return [line.replace(f"@ p {json.dumps(rule)}", "@ rule") for line in lines]


# --- Coverage, step by step

PASSED = {
    "grade": 'pass grade of hipaa_baa: graded `yes_public`: documented publicly @ alpha "value"',
    "evidence": (
        'pass evidence of hipaa_baa: verified on 2026-11-01, 22 days ago, with confidence `high` @ alpha "verified"'
    ),
    "tier": 'pass tier of hipaa_baa: offered at every tier @ alpha "hipaa_baa"',
    "scope": 'pass scope of hipaa_baa: no scope restricts it @ alpha "hipaa_baa"',
}


def test_every_step_of_what_is_covered_is_told_where_all_is_asked_for(tmp_path: Path) -> None:
    assert why(tmp_path, COVERED, {"hipaa_baa": {}}, full=True) == list(PASSED.values())


def test_the_first_two_steps_of_what_is_documented_are_told(tmp_path: Path) -> None:
    assert why(tmp_path, DOCUMENTED, {"hipaa_baa": {}}, full=True) == [PASSED["grade"], PASSED["evidence"]]


@pytest.mark.parametrize("rule", [COVERED, DOCUMENTED])
def test_what_passes_is_not_told_unless_it_is_asked_for(rule: Part, tmp_path: Path) -> None:
    assert why(tmp_path, rule, {"hipaa_baa": {}}) == []


@pytest.mark.parametrize("rule", [COVERED, DOCUMENTED])
def test_a_cell_that_is_not_there_is_told_at_the_dimensions_of_the_offering(rule: Part, tmp_path: Path) -> None:
    assert why(tmp_path, rule) == [
        'unknown grade of hipaa_baa: the registry states nothing about hipaa_baa of alpha @ alpha "dimensions"'
    ]


@pytest.mark.parametrize(
    ("value", "told_of_it"),
    [
        ("yes_public", "pass|documented publicly"),
        ("yes_sales_gated", "pass|documented, on terms that sales or support must grant"),
        ("yes_platform_only", "pass|documented for the platform as a whole"),
        ("no", "fail|the vendor documents that it does not offer this"),
        ("no_public_evidence", "unknown|no public evidence was found"),
        ("unclear", "unknown|what the vendor documents is unclear"),
        ("partial", "unknown|documented for a part, and the registry does not say which"),
        ("no_idea", "unknown|a grade that this version of vendorgate does not know"),
    ],
)
def test_a_grade_is_told_in_words(value: str, told_of_it: str, tmp_path: Path) -> None:
    outcome, meaning = told_of_it.split("|")
    first = why(tmp_path, COVERED, {"hipaa_baa": {"value": value}}, full=True)[0]
    assert first == f'{outcome} grade of hipaa_baa: graded `{value}`: {meaning} @ alpha "value"'


PART: Part = {"value": "partial", "scope": {"models": {"only": ["b"]}}}
A_PART = 'pass grade of hipaa_baa: graded `partial`: documented for a part, which its scope names @ alpha "value"'
INSIDE = 'pass scope of hipaa_baa: everything declared is inside its scope @ alpha "scope"'
OUTSIDE = 'fail scope of hipaa_baa: model `c` is outside the documented scope -> replace c by b @ alpha "models"'


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (COVERED, [A_PART, PASSED["evidence"], PASSED["tier"], INSIDE]),
        (DOCUMENTED, [A_PART, INSIDE, PASSED["evidence"]]),
    ],
)
def test_a_partial_grade_is_told_with_what_its_scope_reaches(rule: Part, lines: Lines, tmp_path: Path) -> None:
    assert why(tmp_path, rule, {"hipaa_baa": PART}, {"models": ["b"]}, full=True) == lines


@pytest.mark.parametrize("rule", [COVERED, DOCUMENTED])
def test_what_is_outside_a_partial_grade_is_told_alone(rule: Part, tmp_path: Path) -> None:
    assert why(tmp_path, rule, {"hipaa_baa": PART}, {"models": ["c"]}) == [OUTSIDE]


def test_the_scope_of_a_grade_that_is_not_partial_says_nothing_of_its_documentation(tmp_path: Path) -> None:
    cells = {"hipaa_baa": {"value": "no", "scope": {"models": {"only": ["b"]}}}}
    assert why(tmp_path, DOCUMENTED, cells, {"models": ["c"]}) == [
        'fail grade of hipaa_baa: graded `no`: the vendor documents that it does not offer this @ alpha "value"'
    ]


@pytest.mark.parametrize(
    ("cell", "demands", "told_of_it"),
    [
        ({"verified": None}, {}, "unknown|the evidence has no day of verification"),
        ({"verified": "2026-11-24"}, {}, "unknown|verified on 2026-11-24, after the as-of day 2026-11-23"),
        ({"verified": "2026-11-23"}, {}, "pass|verified on 2026-11-23, 0 days ago, with confidence `high`"),
        ({"verified": "2026-11-22"}, {}, "pass|verified on 2026-11-22, 1 day ago, with confidence `high`"),
        (
            {"verified": "2026-11-22"},
            {"max_evidence_age_days": 0},
            "unknown|verified on 2026-11-22, 1 day ago; evidence counts for 0 days",
        ),
        (
            {"verified": "2026-11-21"},
            {"max_evidence_age_days": 1},
            "unknown|verified on 2026-11-21, 2 days ago; evidence counts for 1 day",
        ),
        (
            {"verified": "2026-11-01"},
            {"max_evidence_age_days": {"default": 30, "hipaa_baa": 10}},
            "unknown|verified on 2026-11-01, 22 days ago; evidence counts for 10 days",
        ),
        ({"verified": "2025-11-23"}, {}, "pass|verified on 2025-11-23, 365 days ago, with confidence `high`"),
        ({"verified": "2025-11-22"}, {}, "unknown|verified on 2025-11-22, 366 days ago; evidence counts for 365 days"),
        (
            {"confidence": "low"},
            {"min_confidence": "high"},
            "unknown|confidence `low` is below the `high` that the bundle demands",
        ),
        (
            {"confidence": None},
            {"min_confidence": "medium"},
            "unknown|no confidence, which counts as `low`, is below the `medium` that the bundle demands",
        ),
        ({"confidence": None}, {}, "pass|verified on 2026-11-01, 22 days ago, with confidence `low`"),
        (
            {"confidence": "medium"},
            {"min_confidence": "medium"},
            "pass|verified on 2026-11-01, 22 days ago, with confidence `medium`",
        ),
    ],
)
def test_evidence_is_told_with_its_age_and_what_is_demanded(
    cell: Part, demands: Part, told_of_it: str, tmp_path: Path
) -> None:
    outcome, words = told_of_it.split("|")
    second = why(tmp_path, COVERED, {"hipaa_baa": cell}, demands=demands, full=True)[1]
    assert second == f'{outcome} evidence of hipaa_baa: {words} @ alpha "verified"'


def test_a_tier_that_is_too_low_is_told_with_the_one_to_move_to(tmp_path: Path) -> None:
    assert why(tmp_path, COVERED, {"hipaa_baa": {"tier": "enterprise"}}) == [
        (
            "fail tier of hipaa_baa: offered from tier `enterprise`, and the usage has `self_serve`"
            ' -> do move to tier `enterprise` or above @ alpha "tier"'
        )
    ]


def test_a_tier_that_is_high_enough_is_told_without_a_remedy(tmp_path: Path) -> None:
    lines = why(tmp_path, COVERED, {"hipaa_baa": {"tier": "self_serve"}}, {"tier": "enterprise"}, full=True)
    assert lines[2] == (
        'pass tier of hipaa_baa: offered from tier `self_serve`, and the usage has `enterprise` @ alpha "tier"'
    )


@pytest.mark.parametrize(
    ("scope", "usage", "words"),
    [
        (
            {"models": {"only": ["b", "a-*"]}},
            {"models": ["c"]},
            "fail|model `c` is outside the documented scope -> replace c by b, a-*",
        ),
        (
            {"models": {"only": ["b", "a-*"], "except": ["a-*"]}},
            {"models": ["c"]},
            "fail|model `c` is outside the documented scope -> replace c by b",
        ),
        (
            {"models": {"only": ["b", "a-1"], "except": ["a-*"]}},
            {"models": ["a-1"]},
            "fail|model `a-1` is excluded from the documented scope -> replace a-1 by b",
        ),
        (
            {"models": {"except": ["a-*"]}},
            {"models": ["a-1"]},
            "fail|model `a-1` is excluded from the documented scope -> replace a-1",
        ),
        (
            {"endpoints": {"only": ["chat"]}},
            {"endpoints": ["batch"]},
            "fail|endpoint `batch` is outside the documented scope -> replace batch by chat",
        ),
        (
            {"regions": {"only": ["us", "eu"]}},
            {"region": "de"},
            "fail|region `de` is outside the documented scope -> replace de by us, eu",
        ),
        (
            {"cloud_regions": {"except": ["us-*"]}},
            {"cloud_region": "us-1"},
            "fail|cloud region `us-1` is excluded from the documented scope -> replace us-1",
        ),
        (
            {"features": {"only": ["search"]}},
            {"features": ["search", "memory"]},
            "fail|feature `memory` is outside the documented scope -> replace memory by search",
        ),
        (
            {"lifecycle": {"only": ["ga"]}},
            {"lifecycle": "preview"},
            "fail|lifecycle `preview` is outside the documented scope -> replace preview by ga",
        ),
    ],
)
def test_what_is_outside_a_scope_is_told_with_what_could_replace_it(
    scope: Part, usage: Part, words: str, tmp_path: Path
) -> None:
    outcome, message = words.split("|")
    (axis,) = scope
    assert why(tmp_path, COVERED, {"hipaa_baa": {"scope": scope}}, usage) == [
        f'{outcome} scope of hipaa_baa: {message} @ alpha "{axis}"'
    ]


@pytest.mark.parametrize(("axis", "noun"), [("endpoints", "endpoint"), ("features", "feature"), ("models", "model")])
def test_name_that_no_exclusion_could_know_is_not_known_to_be_inside(axis: str, noun: str, tmp_path: Path) -> None:
    cell = {**FINE, "scope": {axis: {"except": ["batch"]}}}
    offering = {"dimensions": {"hipaa_baa": cell}}  # it lists no names
    (result,) = judge(tmp_path, offering, {"require": [COVERED]}, {"data": ["phi"], axis: ["chat"]}).results
    assert told(result.requirements[0].reasons) == [
        (
            f"unknown scope of hipaa_baa: {noun} `chat` is not known to alpha, so no exclusion could name it"
            " -> do check the spelling of `chat`, or have the registry say whether it is covered"
            f' @ alpha "{axis}"'
        )
    ]


@pytest.mark.parametrize(
    ("axis", "noun", "declaration"),
    [
        ("endpoints", "endpoint", "endpoints"),
        ("models", "model", "models"),
        ("regions", "region", "region"),
        ("cloud_regions", "cloud region", "cloud_region"),
    ],
)
def test_what_must_be_declared_is_told(axis: str, noun: str, declaration: str, tmp_path: Path) -> None:
    assert why(tmp_path, COVERED, {"hipaa_baa": {"scope": {axis: {"only": ["us"]}}}}) == [
        f'unknown scope of hipaa_baa: its scope names {noun}s, and the usage declares none @ alpha "{axis}"',
        f"  unknown declaration of hipaa_baa: `{declaration}` is not declared -> declare {declaration}",
    ]


def test_everything_outside_a_scope_is_told_in_the_order_of_its_axes(tmp_path: Path) -> None:
    scope = {"lifecycle": {"only": ["ga"]}, "models": {"only": ["b"]}, "endpoints": {"except": ["batch"]}}
    usage = {"lifecycle": "preview", "models": ["c", "b", "d"], "endpoints": ["batch", "chat"]}
    assert [
        line.split(":")[1].split(" is ")[0] for line in why(tmp_path, COVERED, {"hipaa_baa": {"scope": scope}}, usage)
    ] == [
        " endpoint `batch`",
        " model `c`",
        " model `d`",
        " lifecycle `preview`",
    ]


def test_each_condition_is_told_with_what_it_rests_on(tmp_path: Path) -> None:
    setting = equal("usage.settings.x", True)
    cells: dict[str, Part] = {"hipaa_baa": {"conditions": [AGREED, {"covered": "retention_zdr"}, setting]}}
    assert why(tmp_path, COVERED, cells) == [
        ('fail condition of hipaa_baa: condition not met: an agreement `baa` is in force @ alpha {"agreement": "baa"}'),
        "  fail agreement of hipaa_baa: agreement `baa` is not in force: the manifest does not claim it -> agree baa",
        (
            "unknown condition of hipaa_baa: condition not known to be met: retention_zdr is covered"
            ' @ alpha {"covered": "retention_zdr"}'
        ),
        (
            "  unknown grade of retention_zdr: the registry states nothing about retention_zdr of alpha"
            ' @ alpha "dimensions"'
        ),
        (
            "unknown condition of hipaa_baa: condition not known to be met: usage.settings.x == true"
            f" @ alpha {json.dumps(setting)}"
        ),
        (
            "  unknown declaration of hipaa_baa: `settings.x` is not declared -> declare settings.x"
            f" @ alpha {json.dumps(setting)}"
        ),
    ]


def test_a_condition_that_is_met_is_told_where_all_is_asked_for(tmp_path: Path) -> None:
    cells: dict[str, Part] = {
        "hipaa_baa": {"conditions": [{"!": {"covered": "soc2_type2"}}]},
        "soc2_type2": {"value": "no"},
    }
    assert why(tmp_path, COVERED, cells, full=True)[4:6] == [
        (
            "pass condition of hipaa_baa: condition met: not (soc2_type2 is covered)"
            ' @ alpha {"!": {"covered": "soc2_type2"}}'
        ),
        "  pass expression of soc2_type2: soc2_type2 is not covered",
    ]


# --- Agreements


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (["baa"], "pass agreement: agreement `baa` is claimed by the manifest"),
        (["dpa"], "fail agreement: agreement `baa` is not in force: the manifest does not claim it -> agree baa"),
    ],
)
def test_without_a_register_the_claim_is_told(claims: Lines, words: str, tmp_path: Path) -> None:
    assert why(tmp_path, AGREED, None, {"agreements": claims}, full=True) == [words]


NONE = "the register lists none for this offering and project"


@pytest.mark.parametrize(
    ("register", "words"),
    [
        ([], NONE),
        ([{**BAA, "kind": "dpa"}], NONE),
        ([{**BAA, "offerings": ["beta"]}], NONE),
        ([{**BAA, "projects": ["q"]}], NONE),
        ([{**BAA, "status": "pending"}], "pending"),
        ([{**BAA, "status": "terminated", "reference": "L-1"}], "terminated (L-1)"),
        ([{**BAA, "signed": "2026-11-24", "reference": "L-1"}], "signed on 2026-11-24, after the as-of day (L-1)"),
        ([{**BAA, "expires": "2026-11-22", "reference": "L-1"}], "expired 2026-11-22 (L-1)"),
        ([{**BAA, "signed": "2026-11-23", "expires": "2026-11-23", "status": "pending"}], "pending"),
        ([{**BAA, "signed": "2026-11-20", "expires": "2026-11-22"}], "expired 2026-11-22"),
        (
            [
                {**BAA, "expires": "2026-11-22"},
                {**BAA, "kind": "dpa"},
                {**BAA, "status": "pending", "reference": "L-2"},
            ],
            "expired 2026-11-22; pending (L-2)",
        ),
    ],
)
def test_why_no_agreement_of_the_register_is_in_force_is_told(register: list[Part], words: str, tmp_path: Path) -> None:
    assert why(tmp_path, AGREED, agreements=register) == [
        f"fail agreement: agreement `baa` is not in force: {words} -> agree baa"
    ]


def test_an_agreement_that_expired_on_the_day_of_its_signature_is_not_signed_in_the_future(tmp_path: Path) -> None:
    register = [
        {**BAA, "signed": "2026-11-23", "status": "terminated"},
        {**BAA, "signed": "2026-11-22", "expires": "2026-11-22"},
    ]
    assert why(tmp_path, AGREED, agreements=register) == [
        "fail agreement: agreement `baa` is not in force: terminated; expired 2026-11-22 -> agree baa"
    ]


@pytest.mark.parametrize(
    ("register", "words"),
    [
        ([{**BAA, "signed": "2026-11-23"}], ""),
        ([{**BAA, "expires": "2026-11-23", "reference": "L-1"}], " (L-1), until 2026-11-23"),
        ([{**BAA, "expires": "2027-01-01", "reference": "L-1"}, BAA], ""),
        ([BAA, {**BAA, "expires": "2027-01-01", "reference": "L-1"}], ""),
        ([{**BAA, "expires": "2027-01-01"}, {**BAA, "expires": "2027-02-01"}], ", until 2027-02-01"),
        ([{**BAA, "expires": "2027-02-01"}, {**BAA, "expires": "2027-01-01"}], ", until 2027-02-01"),
        ([{**BAA, "reference": "L-1"}, {**BAA, "reference": "L-2"}], " (L-1)"),
        ([{**BAA, "kind": "dpa", "reference": "L-1"}, {**BAA, "reference": "L-2"}], " (L-2)"),
    ],
)
def test_of_the_agreements_in_force_the_one_that_ends_last_is_told(
    register: list[Part], words: str, tmp_path: Path
) -> None:
    assert why(tmp_path, AGREED, agreements=register, full=True) == [
        f"pass agreement: agreement `baa` is in force{words}"
    ]


# --- Comparisons and the like

US = equal("usage.region", "us")
NOT_DECLARED = "unknown declaration: `region` is not declared -> declare region @ rule"


@pytest.mark.parametrize(
    ("rule", "usage", "lines"),
    [
        (US, {"region": "us"}, ["pass expression: usage.region == `us`: holds (usage.region is `us`) @ rule"]),
        (US, {"region": "de"}, ["fail expression: usage.region == `us`: does not hold (usage.region is `de`) @ rule"]),
        (US, {}, [NOT_DECLARED]),
        ({"==": [{"var": "usage.region"}, {"var": "usage.region"}]}, {}, [NOT_DECLARED]),
        (
            {"==": [{"var": "usage.region"}, {"var": "usage.cloud_region"}]},
            {},
            [NOT_DECLARED, NOT_DECLARED.replace("region", "cloud_region")],
        ),
        (
            {"==": [{"var": "usage.cloud_region"}, {"var": "usage.tier"}]},
            {},
            [NOT_DECLARED.replace("region", "cloud_region")],
        ),
        (
            {"subset": [[{"var": "usage.cloud_region"}], [{"var": "usage.region"}, "us"]]},
            {},
            [NOT_DECLARED.replace("region", "cloud_region"), NOT_DECLARED],
        ),
        (
            equal("usage.settings.a.b", 1),
            {},
            ["unknown declaration: `settings.a.b` is not declared -> declare settings.a.b @ rule"],
        ),
        (equal("project.owner", "x"), {}, ["unknown declaration: `owner` is not declared -> declare owner @ rule"]),
        (
            equal("project.bound", True),
            {},
            [
                (
                    "unknown declaration: whether the project's name is bound is not known: the bundle binds none"
                    " -> do have `projects` of bundle.yaml say whose names count @ rule"
                )
            ],
        ),
        (
            equal("offering.summary", "x"),
            {},
            ["unknown declaration: the registry does not state offering.summary @ rule"],
        ),
        (
            {">": [{"var": "agreements.baa.expires"}, "2027"]},
            {},
            ["unknown agreement: no agreement `baa` in force states expires @ rule"],
        ),
        (
            {"<": [{"days_since": {"var": "today"}}, 1]},
            {},
            ["pass expression: days since today < 1: holds (today is `2026-11-23`) @ rule"],
        ),
        (
            {"==": [{"var": "usage.tier"}, {"var": "usage.environment"}]},
            {},
            [
                (
                    "fail expression: usage.tier == usage.environment: does not hold"
                    " (usage.tier is `self_serve`; usage.environment is `production`) @ rule"
                )
            ],
        ),
        (
            {"some": [{"var": "usage.models"}, {"==": [{"var": ""}, "m"]}]},
            {"models": ["q", "r"]},
            ["fail expression: some(usage.models, it == `m`): does not hold (usage.models is [`q`, `r`]) @ rule"],
        ),
        (
            {"some": [{"var": "usage.models"}, {"==": [{"var": ""}, "m"]}]},
            {},
            ["unknown declaration: `models` is not declared -> declare models @ rule"],
        ),
        (
            {"<": [{"days_since": "2026-11-01"}, 30]},
            {},
            ["pass expression: days since 2026-11-01 < 30: holds @ rule"],
        ),
        (
            {">": [{"days_since": {"var": "usage.purpose"}}, 3]},
            {"purpose": "x"},
            ["unknown expression: days since usage.purpose > 3: cannot be decided @ rule"],
        ),
        (
            {"known": "usage.region"},
            {},
            ["fail expression: usage.region is known: does not hold (usage.region is unknown) @ rule"],
        ),
        (
            {"known": "usage.region"},
            {"region": "us"},
            ["pass expression: usage.region is known: holds (usage.region is `us`) @ rule"],
        ),
        (
            {"!": {"missing": ["usage.via", ["usage.tier"]]}},
            {},
            [
                (
                    "fail expression: missing(`usage.via`, [`usage.tier`]): holds"
                    " (usage.via is null; usage.tier is `self_serve`) @ rule"
                )
            ],
        ),
        (
            {"!": {"missing": ["usage.region", ["usage.cloud_region"]]}},
            {},
            [NOT_DECLARED, NOT_DECLARED.replace("region", "cloud_region")],
        ),
        (
            {"!": {"missing_some": [1, ["usage.region", "usage.tier"]]}},
            {"region": "us"},
            [
                (
                    "pass expression: missing_some(1, [`usage.region`, `usage.tier`]): does not hold"
                    " (usage.region is `us`; usage.tier is `self_serve`) @ rule"
                )
            ],
        ),
        (True, {}, ["pass expression: true stands here @ rule"]),
        (False, {}, ["fail expression: false stands here @ rule"]),
        ({"!": True}, {}, ["fail expression: true stands here @ rule"]),
    ],
)
def test_a_comparison_is_told_with_what_it_read(rule: Any, usage: Part, lines: Lines, tmp_path: Path) -> None:
    assert why(tmp_path, rule, None, usage, full=True) == lines


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ({}, ["the registry states nothing about hipaa_baa of alpha|dimensions"]),
        ({"hipaa_baa": {}}, ["the registry does not state registry.hipaa_baa.facts.d|hipaa_baa"]),
        (
            {"hipaa_baa": {"verified": None}},
            [
                "registry.hipaa_baa.facts.d is not known|hipaa_baa",
                '  unknown evidence of hipaa_baa: the evidence has no day of verification @ alpha "verified"',
            ],
        ),
        (
            {"hipaa_baa": {"value": "unclear"}},
            [
                "registry.hipaa_baa.facts.d is not known|hipaa_baa",
                (
                    "  unknown grade of hipaa_baa: graded `unclear`: what the vendor documents is unclear"
                    ' @ alpha "value"'
                ),
            ],
        ),
        (
            {"hipaa_baa": PART},
            [
                "registry.hipaa_baa.facts.d is not known|hipaa_baa",
                ('  unknown scope of hipaa_baa: its scope names models, and the usage declares none @ alpha "models"'),
                "    unknown declaration of hipaa_baa: `models` is not declared -> declare models",
            ],
        ),
    ],
)
def test_what_the_registry_does_not_state_is_told_at_its_cell(
    cells: dict[str, Part], lines: Lines, full: bool, tmp_path: Path
) -> None:
    message, key = lines[0].split("|")
    expected = [f'unknown grade of hipaa_baa: {message} @ alpha "{key}"', *lines[1:]]
    assert why(tmp_path, equal("registry.hipaa_baa.facts.d", 5), cells, full=full) == expected


# --- Logical operators

HOLDS = US
FAILS = equal("usage.tier", "free")
OPEN = equal("usage.cloud_region", "c")
OPEN_TOO = equal("usage.purpose", "p")
AS_TOLD = {
    "holds": "expression: usage.region == `us`: holds (usage.region is `us`) @ rule",
    "fails": "expression: usage.tier == `free`: does not hold (usage.tier is `self_serve`) @ rule",
    "open": "unknown declaration: `cloud_region` is not declared -> declare cloud_region @ rule",
    "open too": "unknown declaration: `purpose` is not declared -> declare purpose @ rule",
}


@pytest.mark.parametrize(
    ("rule", "full", "lines"),
    [
        ({"and": [HOLDS, FAILS]}, False, ["fail fails"]),
        ({"and": [HOLDS, FAILS]}, True, ["pass holds", "fail fails"]),
        ({"and": [OPEN, FAILS, OPEN_TOO]}, False, ["open", "fail fails", "open too"]),
        ({"and": [FAILS, OPEN, FAILS]}, False, ["fail fails", "open"]),
        ({"or": [FAILS, OPEN]}, False, ["fail fails", "open"]),
        ({"or": [FAILS, HOLDS]}, False, []),
        ({"or": [FAILS, HOLDS]}, True, ["fail fails", "pass holds"]),
        ({"!!": FAILS}, False, ["fail fails"]),
        ({"!!": {"and": [OPEN, FAILS]}}, False, ["open", "fail fails"]),
        ({"?:": [HOLDS, FAILS, HOLDS]}, False, ["fail fails"]),
        ({"!": HOLDS}, False, ["fail holds"]),
        ({"not": [HOLDS]}, False, ["fail holds"]),
        ({"!": FAILS}, False, []),
        ({"!": FAILS}, True, ["pass fails"]),
        ({"!": OPEN}, False, ["open"]),
        ({"!": {"!": FAILS}}, False, ["fail fails"]),
        ({"!": {"or": [FAILS, HOLDS]}}, False, ["fail holds"]),
        ({"!": {"and": [OPEN, HOLDS]}}, False, ["open", "fail holds"]),
        ({"if": [HOLDS, FAILS, HOLDS]}, False, ["fail fails"]),
        ({"if": [FAILS, HOLDS, FAILS]}, False, ["fail fails"]),
        ({"if": [FAILS, FAILS, OPEN]}, False, ["open"]),
        ({"if": [HOLDS, HOLDS, FAILS]}, True, ["pass holds"]),
        ({"?:": [FAILS, HOLDS, OPEN]}, False, ["open"]),
        ({"if": [FAILS, HOLDS, HOLDS, OPEN, FAILS]}, False, ["open"]),
        ({"if": [OPEN, HOLDS, FAILS]}, False, ["open", "fail fails"]),
        ({"if": [OPEN, FAILS, HOLDS]}, False, ["open", "fail fails"]),
        ({"if": [OPEN, OPEN_TOO]}, False, ["open", "open too"]),
        ({"if": [FAILS, HOLDS, OPEN, HOLDS, FAILS]}, False, ["open", "fail fails"]),
        ({"if": [OPEN, HOLDS, OPEN_TOO, HOLDS, FAILS]}, False, ["open", "open too", "fail fails"]),
        ({"if": [OPEN, FAILS, HOLDS, OPEN_TOO, FAILS]}, False, ["open", "fail fails", "open too"]),
        ({"if": [OPEN, HOLDS, FAILS, HOLDS, OPEN_TOO]}, False, ["open", "open too"]),
        ({"!": {"if": [HOLDS, HOLDS]}}, False, ["fail holds"]),
        ({"!": {"if": [HOLDS, FAILS, HOLDS]}}, True, ["pass fails"]),
        ({"!": {"if": [FAILS, FAILS, HOLDS]}}, False, ["fail holds"]),
        ({"!": {"if": [OPEN, HOLDS, FAILS]}}, False, ["open", "fail holds"]),
    ],
    ids=str,
)
def test_a_logical_operator_is_told_by_what_decides_it(rule: Any, full: bool, lines: Lines, tmp_path: Path) -> None:
    expected = [AS_TOLD[line] if line in AS_TOLD else f"{line.split()[0]} {AS_TOLD[line.split()[1]]}" for line in lines]
    assert why(tmp_path, rule, None, {"region": "us"}, full=full) == expected


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [({"if": [FAILS, HOLDS]}, "fail"), ({"!": {"if": [FAILS, HOLDS]}}, "pass")],
)
def test_a_choice_without_a_branch_that_holds_is_told_so(rule: Any, outcome: str, tmp_path: Path) -> None:
    assert why(tmp_path, rule, None, {"region": "us"}, full=True) == [
        f"{outcome} expression: if(usage.tier == `free`, usage.region == `us`) has no branch that holds @ rule"
    ]


@pytest.mark.parametrize("full", [False, True])
def test_coverage_that_must_not_be_is_told_with_its_steps_where_all_is_asked_for(full: bool, tmp_path: Path) -> None:
    steps = [f"  {line}" for line in PASSED.values()] if full else []
    assert why(tmp_path, {"!": COVERED}, {"hipaa_baa": {}}, full=full) == [
        "fail expression of hipaa_baa: hipaa_baa is covered",
        *steps,
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"!": COVERED}, "hipaa_baa is not known to be covered"),
        ({"!": DOCUMENTED}, "hipaa_baa is not known to be documented"),
    ],
)
def test_why_coverage_that_must_not_be_is_not_known_is_told(rule: Any, words: str, tmp_path: Path) -> None:
    assert why(tmp_path, rule, {"hipaa_baa": {"verified": None}}) == [
        f"unknown expression of hipaa_baa: {words}",
        '  unknown evidence of hipaa_baa: the evidence has no day of verification @ alpha "verified"',
    ]


def test_coverage_among_other_requirements_keeps_its_name_over_its_steps(tmp_path: Path) -> None:
    assert why(tmp_path, {"and": [COVERED, DOCUMENTED]}, {"hipaa_baa": {"value": "no"}}) == [
        "fail expression of hipaa_baa: hipaa_baa is not covered",
        '  fail grade of hipaa_baa: graded `no`: the vendor documents that it does not offer this @ alpha "value"',
        "fail expression of hipaa_baa: hipaa_baa is not documented",
        '  fail grade of hipaa_baa: graded `no`: the vendor documents that it does not offer this @ alpha "value"',
    ]


def test_each_coverage_that_is_asked_for_has_steps_of_its_own(tmp_path: Path) -> None:
    cells = {"hipaa_baa": {"value": "no", "tier": "enterprise"}, "gdpr_dpa": {"value": "unclear"}}
    asked = [COVERED, DOCUMENTED, {"covered": "gdpr_dpa"}]
    no = 'graded `no`: the vendor documents that it does not offer this @ alpha "value"'
    assert why(tmp_path, {"and": asked}, cells) == [
        "fail expression of hipaa_baa: hipaa_baa is not covered",
        f"  fail grade of hipaa_baa: {no}",
        (
            "  fail tier of hipaa_baa: offered from tier `enterprise`, and the usage has `self_serve`"
            ' -> do move to tier `enterprise` or above @ alpha "tier"'
        ),
        "fail expression of hipaa_baa: hipaa_baa is not documented",
        f"  fail grade of hipaa_baa: {no}",
        "unknown expression of gdpr_dpa: gdpr_dpa is not known to be covered",
        '  unknown grade of gdpr_dpa: graded `unclear`: what the vendor documents is unclear @ alpha "value"',
    ]


# --- When, and what is said of a requirement


@pytest.mark.parametrize(
    ("when", "outcome", "line"),
    [
        (HOLDS, "fail", "pass expression: usage.region == `us`: holds (usage.region is `us`)"),
        (FAILS, "not_applicable", "fail expression: usage.tier == `free`: does not hold (usage.tier is `self_serve`)"),
        (OPEN, "fail", "unknown declaration: `cloud_region` is not declared -> declare cloud_region"),
    ],
)
def test_why_a_policy_applies_is_told_where_all_is_asked_for_or_where_that_is_not_known(
    when: Any, outcome: str, line: str, tmp_path: Path
) -> None:
    result = judged(tmp_path / "full", False, None, {"region": "us"}, when=when, full=True)
    assert result.outcome == outcome
    assert told(result.when) == [f"{line} @ p {json.dumps(when)}"]
    short = judged(tmp_path / "short", False, None, {"region": "us"}, when=when).when
    assert told(short) == ([f"{line} @ p {json.dumps(when)}"] if when is OPEN else [])


def test_a_policy_without_a_condition_says_nothing_of_when_it_applies(tmp_path: Path) -> None:
    assert judged(tmp_path, True, full=True).when == ()


@pytest.mark.parametrize(
    ("rule", "cells", "message"),
    [
        (COVERED, {"hipaa_baa": {}}, "hipaa_baa is covered"),
        (COVERED, {"hipaa_baa": {"value": "no"}}, "hipaa_baa is not covered"),
        (COVERED, {}, "hipaa_baa is not known to be covered"),
        (DOCUMENTED, {"hipaa_baa": {}}, "hipaa_baa is documented"),
        (DOCUMENTED, {"hipaa_baa": {"value": "no"}}, "hipaa_baa is not documented"),
        (DOCUMENTED, {}, "hipaa_baa is not known to be documented"),
        (AGREED, {}, "no agreement `baa` is in force"),
        ({"!": AGREED}, {}, "not (an agreement `baa` is in force)"),
        (US, {}, "required, and not known: usage.region == `us`"),
        (FAILS, {}, "required: usage.tier == `free`"),
        ({"!": FAILS}, {}, "not (usage.tier == `free`)"),
        ({"that": FAILS, "message": "No free tiers"}, {}, "No free tiers"),
        (
            {"in": [{"var": "usage.purpose"}, ["x" * 99]]},
            {},
            f"required, and not known: usage.purpose in [`{'x' * 99}`]",
        ),
        (
            {"in": [{"var": "usage.purpose"}, ["x" * 100]]},
            {},
            f"required, and not known: usage.purpose in [`{'x' * 100}…",
        ),
    ],
)
def test_a_requirement_says_what_it_came_to(rule: Any, cells: dict[str, Part], message: str, tmp_path: Path) -> None:
    (requirement,) = judged(tmp_path, rule, cells).requirements
    assert requirement.message == message
