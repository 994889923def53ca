"""What `vendorgate check` does, whoever read its command line: judge, report, and give the verdict's exit code."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from typing import Final

import msgspec

from ..gate import Gate
from ..load.manifest import reading
from ..model.evaluation import Evaluation
from ..model.vocabulary import FailOn, Verdict
from ..terminal.style import PLAIN
from .defaults import day_for, inputs_for, manifests_for
from .formats import FORMATS
from .repository import repository_for
from .streams import print_report, style_for

EXIT_CODES: Final[Mapping[Verdict, int]] = {"pass": 0, "fail": 1, "incomplete": 2}
THRESHOLDS: Final[tuple[FailOn, ...]] = ("note", "warning", "error", "never")


class Request(msgspec.Struct, frozen=True):
    """What a command line asks for; None where it does not say."""

    manifests: tuple[str, ...]
    policies: str | None = None
    registry: str | None = None
    as_of: datetime.date | None = None
    format: str = "text"
    output: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    pack: tuple[str, ...] = ()
    repository: str | None = None
    show_waived: bool = False


def check(request: Request) -> int:
    """Judge and report; 2 where a manifest could not be judged, else 1 where something blocks, else 0."""
    found = manifests_for(request.manifests)
    inputs = inputs_for(request.policies, request.registry, request.pack)
    day, repository = day_for(request.as_of), repository_for(request.repository)

    def judged() -> Evaluation:
        return Gate(*inputs).judge(
            map(reading, found),
            as_of=day.day,
            fail_on=request.fail_on,
            allow_incomplete=True,
            repository=repository,
            asked_on=day.asked_on,
        )

    if not request.output:
        return _finish(judged(), request)
    from .output import destinations, discard

    files = destinations(request.output, FORMATS, (one.path for one in found), inputs[:2])
    try:
        evaluation = judged()
        for file in files:
            file.write(FORMATS[file.format](evaluation, PLAIN, request.show_waived))
    finally:
        discard(files)
    return _finish(evaluation, request)


def _finish(evaluation: Evaluation, request: Request) -> int:
    """Print the report that was asked for, and give the verdict's exit code."""
    say_unjudged(evaluation, told=request.format == "text")
    print_report(FORMATS[request.format](evaluation, style_for(sys.stdout), request.show_waived))
    return EXIT_CODES[evaluation.verdict]


def say_unjudged(evaluation: Evaluation, *, told: bool) -> None:
    """On the error stream: what was not judged, and why, unless the report on standard output tells a person."""
    if evaluation.not_judged:
        from ..report.unjudged import blocks

        lines = blocks(evaluation, style_for(sys.stderr))
        sys.stderr.write("\n\n".join(lines[-1:] if told else lines) + "\n")
