"""What `vendorgate plan` does: judge a day, plan those that follow, report, and give the exit code."""

from __future__ import annotations

import datetime
from typing import Final

import msgspec

from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.defaults import day_for, inputs_for, manifests_for
from ...frame.options import CENTURY
from ...frame.repository import repository_for
from ...frame.verdict import EXIT_CODES, say_unjudged
from ...gate import Gate
from ...load.manifest import read_found
from ...model.vocabulary import FailOn
from .formats import formats
from .model import Plan
from .turns import plan_of

_USUAL: Final = 90
"""Days."""


class PlanRequest(msgspec.Struct, frozen=True):
    """What a command line asks for; None where it does not say."""

    manifests: tuple[str, ...]
    within: int | None = None
    until: datetime.date | None = None
    fail_within: int | None = None
    policies: str | None = None
    registry: str | None = None
    pack: tuple[str, ...] = ()
    repository: str | None = None
    as_of: datetime.date | None = None
    format: str = "text"
    output: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    verbose: bool = False


def plan(request: PlanRequest) -> int:
    """Plan and report; 2 where a manifest could not be judged, else 1 where a result starts to block within the days
    that were given, else 0."""
    begins = day_for(request.as_of).day
    until, deadline = _last_days(request, begins)
    found = manifests_for(request.manifests)
    inputs = inputs_for(request.policies, request.registry, request.pack)
    repository = repository_for(request.repository)

    def judged() -> Plan:
        evaluation = Gate(*inputs).judge(
            map(read_found, found),
            as_of=begins,
            fail_on=request.fail_on,
            allow_incomplete=True,
            repository=repository,
        )
        return plan_of(evaluation, until, request.fail_on, deadline)

    plan = answer(
        judged,
        formats(request.verbose),
        request.format,
        request.output,
        manifests=(one.path for one in found),
        folders=inputs[:2],
        before=lambda made: say_unjudged(made.evaluation, told=request.format == "text"),
    )
    return EXIT_CODES[plan.verdict]


def _last_days(request: PlanRequest, begins: datetime.date) -> tuple[datetime.date, datetime.date | None]:
    """The last day to look at, and the one for `--fail-within`.

    Raises:
        UsageError: both ways of saying it, no day to look at, more than a century, or a day that no calendar has.
    """
    if request.within is not None and request.until is not None:
        raise UsageError([Problem("--within and --until exclude each other", help="give one of them")])
    if request.until is not None:
        until = _refuse_far(request.until, begins)
    else:
        until = _after(begins, _USUAL if request.within is None else request.within, "--within")
    if request.fail_within is None:
        return until, None
    deadline = _after(begins, request.fail_within, "--fail-within")
    return max(until, deadline), deadline


def _refuse_far(until: datetime.date, begins: datetime.date) -> datetime.date:
    """The last day, where it is after the first and not too far after it."""
    if until <= begins:
        help = "name a later one; what stands on the day itself is what `vendorgate check` says"
        raise UsageError([Problem(f"--until {until} is not after the day that is judged by, {begins}", help=help)])
    if (until - begins).days > CENTURY:
        title = f"--until {until} is more than a century ({CENTURY}d) after {begins}"
        raise UsageError([Problem(title, help="name an earlier day")])
    return until


def _after(begins: datetime.date, days: int, option: str) -> datetime.date:
    """So many days later."""
    if days < 1:
        raise UsageError([Problem(f"{option} {days}d leaves no day to look at", help="give at least 1d")])
    most = (datetime.date.max - begins).days
    if days > most:
        title = f"{option} {days}d after {begins} is after the last day of the calendar, {datetime.date.max}"
        raise UsageError([Problem(title, help=f"give at most {most}d, or name an earlier --as-of")])
    return begins + datetime.timedelta(days=days)
