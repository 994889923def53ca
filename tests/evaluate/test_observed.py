"""What was observed of an account counts in the place of what the manifest says of it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result

DAY = datetime.date(2026, 11, 23)
SHA = "0" * 64
ON: Part = {"==": [{"var": "usage.settings.zdr"}, True]}
CELL: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
CONDITION: Part = {"dimensions": {"hipaa_baa": {**CELL, "conditions": [ON]}}}
ATTESTED: Part = {"attested": {"by": "somebody", "evidence": "console.png"}, "sha256": SHA}


def judged(folder: Path, rule: Any, usage: Part, *observations: Part, **more: Any) -> Evaluation:
    offering = {"endpoints": ["chat", "batch"], "features": ["search"], **CONDITION}
    named = {str(at): one for at, one in enumerate(observations)}
    return judge(folder, offering, {"require": [rule]}, {"data": ["phi"], **usage}, observations=named, **more)


def outcome(folder: Path, rule: Any, usage: Part, *observations: Part, **more: Any) -> str:
    return judged(folder, rule, usage, *observations, **more).results[0].outcome


def notices(found: Evaluation, *ids: str) -> list[str]:
    return [f"{one.severity} {one.id}: {one.message}" for one in found.notices if one.id in ids]


CLAIMED: Part = {"settings": {"zdr": True}}
OFF: Part = {"settings": {"zdr": False}}


@pytest.mark.parametrize(
    ("usage", "observed", "expected"),
    [
        (CLAIMED, OFF, "fail"),
        (OFF, CLAIMED, "pass"),
        ({}, CLAIMED, "pass"),
        ({}, OFF, "fail"),
        (CLAIMED, {"settings": {"other": 1}}, "pass"),
        (CLAIMED, {"unreadable": ["zdr"]}, "pass"),
        (CLAIMED, {**OFF, "account": "main"}, "pass"),
        ({**CLAIMED, "account": "main"}, OFF, "pass"),
        ({**CLAIMED, "account": "main"}, {**OFF, "account": "main"}, "fail"),
        (CLAIMED, {**OFF, "offering": "elsewhere"}, "pass"),
        (CLAIMED, {"settings": {"zdr": 1}}, "pass"),
    ],
)
@pytest.mark.parametrize("rule", [ON, {"covered": "hipaa_baa"}], ids=["policy", "condition"])
def test_an_observed_setting_is_the_value(
    rule: Part, usage: Part, observed: Part, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, rule, usage, observed) == expected


@pytest.mark.parametrize(
    ("rule", "usage", "observed", "expected"),
    [
        ({"within": [{"var": "usage.region"}, "eu"]}, {"region": "eu"}, {"region": "us"}, "fail"),
        ({"within": [{"var": "primary.region"}, "eu"]}, {"region": "eu"}, {"region": "us"}, "fail"),
        ({"within": [{"var": "primary.region"}, "eu"]}, {}, {"region": "de"}, "pass"),
        ({"==": [{"var": "usage.region"}, "gb"]}, {}, {"region": "uk"}, "pass"),
        ({"==": [{"var": "usage.tier"}, "enterprise"]}, {}, {"tier": "enterprise"}, "pass"),
        ({"==": [{"var": "usage.tier"}, "enterprise"]}, {"tier": "enterprise"}, {"tier": "free"}, "fail"),
        ({"==": [{"var": "usage.lifecycle"}, "ga"]}, {}, {"lifecycle": "preview"}, "fail"),
        ({"in": ["search", {"var": "usage.features"}]}, {}, {"features": ["search"]}, "pass"),
        ({"in": ["search", {"var": "usage.features"}]}, {"features": ["search"]}, {"features": []}, "fail"),
        ({"==": [{"var": "usage.cloud_region"}, "r1"]}, {"cloud_region": "r2"}, {"cloud_region": "r1"}, "pass"),
    ],
)
def test_so_are_an_observed_region_tier_lifecycle_and_features(
    rule: Part, usage: Part, observed: Part, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, rule, usage, observed) == expected


def test_what_is_observed_of_the_usage_counts_where_another_route_reads_it(tmp_path: Path) -> None:
    rule = {"within": [{"var": "primary.region"}, "eu"]}
    usage = {"region": "eu", "recipients": [{"offering": "elsewhere", "region": "us"}]}
    results = judged(tmp_path, rule, usage, {"region": "us"}).results
    assert [(one.subject.route, one.outcome) for one in results] == [("primary", "fail"), ("recipient", "fail")]


def test_each_route_has_what_was_observed_of_its_own_account(tmp_path: Path) -> None:
    routes = [
        {"offering": "alpha", "account": "a", **CLAIMED},
        {"offering": "alpha", "account": "b", **CLAIMED},
        {"offering": "unlisted", "vendor": "Acme", "account": "b", **CLAIMED},
    ]
    observed = {**OFF, "account": "b"}
    results = judged(tmp_path, ON, {**CLAIMED, "fallbacks": routes}, observed).results
    assert [one.outcome for one in results] == ["pass", "pass", "fail", "pass"]


MAIN: Part = {**OFF, "account": "main"}
LISTED: Part = {"offering": "alpha", "name": "main"}


@pytest.mark.parametrize(
    ("accounts", "observations", "expected"),
    [
        ([LISTED], [MAIN], "fail"),
        ([LISTED, {"offering": "elsewhere", "name": "other"}], [MAIN], "fail"),
        ([LISTED, {"offering": "alpha", "name": "other"}], [MAIN], "pass"),
        ([LISTED, {"offering": "alpha"}], [MAIN], "pass"),
        ([LISTED], [MAIN, CLAIMED], "pass"),
        ([LISTED], [], "pass"),
        (None, [MAIN], "pass"),
    ],
)
def test_a_usage_without_an_account_means_the_only_one_that_is_listed(
    accounts: list[Part] | None, observations: list[Part], expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, ON, CLAIMED, *observations, accounts=accounts) == expected


@pytest.mark.parametrize(
    ("observed", "rules", "expected"),
    [
        ({"observed": "2026-10-24"}, {}, "fail"),
        ({"observed": "2026-10-23"}, {}, "pass"),
        ({"observed": "2026-11-24"}, {}, "pass"),
        ({"observed": "2026-11-16"}, {"max_age_days": 7}, "fail"),
        ({"observed": "2026-11-15"}, {"max_age_days": 7}, "pass"),
        ({"observed": "2026-11-16", "max_age_days": 6}, {}, "pass"),
        ({"observed": "2026-10-01", "max_age_days": 300}, {}, "pass"),
        ({"observed": "2026-11-23"}, {"max_age_days": 0}, "fail"),
        ({"observed": "9999-12-31"}, {"max_age_days": 4_000_000}, "pass"),
        ({"observed": "0001-01-01"}, {"max_age_days": 4_000_000}, "fail"),
    ],
)
def test_it_counts_from_its_day_until_it_is_too_old(observed: Part, rules: Part, expected: str, tmp_path: Path) -> None:
    found = judged(tmp_path, ON, CLAIMED, {**OFF, **observed}, bundle={"observations": rules})
    assert found.results[0].outcome == expected
    assert bool(notices(found, "stale-observation")) == (expected == "pass")
    assert bool(notices(found, "claim-differs")) == (expected == "fail")


@pytest.mark.parametrize("rule", [ON, {"covered": "hipaa_baa"}], ids=["policy", "condition"])
@pytest.mark.parametrize(
    ("observed", "rules", "expected"),
    [
        (None, {}, "unknown"),
        (CLAIMED, {}, "pass"),
        (OFF, {}, "fail"),
        ({"unreadable": ["zdr"]}, {}, "unknown"),
        ({**CLAIMED, "observed": "2026-01-01"}, {}, "unknown"),
        ({**CLAIMED, "observed": "2026-12-01"}, {}, "unknown"),
        ({**CLAIMED, "account": "main"}, {}, "unknown"),
        ({**CLAIMED, **ATTESTED}, {}, "unknown"),
        ({**CLAIMED, **ATTESTED}, {"attested": True}, "pass"),
        ({**CLAIMED, **ATTESTED, "max_age_days": 0, "observed": "2026-11-22"}, {"attested": True}, "unknown"),
    ],
)
@pytest.mark.parametrize("usage", [CLAIMED, OFF, {}], ids=["claimed", "denied", "silent"])
def test_where_it_must_be_observed_no_claim_counts(
    rule: Part, usage: Part, observed: Part | None, rules: Part, expected: str, tmp_path: Path
) -> None:
    seen = [] if observed is None else [observed]
    bundle = {"observations": {"required": ["alpha"], **rules}}
    assert outcome(tmp_path, rule, usage, *seen, bundle=bundle) == expected


@pytest.mark.parametrize("usage", [CLAIMED, {}], ids=["claimed", "silent"])
def test_no_default_stands_in_for_what_must_be_observed(usage: Part, tmp_path: Path) -> None:
    rule = {"==": [{"var": ["usage.settings.zdr", True]}, True]}
    assert outcome(tmp_path / "open", rule, usage) == "pass"
    assert outcome(tmp_path / "required", rule, usage, bundle={"observations": {"required": ["alpha"]}}) == "unknown"
    known = {"known": "usage.settings.zdr"}
    assert outcome(tmp_path / "known", known, usage, bundle={"observations": {"required": ["alpha"]}}) == "fail"


def test_what_is_required_of_one_offering_is_not_of_another(tmp_path: Path) -> None:
    usage = {**CLAIMED, "fallbacks": [{"offering": "elsewhere", **CLAIMED}]}
    found = judged(tmp_path, ON, usage, bundle={"observations": {"required": ["elsewhere"]}})
    assert [one.outcome for one in found.results] == ["pass", "unknown"]


@pytest.mark.parametrize(
    ("read", "attested", "expected"),
    [
        (OFF, CLAIMED, "fail"),
        (CLAIMED, OFF, "pass"),
        ({"unreadable": ["zdr"]}, OFF, "fail"),
        ({**CLAIMED, "observed": "2026-01-01"}, OFF, "fail"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_was_read_comes_before_what_was_attested(
    read: Part, attested: Part, expected: str, turned: bool, tmp_path: Path
) -> None:
    both = [read, {**attested, **ATTESTED}]
    assert outcome(tmp_path, ON, CLAIMED, *(both[::-1] if turned else both)) == expected


SCOPED: Part = {
    "scoped_settings": [
        {"scope": {"models": {"only": ["m-1"]}}, "settings": {"zdr": True}},
        {"scope": {"models": {"only": ["m-*"]}}, "settings": {"zdr": False}},
    ]
}
BY_ENDPOINT: Part = {"scoped_settings": [{"scope": {"endpoints": {"only": ["chat"]}}, "settings": {"zdr": True}}]}


@pytest.mark.parametrize(
    ("usage", "observed", "expected"),
    [
        ({"models": ["m-1"]}, SCOPED, "pass"),
        ({"models": ["m-2"]}, SCOPED, "fail"),
        ({"models": ["m-2", "m-3"]}, SCOPED, "fail"),
        ({"models": ["m-1", "m-2"]}, SCOPED, "unknown"),
        ({}, SCOPED, "unknown"),
        ({"models": ["n-1"]}, SCOPED, "unknown"),
        ({**CLAIMED, "models": ["n-1"]}, SCOPED, "pass"),
        ({**CLAIMED, "models": ["n-1", "m-1"]}, SCOPED, "unknown"),
        ({**CLAIMED, "models": ["n-1"]}, {**SCOPED, **OFF}, "fail"),
        ({**CLAIMED, "models": ["n-1", "m-2"]}, {**SCOPED, **OFF}, "fail"),
        ({**CLAIMED, "models": ["n-1", "m-1"]}, {**SCOPED, **OFF}, "unknown"),
        (CLAIMED, SCOPED, "unknown"),
        ({"endpoints": ["chat"]}, BY_ENDPOINT, "pass"),
        ({**CLAIMED, "endpoints": ["chat", "batch"]}, BY_ENDPOINT, "unknown"),
        (CLAIMED, BY_ENDPOINT, "unknown"),
        ({"endpoints": ["chat", "batch"]}, {**BY_ENDPOINT, **CLAIMED}, "pass"),
    ],
)
def test_what_was_observed_for_some_names_holds_for_them_alone(
    usage: Part, observed: Part, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, ON, usage, observed) == expected


IN_R1: Part = {"scope": {"cloud_regions": {"only": ["eu-1"]}}}
OF_A: Part = {"scope": {"cloud_regions": {"only": ["eu-1"]}, "models": {"only": ["a.*"]}}}


@pytest.mark.parametrize(
    ("usage", "observed", "expected"),
    [
        ({"cloud_region": "eu-1"}, {**IN_R1, **OFF}, "fail"),
        ({"cloud_region": "EU 1"}, {**IN_R1, **OFF}, "fail"),
        ({"cloud_region": "eu-2"}, {**IN_R1, **OFF}, "pass"),
        ({}, {**IN_R1, **OFF}, "unknown"),
        ({}, {**IN_R1, **CLAIMED}, "unknown"),
        ({}, {**IN_R1, **SCOPED}, "unknown"),
        ({"cloud_region": "eu-1", "models": ["m-1"]}, {**IN_R1, **SCOPED}, "pass"),
        ({"cloud_region": "eu-1", "models": ["m-2"]}, {**IN_R1, **SCOPED}, "fail"),
        ({"cloud_region": "eu-1", "models": ["a.1"]}, {**OF_A, **OFF}, "fail"),
        ({"cloud_region": "eu-1", "models": ["us.a.1"]}, {**OF_A, **OFF}, "pass"),
        ({"cloud_region": "eu-1", "models": ["us.a.1", "a.1"]}, {**OF_A, **OFF}, "unknown"),
        ({"cloud_region": "eu-1"}, {**OF_A, **OFF}, "unknown"),
        ({"cloud_region": "eu-2"}, {**OF_A, **OFF}, "pass"),
        ({"models": ["us.a.1"]}, {**OF_A, **OFF}, "pass"),
        ({"cloud_region": "eu-2"}, {**IN_R1, **OFF, "cloud_region": "eu-1"}, "fail"),
        ({}, {**IN_R1, **OFF, "cloud_region": "EU 1"}, "fail"),
        ({"cloud_region": "eu-1"}, {**IN_R1, **OFF, "cloud_region": "eu-2"}, "pass"),
    ],
)
def test_what_was_observed_in_one_region_or_of_some_models_is_not_of_others(
    usage: Part, observed: Part, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path / "open", ON, {**CLAIMED, **usage}, observed) == expected
    required = {"observations": {"required": ["alpha"]}}
    strict = "unknown" if expected == "pass" and "settings" in observed else expected
    assert outcome(tmp_path / "required", ON, {**CLAIMED, **usage}, observed, bundle=required) == strict


@pytest.mark.parametrize(
    ("usage", "observed", "expected"),
    [
        ({"cloud_region": "moon-1"}, {}, "unknown"),
        ({"cloud_region": "us-1"}, {}, "pass"),
        ({"cloud_region": "us-1", "region": "de"}, {}, "unknown"),
        ({"cloud_region": "us-1", "region": "de"}, {"region": "us"}, "pass"),
        ({"cloud_region": "eu-1", "region": "us"}, {}, "unknown"),
        ({"cloud_region": "moon-1"}, {"cloud_region": "eu-1"}, "fail"),
    ],
)
def test_a_region_that_is_none_or_lies_elsewhere_is_no_way_out(
    usage: Part, observed: Part, expected: str, tmp_path: Path
) -> None:
    clouds = {"clouds": {"aws": {"eu-1": "de", "us-1": "us"}}}
    seen = {"0": {**IN_R1, **OFF, **observed}}
    used = {"data": ["phi"], **CLAIMED, **usage}
    offering = {"cloud": "aws", "dimensions": {}}
    found = judge(tmp_path, offering, {"require": [ON]}, used, observations=seen, snapshot=clouds)
    assert found.results[0].outcome == expected


def test_the_region_that_was_observed_says_for_which_region_another_was_attested(tmp_path: Path) -> None:
    seen = ({"cloud_region": "eu-1"}, {**ATTESTED, **IN_R1, **OFF})
    assert outcome(tmp_path, ON, {**CLAIMED, "cloud_region": "eu-2"}, *seen) == "fail"


@pytest.mark.parametrize(("claim", "differs"), [("EU 1", 0), ("eu-1", 0), ("eu-2", 1)])
def test_a_clouds_region_by_another_spelling_is_no_other_claim(claim: str, differs: int, tmp_path: Path) -> None:
    found = judged(tmp_path, ON, {"cloud_region": claim}, {**CLAIMED, "cloud_region": "eu1"})
    assert len(notices(found, "claim-differs")) == differs


def test_no_default_stands_in_for_what_names_leave_open(tmp_path: Path) -> None:
    rule = {"==": [{"var": ["usage.settings.zdr", True]}, True]}
    (result,) = judged(tmp_path, rule, {}, SCOPED).results
    assert result.outcome == "unknown"
    (reason,) = result.requirements[0].reasons
    assert reason.message == (
        "`zdr` was observed of the account of alpha, and not for all that the usage declares or leaves open"
    )


def contradicted(observed: Part, usage: Part, folder: Path) -> Result:
    offering = {"dimensions": {}, "implies": [{"models": ["g-*"], "set": {"settings.zdr": False, "region": "us"}}]}
    rule = {"and": [ON, {"within": [{"var": "primary.region"}, "eu"]}]}
    return judge(
        folder, offering, {"require": [rule]}, {"data": ["phi"], **usage}, observations={"o": observed}
    ).results[0]


def test_an_observed_value_can_contradict_a_name_and_end_a_contradiction(tmp_path: Path) -> None:
    usage: Part = {"models": ["g-1"], "settings": {"zdr": False}, "region": "us"}
    result = contradicted({"settings": {"zdr": True}, "region": "eu"}, usage, tmp_path / "one")
    assert result.outcome == "unknown"
    messages = [one.message for one in result.requirements[0].reasons]
    assert messages == [
        "model `g-1` (line 1) implies `settings.zdr` false, and `settings.zdr` is true (observed on 2026-11-23)",
        "model `g-1` (line 1) implies `region` `us`, and `region` is `eu` (observed on 2026-11-23)",
    ]
    claims: Part = {"models": ["g-1"], "settings": {"zdr": True}, "region": "eu"}
    result = contradicted({"settings": {"zdr": False}, "region": "us"}, claims, tmp_path / "other")
    assert result.outcome == "fail"


def test_an_unknown_that_must_be_observed_is_as_soft_as_the_policy_lets_it_be(tmp_path: Path) -> None:
    required = {"observations": {"required": ["alpha"]}}
    policy = {"require": [ON], "on_unknown": "warn"}
    (result,) = judge(tmp_path, {"dimensions": {}}, policy, {"data": ["phi"], **CLAIMED}, bundle=required).results
    assert (result.outcome, result.severity, result.blocks) == ("unknown", "warning", False)


@pytest.mark.parametrize(
    ("usage", "observed", "expected"),
    [
        (CLAIMED, OFF, ["claims that `zdr` of alpha is true, and it is false: observed on 2026-11-23"]),
        (
            CLAIMED,
            {**OFF, **ATTESTED},
            ["claims that `zdr` of alpha is true, and it is false: attested by somebody on"],
        ),
        (CLAIMED, CLAIMED, []),
        ({}, OFF, []),
        ({"settings": {"zdr": 1}}, CLAIMED, ["claims that `zdr` of alpha is 1, and it is true"]),
        ({"region": "eu"}, {"region": "de"}, []),
        ({"region": "de"}, {"region": "eu"}, ["claims that `region` of alpha is `de`, and it is `eu`"]),
        ({}, {"tier": "enterprise", "lifecycle": "preview", "features": ["search"]}, []),
        ({"tier": "free"}, {"tier": "enterprise"}, ["claims that `tier` of alpha is `free`, and it is `enterprise`"]),
        ({"features": ["search"]}, {"features": ["search"]}, []),
        ({"features": []}, {"features": ["search"]}, ["claims that `features` of alpha is [], and it is [`search`]"]),
    ],
)
def test_a_claim_that_differs_is_told(usage: Part, observed: Part, expected: list[str], tmp_path: Path) -> None:
    told = notices(judged(tmp_path, True, usage, observed), "claim-differs")
    assert len(told) == len(expected)
    assert all(f"warning claim-differs: usage `u` {words}" in one for words, one in zip(expected, told, strict=True))


def test_a_claim_that_a_route_inherits_is_told_where_it_stands(tmp_path: Path) -> None:
    usage = {"region": "eu", "fallbacks": ["elsewhere"]}
    found = judged(tmp_path, True, usage, {"offering": "elsewhere", "region": "us"})
    (told,) = [one for one in found.notices if one.id == "claim-differs"]
    assert "claims that `region` of elsewhere is `eu`, and it is `us`" in told.message
    assert told.location is not None
    text = (tmp_path / "vendorgate.yaml").read_text()
    assert text[told.location.column - 1 :].startswith('"region"')


def test_an_observation_that_is_too_old_is_told_once_and_where_it_stands(tmp_path: Path) -> None:
    old = {**CLAIMED, "observed": "2026-01-01"}
    usage = {**CLAIMED, "fallbacks": [{"offering": "elsewhere"}]}
    found = judged(tmp_path, True, usage, old, {"offering": "elsewhere", "observed": "2026-12-01"})
    assert notices(found, "stale-observation") == [
        (
            "warning stale-observation: what was observed of the account of alpha is 326 days old and counts for 30"
            " days: what manifests claim counts in its place; `vendorgate observe alpha` reads it again"
        ),
        (
            "warning stale-observation: what was observed of the account of elsewhere is of 2026-12-01, after the as-of"
            " day 2026-11-23: what manifests claim counts in its place; `vendorgate observe elsewhere` reads it again"
        ),
    ]
    required = judged(tmp_path / "r", True, CLAIMED, old, bundle={"observations": {"required": ["alpha"]}})
    assert "its settings are unknown, whatever is claimed" in notices(required, "stale-observation")[0]
    attested = judged(tmp_path / "a", True, CLAIMED, {**old, **ATTESTED, "account": "x"}, {**old, **ATTESTED})
    assert "`vendorgate observe attest alpha` reads it again" in notices(attested, "stale-observation")[0]


def test_a_pass_rests_on_the_observation_and_not_on_the_claim(tmp_path: Path) -> None:
    source = {"source": "GET /v1/x", "observed": "2026-11-20"}
    (result,) = judged(tmp_path, ON, CLAIMED, {**CLAIMED, **source}).results
    (support,) = [one for one in result.rests_on if one.what != "offering"]
    told = (support.kind, support.what, support.value, support.said_in, support.reference)
    assert told == ("observation", "settings.zdr", True, "observation", "GET /v1/x")
    assert (support.verified, support.until) == (datetime.date(2026, 11, 20), datetime.date(2026, 12, 20))
    assert support.locate is not None
    place = support.locate()
    assert place is not None
    assert place.path.endswith("observations/0.yaml")
    assert not result.on_claims_alone
    (result,) = judged(tmp_path / "a", ON, CLAIMED, {**CLAIMED, **ATTESTED}).results
    (support,) = [one for one in result.rests_on if one.what != "offering"]
    assert (support.kind, support.reference, support.attested_by) == ("observation", "console.png", "somebody")


def test_a_reason_tells_what_was_observed_and_what_is_claimed(tmp_path: Path) -> None:
    (result,) = judged(tmp_path, ON, CLAIMED, OFF).results
    (reason,) = result.requirements[0].reasons
    assert reason.message == (
        "usage.settings.zdr == true: does not hold"
        " (usage.settings.zdr is false, observed on 2026-11-23, and claimed to be true)"
    )
    required = judged(tmp_path / "r", ON, {"account": "main"}, bundle={"observations": {"required": ["alpha"]}})
    (reason,) = required.results[0].requirements[0].reasons
    assert (
        reason.message
        == "`zdr` must be observed, and no observation of the account `main` of alpha that counts tells it"
    )
    assert reason.remedy is not None
    assert reason.remedy.what == "have `vendorgate observe alpha --account main` read it"


BY_PREFIX: Part = {"implies": [{"models": ["eu.*"], "set": {"settings.profile": "eu"}}]}
OF_BOTH: Part = {"scope": {"models": {"only": ["a.*", "eu.a.1"]}}, **OFF}


@pytest.mark.parametrize(
    ("models", "settings", "expected"),
    [
        (["a.1"], {"profile": "in_region"}, "fail"),
        (["eu.a.1"], {}, "fail"),
        (["eu.a.1"], {"profile": "eu"}, "fail"),
        (["eu.a.2"], {"profile": "eu"}, "pass"),
        (["b.1"], {"profile": "in_region"}, "pass"),
        # What is called is `eu.a.1`, or `eu.a.2`, or may be.
        (["a.1"], {"profile": "eu"}, "unknown"),
        (["a.2"], {"profile": "eu"}, "unknown"),
        (["a.1"], {"profile": "EU"}, "unknown"),
        (["a.1"], {}, "unknown"),
        (["b.1"], {}, "unknown"),
        (["a.1", "eu.a.1"], {"profile": "eu"}, "unknown"),
        (["a.1", "eu.a.1"], {}, "unknown"),
    ],
)
def test_model_that_does_not_say_what_is_called_was_observed_only_with_what_says_the_rest(
    models: list[str], settings: Part, expected: str, tmp_path: Path
) -> None:
    usage: Part = {"data": ["phi"], "models": models, "settings": {"zdr": True, **settings}}
    found = judge(tmp_path, {"dimensions": {}, **BY_PREFIX}, {"require": [ON]}, usage, observations={"o": OF_BOTH})
    (result,) = found.results
    assert result.outcome == expected
    claims = {one.what for one in result.rests_on if one.kind == "claim"}
    told = settings == {"profile": "in_region"} and models in (["a.1"], ["b.1"])
    assert ("settings.profile" in claims) is (expected != "unknown" and told)


@pytest.mark.parametrize(("seen", "expected"), [("in_region", "fail"), ("eu", "unknown")])
def test_what_was_observed_of_a_profile_says_what_is_called_whatever_is_claimed(
    seen: str, expected: str, tmp_path: Path
) -> None:
    other = "eu" if seen == "in_region" else "in_region"
    usage: Part = {"data": ["phi"], "models": ["a.1"], "settings": {"zdr": True, "profile": other}}
    observations = {"o": OF_BOTH, "attested": {**ATTESTED, "settings": {"profile": seen}}}
    found = judge(tmp_path, {"dimensions": {}, **BY_PREFIX}, {"require": [ON]}, usage, observations=observations)
    (result,) = found.results
    assert result.outcome == expected
    rested = {one.what for one in result.rests_on if one.kind == "observation"}
    assert rested == ({"settings.zdr", "settings.profile"} if expected == "fail" else set())


def remedies(found: Evaluation) -> list[str]:
    """What each reason of the first result advises."""
    waiting, told = [*found.results[0].requirements[0].reasons], list[str]()
    while waiting:
        reason = waiting.pop(0)
        waiting = [*reason.reasons, *waiting]
        told.extend([reason.remedy.what] if reason.remedy is not None else [])
    return told


THEN: str = "at the vendor for the account of alpha, then `vendorgate observe alpha`"
BOTH: Part = {"and": [{"==": [{"var": "usage.settings.zdr"}, {"var": "usage.settings.other"}]}]}


@pytest.mark.parametrize(
    ("cell", "usage", "observed", "expected"),
    [
        ({"tier": "enterprise"}, {}, {"tier": "self_serve"}, f"move to tier `enterprise` or above {THEN}"),
        ({"tier": "enterprise"}, {}, OFF, "move to tier `enterprise` or above"),
        (
            {"scope": {"regions": {"only": ["eu", "de"]}}},
            {},
            {"region": "us"},
            f"set `region` to one of `eu`, `de` {THEN}",
        ),
        ({"scope": {"regions": {"except": ["us"]}}}, {}, {"region": "us"}, f"set `region` to another than `us` {THEN}"),
        (
            {"scope": {"features": {"except": ["search"]}}},
            {},
            {"features": ["search"]},
            f"switch feature `search` off {THEN}",
        ),
        ({"scope": {"endpoints": {"only": ["batch"]}}}, {"endpoints": ["chat"]}, OFF, "chat"),
    ],
)
def test_what_was_observed_outside_is_changed_at_the_vendor(
    cell: Part, usage: Part, observed: Part, expected: str, tmp_path: Path
) -> None:
    offering = {
        "endpoints": ["chat", "batch"],
        "features": ["search"],
        "dimensions": {"hipaa_baa": {**CELL, **cell}},
    }
    policy = {"require": [{"covered": "hipaa_baa"}]}
    found = judge(tmp_path, offering, policy, {"data": ["phi"], **usage}, observations={"o": observed})
    assert remedies(found) == [expected]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ON, f"set `zdr` to true {THEN}"),
        ({"!": {"==": [{"var": "usage.settings.zdr"}, False]}}, f"set `zdr` as it asks {THEN}"),
        ({"in": [{"var": "usage.settings.zdr"}, [True]]}, f"set `zdr` as it asks {THEN}"),
        (BOTH, f"set `zdr` as it asks {THEN}; or change `other` as it asks, and declare what is then true"),
    ],
)
def test_what_a_rule_asks_of_an_observed_value_is_done_at_the_vendor(rule: Part, expected: str, tmp_path: Path) -> None:
    assert remedies(judged(tmp_path, rule, {"settings": {"other": True}}, OFF)) == [expected]


def test_where_attesting_is_enough_it_is_named_beside_reading(tmp_path: Path) -> None:
    bundle = {"observations": {"required": ["alpha"], "attested": True}}
    (told,) = remedies(judged(tmp_path, ON, {}, bundle=bundle))
    assert (
        "`vendorgate observe alpha` read it, or where the vendor has no API for it `vendorgate observe attest alpha`"
        in told
    )
