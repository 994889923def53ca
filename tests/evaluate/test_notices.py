"""Notices: which there are, in which words and order, and where they point.

The contract names them under "Agreements register and waivers" and "Outcome and exit code".
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import noticed
from tests.world import OFFERING, SNAPSHOT, WAIVER, Part
from vendorgate import Gate
from vendorgate.evaluate import notices
from vendorgate.model.evaluation import Evaluation

AS_OF = datetime.date(2026, 11, 23)
BAA: Part = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}
FAIL: Part = {"id": "p", "title": "P", "require": [False]}
PASS: Part = {"id": "p", "title": "P", "require": [True]}
SELF_DECLARED = (
    "note self-declared: no agreements register in the bundle:"
    " agreements are in force as far as the manifests claim them"
)


def judged(
    folder: Path,
    *usages: Part,
    policies: tuple[Part, ...] = (PASS,),
    agreements: list[Part] | None = None,
    waivers: tuple[Part, ...] = (),
    cells: dict[str, Part] | None = None,
    others: tuple[list[Part], ...] = (),
    more: dict[str, Part] | None = None,
) -> Evaluation:
    """Judge a manifest with these usages, and after it `others`, each a list of usages of a manifest.

    `more` are files beside those that every world has.
    """
    manifests = [
        {"version": 1, "project": project, "usages": [{"offering": "alpha", "data": ["phi"], **one} for one in these]}
        for project, these in zip(("demo", "next"), (list(usages), *others), strict=False)
    ]
    files: dict[str, Any] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": cells or {}},
        "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "dimensions": {}},
        "policies/p.yaml": {"version": 1, "policies": list(policies)},
        **{f"{manifest['project']}.yaml": manifest for manifest in manifests},
        **(more or {}),
    }
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": agreements}
    if waivers:
        files["policies/waivers.yaml"] = {"version": 1, "waivers": [{**WAIVER, **waiver} for waiver in waivers]}
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    named = [folder / f"{manifest['project']}.yaml" for manifest in manifests]
    return Gate(folder / "policies", folder / "registry").check(named, as_of=AS_OF)


def about(folder: Path, *usages: Part, **world: Any) -> list[str]:
    """The notices of a world that has a register, though an empty one."""
    return noticed(judged(folder, *usages, **{"agreements": [], **world}).notices)


def test_without_a_register_every_report_says_that_agreements_are_self_declared(tmp_path: Path) -> None:
    assert noticed(judged(tmp_path, {"id": "u"}).notices) == [SELF_DECLARED]


def test_with_a_register_nothing_is_self_declared(tmp_path: Path) -> None:
    assert about(tmp_path, {"id": "u"}) == []


def test_no_usages_is_a_statement_and_is_told(tmp_path: Path) -> None:
    assert about(tmp_path) == ['note no-usages: project `demo` declares that it uses no AI vendor @ demo "usages"']


def test_usage_to_which_no_policy_applied_is_told_at_its_id(tmp_path: Path) -> None:
    policy = {**PASS, "when": {"==": [{"var": "usage.id"}, "v"]}}
    assert about(tmp_path, {"id": "u"}, {"id": "v"}, {"id": "w"}, policies=(policy,)) == [
        'warning no-policy-applied: no policy applied to usage `u` @ demo "id": "u"',
        'warning no-policy-applied: no policy applied to usage `w` @ demo "id": "w"',
    ]


def test_usage_of_the_same_name_in_another_manifest_is_another_usage(tmp_path: Path) -> None:
    policy = {**PASS, "when": {"==": [{"var": "project.name"}, "next"]}}
    assert about(tmp_path, {"id": "u"}, policies=(policy,), others=([{"id": "u"}],)) == [
        'warning no-policy-applied: no policy applied to usage `u` @ demo "id": "u"'
    ]


def test_policy_that_fails_has_applied(tmp_path: Path) -> None:
    assert about(tmp_path, {"id": "u"}, policies=(FAIL,)) == []


# --- Words and the index

KINDS = ("names", "platforms", "developers", "families", "endpoints", "features")
INDEX: Part = {
    "version": 1,
    "sha256": {"alpha": "0" * 64, "beta": "0" * 64},
    "facts": {},
    **{kind: [] for kind in KINDS},
}
"""Of other files than those that are there."""


def test_index_of_other_files_is_told_where_words_are_looked_for(tmp_path: Path) -> None:
    policy = {**PASS, "require": [{"!=": [{"var": "offering.platform"}, "A"]}]}
    more = {"registry/index.yaml": INDEX}
    assert about(tmp_path, {"id": "u"}, policies=(policy,), more=more) == [
        (
            "warning stale-index: the registry's index is of other files, so that all offerings were read;"
            ' `vendorgate registry index` writes it anew @ index "alpha"'
        )
    ]


def test_word_that_need_not_be_expected_is_told_where_it_stands(tmp_path: Path) -> None:
    bundle = {"policies/bundle.yaml": {"unmatched": ["alpha", "gamma"]}}
    assert about(tmp_path, {"id": "u"}, more=bundle) == [
        'note stale-unmatched: `alpha` need not be expected: the registry has it by now @ bundle "alpha"',
        'note stale-unmatched: `gamma` need not be expected: no policy names it @ bundle "gamma"',
    ]


def test_policy_that_is_off_is_told_where_the_bundle_says_so(tmp_path: Path) -> None:
    bundle = {"policies/bundle.yaml": {"overrides": [{"policy": "p2", "off": True, "reason": "POL-7"}]}}
    told = about(tmp_path, {"id": "u"}, policies=(PASS, {**FAIL, "id": "p2"}), more=bundle)
    assert told == ['note policy-off: the policy `p2` is off: POL-7 @ bundle "p2"']


# --- Attributes


def test_attribute_that_no_policy_reads_is_told_once_for_all_routes(tmp_path: Path) -> None:
    policy = {**PASS, "require": [{"or": [True, {"var": "usage.attributes.dpia"}]}]}
    usage = {"id": "u", "fallbacks": ["beta"], "attributes": {"dpai": "D-1", "dpia": "D-1", "else": True}}
    assert about(tmp_path, usage, policies=(policy,)) == [
        (
            "note unread-attribute: no policy reads the attribute `dpai` of usage `u`; did you mean `dpia`?"
            ' @ demo "dpai": "D-1"'
        ),
        'note unread-attribute: no policy reads the attribute `else` of usage `u` @ demo "else": true',
    ]


def test_attributes_that_registers_alone_read_are_told_in_one_notice(tmp_path: Path) -> None:
    attributes = {"controller": "Acme", "dpia": "D-1"}
    one = {"id": "u", "fallbacks": ["beta"], "attributes": attributes}
    notices._of_registers.cache_clear()  # whoever asked before
    (told,) = about(tmp_path, one)
    assert told == (
        "note unread-attribute: no policy reads the attributes `controller`, `dpia` of usage `u`; "
        '`vendorgate inventory` does @ demo "controller": "Acme"'
    )


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (("dpia",), "the attribute `dpia`"),
        (("dpia", "fria", "appeal", "outputs", "since"), "the attributes `dpia`, `fria`, `appeal` and 2 more"),
    ],
)
def test_attributes_that_registers_alone_read_are_named_as_far_as_three(
    names: tuple[str, ...], called: str, tmp_path: Path
) -> None:
    (told,) = about(tmp_path, {"id": "u", "attributes": dict.fromkeys(names, "2026-01-01")})
    assert f"no policy reads {called} of usage `u`; `vendorgate inventory` does" in told


# --- Settings

READ = {**PASS, "require": [{"or": [True, {"var": "usage.settings.retention"}]}]}


def test_setting_that_nothing_reads_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    usage = {"id": "u", "settings": {"retention": True, "retentoin": True, "x": 1}}
    assert about(tmp_path, usage, policies=(READ,)) == [
        (
            "note unread-setting: nothing reads the setting `retentoin` of alpha in usage `u`;"
            ' did you mean `retention`? @ demo "retentoin": true'
        ),
        'note unread-setting: nothing reads the setting `x` of alpha in usage `u` @ demo "x": 1',
    ]


def test_setting_that_a_condition_of_the_offering_reads_is_read(tmp_path: Path) -> None:
    condition = {"==": [{"var": "usage.settings.sharing"}, False]}
    cells = {"hipaa_baa": {"value": "yes_public", "conditions": [condition]}}
    assert about(tmp_path, {"id": "u", "settings": {"sharing": False}}, cells=cells) == []


def test_setting_of_a_route_is_told_at_that_route(tmp_path: Path) -> None:
    beta = {"offering": "beta", "settings": {"y": 2}}
    usage = {"id": "u", "settings": {"x": 1}, "fallbacks": [beta]}
    assert about(tmp_path, usage) == [
        'note unread-setting: nothing reads the setting `x` of alpha in usage `u` @ demo "x": 1',
        'note unread-setting: nothing reads the setting `y` of beta in usage `u` @ demo "y": 2',
    ]


@pytest.mark.parametrize(("count", "named", "more"), [(20, 20, None), (21, 20, 1), (25, 20, 5)])
def test_twenty_settings_of_a_route_are_named_and_the_rest_is_counted(
    count: int, named: int, more: int | None, tmp_path: Path
) -> None:
    settings = {f"s{number:02}": number for number in range(count)}
    found = about(tmp_path, {"id": "u", "settings": settings})
    assert found[:named] == [
        f'note unread-setting: nothing reads the setting `s{n:02}` of alpha in usage `u` @ demo "s{n:02}": {n}'
        for n in range(named)
    ]
    assert found[named:] == (
        []
        if more is None
        else [
            (
                f"note unread-setting: nothing reads {more} more settings of alpha in usage `u`"
                f' @ demo "settings": {json.dumps(settings)}'
            )
        ]
    )


# --- Claims


def test_claim_that_the_register_does_not_support_is_told_in_order(tmp_path: Path) -> None:
    usage = {"id": "u", "agreements": ["zdr", "baa", "dpa"]}
    register = [BAA, {**BAA, "kind": "zdr", "status": "pending"}, {**BAA, "kind": "dpa", "expires": "2026-11-22"}]
    claims = ' @ demo "agreements": ["zdr", "baa", "dpa"]'
    assert about(tmp_path, usage, agreements=register) == [
        f"warning unsupported-claim: usage `u` claims `dpa` for alpha; the register has none in force{claims}",
        f"warning unsupported-claim: usage `u` claims `zdr` for alpha; the register has none in force{claims}",
    ]


def test_without_a_register_no_claim_is_unsupported(tmp_path: Path) -> None:
    assert noticed(judged(tmp_path, {"id": "u", "agreements": ["baa"]}).notices) == [SELF_DECLARED]


def test_claim_of_a_fallback_counts_for_the_fallback(tmp_path: Path) -> None:
    usage = {"id": "u", "fallbacks": [{"offering": "beta", "agreements": ["baa"]}]}
    assert about(tmp_path, usage, agreements=[{**BAA, "offerings": ["alpha"]}]) == [
        (
            "warning unsupported-claim: usage `u` claims `baa` for beta; the register has none in force"
            ' @ demo "agreements": ["baa"]'
        )
    ]


# --- Waivers


def test_waiver_that_meets_nothing_that_failed_is_unused(tmp_path: Path) -> None:
    waivers: tuple[Part, ...] = (
        {"policy": "p"},
        {"policy": "q*"},
        {"usage": "v"},
        {"project": "x"},
        {"offering": "b*"},
    )
    assert about(tmp_path, {"id": "u"}, policies=(PASS,), waivers=waivers[:1]) == [
        'note unused-waiver: the waiver of `p` meets no failing or unknown result @ waivers "policy": "p"'
    ]
    assert about(tmp_path, {"id": "u"}, policies=(FAIL,), waivers=waivers[1:]) == [
        f'note unused-waiver: the waiver of `{name}` meets no failing or unknown result @ waivers "policy": "{name}"'
        for name in ("q*", "p", "p", "p")
    ]


def test_waiver_of_a_policy_that_does_not_apply_is_unused(tmp_path: Path) -> None:
    elsewhere = {**FAIL, "when": {"==": [{"var": "usage.id"}, "x"]}}
    found = about(tmp_path, {"id": "u"}, policies=(elsewhere, {**PASS, "id": "q"}), waivers=({},))
    assert found == ['note unused-waiver: the waiver of `p` meets no failing or unknown result @ waivers "policy": "p"']


@pytest.mark.parametrize("rule", [False, {"==": [{"var": "usage.region"}, "us"]}])
def test_waiver_covers_what_fails_and_what_is_unknown(rule: Any, tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"id": "u"}, policies=({**FAIL, "require": [rule]},), agreements=[], waivers=({},))
    (result,) = evaluation.results
    assert (result.outcome, result.blocks) == ("waived", False)
    assert result.waiver is not None
    assert evaluation.notices == ()


EXPIRED = {"expires": "2026-11-22"}


@pytest.mark.parametrize(("rule", "outcome"), [(False, "fail"), ({"==": [{"var": "usage.region"}, "us"]}, "unknown")])
def test_waiver_that_has_expired_is_told_with_what_it_no_longer_covers(rule: Any, outcome: str, tmp_path: Path) -> None:
    policy = {**FAIL, "require": [rule]}
    evaluation = judged(tmp_path, {"id": "u"}, policies=(policy,), agreements=[], waivers=(EXPIRED,))
    assert evaluation.results[0].outcome == outcome
    assert noticed(evaluation.notices) == [
        (
            "warning expired-waiver: the waiver of `p` expired on 2026-11-22 and no longer covers"
            ' `p` on usage `u` (alpha) @ waivers "policy": "p"'
        )
    ]


def test_results_beyond_the_first_are_counted(tmp_path: Path) -> None:
    policies = ({**PASS, "id": "o"}, FAIL, {**FAIL, "id": "q"})
    world: dict[str, Any] = {"policies": policies, "waivers": ({**EXPIRED, "policy": "*"},)}
    usages: tuple[Part, ...] = ({"id": "u", "fallbacks": ["beta"]}, {"id": "v"})
    covers = "warning expired-waiver: the waiver of `*` expired on 2026-11-22 and no longer covers"
    assert about(tmp_path, *usages, **world) == [
        f'{covers} `p` on usage `u` (alpha) and 5 more @ waivers "policy": "*"'
    ]
    assert about(tmp_path, usages[1], **world) == [
        f'{covers} `p` on usage `v` (alpha) and 1 more @ waivers "policy": "*"'
    ]


@pytest.mark.parametrize(
    ("expires", "left"),
    [
        ("2026-11-23", "today is its last day"),
        ("2026-11-24", "1 day left"),
        ("2026-11-25", "2 days left"),
        ("2026-12-23", "30 days left"),
        ("2026-12-24", None),
    ],
)
def test_waiver_in_use_that_ends_within_thirty_days_is_told(expires: str, left: str | None, tmp_path: Path) -> None:
    expected = (
        f"note waiver-ends-soon: the waiver of `p` ends on {expires}, {left}; it covers `p` on usage `u` (alpha)"
        ' @ waivers "policy": "p"'
    )
    found = about(tmp_path, {"id": "u"}, policies=(FAIL,), waivers=({"expires": expires},))
    assert found == ([] if left is None else [expected])


def test_waiver_that_another_outlives_is_not_in_use(tmp_path: Path) -> None:
    waivers = ({"expires": "2026-11-25"}, {"expires": "2027-06-01"}, {"expires": "2026-11-26"})
    evaluation = judged(tmp_path, {"id": "u"}, policies=(FAIL,), agreements=[], waivers=waivers)
    shown = evaluation.results[0].waiver
    assert shown is not None
    assert shown.written.expires == datetime.date(2027, 6, 1)
    assert evaluation.notices == ()


def test_of_waivers_that_end_on_one_day_the_first_is_shown(tmp_path: Path) -> None:
    waivers = ({"reason": "first"}, {"reason": "second"})
    (result,) = judged(tmp_path, {"id": "u"}, policies=(FAIL,), waivers=waivers).results
    assert result.waiver is not None
    assert result.waiver.written.reason == "first"


@pytest.mark.parametrize(
    "waiver",
    [{"policy": "p?"}, {"policy": "q"}, {"project": "d"}, {"usage": "uu"}, {"offering": "beta"}, EXPIRED],
)
def test_waiver_that_does_not_name_a_result_does_not_waive_it(waiver: Part, tmp_path: Path) -> None:
    (result,) = judged(tmp_path, {"id": "u"}, policies=(FAIL,), waivers=(waiver,)).results
    assert (result.outcome, result.blocks, result.waiver) == ("fail", True, None)


@pytest.mark.parametrize(
    "waiver",
    [{"policy": "*"}, {"project": "d*o"}, {"usage": "?"}, {"offering": "al*"}, {"expires": "2026-11-23"}],
)
def test_waiver_names_results_by_globs_through_its_last_day(waiver: Part, tmp_path: Path) -> None:
    (result,) = judged(tmp_path, {"id": "u"}, policies=(FAIL,), waivers=(waiver,)).results
    assert (result.outcome, result.blocks) == ("waived", False)


# --- Order


def test_notices_stand_in_the_order_of_the_manifests_and_then_of_the_waivers(tmp_path: Path) -> None:
    usage = {"id": "u", "settings": {"x": 1}, "agreements": ["baa"]}
    found = about(
        tmp_path,
        usage,
        {"id": "v", "settings": {"y": 1}},
        others=([{**usage, "id": "w", "settings": {"z": 1}}],),
        policies=({**PASS, "when": {"!=": [{"var": "usage.id"}, "w"]}},),
        waivers=({"policy": "a"}, {"policy": "b"}),
    )
    assert [f"{line.split(':')[0]} {line.split('`')[1]}" for line in found] == [
        "note unread-setting x",
        "warning unsupported-claim u",
        "note unread-setting y",
        "warning no-policy-applied w",
        "note unread-setting z",
        "warning unsupported-claim w",
        "note unused-waiver a",
        "note unused-waiver b",
    ]
