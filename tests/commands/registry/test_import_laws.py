"""Laws of an import: it makes nothing better than the sources say, and changes no line that says the same."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import share
from tests.world import OFFERING, SNAPSHOT, judge
from vendorgate.commands.registry.imported_files import with_upstream
from vendorgate.commands.registry.rewriting import Unclear, rewritten, same, written
from vendorgate.commands.registry.upstream import read_upstream
from vendorgate.load.document import read_document

TODAY = datetime.date(2026, 11, 23)
DOCUMENTED = ("yes_public", "yes_sales_gated", "yes_platform_only")
GRADES = st.sampled_from([*DOCUMENTED[:2], "partial", "no", "unclear", "never_heard_of"])
DAYS = st.sampled_from(["2026-05-01", "2026-11-01", "2024-01-01"])
NAMES = st.lists(st.sampled_from(["m-1", "m-2", "m-*"]), min_size=1, max_size=2, unique=True)
REACH = st.one_of(st.fixed_dictionaries({"only": NAMES}), st.fixed_dictionaries({"except": NAMES}))
OURS = st.fixed_dictionaries(
    {"value": GRADES},
    optional={
        "verified": DAYS,
        "source": st.just("https://old.example/"),
        "confidence": st.sampled_from(["low", "high"]),
        "tier": st.sampled_from(["free", "enterprise"]),
        "scope": st.sampled_from([None, {}])
        | st.fixed_dictionaries({"models": REACH})
        | st.just({"regions": {"only": ["us"]}}),
        "valid_until": st.sampled_from(["2026-11-01", "2027-11-01"]),
        "note": st.just("ours"),
    },
)
THEIRS = st.fixed_dictionaries(
    {"value": GRADES},
    optional={
        "verified": DAYS,
        "source": st.sampled_from(["https://old.example/", "https://new.example/"]),
        "confidence": st.sampled_from(["low", "high"]),
        "tier": st.sampled_from(["free", "enterprise", "other"]),
        "facts": st.just({"days": 1}),
        "valid_until": st.sampled_from(["2026-11-01", "2027-11-01", "soon"]),
    },
)
EXCEPTIONS = st.lists(st.sampled_from(["m-1", "m-3"]), max_size=2)
USAGES = [
    {"data": ["phi"], "tier": tier, "region": "us", **models}
    for tier in ("free", "enterprise")
    for models in ({}, {"models": ["m-1"]}, {"models": ["m-2"]}, {"models": ["m-3"]})
]
POLICY = {"require": [{"covered": "hipaa_baa"}]}


def imported(ours: Any, theirs: Any, exceptions: list[str]) -> Any:
    """Our cell after an import."""
    offering = {"id": "alpha", **OFFERING, "models": ["m-*"], "dimensions": {"hipaa_baa": ours} if ours else {}}
    upstream = {
        "id": "alpha",
        **OFFERING,
        "dimensions": {"hipaa_baa": theirs},
        "model_exceptions": [{"model": model, "dimensions": ["hipaa_baa"]} for model in exceptions],
    }
    files = {"snapshot.yaml": written(SNAPSHOT).encode(), "offerings/alpha.yaml": written(offering).encode()}
    read = read_upstream(json.dumps({"offerings": [upstream]}).encode(), "data.json", TODAY)
    made, _ = with_upstream(files, read, "Includes data of x.")
    document = read_document("alpha.yaml", made["offerings/alpha.yaml"], [])
    assert document is not None
    value: Any = document.value
    return value["dimensions"].get("hipaa_baa")


def covered(folder: Path, cell: Any, usage: Any, demands: Any) -> bool:
    offering = {"models": ["m-*"], "dimensions": {"hipaa_baa": cell} if cell else {}}
    (result,) = judge(folder, offering, POLICY, usage, demands).results
    return result.outcome == "pass"


@settings(max_examples=share(60), deadline=None)
@given(cell=OURS, day=DAYS, exceptions=EXCEPTIONS)
def test_an_exception_alone_covers_nothing_more(
    cell: Any, day: str, exceptions: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("world")
    theirs = {key: value for key, value in cell.items() if key not in ("scope", "note")}
    after = imported(cell, theirs, exceptions)
    for usage in USAGES:
        if covered(folder, after, usage, {}):
            assert covered(folder, cell, usage, {})
            assert not set(usage.get("models", ())) & set(exceptions) or "verified" not in cell


@settings(max_examples=share(120), deadline=None)
@given(ours=st.none() | OURS, theirs=THEIRS, exceptions=EXCEPTIONS, least=st.sampled_from(["low", "high"]))
def test_what_becomes_covered_is_documented_upstream_of_a_newer_day_with_all_that_it_says(
    ours: Any, theirs: Any, exceptions: list[str], least: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, demands = tmp_path_factory.mktemp("world"), {"min_confidence": least}
    after = imported(ours, theirs, exceptions)
    for usage in USAGES:
        if covered(folder, after, usage, demands) and not covered(folder, ours, usage, demands):
            assert theirs["value"] in DOCUMENTED
            assert after.get("valid_until") == theirs.get("valid_until", (ours or {}).get("valid_until"))
            assert least == "low" or "high" in (theirs.get("confidence"), (ours or {}).get("confidence"))
            assert not set(usage.get("models", ())) & set(exceptions)
            assert ours is None or theirs["verified"] >= ours.get("verified", "")


@settings(max_examples=share(100), deadline=None)
@given(ours=st.none() | OURS, theirs=THEIRS, exceptions=EXCEPTIONS)
def test_importing_the_same_again_changes_nothing(ours: Any, theirs: Any, exceptions: list[str]) -> None:
    once = imported(ours, theirs, exceptions)
    assert same(imported(once, theirs, exceptions), once)


PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["no", "2026-01-01", "a: b", "- a", "1.10", "https://a.example/x", "a long text " * 20, "", " a"]),
)
KEYS = st.sampled_from(["value", "note", "facts", "scope", "verified", "a b", "x", "no"])
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
MAPPINGS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


def read(text: str) -> Any:
    problems: list[Any] = []
    document = read_document("x.yaml", text.encode("utf-8"), problems)
    assert problems == []
    assert document is not None
    return document.value


@settings(max_examples=share(400), deadline=None)
@given(
    old=MAPPINGS,
    change=MAPPINGS,
    removed=st.sets(KEYS, max_size=2),
    in_flow=st.booleans(),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_rewritten_text_has_the_new_values_or_none(
    old: Any, change: Any, removed: set[str], in_flow: bool, ending: str
) -> None:
    text = (json.dumps(old) + "\n" if in_flow else written(old)).replace("\n", ending)
    if in_flow and "\\u" in text:
        return
    old = read(text)
    new = {key: value for key, value in {**old, **change}.items() if key not in removed}
    if not set(new) & set(old):
        return
    try:
        made = rewritten(text, old, new)
    except Unclear:
        return
    assert same(read(made), new)


FILE = """\
# above
id: alpha   # the id
dimensions:
  one:
    value: partial   # a grade
    # before the note
    note: >-
      some words that go on
      on another line

    scope: {models: {except: [a,
      b]}, regions: {only: [us]}}   # behind
    facts:
      - p
      # in between
      - q
  two: {value: no_public_evidence, facts: {days: 30,
    more: [1, 2]}}
