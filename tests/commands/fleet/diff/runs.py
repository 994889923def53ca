"""Runs to be compared, whose databases are filled by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from tests.command import ROOT
from tests.commands.fleet.databases import Judged, Listed, fill
from vendorgate.commands.fleet.diff.comparing import fleet_difference
from vendorgate.commands.fleet.diff.model import FleetDifference
from vendorgate.commands.fleet.run.document import FleetRun
from vendorgate.commands.fleet.run.reading import Run

_ABOUT = json.loads((ROOT / "tests/golden/fleet-run.json").read_text(encoding="utf-8"))


def run(
    subjects: Iterable[Judged],
    manifests: Iterable[Listed] = (),
    repositories: Iterable[tuple[str, str]] = (),
    policies: Iterable[str] = ("p",),
    day: str = "2026-11-23",
    bundle: str = "b",
    registry: str = "r",
    **about: Any,
) -> Run:
    """A run whose inputs have these digests."""
    database = fill(sqlite3.connect(":memory:"), subjects, manifests, repositories, policies)
    written = {**_ABOUT, "as_of": day, "verdict": "pass", **about}
    inputs = written["inputs"]
    inputs = {
        **inputs,
        "bundle": {**inputs["bundle"], "sha256": bundle},
        "registry": {**inputs["registry"], "sha256": registry},
    }
    return Run("run", Path("run"), msgspec.convert({**written, "inputs": inputs}, FleetRun), database)


def compared(before: Run, after: Run) -> FleetDifference:
    return fleet_difference(before, after)


def told(difference: FleetDifference) -> list[tuple[str, tuple[str, ...], str, int]]:
    """Each group: what became of its results, the inputs, what of them, how many."""
    return [(one.kind, one.cause.inputs, one.cause.what, one.results) for one in difference.turned]


def reason(*leaves: tuple[str, str | None, str], rule: Any = None, outcome: str = "fail", **cell: Any) -> Any:
    """What a run says of a result that does not pass: each leaf by kind, dimension and words."""
    reasons: list[Any] = [
        {"kind": kind, "outcome": outcome, "message": words, "dimension": on, "reasons": []}
        for kind, on, words in leaves
    ]
    requirement = {"expression": rule or {"covered": "d"}, "message": "m", "outcome": outcome, "reasons": reasons}
    return {"cause": "c", "requirements": [requirement], "evidence": [cell] if cell else [], "remediation": None}
