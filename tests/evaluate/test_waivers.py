"""What voids a waiver: the rules of its bundle, each by itself and together; what a report says of it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluate.law_worlds import SNAPSHOT, World
from tests.evaluate.test_monotonicity import worlds
from tests.evaluate.test_notices import AS_OF, FAIL, PASS
from tests.evaluate.told import noticed
from tests.load.test_linear import assert_in_proportion
from tests.thoroughness import share
from tests.world import WAIVER, Part, judge
from vendorgate.evaluate.waiver_index import WaiverIndex
from vendorgate.evaluate.waiver_uses import uses_of
from vendorgate.evaluate.waivers import _called
from vendorgate.model.evaluation import Evaluation

ALPHA: Part = {"dimensions": {}}
FAILS: Part = {"require": [False]}
NOTHING = "sha256:" + "0" * 64


def judged(folder: Path, waiver: Part, rules: Part, owner: str | None = None, **world: Any) -> Evaluation:
    """A usage that fails one policy, with a register, and one waiver of it under rules."""
    told = {"agreements": [], "waivers": [waiver], **world}
    return judge(folder, ALPHA, FAILS, {"data": ["phi"]}, rules=rules, owner=owner, **told)


DAYS: Part = {"max_days": 38}
TICKET: Part = {"require_ticket": True}
SELF: Part = {"forbid_self_approval": True}
AT = " on usage `u` (alpha): "
VOID: dict[str, tuple[Part, Part, str | None, str]] = {
    "it runs for too long": (
        {"max_days": 37},
        {},
        None,
        (
            "it runs for 38 more days, and the bundle allows 37; let it end on 2026-12-30 or before"
            ' @ waivers "expires": "2026-12-31"'
        ),
    ),
    "it never ends": (
        {"max_days": 1},
        {"expires": "9999-12-31"},
        None,
        (
            "it runs for 2912116 more days, and the bundle allows 1; let it end on 2026-11-24 or before"
            ' @ waivers "expires": "9999-12-31"'
        ),
    ),
    "it has no ticket": (
        TICKET,
        {},
        None,
        'it has no ticket, and the bundle demands one; add `ticket` @ waivers "policy": "p"',
    ),
    "the owner approved it": (
        SELF,
        {},
        "a",
        'a approved it and owns project `p`; have somebody else approve it @ waivers "approved_by": "a"',
    ),
    "nobody is said to own the project": (
        SELF,
        {},
        None,
        (
            "project `p` declares no owner, so that nobody can know whether the owner approved it;"
            ' declare `owner` in the manifest @ waivers "approved_by": "a"'
        ),
    ),
    "the policy may not be waived": (
        {"forbid_policies": ["*"]},
        {},
        None,
        'the bundle forbids waivers of `p` (`*`); mend the usage, or have the bundle allow it @ waivers "policy": "p"',
    ),
    "its fingerprint is of something else": (
        {},
        {"fingerprint": NOTHING},
        None,
        (
            "it was given for other reasons (its fingerprint is sha256:00000000…, the finding's sha256:8c4f4451…);"
            f' look at them again, and run `vendorgate waiver add` @ waivers "fingerprint": "{NOTHING}"'
        ),
    ),
}


@pytest.mark.parametrize(("rules", "waiver", "owner", "told"), VOID.values(), ids=VOID)
def test_void_waiver_does_not_waive_and_is_told_with_what_to_do(
    rules: Part, waiver: Part, owner: str | None, told: str, tmp_path: Path
) -> None:
    evaluation = judged(tmp_path, waiver, rules, owner)
    (result,) = evaluation.results
    assert (result.outcome, result.blocks, result.waiver) == ("fail", True, None)
    assert noticed(evaluation.notices) == [f"warning void-waiver: the waiver of `p` does not cover `p`{AT}{told}"]


def test_void_waiver_of_what_is_not_known_is_told_too(tmp_path: Path) -> None:
    policy: Part = {"require": [{"covered": "hipaa_baa"}]}
    evaluation = judge(tmp_path, ALPHA, policy, {"data": ["phi"]}, rules=TICKET, agreements=[], waivers=[{}])
    (result,) = evaluation.results
    assert (result.outcome, result.blocks, result.waiver) == ("unknown", True, None)
    assert [(one.id, "has no ticket" in one.message) for one in evaluation.notices] == [("void-waiver", True)]


HOLDS: dict[str, tuple[Part, Part, str | None]] = {
    "it ends on the last day that is allowed": (DAYS, {}, None),
    "it ends before": (DAYS, {"expires": "2026-11-23"}, None),
    "as many days as there are": ({"max_days": 10**14}, {"expires": "9999-12-31"}, None),
    "it has a ticket": (TICKET, {"ticket": "SEC-1"}, None),
    "somebody else approved it": (SELF, {}, "b"),
    "the owner's name is part of the approver's": (SELF, {"approved_by": "anna"}, "ann"),
    "another policy may not be waived": ({"forbid_policies": []}, {}, None),
    "rules that demand nothing": ({"require_ticket": False, "forbid_self_approval": False}, {}, None),
}


@pytest.mark.parametrize(("rules", "waiver", "owner"), HOLDS.values(), ids=HOLDS)
def test_waiver_that_keeps_the_rules_waives(rules: Part, waiver: Part, owner: str | None, tmp_path: Path) -> None:
    evaluation = judged(tmp_path, waiver, rules, owner)
    assert [result.outcome for result in evaluation.results] == ["waived"]
    assert "void-waiver" not in [notice.id for notice in evaluation.notices]


@pytest.mark.parametrize(
    ("approved_by", "owner"),
    [
        ("ANN@Example.org", "ann@example.org"),
        (" ann@example.org ", "ann@example.org"),
        ("Ann Lee <ann@example.org>", "ann@example.org"),
        ("ann@example.org", "Ann Lee <ann@example.org>"),
        ("Ann Lee <ann@example.org>", "A. Lee < ANN@example.org > "),
        ("ann  lee", "Ann Lee"),
        ("straße", "STRASSE"),
        ("Ann <>", "ann <>"),
        ("ann@example.org", "ann@example.org\u200b"),
        ("ann@example.org", "\uff41nn@example.org"),
        ("ann@example.org", "mailto:ann@example.org"),
        ("ann@example.org", '"ann@example.org"'),
        ("ann@example.org", "bob@example.org, ann@example.org"),
        ("Bob <bob@example.org>, Ann <ann@example.org>", "ann@example.org"),
        ("ann@example.org", "ann@example.org (on leave)."),
        ("Ann ann@example.org.", "Ann Lee <ann@example.org>"),
        ("[Ann](mailto:ann@example.org)", "`ann@example.org`"),
        ("ann@example.org;bob@example.org", "bob@example.org|eve@example.org"),
        ("andr\u00e9", "Andre\u0301"),
        ("o'brien@example.org", "'O'Brien@example.org'"),
    ],
)
def test_same_person_by_another_spelling_is_the_same_person(approved_by: str, owner: str, tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"approved_by": approved_by}, SELF, owner)
    assert [result.outcome for result in evaluation.results] == ["fail"]


@pytest.mark.parametrize(
    ("approved_by", "owner"),
    [
        ("Ann <b@example.org>", "Ann <a@example.org>"),
        ("<>", "<> a"),
        ("a@b.org", "aa@b.org"),
        ("a@b.org", "a@b.org.uk"),
        ("ann @ home", "bob @ work"),
        ("@ann", "@bob"),
        ("ann, security", "bob, security"),
        ("brien@example.org", "o'brien@example.org"),
    ],
)
def test_another_mail_is_another_person(approved_by: str, owner: str, tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"approved_by": approved_by}, SELF, owner)
    assert [result.outcome for result in evaluation.results] == ["waived"]


@pytest.mark.parametrize("piece", ["a", "@", "a@", "<", "<a", "> ", "\u0301\u0323", "\ufdfa", "a@b ", ".'"])
def test_time_to_compare_people_grows_as_their_texts(piece: str) -> None:
    """Somebody who is judged writes the owner."""
    assert_in_proportion(lambda size: lambda: _called.__wrapped__(piece * size), 1_250)


def test_every_rule_that_is_broken_is_told(tmp_path: Path) -> None:
    rules = {"max_days": 1, "require_ticket": True, "forbid_self_approval": True, "forbid_policies": ["p"]}
    evaluation = judged(tmp_path, {"fingerprint": NOTHING}, rules, "a")
    (void,) = evaluation.results[0].void
    assert [breach.rule for breach in void.breaches] == [*rules, "fingerprint"]
    assert [notice.id for notice in evaluation.notices] == ["void-waiver"] * 5


def test_expired_waiver_is_expired_and_not_void(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"expires": "2026-11-22", "fingerprint": NOTHING}, TICKET)
    assert [notice.id for notice in evaluation.notices] == ["expired-waiver"]


def test_waiver_that_breaks_a_rule_and_meets_nothing_is_unused(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"usage": "v"}, TICKET)
    assert [notice.id for notice in evaluation.notices] == ["unused-waiver"]


def test_forbidden_policies_leave_a_waiver_of_others_in_force(tmp_path: Path) -> None:
    waivers = [{**WAIVER, "policy": "*", "expires": "2026-11-30"}]
    evaluation = several(tmp_path, {"forbid_policies": ["q*"]}, waivers)
    assert [result.outcome for result in evaluation.results] == ["waived", "fail", "fail"]
    assert noticed(evaluation.notices) == [
        (
            "warning void-waiver: the waiver of `*` does not cover `q1` on usage `u` (alpha) and 1 more: the bundle"
            ' forbids waivers of `q1` (`q*`); mend the usage, or have the bundle allow it @ waivers "policy": "*"'
        ),
        (
            "note waiver-ends-soon: the waiver of `*` ends on 2026-11-30, 7 days left; it covers `p` on usage `u`"
            ' (alpha) @ waivers "policy": "*"'
        ),
    ]


def several(folder: Path, rules: Part, waivers: list[Part]) -> Evaluation:
    """One usage that fails three policies."""
    (folder / "policies").mkdir()
    more = {"version": 1, "policies": [{**FAIL, "id": "q1"}, {**FAIL, "id": "q2"}, {**PASS, "id": "r"}]}
    (folder / "policies" / "q.yaml").write_text(json.dumps(more), encoding="utf-8")
    found = judge(folder, ALPHA, FAILS, {"data": ["phi"]}, agreements=[], waivers=waivers, rules=rules)
    return msgspec.structs.replace(found, results=tuple(one for one in found.results if one.policy.id != "r"))


def test_one_that_holds_waives_beside_one_that_is_void(tmp_path: Path) -> None:
    waivers = [{"expires": "2027-12-31"}, {"ticket": "SEC-1", "expires": "2027-02-01"}]
    evaluation = judged(tmp_path, {}, TICKET, waivers=waivers)
    (result,) = evaluation.results
    assert result.waiver is not None
    assert result.waiver.index == 1
    assert [void.waiver.index for void in result.void] == [0]
    assert [notice.id for notice in evaluation.notices] == ["void-waiver"]


@pytest.mark.parametrize(
    ("waivers", "rules", "states"),
    [
        ([{"expires": "2026-12-24"}], {}, ["in_use"]),
        ([{"expires": "2026-12-23"}], {}, ["ends_soon"]),
        ([{"expires": "2026-11-22"}], {}, ["expired"]),
        ([{"expires": "2026-11-22", "usage": "v"}], {}, ["expired"]),
        ([{}], TICKET, ["void"]),
        ([{"usage": "v"}], {}, ["unused"]),
        ([{}, {"expires": "2027-12-31"}], {}, ["outlived", "in_use"]),
        ([{}, {"expires": "2027-12-31", "ticket": "SEC-1"}], TICKET, ["void", "in_use"]),
    ],
)
def test_state_of_a_waiver(waivers: list[Part], rules: Part, states: list[str], tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {}, rules, waivers=waivers)
    uses = uses_of(WaiverIndex(evaluation.bundle.waivers), evaluation.results, AS_OF)
    assert [one.state for one in uses] == states
    assert [one.waiver for one in uses] == list(evaluation.bundle.waivers)


RULES = st.fixed_dictionaries(
    {"require_ticket": st.booleans(), "forbid_self_approval": st.booleans()},
    optional={"max_days": st.sampled_from([1, 38, 39, 500]), "forbid_policies": st.sampled_from([[], ["p"], ["*"]])},
)
WAIVERS = st.lists(
    st.fixed_dictionaries(
        {
            "expires": st.sampled_from(["2026-11-22", "2026-11-24", "2026-12-31", "2028-01-01"]),
        },
        optional={
            "ticket": st.just("SEC-1"),
            "approved_by": st.sampled_from(["a", "owner@example.org"]),
            "usage": st.sampled_from(["u", "v"]),
            "policy": st.sampled_from(["*", "p"]),
        },
    ),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=share(150), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(worlds(), WAIVERS, RULES, st.sampled_from([None, "owner@example.org"]), st.data())
def test_no_rule_and_no_fingerprint_ever_lets_more_pass(
    drawn: World, waivers: list[Part], rules: Part, owner: str | None, data: st.DataObject
) -> None:
    marked = [
        {**waiver, "fingerprint": NOTHING} if data.draw(st.booleans(), "a fingerprint") else waiver
        for waiver in waivers
    ]
    with tempfile.TemporaryDirectory() as folder:
        before, after = (
            judge(Path(folder, name), **drawn, snapshot=SNAPSHOT, waivers=these, rules=demands, owner=owner)
            for name, these, demands in (("before", waivers, {}), ("after", marked, rules))
        )
    for earlier, later in zip(before.results, after.results, strict=True):
        assert later.outcome == earlier.outcome or earlier.outcome == "waived"
        assert later.blocks or not earlier.blocks


def test_waivers_that_name_another_usage_or_have_ended_hide_none_after_them(tmp_path: Path) -> None:
    waivers: list[Part] = [{"usage": "v"}, {"expires": "2026-11-22"}, {"reason": "the one that holds"}]
    (result,) = judge(tmp_path, {"dimensions": {}}, {"require": [False]}, {"data": ["phi"]}, waivers=waivers).results
    assert result.waiver is not None
    assert result.waiver.written.reason == "the one that holds"
