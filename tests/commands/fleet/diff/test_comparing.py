"""What turned between two runs, which way, and why."""

from __future__ import annotations

import itertools
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.fleet.databases import Judged, Listed
from tests.commands.fleet.diff.runs import compared, reason, run, told
from tests.thoroughness import share
from vendorgate.commands.fleet.diff.grouping import MOST_EXAMPLES, MOST_GROUPS
from vendorgate.commands.fleet.diff.model import SubjectName
from vendorgate.commands.fleet.diff.wording import closing_words, notes
from vendorgate.commands.fleet.run.reading import Run
from vendorgate.model.vocabulary import CONTRACT

PATH = "acme/clinic/vendorgate.yaml"
ALPHA = {"offering.id": "alpha", "usage.region": "eu"}
GRADE = reason(("grade", "hipaa_baa", "the grade is no"))


NOT_SIGNED = reason(("agreement", None, "agreement `baa` is not in force"))
DAY = "what holds on a day: evidence, agreements, waivers, `enforce_from`"
OF_P = "`p`, or what else of the bundle it rests on"
ALPHA_BAA = "alpha: hipaa_baa"
WHOSE = "whose it is, or what no policy reads"
VERSION = "the version of vendorgate"
OTHER = {"name": "vendorgate", "version": "9"}


def judged(outcome: str, told: Any = None, **more: Any) -> Judged:
    reasons = {"p": told} if told is not None else {}
    return Judged(**{"facts": ALPHA, "results": {"p": outcome}, "reasons": reasons, **more})


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("pass", "pass", None),
        ("pass", "not_applicable", None),
        ("pass", "unknown!", "worse"),
        ("pass", "fail", "worse"),
        ("fail", "fail!", "worse"),
        ("unknown!", "fail!", "worse"),
        ("waived", "fail!", "worse"),
        ("not_applicable", "fail!", "worse"),
        ("fail!", "fail", "better"),
        ("fail!", "unknown!", "better"),
        ("fail!", "waived", "better"),
        ("fail!", "pass", "fixed"),
        ("fail!", "not_applicable", "fixed"),
        (None, "pass", None),
        (None, "fail!", "new"),
        (None, "unknown", "new"),
        ("fail!", None, "gone"),
        ("pass", None, None),
    ],
)
def test_a_turn_is_weighed_as_a_review_weighs_it(before: str | None, after: str | None, kind: str | None) -> None:
    sides = [[] if outcome is None else [judged(outcome)] for outcome in (before, after)]
    found = compared(run(sides[0]), run(sides[1], registry="other"))
    assert [one.kind for one in found.turned] == ([] if kind is None else [kind])
    assert found.added == (before is None)
    assert found.removed == (after is None)


def test_a_run_beside_itself_has_nothing_that_turned() -> None:
    subjects = [judged("fail!", GRADE), judged("pass", usage="other")]
    found = compared(run(subjects), run(subjects))
    assert found.is_empty
    assert found.unchanged == 2
    assert closing_words(found) == "nothing turned; 2 as they were; 0 subjects came, 0 went"


def test_one_change_of_a_cell_is_one_group_however_many_results_it_turns() -> None:
    usages = [judged("pass", usage=f"u{n:04}", manifest=f"acme/r{n % 50}/vendorgate.yaml") for n in range(500)]
    after = [one._replace(results={"p": "fail!"}, reasons={"p": GRADE}) for one in usages]
    found = compared(run(usages), run(after, registry="new"))
    assert told(found) == [("worse", ("registry",), "alpha: hipaa_baa", 500)]
    (group,) = found.turned
    assert (group.subjects, group.blocks, group.newly_blocking) == (500, 500, 500)
    assert len(group.examples) == MOST_EXAMPLES
    assert group.policies == (("p", 500),)


def test_a_subject_is_known_by_all_that_tells_it_from_others() -> None:
    fields = {
        "manifest": "b/c/vendorgate.yaml",
        "usage": "v",
        "route": "gateway",
        "offering": "beta",
        "account": "x",
        "vendor": "y",
    }
    one = judged("fail!")
    for field, value in fields.items():
        other = Judged(**{**one._asdict(), field: value})
        found = compared(run([one]), run([other]))
        assert [group.kind for group in found.turned] == ["new", "gone"], field


def test_two_subjects_of_one_name_are_held_against_each_other_in_their_order() -> None:
    found = compared(run([judged("pass"), judged("fail!")]), run([judged("pass"), judged("fail!"), judged("fail!")]))
    assert [(one.kind, one.results) for one in found.turned] == [("new", 1)]


