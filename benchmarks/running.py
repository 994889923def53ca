"""Runs one benchmark in a process of its own. In: a script. Out: the limits that it told, or why it could not run."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from figures import Measured, Row, State
from listing import Benchmark
from machine import commit, load, version
from timing import LIMITS, QUICK, Limit


def measured(benchmark: Benchmark, quick: bool) -> Measured:
    """Run it to its end; what it prints goes where this process prints."""
    begun, before, start = datetime.datetime.now(datetime.timezone.utc), load(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "limits.jsonl")
        code, errors = _run(benchmark.path, {LIMITS: str(told), QUICK: "1" if quick else ""})
        limits = _limits(told)
    problem = _problem(code, limits, errors)
    return Measured(
        name=benchmark.name,
        state=_state(limits, problem),
        limits=tuple(Row(one.what, one.found, one.limit, one.unit, one.met) for one in limits),
        problem=problem,
        quick=quick,
        begun=begun.strftime("%Y-%m-%dT%H:%MZ"),
        seconds=round(time.perf_counter() - start, 1),
        load=(before, load()),
        vendorgate=version(),
        commit=commit(benchmark.path.parent.parent),
    )


def _run(script: Path, variables: dict[str, str]) -> tuple[int, str]:
    """Its exit code, and what it wrote to the error stream, which is passed on."""
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, **variables}, stderr=subprocess.PIPE, check=False
    )
    errors = done.stderr.decode("utf-8", "backslashreplace")
    sys.stderr.write(errors)
    return done.returncode, errors


def _limits(told: Path) -> list[Limit]:
    if not told.is_file():
        return []
    return [msgspec.json.decode(line, type=Limit) for line in told.read_bytes().splitlines()]


def _problem(code: int, limits: Sequence[Limit], errors: str) -> str | None:
    """Why the limits say nothing: it ended otherwise than they would have it end."""
    if limits and code == (0 if all(one.met for one in limits) else 1):
        return None
    last = [line.strip() for line in errors.splitlines() if line.strip()][-1:]
    told = f"told {len(limits)} limits" if limits else "told no limit"
    return ": ".join([f"exit code {code}, {told}", *last])


def _state(limits: Sequence[Limit], problem: str | None) -> State:
    if problem is not None:
        return "could not run"
    return "met" if all(one.met for one in limits) else "not met"