# below
"""
CHANGES: dict[str, tuple[Any, list[str], list[str]]] = {
    "a value": ({"one": {"value": "unclear"}}, ["    value: partial   # a grade"], ["    value: unclear   # a grade"]),
    "a list in brackets that grows": (
        {"one": {"scope": {"models": {"except": ["a", "b", "c d"]}, "regions": {"only": ["us"]}}}},
        ["      b]}, regions: {only: [us]}}   # behind"],
        ["      b, c d]}, regions: {only: [us]}}   # behind"],
    ),
    "a list below that grows": ({"one": {"facts": ["p", "q", "r"]}}, [], ["      - r"]),
    "something new": ({"one": {"tier": "free"}}, [], ["    tier: free"]),
    "something new in braces": (
        {"two": {"facts": {"days": 30, "more": [1, 2], "p": "no"}}},
        ["    more: [1, 2]}}"],
        ['    more: [1, 2], p: "no"}}'],
    ),
    "a text over lines that goes": (
        {"one": {"note": None}},
        ["    note: >-", "      some words that go on", "      on another line", ""],
        [],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_lines_of_a_change_change(name: str) -> None:
    change, gone, come = CHANGES[name]
    old = read(FILE)
    new = json.loads(json.dumps(old))
    for cell, fields in change.items():
        new["dimensions"][cell].update(fields)
        new["dimensions"][cell] = {key: value for key, value in new["dimensions"][cell].items() if value is not None}
    made = rewritten(FILE, old, new)
    assert same(read(made), new)
    before, after = FILE.split("\n"), made.split("\n")
    assert [line for line in before if line not in after] == [line for line in gone if line]
    assert [line for line in after if line not in before] == come
    assert len(after) == len(before) - len(gone) + len(come)


@pytest.mark.parametrize("place", ["scope: &s {models: {except: [a]}}", "scope: *s"])
def test_anchored_value_is_not_changed_for_others(place: str) -> None:
    anchored = "scope: &s {models: {except: [a]}}"
    text = f"one:\n  {anchored}\ntwo:\n  scope: *s\n"
    old = read(text)
    new = json.loads(json.dumps(old))
    new["two" if place == "scope: *s" else "one"]["scope"]["models"]["except"].append("b")
    made = rewritten(text, old, new)
    assert same(read(made), new) == (place == "scope: *s"), "else it is refused by whoever reads it again"