@pytest.mark.parametrize(
    ("inputs", "old", "new", "expected"),
    [
        ({"registry": "x"}, ("pass", None), ("fail!", GRADE), (("registry",), "alpha: hipaa_baa")),
        ({"registry": "x", "day": "2026-11-24"}, ("pass", None), ("fail!", GRADE), (("registry",), "alpha: hipaa_baa")),
        (
            {"registry": "x", "day": "2026-11-24"},
            ("pass", None),
            ("fail!", reason(("evidence", "hipaa_baa", "verified 400 days ago"))),
            (("registry", "day"), "alpha: hipaa_baa"),
        ),
        ({"day": "2026-11-24"}, ("pass", None), ("fail!", GRADE), (("day",), DAY)),
        ({"bundle": "x"}, ("pass", None), ("fail!", NOT_SIGNED), (("policies",), "agreements in force")),
        ({"bundle": "x"}, ("pass", None), ("fail!", GRADE), (("policies",), OF_P)),
        ({"fail_on": "note"}, ("fail", GRADE), ("fail!", GRADE), (("threshold",), "`--fail-on`")),
        ({"fail_on": "note", "registry": "x"}, ("pass", None), ("fail!", GRADE), (("registry",), "alpha: hipaa_baa")),
        ({"registry": "x", "bundle": "x"}, ("fail", GRADE), ("fail!", GRADE), (("policies",), OF_P)),
        ({"tool": OTHER}, ("pass", None), ("fail!", GRADE), (("version",), VERSION)),
        (
            {"registry": "x", "day": "2026-11-24"},
            ("pass", None),
            ("fail!", reason(("grade", "d", "no"), rule={"<": [{"days_since": "2026-01-01"}, 9]})),
            (("registry", "day"), "alpha: d"),
        ),
        (
            {"registry": "x", "day": "2026-11-24"},
            ("pass", None),
            ("fail!", reason(("condition", "d", "condition not met: days since x < 9"))),
            (("registry", "day"), "alpha: d"),
        ),
        (
            {"registry": "x", "day": "2026-11-24"},
            ("unknown!", reason(("grade", "d", "unclear"), outcome="unknown", dimension="d", value="unclear")),
            ("fail!", reason(("grade", "d", "no"), dimension="d", value="no")),
            (("registry",), "alpha: d"),
        ),
        (
            {"registry": "x", "day": "2026-11-24"},
            ("pass", None),
            ("fail!", reason(("grade", "d", "no"), dimension="d", value=CONTRACT)),
            (("registry", "day"), "alpha: d"),
        ),
        ({}, ("pass", None), ("fail!", GRADE), (("manifest",), WHOSE)),
    ],
    ids=itertools.count(),
)
def test_a_cause_is_an_input_that_differs_and_can_have_done_it(inputs: Any, old: Any, new: Any, expected: Any) -> None:
    found = compared(run([judged(*old)]), run([judged(*new)], **inputs))
    assert told(found) == [("worse", *expected, 1)]


def test_a_waiver_that_ended_is_no_change_of_the_registry() -> None:
    found = compared(run([judged("waived", GRADE)]), run([judged("fail!", GRADE)], day="2026-12-01", registry="x"))
    assert told(found)[0][:2] == ("worse", ("day",))


@pytest.mark.parametrize(
    ("changed", "facts", "inputs", "expected"),
    [
        ({"sha256": "1"}, {"usage.region": "us"}, {}, (("manifest",), "`usage.region`")),
        ({"sha256": "1"}, {}, {"registry": "x"}, (("registry",), "alpha: hipaa_baa")),
        (
            {"sha256": "1"},
            {"usage.region": "us"},
            {"registry": "x"},
            (("manifest", "registry"), f"`usage.region`; {ALPHA_BAA}"),
        ),
        ({"sha256": "1", "owner": "other"}, {}, {"bundle": "x"}, (("manifest", "policies"), f"{WHOSE}; {OF_P}")),
        ({"owner": "other"}, {}, {"bundle": "x"}, (("policies",), OF_P)),
        ({}, {"offering.platform": "B"}, {"registry": "x"}, (("registry",), "alpha: hipaa_baa")),
        (
            {},
            {"usage.settings.zdr": False},
            {"bundle": "x", "day": "2026-11-24"},
            (("policies", "day"), OF_P),
        ),
    ],
    ids=itertools.count(),
)
def test_a_manifest_is_a_cause_where_it_says_something_else(
    changed: Any, facts: Any, inputs: Any, expected: Any
) -> None:
    listed = Listed(PATH)
    before = run([judged("pass")], [listed])
    after = run([judged("fail!", GRADE, facts={**ALPHA, **facts})], [listed._replace(**changed)], **inputs)
    assert told(compared(before, after)) == [("worse", *expected, 1)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"usage.region": "us"}, (("manifest", "day"), "`usage.region`")),
        (
            {"usage.region": "us", "offering.platform": "B"},
            (("manifest", "registry", "day"), "`usage.region`; alpha: hipaa_baa"),
        ),
    ],
)
def test_no_cell_says_to_whom_a_policy_applies(facts: Any, expected: Any) -> None:
    listed = Listed(PATH)
    before = run([judged("not_applicable")], [listed])
    now = judged("fail!", GRADE, facts={**ALPHA, **facts})
    after = run([now], [listed._replace(sha256="1")], registry="x", day="2026-11-24")
    assert told(compared(before, after)) == [("worse", *expected, 1)]


