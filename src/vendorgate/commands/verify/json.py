"""The JSON report on whether a report holds, `vendorgate.verify/1`.

In: a replay. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import msgspec

from ...model.report import ReportedTool
from ...report.ascii_json import dumps
from ...version import VERSION
from . import document as model
from .model import Replay


def render(replay: Replay) -> str:
    """The report; the same replay gives the same bytes."""
    return dumps(msgspec.to_builtins(_report(replay)))


def _report(replay: Replay) -> model.ReplayReport:
    return model.ReplayReport(
        schema="vendorgate.verify/1",
        tool=ReportedTool("vendorgate", VERSION),
        report=model.ReportedReport(replay.path, replay.sha256, replay.version, replay.as_of.isoformat()),
        holds=replay.outcome == "holds",
        outcome=replay.outcome,
        fail_on=replay.fail_on,
        packs=replay.packs,
        divergences=tuple(
            model.ReportedDivergence(one.what, one.name, one.field, one.recorded, one.found)
            for one in replay.divergences
        ),
    )
