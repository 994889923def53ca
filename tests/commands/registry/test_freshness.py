"""`registry verify --freshness`: how many dated cells count on each of the coming days."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.commands.registry.keeping import FILES, write
from vendorgate.commands.registry.freshness import Freshness, freshness
from vendorgate.evaluate.case import Case
from vendorgate.load.files import Folder
from vendorgate.model.policy import RegistryDemands
from vendorgate.model.registry import Cell, CellFile, Snapshot
from vendorgate.model.vocabulary import CONFIDENCES, Confidence
from vendorgate.snapshots import read_snapshot

BEGINS = datetime.date(2026, 11, 23)


def snapshot(folder: Path, *cells: str) -> Snapshot:
    """Of one offering that has these cells, written in braces."""
    names = ("hipaa_baa", "gdpr_dpa", "soc2_type2", "iso_27001", "iso_42001")
    head = FILES["offerings/beta.yaml"].partition("dimensions:\n")[0]
    text = "".join(f"  {name}: {{value: yes_public, {cell}}}\n" for name, cell in zip(names, cells, strict=False))
    target = write(folder, {**FILES, "offerings/beta.yaml": f"{head}dimensions:\n{text}"})
    (target / "offerings" / "alpha.yaml").unlink()
    return read_snapshot(Folder(str(target), "r"), rules=False)


def measured(found: Snapshot, ahead: int, **demands: Any) -> Freshness:
    return freshness(found, RegistryDemands(**demands), "ours", BEGINS, ahead)


def counts(found: Freshness) -> list[int]:
    return [one.counting for one in found.days]


def test_last_day_counts_and_the_next_does_not(tmp_path: Path) -> None:
    found = measured(snapshot(tmp_path, "verified: 2026-11-20", "verified: 2026-11-22"), 4, max_evidence_age_days=4)
    assert counts(found) == [2, 2, 1, 1, 0]
    assert [(str(one.day), change) for one, change in found.changes] == [
        ("2026-11-23", 0),
        ("2026-11-25", -1),
        ("2026-11-27", -1),
    ]


def test_announced_end_is_a_last_day_too(tmp_path: Path) -> None:
    found = measured(snapshot(tmp_path, "verified: 2026-11-20, valid_until: 2026-11-24"), 2)
    assert counts(found) == [1, 1, 0]


def test_day_of_reading_to_come_counts_from_then_on(tmp_path: Path) -> None:
    found = measured(snapshot(tmp_path, "verified: 2026-11-25", "verified: 2027-11-25"), 3)
    assert (counts(found), found.cells) == ([0, 0, 1, 1], 2)
    assert [change for _, change in found.changes] == [0, 1, 0]
    assert found.worst is None


def test_cell_without_a_day_is_none_of_the_dated(tmp_path: Path) -> None:
    found = measured(snapshot(tmp_path, "confidence: high", "verified: 2026-11-20"), 0)
    assert (counts(found), found.cells, found.share(1)) == ([1], 1, 1.0)
    nothing = measured(snapshot(tmp_path, "confidence: high"), 1)
    assert (counts(nothing), nothing.cells, nothing.share(0)) == ([0, 0], 0, 1.0)


def test_evidence_of_too_little_confidence_never_counts(tmp_path: Path) -> None:
    cells = ("verified: 2026-11-20, confidence: low", "verified: 2026-11-20, confidence: high", "verified: 2026-11-20")
    assert counts(measured(snapshot(tmp_path, *cells), 0, min_confidence="medium")) == [1]


def test_worst_day_is_the_first_of_those_on_which_most_stop(tmp_path: Path) -> None:
    days = ("2026-11-20", "2026-11-21", "2026-11-21", "2026-11-22", "2026-11-22")
    found = measured(snapshot(tmp_path, *(f"verified: {day}" for day in days)), 9, max_evidence_age_days=4)
    assert found.worst is not None
    assert (str(found.worst[0].day), found.worst[1]) == ("2026-11-26", 2)


_DAYS = st.dates(datetime.date(2026, 9, 1), datetime.date(2027, 1, 31))
_WRITTEN = st.builds(
    CellFile,
    value=st.just("yes_public"),
    verified=st.none() | _DAYS,
    valid_until=st.none() | _DAYS,
    confidence=st.none() | st.sampled_from(CONFIDENCES),
)


@given(written=st.lists(_WRITTEN, max_size=5), age=st.integers(0, 60), least=st.sampled_from(CONFIDENCES))
def test_a_cell_counts_on_the_days_on_which_a_check_takes_its_evidence(
    written: list[CellFile], age: int, least: Confidence
) -> None:
    demands = RegistryDemands(max_evidence_age_days=age, min_confidence=least)
    cells = [Cell("hipaa_baa", one, ()) for one in written]
    world: Any = SimpleNamespace(offerings={"alpha": SimpleNamespace(cells=dict(enumerate(cells)))})
    for one in freshness(world, demands, "ours", BEGINS, 40).days:
        case: Any = SimpleNamespace(demands=demands, as_of=one.day)
        assert one.counting == sum(Case.evidence(case, cell) == "pass" for cell in cells)


# As a command.


def test_command_tells_every_day_to_programs_and_changes_to_people(tmp_path: Path) -> None:
    write(tmp_path)
    words = ("registry", "verify", "--as-of", "2026-11-23", "--freshness", "400d")
    found = json.loads(vendorgate(*words, "--format", "json", folder=tmp_path).stdout)["freshness"]
    assert len(found["days"]) == 401
    assert (found["dated"], found["days"][0]) == (5, {"day": "2026-11-23", "counting": 5, "share": 1.0})
    assert found["worst_drop"] == {"day": "2027-03-02", "cells": 4}
    text = vendorgate(*words, folder=tmp_path).stdout
    assert "2027-03-02  1      20.0%   -4\n" in text
    assert "worst day by 2027-12-28: 2027-03-02, 4 cells (80.0%) at once\n" in text
    assert text.count("\n20") == 4


def test_without_the_option_nothing_is_measured(tmp_path: Path) -> None:
    write(tmp_path)
    words = ("registry", "verify", "--as-of", "2026-11-23")
    assert json.loads(vendorgate(*words, "--format", "json", folder=tmp_path).stdout)["freshness"] is None
    assert "worst day" not in vendorgate(*words, folder=tmp_path).stdout


def test_limits_are_those_of_the_bundle_that_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "policies").mkdir()
    rule = {"id": "p", "title": "P", "require": [{"covered": "hipaa_baa"}]}
    (tmp_path / "policies" / "p.yaml").write_text(json.dumps({"version": 1, "policies": [rule]}), encoding="utf-8")
    limits = {"registry": {"max_evidence_age_days": {"default": 30, "hipaa_baa": 365}}}
    (tmp_path / "policies" / "bundle.yaml").write_text(json.dumps(limits), encoding="utf-8")
    words = ("registry", "verify", "--as-of", "2026-11-23", "--freshness", "0d", "--format", "json")
    assert json.loads(vendorgate(*words, folder=tmp_path).stdout)["freshness"]["days"][0]["counting"] == 5
    named = json.loads(vendorgate(*words, "--policies", "policies", folder=tmp_path).stdout)["freshness"]
    assert (named["limits"], named["days"][0]["counting"]) == ("policies", 3)
