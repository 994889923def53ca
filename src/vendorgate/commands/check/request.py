"""What `vendorgate check` does, whoever read its command line: judge, report, and give the verdict's exit code."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.defaults import day_for, inputs_for, manifests_for, options_given
from ...frame.formats import GROUPED, Shown, formats
from ...frame.mistakes import reporting
from ...frame.repository import repository_for
from ...frame.verdict import EXIT_CODES, say_unjudged
from ...gate import Gate
from ...load.files import Folder, shipped
from ...load.finding import Found
from ...load.manifest import read_found
from ...load.nearby import POLICIES
from ...load.packs import PackChoice
from ...model.evaluation import Evaluation
from ...model.vocabulary import FailOn
from ...report.look import Amount, TextLook, UsageKey

if TYPE_CHECKING:
    from ...model.proposal import Proposal


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
    verbose: bool = False
    quiet: bool = False
    statistics: bool = False
    code: bool = False
    group_by: str | None = None


def check(request: CheckRequest) -> int:
    """Judge and report; 2 where a manifest could not be judged, else 1 where something blocks, else 0."""
    with reporting("vendorgate check", msgspec.structs.asdict(request)):
        return _check(request)


def _check(request: CheckRequest) -> int:
    amount = _amount(request)
    found = manifests_for(request.manifests)
    inputs = inputs_for(request.policies, request.registry, request.pack)
    day, repository = day_for(request.as_of), repository_for(request.repository)

    def judged() -> Evaluation:
        if request.code:
            _refuse_piped(found)
        evaluation = Gate(*inputs).judge(
            map(read_found, found),
            as_of=day.day,
            fail_on=request.fail_on,
            allow_incomplete=True,
            repository=repository,
            asked_on=day.asked_on,
        )
        return _with_code(evaluation, request, found, inputs) if request.code else evaluation

    evaluation = answer(
        judged,
        formats(Shown(request.show_waived, _look(request, amount, inputs[0]))),
        request.format,
        request.output,
        manifests=(one.path for one in found),
        folders=inputs[:2],
        before=lambda evaluation: say_unjudged(evaluation, told=request.format == "text" and amount != "verdict"),
    )
    return EXIT_CODES[evaluation.verdict]


def _by_control(request: CheckRequest) -> bool:
    """Whether results are told by control.

    Raises:
        UsageError: no report that is asked for can be.
    """
    asked = {request.format, *(word.partition("=")[0] for word in request.output)}
    if request.group_by and not asked & GROUPED.keys():
        named = " and ".join(f"`{one}`" for one in sorted(asked))
        title = f"`--group-by {request.group_by}`, and {named} cannot be grouped"
        help = f"these can: {', '.join(GROUPED)}; in the JSON report each result has its `controls`"
        raise UsageError([Problem(title, help=help)])
    return request.group_by is not None


def _refuse_piped(found: list[Found]) -> None:
    from ...frame.drifting import refuse_piped  # a plain check reads no code

    refuse_piped(found)


def _with_code(
    evaluation: Evaluation, request: CheckRequest, found: list[Found], inputs: tuple[Folder, Folder, PackChoice]
) -> Evaluation:
    from ...frame.drifting import with_code  # a plain check reads no code

    return with_code(evaluation, request.manifests, found, inputs[:2])


def _amount(request: CheckRequest) -> Amount:
    """How much the text tells.

    Raises:
        UsageError: it should tell more and less.
    """
    asked = (("--verbose", request.verbose), ("--statistics", request.statistics), ("--group-by", request.group_by))
    more = [option for option, is_asked in asked if is_asked]
    if request.quiet and more:
        raise UsageError([Problem(f"--quiet and {more[0]} exclude each other", help="leave one of them out")])
    return "verdict" if request.quiet else "all" if request.verbose else "groups"


def _look(request: CheckRequest, amount: Amount, bundle: Folder) -> TextLook:
    own = None if bundle.path == shipped(POLICIES).path else bundle.shown
    again = options_given(
        policies=request.policies,
        registry=request.registry,
        pack=request.pack,
        repository=request.repository,
        as_of=request.as_of,
        fail_on=request.fail_on,
    )
    by_control = _by_control(request)
    return TextLook(amount, request.statistics, (*again,), own, _proposing(), by_control=by_control)


def _proposing() -> Callable[[Evaluation, Sequence[UsageKey]], Sequence[Proposal]]:
    """What looks for proposals, once for all formats."""

    @cache
    def search() -> Callable[[Evaluation, Sequence[UsageKey]], Sequence[Proposal]]:
        from ...frame.proposing import proposals_once  # what passes needs none

        return proposals_once()

    return lambda evaluation, usages: search()(evaluation, usages)
