"""What turns a result, when, and because of what: one small world a row."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.plan.worlds import START, Part, day, world, write
from vendorgate.commands.plan.model import Plan
from vendorgate.commands.plan.turns import plan_of
from vendorgate.commands.plan.wording import ways

BAA = {"agreement": "baa"}
COVERED = {"covered": "hipaa_baa"}
SIGNED = day(-30)
PAIRS = [("baa", "dpa"), ("baa", "zdr"), ("dpa", "zdr")]
ZDR = {"==": [{"var": "usage.settings.zdr"}, True]}
SEEN = {"observed": day(-5), "settings": {"zdr": True}}
CLAIMED = {"settings": {"zdr": True}}
MUST = {"observations": {"required": ["alpha"]}}
ATTESTED = {"attested": {"by": "ciso@example.org", "evidence": "console.png"}, "sha256": "0" * 64}
AGES = {"registry": {"max_evidence_age_days": 20}}


def seen(folder: Path, files: Mapping[str, Part], days: int = 60, **more: Any) -> Plan:
    gate = write(folder, files)
    evaluation = gate.check(folder / "vendorgate.yaml", as_of=START)
    return plan_of(evaluation, START + datetime.timedelta(days=days), **more)


def told(plan: Plan) -> list[tuple[str, str, str, list[str]]]:
    """Day, outcomes, direction and kinds of causes of every turn."""
    return [
        (one.day.isoformat(), f"{one.before.outcome}>{one.after.outcome}", one.direction, [c.kind for c in one.causes])
        for one in plan.turns
    ]


ROWS: list[tuple[str, Mapping[str, Part], list[tuple[str, str, str, list[str]]]]] = [
    (
        "an agreement ends the day after its last one",
        world({"require": [BAA]}, agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(9)}]),
        [(day(10), "pass>fail", "starts-to-block", ["agreement-ends"])],
    ),
    (
        "an agreement begins on the day on which it is signed",
        world({"require": [BAA]}, agreements=[{"kind": "baa", "signed": day(9)}]),
        [(day(9), "fail>pass", "stops-blocking", ["agreement-begins"])],
    ),
    (
        "of several agreements the one that ends last counts",
        world(
            {"require": [BAA]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(number)} for number in (5, 12, 9)],
        ),
        [(day(13), "pass>fail", "starts-to-block", ["agreement-ends"])],
    ),
    (
        "an agreement that follows without a gap turns nothing",
        world(
            {"require": [BAA]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(5)}, {"kind": "baa", "signed": day(6)}],
        ),
        [],
    ),
    (
        "a gap of one day is seen",
        world(
            {"require": [BAA]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(5)}, {"kind": "baa", "signed": day(7)}],
        ),
        [
            (day(6), "pass>fail", "starts-to-block", ["agreement-ends"]),
            (day(7), "fail>pass", "stops-blocking", ["agreement-begins"]),
        ],
    ),
    (
        "what the manifest claims has no end",
        world({"require": [BAA]}, usage={"agreements": ["baa"]}),
        [],
    ),
    (
        "evidence counts through the day on which it is as old as allowed",
        world({"require": [COVERED]}, cells={"hipaa_baa": {}}, bundle=AGES),
        [(day(21), "pass>unknown", "starts-to-block", ["evidence-ages"])],
    ),
    (
        "evidence of the future begins to count",
        world({"require": [COVERED]}, cells={"hipaa_baa": {"verified": day(3)}}),
        [(day(3), "unknown>pass", "stops-blocking", ["evidence-begins"])],
    ),
    (
        "evidence behind a registry condition ages, too",
        world(
            {"require": [COVERED]},
            cells={
                "hipaa_baa": {"verified": day(0), "conditions": [{"covered": "retention_zdr"}]},
                "retention_zdr": {"verified": day(-10), "conditions": [BAA]},
            },
            bundle=AGES,
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(15)}],
        ),
        [
            (day(11), "pass>unknown", "starts-to-block", ["evidence-ages"]),
            (day(16), "unknown>fail", "worse", ["agreement-ends"]),
        ],
    ),
    (
        "a waiver covers through its last day",
        world({"require": [False]}, waivers=[{"policy": "p", "expires": day(4)}]),
        [(day(5), "waived>fail", "starts-to-block", ["waiver-ends"])],
    ),
    (
        "another waiver goes on where one ends first",
        world({"require": [False]}, waivers=[{"policy": "p", "expires": day(4)}, {"policy": "*", "expires": day(8)}]),
        [(day(9), "waived>fail", "starts-to-block", ["waiver-ends"])],
    ),
    (
        "a result that a waiver covers turns only when its agreement begins",
        world(
            {"require": [BAA]},
            agreements=[{"kind": "baa", "signed": day(6), "expires": day(8)}],
            waivers=[{"policy": "p", "expires": day(20)}],
        ),
        [
            (day(6), "waived>pass", "better", ["agreement-begins"]),
            (day(9), "pass>waived", "worse", ["agreement-ends"]),
            (day(21), "waived>fail", "starts-to-block", ["waiver-ends"]),
        ],
    ),
    (
        "a policy is enforced",
        world({"require": [False], "enforce_from": day(7)}),
        [(day(7), "fail>fail", "starts-to-block", ["enforcement"])],
    ),
    (
        "what passes is not blocked by a policy that is enforced",
        world({"require": [True], "enforce_from": day(7)}),
        [(day(7), "pass>pass", "neither", ["enforcement"])],
    ),
    (
        "a warning that is enforced stays one",
        world({"require": [False], "severity": "warning", "enforce_from": day(7)}),
        [],
    ),
    (
        "a limit of days is passed",
        world(
            {"require": [{">=": [{"days_until": {"var": "agreements.baa.expires"}}, 30]}]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(50)}],
        ),
        [
            (day(21), "pass>fail", "starts-to-block", ["days"]),
            (day(51), "fail>unknown", "better", ["agreement-ends"]),
        ],
    ),
    (
        "a review that is to come, and grows too old",
        world(
            {"require": [{"<=": [{"days_since": {"var": "agreements.baa.reviewed.on"}}, 5]}]},
            agreements=[{"kind": "baa", "signed": SIGNED, "reviewed": {"by": "legal", "on": day(3)}}],
        ),
        [
            (day(3), "unknown>pass", "stops-blocking", ["agreement-reviewed"]),
            (day(9), "pass>fail", "starts-to-block", ["days"]),
        ],
    ),
    (
        "a setting that grows too old, between two limits",
        world(
            {"require": [{"<=": [0, {"days_since": {"var": "usage.settings.reviewed"}}, 5]}]},
            usage={"settings": {"reviewed": day(3)}},
        ),
        [(day(3), "fail>pass", "stops-blocking", ["days"]), (day(9), "pass>fail", "starts-to-block", ["days"])],
    ),
    (
        "a policy that applies from a day",
        world({"when": {">=": [{"var": "today"}, day(5)]}, "require": [False]}),
        [(day(5), "not_applicable>fail", "starts-to-block", ["days"])],
    ),
    (
        "a rule whose days nobody can foretell is tried day by day",
        world({"require": [{"!=": [{"%": [{"days_since": day(0)}, 20]}, 7]}]}),
        [
            (day(7), "pass>fail", "starts-to-block", ["days"]),
            (day(8), "fail>pass", "stops-blocking", ["days"]),
            (day(27), "pass>fail", "starts-to-block", ["days"]),
            (day(28), "fail>pass", "stops-blocking", ["days"]),
            (day(47), "pass>fail", "starts-to-block", ["days"]),
            (day(48), "fail>pass", "stops-blocking", ["days"]),
        ],
    ),
    (
        "today is held against a text that is no day",
        world({"require": [{"<": [{"var": "today"}, "2028-03"]}]}),
        [("2028-03-01", "pass>fail", "starts-to-block", ["days"])],
    ),
    (
        "a leap day is a day",
        world({"require": [{"!=": [{"var": "today"}, "2028-02-29"]}]}),
        [
            ("2028-02-29", "pass>fail", "starts-to-block", ["days"]),
            ("2028-03-01", "fail>pass", "stops-blocking", ["days"]),
        ],
    ),
    (
        "of two things that happen on one day only the one that matters is named",
        world(
            {"require": [BAA, {"or": [{"covered": "hipaa_baa"}, True]}]},
            cells={"hipaa_baa": {}},
            bundle=AGES,
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(20)}],
        ),
        [(day(21), "pass>fail", "starts-to-block", ["agreement-ends"])],
    ),
    (
        "two things that suffice each by itself are both named",
        world(
            {"require": [BAA, COVERED]},
            cells={"hipaa_baa": {}},
            bundle=AGES,
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(20)}],
        ),
        [(day(21), "pass>fail", "starts-to-block", ["agreement-ends", "evidence-ages"])],
    ),
    (
        "two things that it takes together are both named",
        world(
            {"require": [{"or": [BAA, COVERED]}]},
            cells={"hipaa_baa": {}},
            bundle=AGES,
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(20)}],
        ),
        [(day(21), "pass>unknown", "starts-to-block", ["agreement-ends", "evidence-ages"])],
    ),
    (
        "of three things two are needed together, and the third does not matter",
        world(
            {"require": [{"or": [BAA, COVERED]}, {"or": [{"covered": "soc2_type2"}, True]}]},
            cells={"hipaa_baa": {}, "soc2_type2": {}},
            bundle=AGES,
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(20)}],
        ),
        [(day(21), "pass>unknown", "starts-to-block", ["agreement-ends", "evidence-ages"])],
    ),
    (
        "any two of three things suffice, and none by itself",
        world(
            {"require": [{"or": [{"and": [{"agreement": one}, {"agreement": two}]} for one, two in PAIRS]}]},
            agreements=[{"kind": kind, "signed": SIGNED, "expires": day(20)} for kind in ("baa", "dpa", "zdr")],
        ),
        [(day(21), "pass>fail", "starts-to-block", ["agreement-ends"] * 3)],
    ),
    (
        "a waiver that ends beside something that would not have mattered",
        world(
            {"require": [False, BAA]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(4)}],
            waivers=[{"policy": "p", "expires": day(4)}],
        ),
        [(day(5), "waived>fail", "starts-to-block", ["waiver-ends"])],
    ),
    (
        "an observation counts through the last day of its age",
        world({"require": [ZDR]}, observations=[SEEN]),
        [(day(26), "pass>unknown", "starts-to-block", ["observation-ages"])],
    ),
    (
        "an observation says for itself that it is old sooner",
        world({"require": [ZDR]}, observations=[{**SEEN, "max_age_days": 9}]),
        [(day(5), "pass>unknown", "starts-to-block", ["observation-ages"])],
    ),
    (
        "what is claimed counts where what was observed is too old",
        world({"require": [ZDR]}, observations=[{**SEEN, "settings": {"zdr": False}}], usage=CLAIMED),
        [(day(26), "fail>pass", "stops-blocking", ["observation-ages"])],
    ),
    (
        "what is claimed counts for nothing where it must be observed",
        world({"require": [ZDR]}, observations=[{**SEEN, "settings": {"zdr": False}}], usage=CLAIMED, bundle=MUST),
        [(day(26), "fail>unknown", "better", ["observation-ages"])],
    ),
    (
        "an observation counts from its day",
        world({"require": [ZDR]}, observations=[{**SEEN, "observed": day(3)}], bundle=MUST),
        [
            (day(3), "unknown>pass", "stops-blocking", ["observation-begins"]),
            (day(34), "pass>unknown", "starts-to-block", ["observation-ages"]),
        ],
    ),
    (
        "what is attested counts once what was read is too old",
        world({"require": [ZDR]}, observations=[SEEN, {"observed": day(20), "settings": {"zdr": False}, **ATTESTED}]),
        [
            (day(26), "pass>fail", "starts-to-block", ["observation-ages"]),
            (day(51), "fail>unknown", "better", ["observation-ages"]),
        ],
    ),
    (
        "of an observation and an agreement that end on a day the one that matters is named",
        world(
            {"require": [ZDR]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(25)}],
            observations=[SEEN],
            bundle={"observations": {"max_age_days": 30}},
        ),
        [(day(26), "pass>unknown", "starts-to-block", ["observation-ages"])],
    ),
    (
        "of an observation and an agreement that are asked for, both are named where each is enough",
        world(
            {"require": [ZDR, BAA]},
            agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(25)}],
            observations=[SEEN],
        ),
        [(day(26), "pass>fail", "starts-to-block", ["agreement-ends", "observation-ages"])],
    ),
    (
        "an observation of another account turns nothing",
        world({"require": [ZDR]}, observations=[SEEN], usage={"account": "eu", **CLAIMED}),
        [],
    ),
    (
        "days are counted from an observed one",
        world(
            {"require": [{"<": [{"days_since": {"var": "usage.settings.review"}}, 20]}]},
            observations=[{**SEEN, "settings": {"review": day(-10)}}],
        ),
        [
            (day(10), "pass>fail", "starts-to-block", ["days"]),
            (day(26), "fail>unknown", "better", ["observation-ages"]),
        ],
    ),
    (
        "an observed tier is one no longer",
        world(
            {"require": [COVERED]},
            cells={"hipaa_baa": {"tier": "enterprise"}},
            observations=[{**SEEN, "tier": "enterprise"}],
        ),
        [(day(26), "pass>fail", "starts-to-block", ["observation-ages"])],
    ),
    (
        "an observation at the end of the calendar overflows nothing",
        world({"require": [ZDR]}, observations=[{**SEEN, "observed": "9999-12-31"}], usage=CLAIMED),
        [],
    ),
    (
        "nothing happens",
        world({"require": [False]}),
        [],
    ),
]


@pytest.mark.parametrize(("files", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_result_turns_when_and_because_it_should(
    files: Mapping[str, Part], expected: list[tuple[str, str, str, list[str]]], tmp_path: Path
) -> None:
    assert told(seen(tmp_path, files)) == expected


def test_cause_says_what_and_where(tmp_path: Path) -> None:
    agreement = {"kind": "baa", "signed": SIGNED, "expires": day(9), "reference": "LEGAL-482"}
    files = world({"require": [BAA]}, agreements=[{"kind": "dpa", "signed": SIGNED}, agreement])
    (turn,) = seen(tmp_path, files).turns
    (cause,) = turn.causes
    assert cause.message == f"agreement `baa` (LEGAL-482) ends on {day(9)}"
    text = (tmp_path / "policies" / "agreements.yaml").read_text(encoding="utf-8")
    assert text[cause.location.column - 1 :].startswith('"expires"')
    assert cause.location.column > text.index("LEGAL-482") - 120
    assert turn.last_day.isoformat() == day(9)


def test_observation_that_grows_old_is_told_with_the_command_that_reads_it_again(tmp_path: Path) -> None:
    files = world({"require": [ZDR]}, observations=[{**SEEN, "account": "eu-prod"}], usage={"account": "eu-prod"})
    (turn,) = seen(tmp_path, files).turns
    (cause,) = turn.causes
    whose = "what was observed of the account `eu-prod` of alpha"
    assert cause.message == f"{whose} on {day(-5)} is older than 30 days"
    text = (tmp_path / "policies" / "observations" / "0.yaml").read_text(encoding="utf-8")
    assert text[cause.location.column - 1 :].startswith('"observed"')
    again = "`vendorgate observe alpha --account eu-prod`"
    assert [*ways(turn)] == [f"by {day(25)}: have {again} read it again"]


def test_first_day_is_not_listed_and_the_last_is(tmp_path: Path) -> None:
    files = world({"require": [BAA]}, agreements=[{"kind": "baa", "signed": day(0), "expires": day(9)}])
    assert seen(tmp_path, files, 9).turns == ()
    assert [turn.day.isoformat() for turn in seen(tmp_path, files, 10).turns] == [day(10)]


def test_a_result_that_starts_to_block_twice_is_counted_once(tmp_path: Path) -> None:
    rule = {"!=": [{"%": [{"days_since": day(0)}, 20]}, 7]}
    plan = seen(tmp_path, world({"require": [rule]}))
    assert (plan.summary.turns, plan.summary.starts_to_block, plan.summary.stops_blocking) == (6, 1, 1)


@pytest.mark.parametrize(("deadline", "verdict"), [(None, "pass"), (9, "pass"), (10, "fail"), (11, "fail")])
def test_plan_fails_where_something_starts_to_block_by_the_deadline(
    deadline: int | None, verdict: str, tmp_path: Path
) -> None:
    files = world({"require": [BAA]}, agreements=[{"kind": "baa", "signed": SIGNED, "expires": day(9)}])
    last = None if deadline is None else START + datetime.timedelta(days=deadline)
    assert seen(tmp_path, files, deadline=last).verdict == verdict


def test_threshold_that_was_asked_for_decides_what_starts_to_block(tmp_path: Path) -> None:
    agreements: list[Part] = [{"kind": "baa", "signed": SIGNED, "expires": day(9)}]
    files = world({"require": [BAA], "severity": "warning"}, agreements=agreements)
    assert [turn.direction for turn in seen(tmp_path, files).turns] == ["worse"]
    assert [turn.direction for turn in seen(tmp_path, files, fail_on="warning").turns] == ["starts-to-block"]


def test_days_at_the_end_of_the_calendar_overflow_nothing(tmp_path: Path) -> None:
    files = world(
        {"require": [BAA, COVERED, {"<": [{"days_since": "9999-12-31"}, 1e300]}]},
        cells={"hipaa_baa": {"verified": "9999-12-31"}},
        agreements=[{"kind": "baa", "signed": SIGNED, "expires": "9999-12-31"}],
        waivers=[{"policy": "p", "expires": "9999-12-31"}],
        bundle={"registry": {"max_evidence_age_days": 10**12}},
    )
    gate = write(tmp_path, files)
    evaluation = gate.check(tmp_path / "vendorgate.yaml", as_of=datetime.date(9999, 12, 1))
    assert [turn.day.isoformat() for turn in plan_of(evaluation, datetime.date.max).turns] == ["9999-12-31"]
