"""Laws of reviews: an order of results, matching of paths, and what holds of every world."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Mapping
from glob import glob
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.commands.review.repository import (
    AUDITED,
    BAA,
    DAY,
    REGISTRY,
    Content,
    Repository,
    kinds,
    manifest,
    policies,
    usage,
)
from tests.world import judge
from vendorgate.comparison.model import Standing
from vendorgate.comparison.results import direction, standing
from vendorgate.load.finding import fits
from vendorgate.model.result import RequirementResult, Result
from vendorgate.model.vocabulary import Decision, Outcome, Severity


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A result of two requirements."""
    rule = {"require": [{"covered": "hipaa_baa"}, {"covered": "soc2_type2"}]}
    return judge(tmp_path_factory.mktemp("world"), {"dimensions": {}}, rule, {"data": ["phi"]}).results[0]


def variant(result: Result, outcome: Outcome, severity: Severity, blocks: bool, *met: Decision) -> Result:
    requirements = tuple(
        RequirementResult(one.requirement, decision, one.message, ())
        for one, decision in zip(result.requirements, met, strict=False)
    )
    return msgspec.structs.replace(
        result, outcome=outcome, severity=severity, blocks=blocks, requirements=requirements or result.requirements
    )


def every(result: Result) -> list[Result]:
    """Every kind of result that a gate can give; what has nothing wrong or is waived never blocks."""
    combined = itertools.product(get_args(Outcome), get_args(Severity), (False, True))
    return [
        variant(result, outcome, severity, blocks)
        for outcome, severity, blocks in combined
        if not blocks or outcome in ("fail", "unknown")
    ]


WORSE: list[tuple[tuple[Outcome, Severity, bool], tuple[Outcome, Severity, bool]]] = [
    (("pass", "error", False), ("unknown", "note", False)),
    (("pass", "error", False), ("waived", "note", False)),
    (("not_applicable", "error", False), ("fail", "note", False)),
    (("unknown", "error", True), ("fail", "error", True)),
    (("waived", "error", False), ("fail", "error", True)),
    (("waived", "error", False), ("unknown", "warning", False)),
    (("fail", "note", False), ("fail", "warning", False)),
    (("fail", "warning", False), ("fail", "error", False)),
    (("fail", "error", False), ("fail", "error", True)),
    (("fail", "error", False), ("unknown", "note", True)),
]


@pytest.mark.parametrize(("better", "worse"), WORSE)
def test_one_result_is_worse_than_another(
    better: tuple[Outcome, Severity, bool], worse: tuple[Outcome, Severity, bool], result: Result
) -> None:
    first, second = variant(result, *better), variant(result, *worse)
    assert standing(first) < standing(second)
    assert direction(first, second) == 1
    assert direction(second, first) == -1


def test_standing_is_a_total_order(result: Result) -> None:
    standings = {standing(one) for one in every(result)}
    ordered = sorted(standings)
    for (place, one), (other, two) in itertools.product(enumerate(ordered), repeat=2):
        assert (one < two) == (place < other)
        assert (one == two) == (place == other)


def test_nothing_is_better_than_nothing_wrong(result: Result) -> None:
    for one in every(result):
        clean = one.outcome in ("pass", "not_applicable")
        assert (standing(one) == standing(None) == Standing()) == clean
        assert standing(one) >= standing(None)
        assert direction(one, one) == 0
        assert direction(None, one) == (0 if clean else 1)
        assert direction(one, None) == (0 if clean else -1)


def test_direction_follows_standing_wherever_it_differs(result: Result) -> None:
    for one, two in itertools.product(every(result), repeat=2):
        if standing(one) != standing(two):
            assert direction(one, two) == (1 if standing(two) > standing(one) else -1) == -direction(two, one)
        else:
            assert direction(one, two) == 0


MET: list[tuple[tuple[Decision, Decision], tuple[Decision, Decision], int]] = [
    (("fail", "pass"), ("fail", "pass"), 0),
    (("fail", "pass"), ("fail", "unknown"), 1),
    (("fail", "unknown"), ("fail", "fail"), 1),
    (("fail", "fail"), ("fail", "pass"), -1),
    # One way of failing does not make up for another.
    (("fail", "pass"), ("pass", "fail"), 1),
]


@pytest.mark.parametrize(("before", "after", "expected"), MET)
def test_of_equal_results_one_is_worse_by_its_requirements(
    before: tuple[Decision, Decision], after: tuple[Decision, Decision], expected: int, result: Result
) -> None:
    old, new = (variant(result, "fail", "error", True, *met) for met in (before, after))
    assert direction(old, new) == expected


