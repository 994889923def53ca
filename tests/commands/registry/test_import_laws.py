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
from vendorgate.commands.registry.upstream import read_upstream
from vendorgate.load.document import read_document
from vendorgate.rewriting.changing import same, written

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
    about: Any = SNAPSHOT
    offering: Any = {"id": "alpha", **OFFERING, "models": ["m-*"], "dimensions": {"hipaa_baa": ours} if ours else {}}
    upstream = {
        "id": "alpha",
        **OFFERING,
        "dimensions": {"hipaa_baa": theirs},
        "model_exceptions": [{"model": model, "dimensions": ["hipaa_baa"]} for model in exceptions],
    }
    files = {"snapshot.yaml": written(about).encode(), "offerings/alpha.yaml": written(offering).encode()}
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
