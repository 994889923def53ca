"""Whether a value is observed: true or false wherever a condition stands, told with the account that nobody read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import noticed, told
from tests.world import Part, judge
from vendorgate.errors import InputError
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation

ZDR = "usage.settings.zero_data_retention"
OBSERVED: Part = {"observed": ZDR}
READ: Part = {"version": 1, "offering": "alpha", "observed": "2026-11-20", "settings": {"zero_data_retention": True}}
ATTESTED: Part = {"attested": {"by": "a", "evidence": "console.png"}, "sha256": "0" * 64}
CLAIMED: Part = {"data": ["phi"], "settings": {"zero_data_retention": True}}
FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}


def judged(
    folder: Path, rule: Any, *read: Part, usage: Part | None = None, offering: Part | None = None, **more: Any
) -> Evaluation:
    """A usage that claims zero retention, under one rule, with what was observed."""
    for index, one in enumerate(read):
        path = folder / "policies" / "observations" / f"o{index}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(one), encoding="utf-8")
    policy = {"require": [rule], **more.pop("policy", {})}
    return judge(
        folder,
        {"dimensions": {}, **(offering or {})},
        policy,
        {**CLAIMED, **(usage or {})},
        bundle=more.pop("bundle", None),
        **more,
    )


def outcome(folder: Path, rule: Any, *read: Part, **more: Any) -> str:
    return judged(folder, rule, *read, **more).results[0].outcome


def reasons(folder: Path, rule: Any, *read: Part, **more: Any) -> list[str]:
    found = judged(folder, rule, *read, **more).results[0]
    return [line.partition(" @ ")[0] for line in told(found.requirements[0].reasons)]


@pytest.mark.parametrize(
    ("rule", "with_it", "without"),
    [
        (OBSERVED, "pass", "fail"),
        ({"!": OBSERVED}, "fail", "pass"),
        ({"not": OBSERVED}, "fail", "pass"),
        ({"!!": OBSERVED}, "pass", "fail"),
        ({"or": [OBSERVED, {"agreement": "zdr"}]}, "pass", "fail"),
        ({"or": [OBSERVED, {"covered": "hipaa_baa"}]}, "pass", "unknown"),
        ({"and": [OBSERVED, {"===": [{"var": ZDR}, True]}]}, "pass", "fail"),
        ({"if": [OBSERVED, {"===": [{"var": ZDR}, True]}, False]}, "pass", "fail"),
        ({"if": [OBSERVED, False, True]}, "fail", "pass"),
        ({"==": [OBSERVED, False]}, "fail", "pass"),
        ({"===": [OBSERVED, {"observed": "usage.region"}]}, "fail", "pass"),
        ({"all": [{"var": "usage.data"}, OBSERVED]}, "pass", "fail"),
        ({"some": [["a"], OBSERVED]}, "pass", "fail"),
        ({"observed": "usage.settings.data_sharing"}, "fail", "fail"),
        ({"observed": "usage.settings.Zero_data_retention"}, "fail", "fail"),
        ({"observed": "usage.tier"}, "fail", "fail"),
    ],
)
def test_it_is_true_where_an_observation_tells_the_value_and_else_false(
    rule: Part, with_it: str, without: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path / "with", rule, READ) == with_it
    assert outcome(tmp_path / "without", rule) == without


@pytest.mark.parametrize("field", ["region", "cloud_region", "tier", "lifecycle", "features"])
def test_fields_beside_settings_are_observed_by_themselves(field: str, tmp_path: Path) -> None:
    value = {"region": "de", "cloud_region": "x", "tier": "enterprise", "lifecycle": "ga", "features": []}[field]
    read = {**READ, field: value}
    assert outcome(tmp_path / "a", {"observed": f"usage.{field}"}, read) == "pass"
    assert outcome(tmp_path / "b", {"observed": f"usage.{field}"}, READ, usage={field: value}) == "fail"


@pytest.mark.parametrize(
    ("read", "more", "expected"),
    [
        (READ, {}, "pass"),
        ({**READ, "observed": "2026-10-24"}, {}, "pass"),
        ({**READ, "observed": "2026-10-23"}, {}, "fail"),
        ({**READ, "observed": "2026-11-24"}, {}, "fail"),
        ({**READ, "max_age_days": 2}, {}, "fail"),
        ({**READ, "account": "eu"}, {}, "fail"),
        ({**READ, "account": "eu"}, {"usage": {"account": "eu"}}, "pass"),
        (READ, {"usage": {"account": "eu"}}, "fail"),
        ({**READ, "settings": {}, "unreadable": ["zero_data_retention"]}, {}, "fail"),
        ({**READ, **ATTESTED}, {}, "fail"),
        ({**READ, **ATTESTED}, {"bundle": {"observations": {"attested": True}}}, "pass"),
        ({**READ, "settings": {"zero_data_retention": False}}, {}, "pass"),
    ],
)
def test_an_observation_counts_for_its_account_and_its_days(
    read: Part, more: Part, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, OBSERVED, read, **more) == expected


def test_a_setting_that_differs_by_name_is_observed_only_where_the_names_agree(tmp_path: Path) -> None:
    scoped = {"scope": {"models": {"only": ["m-1"]}}, "settings": {"zero_data_retention": False}}
    read = {**READ, "scoped_settings": [scoped]}
    by_models = {"m-1": "pass", "m-2": "pass"}
    for model, expected in by_models.items():
        assert outcome(tmp_path / model, OBSERVED, read, usage={"models": [model]}) == expected
    assert outcome(tmp_path / "both", OBSERVED, read, usage={"models": ["m-1", "m-2"]}) == "fail"
    assert outcome(tmp_path / "none", OBSERVED, read) == "fail"


def test_the_region_of_the_usages_own_account_is_asked_for_on_every_route(tmp_path: Path) -> None:
    usage = {"account": "eu", "fallbacks": ["beta"]}
    read = {**READ, "account": "eu", "region": "de"}
    found = judged(tmp_path, {"observed": "primary.region"}, read, usage=usage, others={"beta": {"dimensions": {}}})
    assert [one.outcome for one in found.results] == ["pass", "pass"]
    found = judged(tmp_path, {"observed": "usage.region"}, read, usage=usage, others={"beta": {"dimensions": {}}})
    assert [one.outcome for one in found.results] == ["pass", "fail"]


@pytest.mark.parametrize(("read", "expected"), [((READ,), "pass"), ((), "not_applicable")])
def test_when_may_ask_for_it(read: tuple[Part, ...], expected: str, tmp_path: Path) -> None:
    assert outcome(tmp_path, True, *read, policy={"when": OBSERVED}) == expected


@pytest.mark.parametrize(("read", "expected"), [((READ,), "pass"), ((), "fail")])
def test_a_condition_of_the_registry_may_ask_for_it(read: tuple[Part, ...], expected: str, tmp_path: Path) -> None:
    cell = {**FINE, "conditions": [OBSERVED]}
    assert outcome(tmp_path, {"covered": "retention_zdr"}, *read, offering={"dimensions": {"retention_zdr": cell}}) == (
        expected
    )


def test_a_cell_of_the_bundle_may_ask_for_it(tmp_path: Path) -> None:
    overlay = {"extends": "alpha", "dimensions": {"hipaa_baa": {**FINE, "source": "s", "conditions": [OBSERVED]}}}
    for read, expected in (((READ,), "pass"), ((), "fail")):
        folder = tmp_path / expected
        assert outcome(folder, {"covered": "hipaa_baa"}, *read, overlays={"alpha": overlay}) == expected


def test_a_path_that_no_observation_tells_is_refused_in_a_condition_of_the_registry(tmp_path: Path) -> None:
    cell = {**FINE, "conditions": [{"observed": "usage.regoin"}]}
    with pytest.raises(InputError) as caught:
        judged(tmp_path, {"covered": "retention_zdr"}, offering={"dimensions": {"retention_zdr": cell}})
    (problem,) = caught.value.problems
    assert "`observed` of `usage.regoin`" in problem.title
    assert problem.help == "did you mean `usage.region`?"


def test_a_setting_that_is_asked_for_is_no_setting_that_nobody_reads(tmp_path: Path) -> None:
    found = judged(tmp_path, OBSERVED, usage={"settings": {"zero_data_retention": True, "zero_data_retenton": True}})
    unread = [line for line in noticed(found.notices) if "unread-setting" in line]
    assert len(unread) == 1
    assert "`zero_data_retenton` of alpha in usage `u`; did you mean `zero_data_retention`?" in unread[0]


READ_IT = "have `vendorgate observe alpha` read it"
ATTEST = "attest it with `vendorgate observe attest alpha`"
LET = "let bundle.yaml say `observations: {attested: true}`"
BY_NAME = {"scope": {"models": {"only": ["m"]}}, "settings": {"zero_data_retention": False}}
WHY: list[tuple[tuple[Part, ...], Part, str, str]] = [
    (
        (),
        {},
        "nobody has observed it of the account of alpha",
        f"{READ_IT}; where the vendor has no API for it, {ATTEST}, and {LET}",
    ),
    (
        (),
        {"bundle": {"observations": {"attested": True}}, "usage": {"account": "eu"}},
        "nobody has observed it of the account `eu` of alpha",
        f"{READ_IT}; where the vendor has no API for it, {ATTEST}".replace("alpha`", "alpha --account eu`"),
    ),
    (
        ({**READ, "observed": "2026-10-01"},),
        {},
        "what was observed of the account of alpha on 2026-10-01 does not count on this day",
        READ_IT,
    ),
    (
        ({**READ, "settings": {}, "unreadable": ["zero_data_retention"]},),
        {},
        "the vendor does not tell it of the account of alpha",
        f"{ATTEST}, and {LET}",
    ),
    (
        ({**READ, **ATTESTED},),
        {},
        "it is attested by a on 2026-11-20, and the bundle takes that for a claim",
        f"{READ_IT}, or {LET}",
    ),
    (
        ({**READ, "scoped_settings": [BY_NAME]},),
        {},
        "it was not observed of the account of alpha for all that the usage declares or leaves open",
        "declare models, endpoints and cloud_region, and none for which it was not observed",
    ),
]


@pytest.mark.parametrize(("read", "more", "why", "remedy"), WHY, ids=[row[2] for row in WHY])
def test_what_is_not_observed_is_told_with_the_account_and_the_way(
    read: tuple[Part, ...], more: Part, why: str, remedy: str, tmp_path: Path
) -> None:
    expected = f"fail declaration: `settings.zero_data_retention` is not observed: {why} -> do {remedy}"
    assert reasons(tmp_path, OBSERVED, *read, **more) == [expected]


def test_of_the_primary_region_it_is_the_usages_own_account_that_nobody_has_observed(tmp_path: Path) -> None:
    usage = {"account": "eu", "fallbacks": ["beta"]}
    found = judged(tmp_path, {"observed": "primary.region"}, usage=usage, others={"beta": {"dimensions": {}}})
    for result in found.results:
        (line,) = told(result.requirements[0].reasons)
        assert "`primary.region` is not observed: nobody has observed it of the account `eu` of alpha" in line


def test_nothing_is_observed_of_a_vendor_that_nobody_has_looked_at(tmp_path: Path) -> None:
    usage = {"offering": "unlisted", "vendor": "Acme"}
    (line,) = reasons(tmp_path, OBSERVED, usage=usage)
    assert "is not observed: nobody has looked at `Acme`, which the registry does not list" in line
    assert "have the registry list the vendor" in line


def test_what_must_not_be_observed_is_told_where_it_is(tmp_path: Path) -> None:
    (line,) = reasons(tmp_path, {"!": OBSERVED}, READ)
    assert line == "fail declaration: `settings.zero_data_retention` is observed on 2026-11-20"


def test_what_was_read_is_observed_and_rests_on_that_although_a_name_contradicts_it(tmp_path: Path) -> None:
    """What is contradicted nobody knows, so that whoever asks what it says gets no answer."""
    offering = {"models": ["m-1"], "implies": [{"models": ["m-1"], "set": {"settings.zero_data_retention": False}}]}
    rules = {"observed": OBSERVED, "value": {"===": [{"var": ZDR}, True]}}
    found = {
        name: judged(tmp_path / name, rule, READ, usage={"models": ["m-1"]}, offering=offering).results[0]
        for name, rule in rules.items()
    }
    assert {name: one.outcome for name, one in found.items()} == {"observed": "pass", "value": "unknown"}
    assert [one.what for one in found["observed"].rests_on] == ["settings.zero_data_retention"]


@pytest.mark.parametrize(
    ("rule", "read", "expected"),
    [
        (OBSERVED, (READ,), ["observation settings.zero_data_retention 2026-12-20"]),
        ({"!": OBSERVED}, (), []),
        ({"==": [OBSERVED, True]}, (READ,), ["observation settings.zero_data_retention 2026-12-20"]),
        ({"==": [OBSERVED, False]}, (), []),
        (
            {"and": [OBSERVED, {"===": [{"var": ZDR}, True]}]},
            (READ,),
            ["observation settings.zero_data_retention 2026-12-20"],
        ),
        (
            {"or": [{"observed": "usage.region"}, {"===": [{"var": ZDR}, True]}]},
            (),
            ["claim settings.zero_data_retention None"],
        ),
    ],
)
def test_a_pass_rests_on_the_observation(
    rule: Part, read: tuple[Part, ...], expected: list[str], tmp_path: Path
) -> None:
    (result,) = judged(tmp_path, rule, *read).results
    assert result.outcome == "pass"
    assert [f"{one.kind} {one.what} {one.until}" for one in result.rests_on] == expected


def test_a_waiver_holds_on_as_long_as_nothing_is_observed_whatever_grew_too_old(tmp_path: Path) -> None:
    stale, other = {**READ, "observed": "2026-01-01"}, {**READ, "observed": "2026-02-01"}
    worlds: list[tuple[Part, ...]] = [(), (stale,), (other,)]
    found = [judged(tmp_path / str(at), OBSERVED, *read).results[0] for at, read in enumerate(worlds)]
    assert len({fingerprint(one.policy, one.subject, one.requirements) for one in found}) == 1
