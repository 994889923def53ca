"""The run that a report is about, opened and counted.

In: a folder. Out: a `Fleet`, or a mistake that says what is wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

import msgspec

from ....errors import InputError, Problem
from ....report.document import ReportedSummary
from ....source import Location
from ..run.document import FleetPolicy, FleetRun
from ..run.reading import Run, run_in
from ..run.schema import DATABASE
from .counting import counted
from .model import Fleet, RunAbout, RunInput, Tally

_AGAIN: Final = "judge again: vendorgate fleet check SOURCE --out DIR"


def opened(folder: str) -> Fleet:
    """All of a run.

    Raises:
        InputError: there is none, it is not whole, or what it holds is not what it says.
    """
    with run_in(folder) as run:
        try:
            return counted(run.database, _about(run.about))
        except (sqlite3.Error, msgspec.DecodeError, LookupError) as error:
            raise _other(run, f"no database of a run: {error}") from None


def _about(run: FleetRun) -> RunAbout:
    summary = run.summary
    return RunAbout(
        verdict=run.verdict,
        as_of=run.as_of.isoformat(),
        version=run.tool.version,
        inputs=tuple(_inputs(run)),
        results=_tally(summary),
        manifests=run.counts.manifests,
        unjudged=run.counts.not_judged,
        subjects=summary.subjects,
        departing=sum(one.differences for one in run.drift if one.blocks),
    )


def _tally(said: FleetPolicy | ReportedSummary) -> Tally:
    """Counts as `run.json` has them."""
    return Tally((said.fail, said.unknown, said.waived, said.passed, said.not_applicable), said.blocking)


def _inputs(run: FleetRun) -> Iterator[RunInput]:
    inputs = run.inputs
    bundle = " ".join(filter(None, (inputs.bundle.name, inputs.bundle.release)))
    yield RunInput("bundle", bundle, inputs.bundle.sha256)
    yield RunInput("registry", f"{inputs.registry.name} {inputs.registry.generated}", inputs.registry.sha256)
    for one in inputs.sources:
        yield RunInput(one.kind, one.path, one.sha256)
    yield RunInput("results", DATABASE, run.database.sha256)


def _other(run: Run, title: str) -> InputError:
    return InputError([Problem(title, Location(f"{run.shown}/{DATABASE}", 1, 1), _AGAIN)])