STEPS = st.lists(st.sampled_from(["a", "b", ".c", "ab"]), min_size=1, max_size=4)
PATTERNS = st.lists(st.sampled_from(["a", "*", "**", "?", "a*", ".*", "[ab]", "*b"]), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(paths=st.lists(STEPS, min_size=1, max_size=4), pattern=PATTERNS)
def test_globs_find_in_commits_what_they_find_on_the_disk(paths: list[list[str]], pattern: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            at = Path(folder, *path[:-1], f"{path[-1]}.f")
            at.parent.mkdir(parents=True, exist_ok=True)
            at.touch()
        wanted = [*pattern[:-1], pattern[-1] if pattern[-1] == "**" else f"{pattern[-1]}.f"]
        on_the_disk = {
            Path(one).relative_to(folder).parts
            for one in glob("/".join([folder, *wanted]), recursive=True)
            if Path(one).is_file()
        }
        there = {one.relative_to(folder).parts for one in Path(folder).rglob("*") if one.is_file()}
        assert {parts for parts in there if fits(parts, wanted)} == on_the_disk


OFFERINGS = st.sampled_from(["alpha", "beta", "gamma"])


@st.composite
def manifests(draw: st.DrawFn) -> dict[str, Any]:
    usages = []
    for number in range(draw(st.integers(0, 3))):
        first, *others = draw(st.lists(OFFERINGS, min_size=1, max_size=3, unique=True))
        data = draw(st.lists(st.sampled_from(["phi", "pii", "public"]), min_size=1, unique=True))
        usages.append(usage(f"u{number}", first, *data, fallbacks=others))
    return manifest(*usages)


@st.composite
def bundles(draw: st.DrawFn) -> Mapping[str, Content]:
    """Policies, and perhaps waivers."""
    severities = st.sampled_from(get_args(Severity))
    unknown = st.sampled_from(["fail", "warn", "pass"])
    rules = [{**rule, "severity": draw(severities), "on_unknown": draw(unknown)} for rule in (BAA, AUDITED)]
    waiver = {
        "policy": draw(st.sampled_from(["*", "audited"])),
        "reason": "r",
        "approved_by": "a",
        "expires": "2027-01-01",
    }
    entries = [waiver] if draw(st.booleans()) else []
    return {"policies/rules.yaml": policies(*rules), "policies/waivers.yaml": {"version": 1, "waivers": entries}}


NAMES = st.sampled_from(["vendorgate.yaml", "a/vendorgate.yaml", "b/c/vendorgate.yaml"])
PROJECTS = st.dictionaries(NAMES, manifests(), min_size=1, max_size=3)


@settings(max_examples=12, deadline=None)
@given(files=PROJECTS, bundle=bundles())
def test_review_of_identical_trees_reports_nothing(files: dict[str, Content], bundle: Mapping[str, Content]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Path(folder))
        repository.commit({**REGISTRY, **bundle, **files})
        repository.branch("change")
        repository.commit()
        for more in ((), ("--trust-head",)):
            report = repository.report(*more)
            assert set(kinds(report)) <= {"blocking"}
            assert report["summary"]["unchanged"] == len(report["report"]["results"])
            assert (report["integrations"], report["data"], report["edits"]["files"]) == ([], [], [])
            assert not any(change["causes"] for change in report["changes"])
        assert repository.review("--new-only").code == 0


@settings(max_examples=12, deadline=None)
@given(before=PROJECTS, after=PROJECTS, bundle=bundles(), edited=bundles())
def test_head_is_judged_as_a_check_with_the_folders_of_the_base_would(
    before: dict[str, Content], after: dict[str, Content], bundle: Mapping[str, Content], edited: Mapping[str, Content]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository, base = Repository(Path(folder, "r")), Path(folder, "base")
        repository.commit({**REGISTRY, **bundle, **before})
        repository.git("worktree", "add", "--quiet", "--detach", str(base))
        repository.branch("change")
        repository.commit({**edited, **dict.fromkeys(set(before) - set(after)), **after})
        report = repository.report()
        for name, content in after.items():
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        check = json.loads(vendorgate("check", *sorted(after), "--as-of", DAY, "--format", "json", folder=base).stdout)
        own = ("edits-not-in-force", "manifest-gone", "unbound-project")
        told = [one for one in report["report"]["notices"] if one["id"] not in own]
        assert {**report["report"], "notices": told} == check
        assert report["verdict"] == check["verdict"]
        new_only = repository.report("--new-only")
        assert new_only["summary"]["blocking"] == sum(
            one["after"]["blocks"] for one in report["changes"] if one["change"] in ("new", "worse")
        )
