"""What changed, and whether it is better or worse for somebody who relies on it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT, vendorgate
from tests.world import OFFERING, SNAPSHOT
from vendorgate.comparison.registry_difference import difference
from vendorgate.comparison.registry_model import RegistryDifference
from vendorgate.load.files import folder
from vendorgate.snapshots import read_snapshot

GOOD = ROOT / "tests" / "cases" / "shared" / "registry"
BASE: dict[str, Any] = {
    "value": "yes_sales_gated",
    "confidence": "medium",
    "verified": "2026-06-01",
    "source": "https://a.example/",
    "scope": {"models": {"only": ["a", "b"]}, "features": {"except": ["x"]}},
    "conditions": [{"agreement": "baa"}],
    "facts": {"days": 30, "more": [1]},
}


def snapshot(there: Path, cells: dict[str, Any], whole: dict[str, Any] | None = None, **more: Any) -> Any:
    (there / "offerings").mkdir(parents=True)
    (there / "snapshot.yaml").write_text(json.dumps({**SNAPSHOT, **(whole or {})}), encoding="utf-8")
    offering = {"id": "alpha", **OFFERING, "dimensions": cells, **more}
    (there / "offerings" / "alpha.yaml").write_text(json.dumps(offering), encoding="utf-8")
    return read_snapshot(folder(there))


def compared(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> RegistryDifference:
    return difference(snapshot(folder / "old", old), snapshot(folder / "new", new))


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        ({"value": "yes_public"}, "better"),
        ({"value": "yes_platform_only"}, "changed"),
        ({"value": "partial"}, "worse"),
        ({"value": "unclear"}, "worse"),
        ({"value": "no"}, "worse"),
        ({"value": "never_heard_of"}, "worse"),
        ({"confidence": "high"}, "better"),
        ({"confidence": "low"}, "worse"),
        ({"confidence": None}, "worse"),
        ({"verified": "2026-07-01"}, "better"),
        ({"verified": "2026-05-01"}, "worse"),
        ({"verified": None}, "worse"),
        ({"source": None}, "worse"),
        ({"source": "https://b.example/"}, "changed"),
        ({"tier": "enterprise"}, "worse"),
        ({"note": "said differently"}, "changed"),
        ({"scope": None}, "better"),
        ({"scope": {"models": {"only": ["a"]}, "features": {"except": ["x"]}}}, "worse"),
        ({"scope": {"models": {"only": ["a", "b", "c"]}, "features": {"except": ["x"]}}}, "better"),
        ({"scope": {"models": {"only": ["b", "a"]}, "features": {"except": ["x"]}}}, "changed"),
        ({"scope": {"models": {"only": ["a", "c"]}, "features": {"except": ["x"]}}}, "worse"),
        ({"scope": {"models": {"only": ["a", "b"]}, "features": {"except": ["x", "y"]}}}, "worse"),
        ({"scope": {"models": {"only": ["a", "b"]}, "features": {"except": []}}}, "better"),
        ({"scope": {"models": {"only": ["a", "b"]}, "regions": {"only": ["us"]}}}, "worse"),
        ({"conditions": None}, "better"),
        ({"conditions": [{"agreement": "baa"}, {"agreement": "zdr"}]}, "worse"),
        ({"conditions": [{"agreement": "zdr"}]}, "worse"),
        ({"facts": {"days": 30}}, "worse"),
        ({"facts": {"days": 30, "more": [1], "new": True}}, "better"),
        ({"facts": {"days": 60, "more": [1]}}, "changed"),
        ({"value": "yes_public", "confidence": "low"}, "worse"),
    ],
)
def test_change_of_a_cell_is_better_or_worse(change: dict[str, Any], direction: str, tmp_path: Path) -> None:
    found = compared(tmp_path, {"hipaa_baa": BASE}, {"hipaa_baa": {**BASE, **change}})
    (cell,) = found.cells
    assert (cell.kind, cell.direction) == ("changed", direction)
    assert found.worse == (direction == "worse")
    assert found.offerings == ()


TABLE: list[Any] = [{"scope": {"endpoints": {"only": ["files"]}}, "facts": {"days": None}}]
KNOWN: list[Any] = [{"scope": {"endpoints": {"only": ["files"]}}, "facts": {"days": 0}}]


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ({"value": "partial", "scope": None}, {"value": "partial"}, "better"),
        ({"value": "partial"}, {"value": "partial", "scope": None}, "worse"),
        ({"value": "partial", "scope": {}}, {"value": "partial"}, "better"),
        ({"value": "unclear", "scope": None}, {"value": "partial"}, "better"),
        ({"value": "no", "scope": None}, {"value": "yes_public"}, "better"),
        ({"value": "partial"}, {"value": "unclear", "scope": None}, "worse"),
        ({"scope": None}, {"value": "partial"}, "worse"),
        ({"scope": None}, {}, "worse"),
        ({}, {"valid_until": "2027-01-01"}, "worse"),
        ({"valid_until": "2027-01-01"}, {}, "better"),
        ({"valid_until": "2027-01-01"}, {"valid_until": "2027-01-02"}, "better"),
        ({"valid_until": "2027-01-02"}, {"valid_until": "2027-01-01"}, "worse"),
        ({}, {"scoped_facts": TABLE}, "worse"),
        ({"scoped_facts": TABLE}, {}, "better"),
        ({}, {"scoped_facts": KNOWN}, "changed"),
        ({"scoped_facts": TABLE}, {"scoped_facts": KNOWN}, "changed"),
        ({"scoped_facts": [*TABLE, *KNOWN]}, {"scoped_facts": [*KNOWN, *TABLE]}, "changed"),
        ({}, {"readings": [{"on": "2026-06-01", "by": "r"}]}, "changed"),
    ],
)
def test_change_from_one_cell_to_another(old: Any, new: Any, direction: str, tmp_path: Path) -> None:
    found = compared(tmp_path, {"hipaa_baa": {**BASE, **old}}, {"hipaa_baa": {**BASE, **new}})
    (cell,) = found.cells
    assert cell.direction == direction


RULE = {"models": ["*-preview"], "set": {"lifecycle": "preview"}}
OTHER = {"models": ["global.*"], "set": {"region": "global"}}


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ({}, {"implies": [RULE]}, "worse"),
        ({"implies": [RULE]}, {}, "better"),
        ({"implies": [RULE]}, {"implies": [OTHER]}, "worse"),
        ({"implies": [RULE, OTHER]}, {"implies": [OTHER, RULE]}, "changed"),
        ({}, {"cloud": "aws"}, "worse"),
        ({"cloud": "aws"}, {}, "better"),
        ({"cloud": "aws"}, {"cloud": "azure"}, "changed"),
        ({"models": ["a", "b"]}, {"models": ["a"]}, "worse"),
        ({"models": ["a"]}, {"models": ["a", "b"]}, "better"),
        ({}, {"models": ["a"]}, "worse"),
        ({"endpoints": ["a"]}, {}, "better"),
        ({"aliases": ["a"]}, {"aliases": ["b"]}, "changed"),
        ({"signatures": {"env": ["A"]}}, {}, "changed"),
    ],
)
def test_change_of_what_an_offering_says_of_itself(old: Any, new: Any, direction: str, tmp_path: Path) -> None:
    clouds = {"clouds": {"aws": {"us-east-1": "us"}, "azure": {"eastus": "us"}}}
    sides = [snapshot(tmp_path / name, {}, clouds, **side) for name, side in (("old", old), ("new", new))]
    (change,) = difference(*sides).offerings
    assert (change.kind, change.direction) == ("changed", direction)


def test_what_an_offering_is_known_by_changes_name_by_name(tmp_path: Path) -> None:
    old = {"hosts": ["a.example"], "packages": {"pypi": ["a", "b"]}, "host_regions": {"a.example": "us"}}
    new = {"hosts": ["a.example", "b.example"], "packages": {"pypi": ["b"], "npm": ["c"]}, "env": ["A"]}
    sides = [snapshot(tmp_path / name, {}, signatures=said) for name, said in (("old", {**old}), ("new", {**new}))]
    (change,) = difference(*sides).offerings
    assert [(one.field, one.old, one.new) for one in change.fields] == [
        ("signatures.packages.npm", None, ("c",)),
        ("signatures.packages.pypi", ("a",), None),
        ("signatures.hosts", None, ("b.example",)),
        ("signatures.host_regions.a.example", ("us",), None),
        ("signatures.env", None, ("A",)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({}, {"clouds": {"aws": {"us-east-1": "us"}}}, [("clouds.aws.us-east-1", "better")]),
        ({"clouds": {"aws": {"us-east-1": "us"}}}, {}, [("clouds.aws.us-east-1", "worse")]),
        ({"clouds": {"aws": {"a": "us"}}}, {"clouds": {"aws": {"a": "de"}}}, [("clouds.aws.a", "changed")]),
        ({}, {"former": {"gone": {"note": "n"}}}, [("former.gone", "changed")]),
        ({"former": {"gone": {"note": "n"}}}, {}, [("former.gone", "worse")]),
    ],
)
def test_change_of_what_the_snapshot_says_of_all(old: Any, new: Any, changes: Any, tmp_path: Path) -> None:
    sides = [snapshot(tmp_path / name, {}, side) for name, side in (("old", old), ("new", new))]
    found = difference(*sides)
    assert [(one.field, one.direction) for one in found.snapshot] == changes
    assert (found.total, found.worse) == (1, [direction for _, direction in changes].count("worse"))
    for format in ("text", "markdown", "json"):
        shown = vendorgate("registry", "diff", "old", "new", "--format", format, folder=tmp_path).stdout
        assert changes[0][0].split(".")[1] in shown
    assert vendorgate("registry", "diff", "old", "new", "--fail-when", "any", folder=tmp_path).code == 1


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (["soc_2"], ["soc_2", "iso_27001"], "better"),
        (["soc_2", "iso_27001"], ["soc_2"], "worse"),
        (["soc_2"], ["iso_27001"], "worse"),
        (["soc_2", "iso_27001"], ["iso_27001", "soc_2"], "changed"),
    ],
)
def test_list_that_loses_a_name_is_worse(old: list[str], new: list[str], direction: str, tmp_path: Path) -> None:
    assert listed(tmp_path, {"names": old}, {"names": new}) == direction


def test_list_that_is_no_longer_said_to_be_complete_is_worse(tmp_path: Path) -> None:
    sides: list[Any] = [{"names": ["soc_2"]}, {"names": ["soc_2"], "complete": True}]
    assert listed(tmp_path / "1", *sides) == "better"
    assert listed(tmp_path / "2", *sides[::-1]) == "worse"
    assert listed(tmp_path / "3", {"names": [], "complete": True}, None) == "worse"
    assert listed(tmp_path / "4", None, {"names": ["soc_2"]}) == "better"
    assert listed(tmp_path / "5", {"names": [], "complete": None}, {"names": [], "complete": False}) == "changed"


def listed(folder: Path, *sides: Any) -> str:
    """Which way a list goes."""
    old, new = ({"hipaa_baa": {**BASE, "facts": {"certifications_listed": one}}} for one in sides)
    (cell,) = compared(folder, old, new).cells
    (change,) = cell.fields
    return change.direction


@pytest.mark.parametrize(
    ("former", "direction"),
    [
        ({}, "worse"),
        ({"former": {"another": {}}}, "worse"),
        ({"former": {"gone": {"since": "2026-10-01", "instead": "alpha"}}}, "changed"),
    ],
)
def test_offering_that_leaves_without_a_word_is_worse(former: Any, direction: str, tmp_path: Path) -> None:
    old, new = snapshot(tmp_path / "old", {}), snapshot(tmp_path / "new", {}, former)
    gone = msgspec.structs.replace(old.offerings["alpha"], id="gone")
    old = msgspec.structs.replace(old, offerings={**old.offerings, "gone": gone})
    (removed,) = difference(old, new).offerings
    assert (removed.offering.id, removed.kind, removed.direction) == ("gone", "removed", direction)


def test_removed_cell_is_worse_whatever_it_said(tmp_path: Path) -> None:
    for index, value in enumerate(("yes_public", "no", "unclear")):
        (cell,) = compared(tmp_path / str(index), {"hipaa_baa": {**BASE, "value": value}}, {}).cells
        assert (cell.kind, cell.direction) == ("removed", "worse")


def test_added_cell_is_what_its_grade_is_worth(tmp_path: Path) -> None:
    for index, (value, direction) in enumerate((("yes_public", "better"), ("no", "worse"), ("unclear", "changed"))):
        (cell,) = compared(tmp_path / str(index), {}, {"hipaa_baa": {**BASE, "value": value}}).cells
        assert (cell.kind, cell.direction) == ("added", direction)


CELL = st.fixed_dictionaries(
    {"value": st.sampled_from(["yes_public", "partial", "no", "unclear", "new"])},
    optional={
        "confidence": st.sampled_from(["high", "medium", "low"]),
        "verified": st.sampled_from(["2026-01-01", "2026-06-01"]),
        "tier": st.sampled_from(["free", "enterprise"]),
        "valid_until": st.sampled_from(["2027-01-01", "2027-06-01"]),
        "scoped_facts": st.sampled_from([TABLE, KNOWN, [*TABLE, *KNOWN]]),
        "scope": st.fixed_dictionaries({"models": st.fixed_dictionaries({"only": st.lists(st.sampled_from("abc"))})}),
        "conditions": st.lists(st.sampled_from([{"agreement": "baa"}, {"agreement": "zdr"}]), max_size=2),
        "facts": st.dictionaries(st.sampled_from("xy"), st.integers(0, 2), max_size=2),
    },
)
CELLS = st.dictionaries(st.sampled_from(["hipaa_baa", "iso_27001", "gpai_cop"]), CELL)


@settings(max_examples=100, deadline=None)
@given(cells=CELLS)
def test_a_snapshot_does_not_differ_from_itself(
    cells: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = compared(tmp_path_factory.mktemp("same"), cells, cells)
    assert (found.offerings, found.cells, found.worse) == ((), (), 0)


@settings(max_examples=100, deadline=None)
@given(one=CELLS, other=CELLS)
def test_a_difference_seen_from_the_other_side_names_the_same_cells(
    one: dict[str, Any], other: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = compared(tmp_path_factory.mktemp("there"), one, other)
    back = compared(tmp_path_factory.mktemp("back"), other, one)
    assert [cell.dimension for cell in there.cells] == [cell.dimension for cell in back.cells]
    for cell, mirrored in zip(there.cells, back.cells, strict=True):
        if cell.direction == "better" and cell.kind == "changed":
            assert mirrored.direction == "worse"


def test_exit_code_follows_fail_on(tmp_path: Path) -> None:
    for name in ("old", "new"):
        shutil.copytree(GOOD, tmp_path / name)
    diff = ("registry", "diff", "old", "new")
    assert vendorgate(*diff, "--fail-when", "any", folder=tmp_path).code == 0
    offering = tmp_path / "new" / "offerings" / "alpha-api.yaml"
    offering.write_text(offering.read_text(encoding="utf-8").replace("name: Alpha API", "name: A"), encoding="utf-8")
    assert vendorgate(*diff, "--fail-when", "worse", folder=tmp_path).code == 0
    assert vendorgate(*diff, "--fail-when", "any", folder=tmp_path).code == 1
    offering.unlink()
    ended = vendorgate(*diff, "--fail-when", "worse", folder=tmp_path)
    assert ended.code == 1
    assert "worse alpha-api removed" in ended.stdout
    assert vendorgate(*diff, folder=tmp_path).code == 0


def test_snapshot_that_is_not_valid_is_no_difference(tmp_path: Path) -> None:
    ended = vendorgate("registry", "diff", str(GOOD), "nowhere", folder=tmp_path)
    assert ended.code == 2
    assert ended.stdout == ""