def test_a_requirement_that_is_further_from_being_met_is_worse_though_the_result_fails_already() -> None:
    one, two = ({"covered": name} for name in ("a", "b"))
    old = reason(("grade", "a", "no"), rule=one)
    new = {**old, "requirements": [*old["requirements"], *reason(("grade", "b", "no"), rule=two)["requirements"]]}
    found = compared(run([judged("fail!", old)]), run([judged("fail!", new)], registry="x"))
    assert told(found) == [("worse", ("registry",), "alpha: b", 1)]
    back = compared(run([judged("fail!", new)]), run([judged("fail!", old)], registry="x"))
    assert told(back) == [("better", ("registry",), "alpha: b", 1)]


def test_a_policy_that_came_or_went_is_told_by_its_name() -> None:
    two = judged("pass", results={"p": "pass", "q": "fail!"})
    came = compared(run([judged("pass")]), run([two], policies=("p", "q"), bundle="x"))
    assert told(came) == [("new", ("policies",), "`q` came or went", 1)]
    went = compared(run([two], policies=("p", "q")), run([judged("pass")], bundle="x"))
    assert told(went) == [("gone", ("policies",), "`q` came or went", 1)]


def test_what_vanished_because_it_failed_is_no_improvement() -> None:
    subjects = [judged("fail!", manifest=f"acme/{name}/vendorgate.yaml") for name in ("a", "b", "c", "d")]
    repositories = [(f"acme/{name}", "gathered") for name in ("a", "b", "c", "d")]
    after = run(
        subjects[3:],
        [Listed("acme/b/vendorgate.yaml", "acme/b", problems=("no manifest",))],
        [("acme/a", "error"), *((f"acme/{name}", "gathered") for name in ("b", "d", "e"))],
        verdict="incomplete",
    )
    found = compared(run(subjects, (), repositories), after)
    assert told(found) == [
        ("gone", (), "its manifest is not there any more", 1),
        ("lost", (), "its manifest or repository could not be judged any more", 2),
    ]
    assert [(one.kind, one.count, one.examples) for one in found.repositories] == [
        ("appeared", 1, ("acme/e",)),
        ("vanished", 1, ("acme/c",)),
        ("failed", 1, ("acme/a",)),
    ]
    assert [(one.kind, one.examples) for one in found.manifests] == [
        ("vanished", ("acme/a/vendorgate.yaml", "acme/c/vendorgate.yaml")),
        ("failed", ("acme/b/vendorgate.yaml",)),
    ]
    assert found.is_incomplete
    assert "run did not judge all that was meant: what is missing there is no improvement" in [*notes(found)]
    assert found.count("lost") == 2


def test_what_can_be_judged_again_is_new_and_says_so() -> None:
    broken = [Listed("acme/b/vendorgate.yaml", "acme/b", problems=("no manifest",))]
    before = run([], broken, [("acme/a", "error"), ("acme/b", "gathered")])
    subjects = [judged("fail!", manifest=f"acme/{name}/vendorgate.yaml") for name in ("a", "b", "c")]
    found = compared(before, run(subjects, (), [("acme/a", "gathered"), ("acme/b", "gathered")]))
    assert told(found) == [
        ("new", (), "its manifest or repository could not be judged before", 2),
        ("new", (), "its manifest was not there before", 1),
    ]
    assert [(one.kind, one.examples) for one in found.repositories] == [("mended", ("acme/a",))]
    assert [one.kind for one in found.manifests] == ["appeared", "mended"]


def test_a_usage_that_came_or_went_in_a_manifest_that_stays_is_told_so() -> None:
    kept = judged("pass", usage="a")
    found = compared(run([kept, judged("fail!", usage="b")]), run([kept, judged("fail!", usage="c")]))
    assert told(found) == [
        ("new", (), "its usage or route was not declared before", 1),
        ("gone", (), "its usage or route is not declared any more", 1),
    ]


def test_runs_that_are_given_the_wrong_way_round_are_told_apart() -> None:
    found = compared(run([judged("pass")], day="2026-11-24"), run([judged("pass")], day="2026-11-23"))
    assert found.is_turned_round
    assert "the first run is of a later day (2026-11-24) than the second (2026-11-23)" in [*notes(found)]


