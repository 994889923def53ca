"""A vendor that the registry does not have: judged, and nothing of it is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Reason, Result

UNLISTED: Part = {"offering": "unlisted", "vendor": "Acme Speech", "data": ["phi"]}
COVERED: Part = {"dimensions": {"hipaa_baa": {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}}}
ANYBODY: Part = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}


def judged(folder: Path, rule: Any, usage: Part | None = None, **more: Any) -> Evaluation:
    return judge(folder, COVERED, {"require": [rule]}, {**UNLISTED, **(usage or {})}, **more)


def result_of(folder: Path, rule: Any, usage: Part | None = None, **more: Any) -> Result:
    return judged(folder, rule, usage, **more).results[0]


def flat(reasons: tuple[Reason, ...]) -> list[Reason]:
    return [inner for reason in reasons for inner in (reason, *flat(reason.reasons))]


@pytest.mark.parametrize(
    "rule",
    [
        {"covered": "hipaa_baa"},
        {"documented": "hipaa_baa"},
        {"!=": [{"var": "registry.hipaa_baa.value"}, "no"]},
        {"!=": [{"var": "offering.id"}, "alpha"]},
        {"!=": [{"var": "offering.platform"}, "A"]},
        {"!": [{"matches": [{"var": "offering.developer"}, "A*"]}]},
        {"!": [{"in": ["x", {"var": "offering.models"}]}]},
        {"!=": [{"var": "usage.offering"}, "alpha"]},
        {"!=": [{"var": "primary.offering"}, "alpha"]},
        {"!=": [{"var": "primary.platform"}, "A"]},
        {"!=": [{"var": "primary.developer"}, "A"]},
        {"==": [{"var": "usage.offering"}, {"var": "primary.offering"}]},
    ],
    ids=str,
)
def test_nothing_that_asks_who_it_is_can_be_answered(rule: Part, tmp_path: Path) -> None:
    result = result_of(tmp_path, rule)
    assert (result.outcome, result.blocks) == ("unknown", True)
    reasons = flat(result.requirements[0].reasons)
    assert any(one.remedy is not None and "vendorgate docs unlisted-vendors" in one.remedy.what for one in reasons)


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"==": [{"var": "offering.category"}, "unlisted"]}, "pass"),
        ({"!=": [{"var": "offering.category"}, "unlisted"]}, "fail"),
        ({"==": [{"var": "usage.vendor"}, "Acme Speech"]}, "pass"),
        ({"==": [{"var": "usage.account"}, None]}, "pass"),
        ({"known": "offering.platform"}, "fail"),
        ({"known": "offering.id"}, "fail"),
    ],
    ids=str,
)
def test_category_and_what_is_declared_are_known(rule: Part, outcome: str, tmp_path: Path) -> None:
    assert result_of(tmp_path, rule).outcome == outcome


@pytest.mark.parametrize("agreements", [None, [ANYBODY]])
def test_no_agreement_and_no_claim_reaches_it(agreements: list[Part] | None, tmp_path: Path) -> None:
    found = judged(tmp_path, {"agreement": "baa"}, {"agreements": ["baa"]}, agreements=agreements)
    assert found.results[0].outcome == "fail"
    (reason,) = found.results[0].requirements[0].reasons
    assert reason.message == "agreement `baa` is not in force: none reaches `Acme Speech`, which is unlisted"
    (claim,) = [one for one in found.notices if one.id == "unsupported-claim"]
    assert claim.message == (
        "usage `u` claims `baa` for unlisted (Acme Speech); no agreement reaches an unlisted vendor"
    )


def test_primary_that_is_unlisted_is_told_on_the_other_routes(tmp_path: Path) -> None:
    rule = {"==": [{"var": "offering.platform"}, {"var": "primary.platform"}]}
    fallback = judged(tmp_path, rule, {"fallbacks": ["alpha"]}).results[1]
    assert fallback.outcome == "unknown"
    (reason,) = fallback.requirements[0].reasons
    assert reason.message == "the usage's own offering is unlisted: primary.platform is not known"


def test_two_unlisted_vendors_are_two_routes(tmp_path: Path) -> None:
    usage = {"fallbacks": [{"offering": "unlisted", "vendor": "Somebody Else"}]}
    found = judged(tmp_path, {"covered": "hipaa_baa"}, usage)
    assert [str(one.subject.name) for one in found.results] == ["unlisted (Acme Speech)", "unlisted (Somebody Else)"]


WAIVED: Part = {"policy": "p", "offering": "*"}


@pytest.mark.parametrize(
    ("waiver", "outcome"),
    [
        ({}, "unknown"),
        ({"vendor": "Acme Speech"}, "waived"),
        ({"vendor": " acme speech "}, "waived"),
        ({"vendor": "Acme*"}, "unknown"),
        ({"vendor": "*"}, "unknown"),
        ({"vendor": "Acme"}, "unknown"),
        ({"offering": "unlisted", "vendor": "Acme Speech"}, "waived"),
        ({"offering": "alpha", "vendor": "Acme Speech"}, "unknown"),
        ({"vendor": "Acme Speech", "account": "eu"}, "unknown"),
    ],
    ids=str,
)
def test_waiver_reaches_it_where_it_names_the_vendor(waiver: Part, outcome: str, tmp_path: Path) -> None:
    assert result_of(tmp_path, {"covered": "hipaa_baa"}, waivers=[{**WAIVED, **waiver}]).outcome == outcome


@pytest.mark.parametrize(
    ("waiver", "outcome"),
    [
        ({}, "waived"),
        ({"account": "eu-*"}, "waived"),
        ({"account": "*"}, "waived"),
        ({"account": "us"}, "fail"),
        ({"vendor": "*"}, "waived"),
        ({"vendor": "Alpha"}, "fail"),
    ],
    ids=str,
)
def test_waiver_may_name_an_account(waiver: Part, outcome: str, tmp_path: Path) -> None:
    usage: Part = {"offering": "alpha", "account": "eu-prod", "vendor": None}
    rule = {"in": ["pii", {"var": "usage.data"}]}
    assert result_of(tmp_path, rule, usage, waivers=[{**WAIVED, **waiver}]).outcome == outcome


def test_account_is_read_on_its_own_route(tmp_path: Path) -> None:
    usage: Part = {"offering": "alpha", "account": "eu", "vendor": None}
    usage["fallbacks"] = [{"offering": "alpha", "account": "us"}, {"offering": "alpha"}]
    found = judged(tmp_path, {"==": [{"var": "usage.account"}, "eu"]}, usage)
    assert [(str(one.subject.name), one.outcome) for one in found.results] == [
        ("alpha (account eu)", "pass"),
        ("alpha (account us)", "fail"),
        ("alpha", "fail"),
    ]
