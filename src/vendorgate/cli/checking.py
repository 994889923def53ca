"""What `vendorgate check` does, whoever read its command line: judge, report, and give the verdict's exit code."""

from __future__ import annotations

import datetime
import sys
from typing import Final

import msgspec

from ..gate import Gate
from ..model.evaluation import Evaluation
from ..model.vocabulary import FailOn
from ..terminal.style import PLAIN
from .defaults import inputs_for, manifests_for, today
from .formats import FORMATS
from .repository import repository_for
from .streams import print_report, style_for

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
    """Judge and report; 1 where something blocks, else 0."""
    paths = manifests_for(request.manifests)
    inputs = inputs_for(request.policies, request.registry, request.pack)
    as_of, repository = request.as_of or today(), repository_for(request.repository)
    if not request.output:
        evaluation = Gate(*inputs).check(paths, as_of=as_of, fail_on=request.fail_on, repository=repository)
        return _finish(evaluation, request)
    from .output import destinations, discard

    files = destinations(request.output, FORMATS, paths, inputs[:2])
    try:
        evaluation = Gate(*inputs).check(paths, as_of=as_of, fail_on=request.fail_on, repository=repository)
        for file in files:
            file.write(FORMATS[file.format](evaluation, PLAIN, request.show_waived))
    finally:
        discard(files)
    return _finish(evaluation, request)


def _finish(evaluation: Evaluation, request: Request) -> int:
    """Print the report that was asked for, and give the verdict's exit code."""
    print_report(FORMATS[request.format](evaluation, style_for(sys.stdout), request.show_waived))
    return 1 if evaluation.verdict == "fail" else 0