def test_rules_over_all_usages_turn_as_results_do() -> None:
    runs = [run([judged("pass")]) for _ in range(2)]
    outcomes = [{"a": "pass", "b": "fail", "c": "fail"}, {"a": "fail", "b": "pass", "d": "unknown"}]
    rows = [
        [(n, id, id, one, "error", one == "fail", "[]") for n, (id, one) in enumerate(each.items())]
        for each in outcomes
    ]
    for one, listed in zip(runs, rows, strict=True):
        one.database.executemany("INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?, ?)", listed)
    found = compared(*runs)
    assert [(one.policy, one.kind, one.before, one.after) for one in found.rules] == [
        ("a", "worse", ("pass", False), ("fail", True)),
        ("b", "fixed", ("fail", True), ("pass", False)),
        ("d", "new", None, ("unknown", False)),
        ("c", "gone", ("fail", True), None),
    ]
    assert (found.newly_blocking, found.count("new"), found.is_empty) == (1, 1, False)


def test_a_rule_that_is_open_because_something_could_not_be_judged_is_no_better() -> None:
    for verdict, kind in (("fail", "better"), ("incomplete", "lost")):
        runs = run([judged("pass")]), run([judged("pass")], verdict=verdict)
        for one, outcome in zip(runs, ("fail", "unknown"), strict=True):
            one.database.execute("INSERT INTO rules VALUES (0, 'a', 'A', ?, 'error', 1, '[]')", (outcome,))
        assert [one.kind for one in compared(*runs).rules] == [kind]


def test_causes_without_end_are_told_together() -> None:
    before, after = [], []
    for number in range(MOST_GROUPS + 50):
        path = f"acme/r{number:05}/vendorgate.yaml"
        before.append(judged("pass", manifest=path, facts={}))
        after.append(judged("fail!", GRADE, manifest=path, facts={f"usage.settings.s{number}": True}))
    found = compared(
        run(before), run(after, [Listed(one.manifest, "/".join(one.manifest.split("/")[:2]), "1") for one in after])
    )
    assert len(found.turned) == MOST_GROUPS + 1
    assert found.turned[0].results == 50
    assert sum(one.results for one in found.turned) == MOST_GROUPS + 50


NAMES = st.builds(
    SubjectName,
    st.sampled_from(("", "a/b", "a/b-c", "ä/😀")),
    st.sampled_from(("a/b/v.yaml", "a/b/x/v.yaml", "ä.yaml", "😀.yaml")),
    st.sampled_from(("u", "u-1", "u.1")),
    st.sampled_from(("primary", "fallback")),
    st.sampled_from(("alpha", "beta")),
    st.sampled_from(("", "x")),
    st.sampled_from(("",)),
)
Side = dict[SubjectName, str]
SIDES = st.lists(st.tuples(NAMES, st.sampled_from(("pass", "fail!", "unknown!", "waived"))), max_size=8)


def written(side: Side, chance: random.Random) -> Run:
    """A run of these subjects, in any order; one manifest path stands in one repository here."""
    manifests = [
        Listed(path, repository or None) for path, repository in {n.manifest: n.repository for n in side}.items()
    ]
    subjects = [judged(outcome, **_fields(name)) for name, outcome in side.items()]
    for listed in (manifests, subjects):
        chance.shuffle(listed)
    return run(subjects, manifests)


def _fields(name: SubjectName) -> dict[str, Any]:
    fields = ("manifest", "usage", "route", "offering")
    return {**{field: getattr(name, field) for field in fields}, "account": name.account or None}


def at_home(side: list[tuple[SubjectName, str]]) -> Side:
    """The same, with each path in one repository."""
    home = {name.manifest: name.repository for name, _ in side}
    return {msgspec.structs.replace(name, repository=home[name.manifest]): outcome for name, outcome in side}


@settings(max_examples=share(150))
@given(SIDES, SIDES, st.integers())
@pytest.mark.hypothesis
def test_every_result_is_counted_once_whatever_the_order_of_the_runs(before: Any, after: Any, seed: int) -> None:
    chance = random.Random(seed)
    old, new = at_home(before), at_home(after)
    found = compared(written(old, chance), written(new, chance))
    assert found.added == len(new.keys() - old.keys())
    assert found.removed == len(old.keys() - new.keys())
    trouble = {"pass": 0, "waived": 1, "unknown!": 2, "fail!": 3}
    both = old.keys() & new.keys()
    assert found.count("worse") == sum(trouble[new[name]] > trouble[old[name]] for name in both)
    assert found.count("better", "fixed") == sum(trouble[new[name]] < trouble[old[name]] for name in both)
    assert found.count("new") == sum(trouble[new[name]] > 0 for name in new.keys() - old.keys())
    assert found.count("gone") == sum(trouble[old[name]] > 0 for name in old.keys() - new.keys())
