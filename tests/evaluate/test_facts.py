"""Facts that hold for some names alone: each declared name reads its own, and where they differ nothing is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import told
from tests.world import Part, judge
from vendorgate.evaluate.facts import same
from vendorgate.model.result import Result

FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
OFFERING: Part = {
    "endpoints": ["chat", "files", "batch", "threads"],
    "models": ["m-*", "n"],
    "features": ["memory", "search"],
}
BASE: Part = {"days": 30, "where": {"place": "us"}}


def entry(axis: str, names: list[str], **facts: Any) -> Part:
    return {"scope": {axis: {"only": names}}, "facts": facts}


FILES = entry("endpoints", ["files", "threads"], days=None, state="until deleted")
BATCH = entry("endpoints", ["batch"], days=9)
LATER = entry("endpoints", ["files", "batch"], days=1, where={"place": "de"})
MEMORY = entry("features", ["memory"], days=90)
MODEL = entry("models", ["m-1*"], days=3)


def judged(folder: Path, fact: str, value: Any, usage: Part, cell: Part) -> Result:
    offering = {**OFFERING, "dimensions": {"hipaa_baa": {**FINE, "facts": BASE, **cell}}}
    rule = {"==": [{"var": f"registry.hipaa_baa.facts.{fact}"}, value]}
    return judge(folder, offering, {"require": [rule]}, {"data": ["phi"], **usage}).results[0]


def is_read(folder: Path, fact: str, value: Any, usage: Part, cell: Part) -> bool:
    """Whether a fact reads as a value; None: as nothing that is known."""
    outcome = judged(folder, fact, "?" if value is None else value, usage, cell).outcome
    return outcome == ("unknown" if value is None else "pass")


CHAT: Part = {"endpoints": ["chat"], "models": ["n"]}


@pytest.mark.parametrize(
    ("entries", "usage", "fact", "value"),
    [
        ([FILES], CHAT, "days", 30),
        ([FILES], {"endpoints": ["files"]}, "days", None),
        ([FILES], {"endpoints": ["files"]}, "state", "until deleted"),
        ([FILES], {"endpoints": ["files", "threads"]}, "state", "until deleted"),
        ([FILES], CHAT, "state", None),
        ([FILES], {"endpoints": ["chat", "files"]}, "state", None),
        ([FILES], {"endpoints": ["chat", "files"]}, "days", None),
        ([FILES], {}, "days", None),
        ([FILES], {}, "where.place", "us"),
        ([BATCH], {"endpoints": ["batch"]}, "days", 9),
        ([BATCH], {"endpoints": ["chat", "batch"]}, "days", None),
        ([entry("endpoints", ["batch"], days=30)], {"endpoints": ["chat", "batch"]}, "days", 30),
        ([FILES, LATER], {"endpoints": ["files"]}, "days", None),
        ([LATER, FILES], {"endpoints": ["files"]}, "days", 1),
        ([FILES, LATER], {"endpoints": ["files"]}, "where.place", "de"),
        ([FILES, LATER], {"endpoints": ["batch"]}, "days", 1),
        ([MEMORY], {}, "days", 30),
        ([MEMORY], {"features": ["search"]}, "days", 30),
        ([MEMORY], {"features": ["memory"]}, "days", 90),
        ([MEMORY], {"features": ["memory", "search"]}, "days", None),
        ([MODEL], {"models": ["m-1x"]}, "days", 3),
        ([MODEL], {"models": ["n"]}, "days", 30),
        ([MODEL], {"models": ["n", "m-1"]}, "days", None),
        ([MODEL], {}, "days", None),
        ([MODEL, MEMORY], {"models": ["m-1"], "features": ["memory"]}, "days", None),
        ([MODEL, entry("features", ["memory"], days=3)], {"models": ["m-1"], "features": ["memory"]}, "days", 3),
        ([entry("endpoints", ["b*"], days=9)], {"endpoints": ["batch"]}, "days", 9),
        ([entry("endpoints", ["chat"], where={"city": "x"})], CHAT, "where.city", "x"),
        ([entry("endpoints", ["chat"], where={"city": "x"})], CHAT, "where.place", None),
        ([entry("endpoints", ["chat"], where="x")], CHAT, "where.place", None),
    ],
)
def test_each_declared_name_reads_the_first_entry_that_reaches_it(
    entries: list[Part], usage: Part, fact: str, value: Any, tmp_path: Path
) -> None:
    assert is_read(tmp_path, fact, value, usage, {"scoped_facts": entries})


@pytest.mark.parametrize(
    ("cell", "usage", "value"),
    [
        ({"scope": {"endpoints": {"only": ["chat"]}}}, {"endpoints": ["batch"]}, 9),
        ({"scope": {"endpoints": {"only": ["batch"]}}}, CHAT, None),
        ({"tier": "enterprise"}, {"endpoints": ["batch"]}, 9),
        ({"tier": "enterprise"}, CHAT, None),
        ({"value": "no"}, {"endpoints": ["batch"]}, 9),
        ({"value": "unclear"}, {"endpoints": ["batch"]}, None),
        ({"value": "partial"}, {"endpoints": ["batch"]}, None),
        ({"verified": "2020-01-01"}, {"endpoints": ["batch"]}, None),
        ({"valid_until": "2026-11-22"}, {"endpoints": ["batch"]}, None),
        ({}, {"endpoints": ["batch"], "models": ["o"]}, None),
    ],
)
def test_an_entry_counts_whatever_the_cells_scope_and_tier_but_not_whatever_its_evidence(
    cell: Part, usage: Part, value: Any, tmp_path: Path
) -> None:
    assert is_read(tmp_path, "days", value, usage, {"scoped_facts": [BATCH], **cell})


@pytest.mark.parametrize(
    ("cell", "usage", "lines"),
    [
        (
            {"scoped_facts": [FILES, BATCH]},
            {"endpoints": ["files", "batch", "chat"]},
            [
                "endpoint `files`: the registry states nothing that is known",
                "endpoint `batch`: the registry states 9",
                "endpoint `chat`: the registry states 30",
            ],
        ),
        (
            {"scoped_facts": [FILES]},
            {},
            ["the registry states it apart for some endpoints", "`endpoints` is not declared -> declare endpoints"],
        ),
        (
            {"scoped_facts": [BATCH], "scope": {"endpoints": {"only": ["batch"]}}},
            {"endpoints": ["chat"]},
            [
                "endpoint `chat` is outside the documented scope -> replace chat",
                "endpoint `chat`: the registry states nothing that is known",
            ],
        ),
        ({"value": "unclear"}, CHAT, ["graded `unclear`: what the vendor documents is unclear"]),
        ({"tier": "enterprise"}, CHAT, None),
        ({}, {"models": ["o"]}, None),
    ],
)
def test_why_a_fact_is_not_known_is_told_name_by_name(
    cell: Part, usage: Part, lines: list[str] | None, tmp_path: Path
) -> None:
    (requirement,) = judged(tmp_path, "days", "?", usage, cell).requirements
    first, *rest = told(requirement.reasons)
    assert first.startswith("unknown grade of hipaa_baa: registry.hipaa_baa.facts.days is not known")
    said = [line.split(": ", 1)[1].split(" @ ")[0] for line in rest]
    if lines is None:
        assert len(said) == 1
    else:
        assert said == lines


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (None, None, True),
        ([1, [True]], [1, [True]], True),
        ([1], [1, 2], False),
        ([True], [1], False),
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1}, [1], False),
        ("1", 1, False),
        ("ab", ["a", "b"], False),
        (["a", "b"], "ab", False),
        ([1], 1, False),
        ({"a": "ab"}, {"a": ["a", "b"]}, False),
    ],
)
def test_facts_are_the_same_as_json_has_them(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is equal


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({}, "restricts nothing"),
        ({"regions": {"only": ["us"]}}, "unknown key `regions`"),
        ({"endpoints": {"only": ["chat"]}, "models": {"only": ["n"]}}, "restricts endpoints and models"),
        ({"endpoints": {"except": ["chat"]}}, "unknown key `except`"),
        ({"endpoints": {"only": ["chat"], "except": ["files"]}}, "unknown key `except`"),
        ({"endpoints": {"only": []}}, "`only` is empty"),
        ({"endpoints": {"only": ["chatt"]}}, "`chatt` is not among the endpoints of this offering"),
        ({"features": {"only": ["memori"]}}, "`memori` is not among the features of this offering"),
    ],
)
def test_a_scope_of_facts_that_could_reach_nothing_is_refused(scope: Part, said: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=said):
        judged(tmp_path, "days", 30, CHAT, {"scoped_facts": [{"scope": scope, "facts": {"days": 1}}]})
