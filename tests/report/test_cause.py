"""The one fact that a result is told under, what can lift it, and which results share it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.world import Part, judge
from vendorgate.model.result import Result
from vendorgate.report.cause import Lift, cause_of, causes_of, is_beyond_us, said
from vendorgate.report.grouping import grouped
from vendorgate.report.look import TextLook
from vendorgate.report.otherwise import asked_by
from vendorgate.report.ways import ways

FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
BAA: Part = {"covered": "hipaa_baa"}
SHARING: Part = {"==": [{"var": "usage.settings.data_sharing"}, False]}


def judged(
    folder: Path,
    rule: Any,
    cell: Part | None = None,
    usage: Part | None = None,
    *,
    when: Any = None,
    full: bool = False,
    agreements: list[Part] | None = None,
) -> Result:
    offering = {
        "endpoints": ["chat", "batch"],
        "models": ["a-*"],
        "dimensions": {} if cell is None else {"hipaa_baa": {**FINE, **cell}},
    }
    policy = {"require": [rule], **({} if when is None else {"when": when})}
    stated = {"data": ["phi"], **(usage or {})}
    return judge(folder, offering, policy, stated, agreements=agreements, full=full).results[0]


CASES: list[tuple[str, Any, Part | None, Part, str, Lift]] = [
    ("setting", SHARING, {}, {}, "`settings.data_sharing` is not declared", "declare"),
    (
        "value",
        SHARING,
        {},
        {"settings": {"data_sharing": True}},
        "usage.settings.data_sharing == false: does not hold (usage.settings.data_sharing is true)",
        "change",
    ),
    (
        "observed",
        {"observed": "usage.settings.data_sharing"},
        {},
        {"settings": {"data_sharing": False}},
        "not observed of alpha: `settings.data_sharing`",
        "update",
    ),
    (
        "observed of an account, where it is stated",
        {"or": [{"!": {"known": "usage.region"}}, {"observed": "usage.region"}]},
        {},
        {"account": "eu", "region": "de"},
        "not observed of alpha (account eu): `region`",
        "update",
    ),
    ("known", {"known": "usage.models"}, {}, {}, "`models` is not declared", "declare"),
    (
        "scope",
        BAA,
        {"scope": {"endpoints": {"only": ["chat"]}}},
        {"endpoints": ["batch"]},
        "endpoint `batch` of alpha is outside what is documented for hipaa_baa",
        "change",
    ),
    (
        "exclusion",
        BAA,
        {"scope": {"endpoints": {"except": ["batch"]}}},
        {"endpoints": ["batch"]},
        "endpoint `batch` of alpha is excluded from what is documented for hipaa_baa",
        "change",
    ),
    (
        "undeclared scope",
        BAA,
        {"scope": {"endpoints": {"only": ["chat"]}}},
        {},
        "`endpoints` is not declared",
        "declare",
    ),
    (
        "tier",
        BAA,
        {"tier": "enterprise"},
        {},
        "tier `self_serve` of alpha is below the `enterprise` that is asked for hipaa_baa",
        "change",
    ),
    (
        "no cell",
        BAA,
        None,
        {},
        "the registry states nothing about hipaa_baa of alpha",
        "nothing",
    ),
    (
        "grade",
        BAA,
        {"value": "no_public_evidence"},
        {},
        "hipaa_baa of alpha: no public evidence was found",
        "nothing",
    ),
    ("stale", BAA, {"verified": "2024-01-01"}, {}, "the registry read this too long ago: hipaa_baa of alpha", "update"),
    (
        "no day",
        BAA,
        {"verified": None},
        {},
        "the registry does not say when it read this: hipaa_baa of alpha",
        "update",
    ),
    (
        "condition",
        BAA,
        {"conditions": [{"agreement": "baa"}]},
        {},
        "agreement `baa` with alpha is not in force: the manifest does not claim it",
        "agree",
    ),
    (
        "model",
        BAA,
        {},
        {"models": ["zzzzzz"]},
        "model `zzzzzz` is none that alpha lists, so that nothing is documented of it",
        "change",
    ),
    (
        "fact",
        {">=": [{"var": "registry.hipaa_baa.facts.days"}, 30]},
        {"facts": {"days": 5}},
        {},
        "registry.hipaa_baa.facts.days >= 30: does not hold (registry.hipaa_baa.facts.days is 5)",
        "nothing",
    ),
    (
        "bound",
        {"==": [{"var": "project.bound"}, True]},
        {},
        {},
        "whether the project's name is bound is not known: the bundle binds none",
        "nothing",
    ),
]


@pytest.mark.parametrize(
    ("rule", "cell", "usage", "message", "lift"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
@pytest.mark.parametrize("full", [False, True])
def test_each_kind_of_cause_is_one_fact(
    tmp_path: Path, rule: Any, cell: Part | None, usage: Part, message: str, lift: Lift, full: bool
) -> None:
    cause = cause_of(judged(tmp_path, rule, cell, usage, full=full))
    assert cause is not None
    assert (cause.message, cause.lift) == (message, lift)


def test_what_passes_or_does_not_apply_has_no_cause(tmp_path: Path) -> None:
    assert cause_of(judged(tmp_path / "a", BAA, {})) is None
    assert cause_of(judged(tmp_path / "b", BAA, None, when={"in": ["pci", {"var": "usage.data"}]})) is None


def test_what_no_declaration_lifts_comes_before_what_one_lifts(tmp_path: Path) -> None:
    result = judged(tmp_path, {"and": [SHARING, BAA]}, {"value": "unclear"})
    cause = cause_of(result)
    assert cause is not None
    assert cause.kind == "grade"
    assert is_beyond_us(result)
    assert [one.kind for one in causes_of(result)] == ["undeclared", "grade"]


def test_of_two_facts_of_which_one_is_enough_the_easier_is_told(tmp_path: Path) -> None:
    result = judged(tmp_path, {"or": [BAA, SHARING]}, {"value": "unclear"})
    cause = cause_of(result)
    assert cause is not None
    assert cause.message == "`settings.data_sharing` is not declared"
    assert not is_beyond_us(result)


def test_contradiction_is_told_before_what_is_easier_to_declare(tmp_path: Path) -> None:
    offering: Part = {"dimensions": {}, "implies": [{"models": ["a-eu"], "set": {"region": "eu"}}]}
    rule = {"or": [SHARING, {"==": [{"var": "usage.region"}, "us"]}]}
    usage: Part = {"data": ["phi"], "models": ["a-eu"], "region": "us"}
    cause = cause_of(judge(tmp_path, offering, {"require": [rule]}, usage).results[0])
    assert cause is not None
    assert cause.kind == "contradiction"


def test_what_reads_an_agreement_is_lifted_by_one_and_what_reads_the_data_by_nothing(tmp_path: Path) -> None:
    lasts = {">=": [{"days_until": {"var": "agreements.dpa.expires"}}, 30]}
    dpa: Part = {
        "kind": "dpa",
        "offerings": ["*"],
        "status": "executed",
        "signed": "2026-01-01",
        "expires": "2026-12-01",
    }
    first = judged(tmp_path / "a", lasts, agreements=[dpa])
    second = judged(tmp_path / "b", {"disjoint": [{"var": "usage.data"}, ["phi"]]})
    causes = [cause_of(one) for one in (first, second)]
    assert [(one.lift, one.reads) for one in causes if one is not None] == [
        ("agree", ("agreements.dpa.expires",)),
        ("nothing", ("usage.data",)),
    ]


def test_where_each_of_several_is_beyond_us_all_of_it_is(tmp_path: Path) -> None:
    rule = {"or": [BAA, {"==": [{"var": "offering.category"}, "product"]}]}
    assert is_beyond_us(judged(tmp_path, rule, {"value": "unclear"}))


def test_whether_a_policy_applies_comes_first_and_says_which_declaration_would_tell(tmp_path: Path) -> None:
    when = {"and": [{"in": ["phi", {"var": "usage.data"}]}, {"in": ["us", {"var": "usage.subjects"}]}]}
    result = judged(tmp_path, BAA, {"value": "no"}, when=when)
    cause = cause_of(result)
    assert cause is not None
    assert (cause.kind, cause.lift) == ("applies", "declare")
    assert cause.message == "`subjects` is not declared, so that it is not known whether p applies"
    assert not is_beyond_us(result)


def test_choice_of_which_one_part_is_true_asks_for_no_declaration(tmp_path: Path) -> None:
    when = {"or": [{"in": ["phi", {"var": "usage.data"}]}, {"in": ["us", {"var": "usage.subjects"}]}]}
    cause = cause_of(judged(tmp_path, BAA, {"value": "no"}, when=when))
    assert cause is not None
    assert cause.kind == "grade"


def test_causes_with_one_key_are_said_in_one_sentence(tmp_path: Path) -> None:
    scope: Part = {"scope": {"endpoints": {"only": ["chat"]}}}
    first = cause_of(judged(tmp_path, BAA, scope, {"endpoints": ["batch"]}))
    assert first is not None
    second = msgspec.structs.replace(first, of="soc2_type2")
    assert first.key == second.key
    assert said([first, second, first]) == (
        "endpoint `batch` of alpha is outside what is documented for hipaa_baa, soc2_type2"
    )


IN_EU: Part = {"within": [{"var": "usage.region"}, "eu"]}
LOGS: Part = {"==": [{"var": "usage.settings.logging"}, True]}
PHI: Part = {"in": ["phi", {"var": "usage.data"}]}


@pytest.mark.parametrize(
    ("when", "rule", "cell", "fields"),
    [
        (PHI, BAA, {"value": "no"}, ()),
        ({"==": [{"var": "usage.environment"}, "production"]}, BAA, {"value": "no"}, ()),
        (IN_EU, BAA, {"value": "no"}, ("region",)),
        ({"==": [{"var": "primary.region"}, "de"]}, BAA, None, ("region",)),
        (None, {"if": [LOGS, BAA, True]}, {"value": "no"}, ("settings.logging",)),
        (None, {"if": [PHI, BAA, True]}, {"value": "no"}, ()),
        (None, {"and": [{"if": [IN_EU, BAA, LOGS, BAA, True]}]}, {"value": "no"}, ("region", "settings.logging")),
        (
            None,
            {"if": [BAA, {"==": [{"var": "usage.region"}, "us"]}, SHARING]},
            None,
            ("region", "settings.data_sharing"),
        ),
        (None, {"!": [BAA]}, {"value": "yes_public"}, ()),
        (None, BAA, {"value": "no", "conditions": [{"documented": "hipaa_baa"}]}, ()),
        (
            None,
            {"!": [BAA]},
            {"conditions": [LOGS, {"covered": "retention_zdr"}], "tier": "self_serve"},
            ("tier", "settings.logging"),
        ),
        (
            None,
            {"!": [{"and": [BAA, {"documented": "retention_zdr"}]}]},
            {"scope": {"endpoints": {"only": ["chat"]}, "regions": {"only": ["de"]}}},
            ("endpoints", "region"),
        ),
        (
            None,
            {"if": [{"in": ["us", {"var": "usage.subjects"}]}, BAA, {"covered": "retention_zdr"}]},
            {"value": "no"},
            ("subjects",),
        ),
    ],
)
def test_what_says_whether_it_is_asked_for_is_told_and_then_nothing_is_beyond_us(
    when: Any, rule: Any, cell: Part | None, fields: tuple[str, ...], tmp_path: Path
) -> None:
    usage: Part = {"endpoints": ["chat"], "region": "de", "settings": {"logging": True}}
    result = judged(tmp_path, rule, cell, usage, when=when)
    assert result.blocks
    assert asked_by(result) == fields
    assert not (fields and is_beyond_us(result))


def test_field_that_ends_what_is_asked_for_lifts_what_no_declaration_seems_to(tmp_path: Path) -> None:
    usage: Part = {"region": "de"}
    before = judged(tmp_path / "a", BAA, {"value": "no"}, usage, when=IN_EU)
    assert judged(tmp_path / "b", BAA, {"value": "no"}, {"region": "us"}, when=IN_EU).outcome == "not_applicable"
    (said,) = [words for what, words in ways(grouped([before])[0], TextLook()) if not what][:1]
    assert said == "the registry's grade decides; whether it is asked for at all, `region` says"


def test_what_nobody_has_read_of_one_account_is_one_cause_and_is_lifted_by_reading_it(tmp_path: Path) -> None:
    rule = {"and": [{"observed": "usage.settings.a"}, {"observed": "usage.region"}, {"observed": "primary.region"}]}
    result = judged(tmp_path, rule, usage={"account": "eu"})
    causes = causes_of(result)
    assert said(causes) == "not observed of alpha (account eu): `settings.a`, `region`, `primary.region`"
    assert len({one.key for one in causes}) == 1
    remedies = {one.remedy.what for one in causes if one.remedy is not None}
    assert len(remedies) == 1
    assert remedies.pop().startswith(
        "have `vendorgate observe alpha --account eu` read it; where the vendor has no API"
    )
    assert not is_beyond_us(result)
