"""A run of a realistic fleet, one that means harm, and one that was judged for real, each made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.fleet.report.synthetic import HOSTILE, PLATFORMS, TEAMS, World, write_run
from tests.commands.fleet.runs import small_run
from vendorgate.commands.fleet.report.model import Fleet
from vendorgate.commands.fleet.report.opening import opened


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("fleet") / "run", World(subjects=2000, cases=300))


@pytest.fixture(scope="module")
def fleet(run: Path) -> Fleet:
    return opened(str(run))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = World(subjects=60, cases=30, hostile=HOSTILE, teams=TEAMS[:5], platforms=PLATFORMS[:6])
    return write_run(tmp_path_factory.mktemp("hostile") / "run", world)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_run(tmp_path_factory.mktemp("judged"))
