"""Declarations that contradict each other are unknown (contract, "Coverage: the heart"), and nothing softens that."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.evaluate.told import told
from tests.world import AS_OF, Part, judge
from vendorgate import Gate
from vendorgate.evaluate import Program
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.evaluate.judge import result_for
from vendorgate.model.result import Result
from vendorgate.source import Source

FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
CLOUDS: Part = {"acme": {"us-1": "us", "europe-west 3": "de", "europe": "eu", "reunion": "re"}}
IMPLIES: list[Part] = [
    {"models": ["global.*"], "set": {"settings.profile": "global", "region": "global"}},
    {"models": ["us.*"], "set": {"settings.profile": "us", "region": "us"}},
    {"models": ["de.*"], "set": {"region": "de"}},
    {"models": ["*-preview*"], "set": {"lifecycle": "preview"}},
    {"models": ["*-search*"], "set": {"features": ["search", "browse"]}},
    {"endpoints": ["stored"], "set": {"settings.store": True}},
    {"features": ["memory"], "set": {"settings.days": 30}},
    {"models": ["zoned"], "set": {"settings.data.zone.name": "us"}},
]
OFFERING: Part = {
    "endpoints": ["chat", "stored"],
    "features": ["search", "browse", "memory"],
    "implies": IMPLIES,
    "cloud": "acme",
}


def equal(path: str, value: Any) -> Part:
    return {"==": [{"var": path}, value]}


def judged(folder: Path, rule: Any, usage: Part, cell: Part | None = None, **policy: Any) -> Result:
    offering = {**OFFERING, "dimensions": {} if cell is None else {"hipaa_baa": {**FINE, **cell}}}
    (result,) = judge(
        folder, offering, {"require": [rule], **policy}, {"data": ["phi"], **usage}, snapshot={"clouds": CLOUDS}
    ).results
    return result


def outcome(folder: Path, rule: Any, usage: Part, cell: Part | None = None, **policy: Any) -> str:
    return judged(folder, rule, usage, cell, **policy).outcome


@pytest.mark.parametrize(
    ("usage", "path", "value", "expected"),
    [
        ({"models": ["global.m"], "settings": {"profile": "eu"}}, "usage.settings.profile", "eu", "unknown"),
        ({"models": ["global.m"], "settings": {"profile": "global"}}, "usage.settings.profile", "global", "pass"),
        ({"models": ["m", "global.m"], "settings": {"profile": "eu"}}, "usage.settings.profile", "eu", "unknown"),
        ({"models": ["us.m", "global.m"], "settings": {"profile": "us"}}, "usage.settings.profile", "us", "unknown"),
        ({"models": ["m"], "settings": {"profile": "eu"}}, "usage.settings.profile", "eu", "pass"),
        ({"models": ["global.m"], "settings": {"other": "eu"}}, "usage.settings.other", "eu", "pass"),
        ({"models": ["global.m"]}, "usage.settings.profile", "global", "unknown"),
        ({"models": ["us.m"], "region": "eu"}, "usage.region", "eu", "unknown"),
        ({"models": ["us.m"], "region": "us"}, "usage.region", "us", "pass"),
        ({"models": ["us.m"], "region": "global"}, "usage.region", "global", "pass"),
        ({"models": ["de.m"], "region": "eu"}, "usage.region", "eu", "pass"),
        ({"models": ["global.m"], "region": "eu"}, "usage.region", "eu", "unknown"),
        ({"models": ["us.m"]}, "usage.region", "us", "unknown"),
        ({"models": ["m-preview-1"]}, "usage.lifecycle", "ga", "unknown"),
        ({"models": ["m-preview-1"], "lifecycle": "ga"}, "usage.lifecycle", "ga", "unknown"),
        ({"models": ["m-preview-1"], "lifecycle": "preview"}, "usage.lifecycle", "preview", "pass"),
        ({"models": ["m"], "lifecycle": "preview"}, "usage.lifecycle", "preview", "pass"),
        ({"endpoints": ["stored"], "settings": {"store": False}}, "usage.settings.store", False, "unknown"),
        ({"endpoints": ["stored"], "settings": {"store": True}}, "usage.settings.store", True, "pass"),
        ({"endpoints": ["stored"], "settings": {"store": 1}}, "usage.settings.store", 1, "unknown"),
        ({"endpoints": ["chat"], "settings": {"store": False}}, "usage.settings.store", False, "pass"),
        ({"features": ["memory"], "settings": {"days": 0}}, "usage.settings.days", 0, "unknown"),
        ({"features": ["memory"], "settings": {"days": 30}}, "usage.settings.days", 30, "pass"),
        ({"region": "eu", "cloud_region": "us-1"}, "usage.region", "eu", "unknown"),
        ({"region": "eu", "cloud_region": "us-1"}, "usage.cloud_region", "us-1", "unknown"),
        ({"region": "us", "cloud_region": "us-1"}, "usage.region", "us", "pass"),
        ({"region": "us", "cloud_region": "US 1"}, "usage.cloud_region", "US 1", "pass"),
        ({"region": "global", "cloud_region": "us-1"}, "usage.region", "global", "pass"),
        ({"region": "eu", "cloud_region": "europewest3"}, "usage.region", "eu", "pass"),
        ({"region": "eu", "cloud_region": "Europe-West-3"}, "usage.region", "eu", "pass"),
        ({"region": "eu", "cloud_region": "reunion"}, "usage.region", "eu", "pass"),
        ({"region": "de", "cloud_region": "europe"}, "usage.region", "de", "unknown"),
        ({"region": "eu", "cloud_region": "atlantis"}, "usage.region", "eu", "unknown"),
        ({"region": "eu", "cloud_region": "atlantis"}, "usage.cloud_region", "atlantis", "unknown"),
        ({"cloud_region": "atlantis"}, "usage.cloud_region", "atlantis", "unknown"),
        ({"cloud_region": "us-1"}, "usage.cloud_region", "us-1", "pass"),
        ({"cloud_region": "us-1"}, "usage.region", "us", "unknown"),
        ({"models": ["m-preview"]}, "primary.offering", "alpha", "pass"),
        ({"region": "eu", "cloud_region": "us-1"}, "primary.region", "eu", "unknown"),
        ({"region": "us", "cloud_region": "us-1"}, "primary.region", "us", "pass"),
    ],
)
def test_what_a_name_says_makes_unknown_what_says_otherwise(
    usage: Part, path: str, value: Any, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, equal(path, value), usage) == expected


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (["search", "browse"], "pass"),
        (["memory", "browse", "search"], "pass"),
        (["search"], "unknown"),
        ([], "unknown"),
    ],
)
def test_a_list_must_contain_what_is_implied(features: list[str], expected: str, tmp_path: Path) -> None:
    usage: Part = {"models": ["m-search"], "features": features, "settings": {"days": 30}}
    assert outcome(tmp_path, {"subset": [{"var": "usage.features"}, OFFERING["features"]]}, usage) == expected


CONTRADICTED: Part = {"region": "eu", "cloud_region": "us-1"}
EU: Part = equal("usage.region", "eu")
PROFILE: Part = equal("usage.settings.profile", "eu")


def fingerprinted(folder: Path, rule: Any, usage: Part) -> str:
    result = judged(folder, rule, usage)
    assert result.outcome == "unknown"
    return fingerprint(result.policy, result.subject, result.requirements)


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        (PROFILE, *({"models": ["global.m"], "settings": {"profile": value}} for value in ("eu", "us"))),
        (PROFILE, *({"models": [name], "settings": {"profile": "eu"}} for name in ("global.m", "us.m"))),
        (PROFILE, *({"models": [name], "settings": {"profile": "eu"}} for name in ("global.m", "global.n"))),
        (EU, {"models": ["us.m"], "region": "eu"}, {"models": ["us.m"], "region": "de"}),
        (EU, {"models": ["us.m"], "region": "eu"}, {"cloud_region": "us-1", "region": "eu"}),
        (EU, {"region": "eu", "cloud_region": "us-1"}, {"region": "de", "cloud_region": "us-1"}),
        (EU, {"region": "eu", "cloud_region": "atlantis"}, {"region": "eu", "cloud_region": "lemuria"}),
        (EU, {"cloud_region": "atlantis"}, {}),
        (PROFILE, {"models": ["us.m"]}, {"models": ["us.m"], "settings": {"profile": "eu"}}),
    ],
)
def test_waiver_of_one_contradiction_is_not_of_another(rule: Any, one: Part, other: Part, tmp_path: Path) -> None:
    assert fingerprinted(tmp_path / "one", rule, one) != fingerprinted(tmp_path / "other", rule, other)


def test_order_of_what_is_declared_makes_no_other_contradiction(tmp_path: Path) -> None:
    rule: Part = {"in": ["browse", {"var": "usage.features"}]}
    orders = (["search", "memory"], ["memory", "search"])
    usages = [{"models": ["m-search"], "features": order, "settings": {"days": 30}} for order in orders]
    assert len({fingerprinted(tmp_path / str(index), rule, usage) for index, usage in enumerate(usages)}) == 1


def test_what_a_contradiction_is_about_is_documented(tmp_path: Path) -> None:
    """It is in fingerprints, so that another word for it would make waivers void."""
    (reason,) = judged(tmp_path, EU, CONTRADICTED).requirements[0].reasons
    assert reason.about == ("usage.region", "contradicted", "cloud_regions", "us-1", "eu", "us")


def test_contradiction_below_a_scope_is_of_its_dimension(tmp_path: Path) -> None:
    scope = {"scope": {"regions": {"only": ["eu"]}}}
    for name, place in (("us-1", "a"), ("atlantis", "b")):
        usage = {"region": "eu", "cloud_region": name}
        (reason,) = judged(tmp_path / place, {"covered": "hipaa_baa"}, usage, scope).requirements[0].reasons
        assert [(one.kind, one.dimension) for one in reason.reasons] == [("declaration", "hipaa_baa")]


@pytest.mark.parametrize(
    "rule",
    [
        {"==": [{"var": ["usage.region", "eu"]}, "eu"]},
        {"known": "usage.region"},
        {"within": [{"var": "usage.region"}, "global"]},
        {"!": {"missing": ["usage.region"]}},
        {"or": [EU, {"!": EU}]},
        {"if": [EU, True, False]},
    ],
)
def test_no_operator_sees_through_a_contradiction(rule: Any, tmp_path: Path) -> None:
    assert outcome(tmp_path, rule, CONTRADICTED) != "pass"
    assert outcome(tmp_path, rule, {"region": "eu", "cloud_region": "europe"}) == "pass"


@pytest.mark.parametrize(
    ("cell", "usage", "expected"),
    [
        ({"scope": {"regions": {"only": ["eu"]}}}, CONTRADICTED, "unknown"),
        ({"scope": {"regions": {"only": ["eu"]}}}, {"region": "eu", "cloud_region": "europe"}, "pass"),
        ({"scope": {"cloud_regions": {"only": ["us-1"]}}}, CONTRADICTED, "unknown"),
        ({"scope": {"lifecycle": {"only": ["ga"]}}}, {"models": ["m-preview"]}, "unknown"),
        ({"scope": {"features": {"except": ["memory"]}}}, {"models": ["m-search"]}, "unknown"),
        ({"conditions": [EU]}, CONTRADICTED, "unknown"),
        (
            {"conditions": [equal("usage.settings.profile", "eu")]},
            {"models": ["us.m"], "settings": {"profile": "eu"}},
            "unknown",
        ),
        ({}, CONTRADICTED, "pass"),
    ],
)
def test_scopes_and_conditions_read_a_contradiction_as_unknown(
    cell: Part, usage: Part, expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, {"covered": "hipaa_baa"}, usage, cell) == expected


FACT: Part = {"<=": [{"var": "registry.hipaa_baa.facts.days"}, 30]}
SCOPED: Part = {
    "facts": {"days": 30},
    "scoped_facts": [{"scope": {"features": {"only": ["memory"]}}, "facts": {"days": 9}}],
}


@pytest.mark.parametrize("on_unknown", ["fail", "warn", "pass"])
@pytest.mark.parametrize(
    ("rule", "usage", "cell"),
    [
        (EU, CONTRADICTED, {}),
        ({"==": [{"var": ["usage.region", "eu"]}, "eu"]}, CONTRADICTED, {}),
        ({"covered": "hipaa_baa"}, CONTRADICTED, {"scope": {"regions": {"only": ["eu"]}}}),
        ({"covered": "hipaa_baa"}, CONTRADICTED, {"conditions": [EU]}),
        ({"==": [{"covered": "hipaa_baa"}, True]}, CONTRADICTED, {"conditions": [EU]}),
        ({"documented": "hipaa_baa"}, CONTRADICTED, {"value": "partial", "scope": {"regions": {"only": ["eu"]}}}),
        (FACT, {"models": ["m-search"]}, SCOPED),
        (FACT, CONTRADICTED, {"facts": {"days": 3}, "scope": {"regions": {"only": ["eu"]}}}),
        ({"or": [EU, equal("usage.settings.x", 1)]}, CONTRADICTED, {}),
    ],
)
def test_an_unknown_that_rests_on_a_contradiction_blocks_whatever_unknown_means(
    rule: Any, usage: Part, cell: Part, on_unknown: str, tmp_path: Path
) -> None:
    result = judged(tmp_path, rule, usage, cell, on_unknown=on_unknown)
    assert (result.outcome, result.blocks, result.severity) == ("unknown", True, "error")


@pytest.mark.parametrize(
    "rule", [equal("usage.settings.x", 1), {"covered": "soc2_type2"}, {"or": [equal("usage.settings.x", 1), False]}]
)
def test_another_unknown_of_the_same_usage_stays_as_soft_as_the_policy_has_it(rule: Any, tmp_path: Path) -> None:
    result = judged(tmp_path, rule, CONTRADICTED, on_unknown="pass")
    assert (result.outcome, result.blocks, result.severity) == ("unknown", False, "note")


def test_a_contradiction_blocks_only_from_the_day_on_which_the_policy_does(tmp_path: Path) -> None:
    result = judged(tmp_path, EU, CONTRADICTED, on_unknown="pass", enforce_from="2027-01-01")
    assert (result.blocks, result.severity) == (False, "warning")


def test_a_policy_applies_where_a_contradiction_hides_whether_it_does(tmp_path: Path) -> None:
    assert outcome(tmp_path, False, CONTRADICTED, when=equal("usage.region", "us")) == "fail"


@pytest.mark.parametrize(
    ("usage", "rule", "message", "remedy"),
    [
        (
            CONTRADICTED,
            EU,
            "cloud region `us-1` (line 1) lies in `us`, and `region` is `eu` (line 1)",
            "make `region` and the cloud region agree",
        ),
        (
            CONTRADICTED,
            equal("usage.cloud_region", "us-1"),
            "cloud region `us-1` (line 1) lies in `us`, and `region` is `eu` (line 1)",
            "make `region` and the cloud region agree",
        ),
        (
            CONTRADICTED,
            equal("primary.region", "eu"),
            "cloud region `us-1` (line 1) lies in `us`, and `region` is `eu` (line 1)",
            "make `region` and the cloud region agree",
        ),
        (
            {"region": "eu", "cloud_region": "atlantis-1"},
            EU,
            "cloud region `atlantis-1` (line 1) is no region of acme that the registry knows",
            "check the spelling of `atlantis-1`",
        ),
        (
            {"models": ["m-preview"]},
            equal("usage.lifecycle", "ga"),
            "model `m-preview` (line 1) implies `lifecycle` `preview`, and `lifecycle` is `ga` by default",
            "make `lifecycle` and the model agree",
        ),
        (
            {"endpoints": ["stored"], "settings": {"store": False}},
            equal("usage.settings.store", False),
            "endpoint `stored` (line 1) implies `settings.store` true, and `settings.store` is false (line 1)",
            "make `settings.store` and the endpoint agree",
        ),
        (
            {"models": ["m-search"]},
            {"in": ["search", {"var": "usage.features"}]},
            "model `m-search` (line 1) implies `features` [`search`, `browse`], and `features` is [] by default",
            "make `features` and the model agree",
        ),
    ],
)
def test_a_contradiction_is_told_with_both_places(
    usage: Part, rule: Any, message: str, remedy: str, tmp_path: Path
) -> None:
    (requirement,) = judged(tmp_path, rule, usage).requirements
    (found,) = [one.split(" @ ")[0] for one in told(requirement.reasons)]
    assert found == f"unknown declaration: {message} -> do {remedy}"


def test_a_scope_that_a_contradiction_hides_is_told_with_it(tmp_path: Path) -> None:
    cell = {"scope": {"regions": {"only": ["eu"]}}}
    (requirement,) = judged(tmp_path, {"covered": "hipaa_baa"}, CONTRADICTED, cell).requirements
    first, second = told(requirement.reasons)
    assert first.startswith(
        "unknown scope of hipaa_baa: its scope names regions, and what the usage declares contradicts"
    )
    assert second.startswith("  unknown declaration of hipaa_baa: cloud region `us-1` (line 1) lies in `us`")


def test_coverage_inside_a_comparison_is_told_with_its_reasons(tmp_path: Path) -> None:
    rule = {"==": [{"if": [{"covered": "hipaa_baa"}, 1, 2]}, 1]}
    (requirement,) = judged(tmp_path, rule, CONTRADICTED, {"conditions": [EU]}).requirements
    assert "cloud region `us-1`" in "\n".join(told(requirement.reasons))


def test_routes_contradict_themselves_each_by_its_own_declarations(tmp_path: Path) -> None:
    for route, expected in (
        ({"offering": "alpha", "models": ["m-preview"]}, ["pass", "unknown"]),
        ({"offering": "alpha", "models": ["m-preview"], "lifecycle": "preview"}, ["pass", "fail"]),
        ({"offering": "alpha", "models": ["m"]}, ["pass", "pass"]),
    ):
        usage = {"offering": "beta", "data": ["phi"], "fallbacks": [route]}
        results = judge(
            tmp_path,
            {**OFFERING, "dimensions": {}},
            {"require": [equal("usage.lifecycle", "ga")]},
            usage,
            snapshot={"clouds": CLOUDS},
            others={"beta": {"dimensions": {}}},
        ).results
        assert [result.outcome for result in results] == expected


def test_a_route_in_the_region_of_the_usage_contradicts_it(tmp_path: Path) -> None:
    usage = {
        "offering": "beta",
        "data": ["phi"],
        "region": "eu",
        "fallbacks": [{"offering": "alpha", "cloud_region": "us-1"}],
    }
    rules = [equal("usage.region", "eu"), equal("primary.region", "eu"), equal("primary.platform", "A")]
    results = judge(
        tmp_path,
        {**OFFERING, "dimensions": {}},
        {"require": rules},
        usage,
        snapshot={"clouds": CLOUDS},
        others={"beta": {"dimensions": {}}},
    ).results
    assert [[one.outcome for one in result.requirements] for result in results] == [
        ["pass", "pass", "pass"],
        ["unknown", "pass", "pass"],
    ]
    assert [result.subject.stated["usage.route"] for result in results] == ["primary", "fallback"]
    assert "`region` is `eu` (line 1)" in told(results[1].requirements[0].reasons)[0]


def test_the_contradicted_region_of_the_primary_route_is_unknown_on_the_others(tmp_path: Path) -> None:
    usage = {"data": ["phi"], **CONTRADICTED, "fallbacks": ["beta"]}
    results = judge(
        tmp_path,
        {**OFFERING, "dimensions": {}},
        {"require": [equal("primary.region", "eu")], "on_unknown": "pass"},
        usage,
        snapshot={"clouds": CLOUDS},
        others={"beta": {"dimensions": {}}},
    ).results
    assert [(result.outcome, result.blocks) for result in results] == [("unknown", True), ("unknown", True)]
    assert "(line 1)" in told(results[1].requirements[0].reasons)[0]


READS: Part = {
    "usage.lifecycle": equal("usage.lifecycle", "ga"),
    "usage.settings.days": equal("usage.settings.days", 1),
    "usage.features": {"in": ["search", {"var": "usage.features"}]},
}


def at_lines(folder: Path, rule: Any, usage: Part) -> str:
    """Of the fallback to another offering: the reason, each number of a line replaced by the text of that line."""
    other: Part = {**OFFERING, "dimensions": {}}
    judge(
        folder, other, {"require": [rule]}, {"data": ["phi"], **usage}, snapshot={"clouds": CLOUDS}, others={"b": other}
    )
    manifest = folder / "vendorgate.yaml"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")), indent=0), encoding="utf-8")
    results = Gate(folder / "policies", folder / "registry").check(manifest, as_of=AS_OF).results
    (reason,) = next(one for one in results if one.subject.route == "fallback").requirements[0].reasons
    lines = ["", *manifest.read_text(encoding="utf-8").split("\n")]
    return re.sub(r"\(line (\d+)\)", lambda found: f"({lines[int(found[1])].rstrip(',')})", reason.message)


@pytest.mark.parametrize(
    ("path", "usage", "fallback", "words"),
    [
        (
            "usage.region",
            {"region": "eu"},
            {"models": ["us.m"]},
            'model `us.m` ("us.m") implies `region` `us`, and `region` is `eu` ("region": "eu")',
        ),
        (
            "usage.region",
            {"region": "eu"},
            {"models": ["us.m"], "region": "de"},
            'model `us.m` ("us.m") implies `region` `us`, and `region` is `de` ("region": "de")',
        ),
        (
            "usage.lifecycle",
            {"lifecycle": "ga"},
            {"models": ["m-preview"]},
            (
                'model `m-preview` ("m-preview") implies `lifecycle` `preview`, and `lifecycle` is `ga`'
                ' ("lifecycle": "ga")'
            ),
        ),
        (
            "usage.settings.days",
            {"settings": {"days": 1}},
            {"features": ["memory"], "settings": {"days": 2}},
            'feature `memory` ("memory") implies `settings.days` 30, and `settings.days` is 2 ("days": 2)',
        ),
        (
            "usage.settings.data.zone.name",
            {},
            {"models": ["zoned"], "settings": {"data.zone.name": "eu"}},
            (
                'model `zoned` ("zoned") implies `settings.data.zone.name` `us`, and `settings.data.zone.name` is `eu`'
                ' ("data.zone.name": "eu")'
            ),
        ),
        (
            "primary.region",
            {"region": "eu", "cloud_region": "us-1"},
            {"region": "us", "cloud_region": "us-1 "},
            'cloud region `us-1` ("cloud_region": "us-1") lies in `us`, and `region` is `eu` ("region": "eu")',
        ),
        (
            "usage.features",
            {"features": ["memory"]},
            {"models": ["m-search"]},
            'model `m-search` ("m-search") implies `features` [`search`, `browse`], and `features` is [] by default',
        ),
    ],
)
def test_contradiction_is_told_with_the_lines_that_its_route_has_it_from(
    path: str, usage: Part, fallback: Part, words: str, tmp_path: Path
) -> None:
    rule = READS.get(path, equal(path, "eu"))
    assert at_lines(tmp_path, rule, {**usage, "fallbacks": [{"offering": "b", **fallback}]}) == words


class _Lineless(Source):
    """A manifest that came without a text."""

    @property
    def has_lines(self) -> bool:
        return False


def test_contradiction_in_a_manifest_without_lines_names_no_line(tmp_path: Path) -> None:
    usage = {"models": ["global.m"], "settings": {"profile": "eu"}}
    result = judged(tmp_path, equal("usage.settings.profile", "eu"), usage)
    written = result.subject.manifest.source
    lineless = msgspec.structs.replace(
        result.subject.manifest, source=_Lineless(written.path, written.text, lambda text: None)
    )
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    program = Program(gate.bundle)
    case = Case(msgspec.structs.replace(result.subject, manifest=lineless), program, AS_OF)
    found = result_for(program.policies[0], case, "error")
    (reason,) = found.requirements[0].reasons
    assert "line" in result.requirements[0].reasons[0].message
    assert "line" not in reason.message
    assert "by default" not in reason.message
