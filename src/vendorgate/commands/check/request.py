"""What `vendorgate check` does, whoever read its command line: judge, report, and give the verdict's exit code."""

from __future__ import annotations

import datetime

import msgspec

from ...frame.answer import answer
from ...frame.defaults import day_for, inputs_for, manifests_for
from ...frame.formats import formats
from ...frame.mistakes import reporting
from ...frame.repository import repository_for
from ...frame.verdict import EXIT_CODES, say_unjudged
from ...gate import Gate
from ...load.manifest import read_found
from ...model.evaluation import Evaluation
from ...model.vocabulary import FailOn


class CheckRequest(msgspec.Struct, frozen=True):
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


def check(request: CheckRequest) -> int:
    """Judge and report; 2 where a manifest could not be judged, else 1 where something blocks, else 0."""
    with reporting("vendorgate check", msgspec.structs.asdict(request)):
        return _check(request)


def _check(request: CheckRequest) -> int:
    found = manifests_for(request.manifests)
    inputs = inputs_for(request.policies, request.registry, request.pack)
    day, repository = day_for(request.as_of), repository_for(request.repository)

    def judged() -> Evaluation:
        return Gate(*inputs).judge(
            map(read_found, found),
            as_of=day.day,
            fail_on=request.fail_on,
            allow_incomplete=True,
            repository=repository,
            asked_on=day.asked_on,
        )

    evaluation = answer(
        judged,
        formats(request.show_waived),
        request.format,
        request.output,
        manifests=(one.path for one in found),
        folders=inputs[:2],
        before=lambda evaluation: say_unjudged(evaluation, told=request.format == "text"),
    )
    return EXIT_CODES[evaluation.verdict]
