"""What a change edits of observations and accounts, and what each edit does to the gate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.impact.sides import MANIFEST, Sides, manifest, policies, rows, usage
from tests.commands.review.repository import changed
from tests.commands.review.test_edits import read
from vendorgate.comparison.edits import edits
from vendorgate.comparison.wording import edit_words

Files = Mapping[str, Any]
ZDR = {
    "id": "zdr",
    "title": "Nothing is kept",
    "require": [{"==": [{"var": "usage.settings.zdr"}, True]}],
}
RULES = {"rules.yaml": policies(ZDR)}
SEEN = {"version": 1, "offering": "alpha", "account": "eu", "observed": "2026-11-20"}
BY = {"attested": {"by": "ciso@example.org", "evidence": "console.png"}, "sha256": "0" * 64}
SCOPED = {"scope": {"models": {"only": ["m"]}}, "settings": {"zdr": True}}
W, S, C = "weaker", "stricter", "changed"
NAME = "alpha (account eu)"


def seen(**more: Any) -> Files:
    return {**RULES, "observations/a.yaml": {**SEEN, **more}}


def told(value: Any = True, **more: Any) -> Files:
    return seen(settings={"zdr": value}, **more)


def rules(**more: Any) -> Files:
    return {**RULES, "bundle.yaml": {"observations": more}}


def accounts(*names: str, **more: Any) -> Files:
    entries = [{"offering": "alpha", "name": name, **more} for name in names]
    return {**RULES, "accounts.yaml": {"version": 1, "accounts": entries}}


def must(files: Files) -> Files:
    return {**files, "bundle.yaml": {"observations": {"required": ["alpha"]}}}


CASES: dict[str, tuple[Files, Files, list[tuple[str, str, str, str]]]] = {
    "an observation with which a rule holds": (RULES, told(), [("observation", NAME, "added", W)]),
    "an observation with which it does not": (RULES, told(False), [("observation", NAME, "added", S)]),
    "an observation of what no rule reads": (RULES, seen(settings={"x": 1}), [("observation", NAME, "added", C)]),
    "an observation that tells nothing": (RULES, seen(), [("observation", NAME, "added", C)]),
    "an observation that is taken away": (told(False), RULES, [("observation", NAME, "removed", W)]),
    "one that is taken away where it must be": (must(told(False)), must(RULES), [("observation", NAME, "removed", S)]),
    "a value with which a rule holds": (told(False), told(), [("observation", NAME, "changed", W)]),
    "a value with which it holds no more": (told(), told(False), [("observation", NAME, "changed", S)]),
    "a value that looks alike": (told(True), told(1), [("observation", NAME, "changed", C)]),
    "a value that is told no more": (told(False), seen(unreadable=["zdr"]), [("observation", NAME, "changed", W)]),
    "a value that is told no more where it must be": (
        must(told()),
        must(seen(unreadable=["zdr"])),
        [("observation", NAME, "changed", S)],
    ),
    "a region that is told no more": (seen(region="us"), seen(), [("observation", NAME, "changed", W)]),
    "no features are told any more": (seen(features=[]), seen(), [("observation", NAME, "changed", W)]),
    "another day": (told(), told(observed="2026-11-27"), [("observation", NAME, "changed", C)]),
    "another account": (
        told(False),
        told(False, account="us"),
        [("observation", NAME, "removed", W), ("observation", "alpha (account us)", "added", S)],
    ),
    "an observation by a person in the place of one by a program": (
        told(False),
        told(**BY),
        [("observation", NAME, "removed", W), ("observation", f"{NAME}, attested", "added", W)],
    ),
    "it counts for fewer days": (told(), told(max_age_days=7), [("observation", NAME, "changed", S)]),
    "it counts for more days": (told(max_age_days=7), told(max_age_days=9), [("observation", NAME, "changed", W)]),
    "it counts as long as any": (told(max_age_days=7), told(), [("observation", NAME, "changed", W)]),
    "it was read for some models alone": (
        told(False),
        told(False, scope={"models": {"only": ["m"]}}),
        [("observation", NAME, "changed", W)],
    ),
    "it was read for the whole account": (
        told(False, scope={"models": {"only": ["m"]}}),
        told(False),
        [("observation", NAME, "changed", C)],
    ),
    "it tells nothing of a model any more": (
        told(False, scoped_settings=[SCOPED]),
        told(False),
        [("observation", NAME, "changed", W)],
    ),
    "it tells something of a model": (
        told(False),
        told(False, scoped_settings=[SCOPED]),
        [("observation", NAME, "changed", C)],
    ),
    "observations count for longer": (
        rules(max_age_days=30),
        rules(max_age_days=60),
        [("bundle", "observations.max_age_days", "changed", W)],
    ),
    "observations count for less long": (
        rules(),
        rules(max_age_days=7),
        [("bundle", "observations.max_age_days", "changed", S)],
    ),
    "an offering must be observed no more": (
        rules(required=["alpha", "beta"]),
        rules(required=["beta"]),
        [("bundle", "observations.required", "changed", W)],
    ),
    "another offering must be observed": (
        rules(required=["beta"]),
        rules(required=["alpha", "beta"]),
        [("bundle", "observations.required", "changed", S)],
    ),
    "one offering in the place of another": (
        rules(required=["beta"]),
        rules(required=["alpha"]),
        [("bundle", "observations.required", "changed", W)],
    ),
    "what people attest counts": (rules(), rules(attested=True), [("bundle", "observations.attested", "changed", W)]),
    "what people attest counts no more": (
        rules(attested=True),
        rules(),
        [("bundle", "observations.attested", "changed", S)],
    ),
    "accounts are listed": (RULES, accounts("eu"), [("bundle", "accounts.yaml", "added", S)]),
    "accounts are listed no more": (accounts("eu"), RULES, [("bundle", "accounts.yaml", "removed", W)]),
    "an account comes": (accounts("eu"), accounts("eu", "us"), [("account", "alpha (account us)", "added", W)]),
    "an account goes": (accounts("eu", "us"), accounts("eu"), [("account", "alpha (account us)", "removed", S)]),
    "an account is another one": (
        accounts("eu", project="a"),
        accounts("eu", project="b"),
        [("account", NAME, "changed", C)],
    ),
    "nothing changes": (told(), told(), []),
}


@pytest.mark.parametrize("name", CASES)
def test_edit_is_told_with_what_it_does_to_the_gate(name: str, tmp_path: Path) -> None:
    old, new, expected = CASES[name]
    found = edits(read(old, tmp_path / "old"), read(new, tmp_path / "new"))
    assert [(one.what, one.name, one.kind, one.effect) for one in found] == expected


def test_values_are_shown(tmp_path: Path) -> None:
    (added,) = edits(read(RULES, tmp_path / "a"), read(told(), tmp_path / "b"))
    assert "settings.zdr not stated -> true" in edit_words(added)
    (edit,) = edits(read(told(), tmp_path / "c"), read(told(False), tmp_path / "d"))
    assert edit_words(edit) == f"observation `{NAME}`: settings.zdr true -> false"


def test_requirement_that_is_no_rule_decides_nothing(tmp_path: Path) -> None:
    broken = {**ZDR, "require": [{"covered": [{"var": "usage.settings.zdr"}], "or": []}]}
    files = {"rules.yaml": policies(broken)}
    (edit,) = edits(read({**told(), **files}, tmp_path / "a"), read({**told(False), **files}, tmp_path / "b"))
    assert edit.effect == C


def test_review_goes_by_the_observations_of_the_base(tmp_path: Path) -> None:
    """A change that takes away what was observed, or writes another value down, does not pass by it."""
    used = manifest(usage("u", "alpha", account="eu", settings={"zdr": True}))
    rule = {"policies/rules.yaml": policies(ZDR)}
    file = "policies/observations/a.yaml"
    observed = {**SEEN, "settings": {"zdr": False}}
    for number, edit in enumerate((None, {**SEEN, "settings": {"zdr": True}})):
        repository = changed(tmp_path / str(number), {**rule, file: observed, "vendorgate.yaml": used}, {file: edit})
        report = repository.report()
        (result,) = report["report"]["results"]
        assert result["outcome"] == "fail"
        (told_edit,) = report["edits"]["edits"]
        assert (told_edit["what"], told_edit["effect"]) == ("observation", W)


IMPACTS: dict[str, tuple[Files, Files, list[tuple[Any, ...]]]] = {
    "another value": (
        told(),
        told(False),
        [("blocking", "u alpha zdr", "pass", "fail", "observation", f"observation {NAME}")],
    ),
    "an observation that is gone": (
        told(False),
        RULES,
        [("fixed", "u alpha zdr", "fail", "pass", "observation", f"observation {NAME}")],
    ),
    "what must be observed": (
        RULES,
        must(RULES),
        [("blocking", "u alpha zdr", "pass", "unknown", "observation", "bundle observations.required")],
    ),
}


@pytest.mark.parametrize(("now", "then", "expected"), IMPACTS.values(), ids=IMPACTS)
def test_impact_rests_on_what_was_observed(
    now: Files, then: Files, expected: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    used = manifest(usage("u", "alpha", account="eu", settings={"zdr": True}))
    both = ({f"policies/{name}": value for name, value in files.items()} for files in (now, then))
    report = Sides(tmp_path, {MANIFEST: used}, *both).report()
    assert rows(report) == expected
