"""What a run of benchmarks comes to, as data: each benchmark's limits with what was found, or why it could not run.

In: limits that scripts told. Out: a document that is written, read back strictly, and brought up to date in part.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from machine import Machine

State = Literal["met", "not met", "could not run"]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A limit and what was found."""

    what: str
    found: float
    limit: float
    unit: str
    met: bool


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One benchmark, run once."""

    name: str
    state: State
    limits: tuple[Row, ...]
    problem: str | None
    """Why it could not run."""
    quick: bool
    """Few rounds, for a look: no figure to rest on."""
    begun: str
    """UTC, to the minute."""
    seconds: float
    """By the clock, all of it."""
    load: tuple[float, float]
    """Before and after."""
    vendorgate: str
    """Its version."""
    commit: str


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of one machine, by the names of the benchmarks."""

    schema: Literal["vendorgate.benchmarks/1"]
    machine: Machine
    benchmarks: tuple[Measured, ...]

    @property
    def exit_code(self) -> int:
        """2 where a benchmark could not run, 1 where a limit is not met."""
        states = {one.state for one in self.benchmarks}
        return 2 if "could not run" in states else 1 if "not met" in states else 0

    def with_others(self, others: Iterable[Measured]) -> Figures:
        """What was measured now in the place of what was measured before."""
        benchmarks = {one.name: one for one in (*self.benchmarks, *others)}
        return msgspec.structs.replace(self, benchmarks=tuple(benchmarks[name] for name in sorted(benchmarks)))


def begun(machine: Machine) -> Figures:
    """Nothing measured yet."""
    return Figures("vendorgate.benchmarks/1", machine, ())


def gone_on_with(path: Path, machine: Machine) -> Figures:
    """What a file has; raises ValueError where that is no document of figures, or another machine's."""
    if not path.exists():
        return begun(machine)
    found = read(path)
    if found.machine != machine:
        raise ValueError(f"{path} has figures of another machine: {found.machine}")
    return found


def written(figures: Figures) -> bytes:
    """JSON for programs and for people."""
    return msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n"


def read(path: Path) -> Figures:
    """What was written; raises ValueError where it is no document of figures."""
    return msgspec.json.decode(path.read_bytes(), type=Figures)
