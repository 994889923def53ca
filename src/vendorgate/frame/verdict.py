"""What a verdict comes to: exit codes, thresholds, and what is said of manifests that were not judged."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

from ..model.evaluation import Evaluation
from ..model.vocabulary import FailOn, Verdict
from .streams import style_for

EXIT_CODES: Final[Mapping[Verdict, int]] = {"pass": 0, "fail": 1, "incomplete": 2}
INCOMPLETE: Final = EXIT_CODES["incomplete"]
THRESHOLDS: Final[tuple[FailOn, ...]] = ("note", "warning", "error", "never")


def say_unjudged(evaluation: Evaluation, *, told: bool) -> None:
    """On the error stream: what was not judged, and why, unless the report on standard output tells a person."""
    if evaluation.not_judged:
        from ..report.unjudged import blocks

        lines = blocks(evaluation, style_for(sys.stderr))
        sys.stderr.write("\n\n".join(lines[-1:] if told else lines) + "\n")


def exit_code(evaluation: Evaluation, *, fails: bool = False) -> int:
    """Of a command that does more than check: 2 where a manifest was not judged, else 1 where it fails, else 0."""
    return INCOMPLETE if evaluation.not_judged else int(fails)
