"""`vendorgate registry due`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import click

from ....errors import InputError, Problem
from ....frame.answer import answer
from ....frame.defaults import day_for, inputs_for, manifests_for
from ....frame.options import Span, help_option, inputs
from ....frame.reporting import fail_when_option, report_options
from ....frame.repository import repository_for
from ....frame.verdict import exit_code, say_unjudged
from ....gate import Gate
from ....load.bundle_files import read_bundle
from ....load.files import Folder
from ....load.finding import Found
from ....load.manifest import read_found
from ....load.packs import PackChoice
from ....model.evaluation import Evaluation
from ....model.identity import RepositoryName
from ....model.policy import RegistryDemands
from ....snapshots import read_snapshot
from .formats import FORMATS
from .model import DueQueue
from .queue import queue

FAIL_WHEN: Final[Mapping[str, Callable[[DueQueue], int]]] = {
    "any": lambda found: len(found.due),
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option(
    "--within", type=Span(), default="30d", show_default=True, metavar="SPAN", help="What counts as soon, as 30d or 4w."
)
@inputs
@report_options(FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: any source that is due; cells that nobody ever read are not.")
@help_option
def due(
    manifests: tuple[str, ...],
    within: int,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
    format: str,
    output: tuple[str, ...],
    fail_when: str,
) -> int:
    """Show which sources are to be read next: one entry a page, with every cell that it feeds.

    What stops counting first comes first, by the bundle's limits on evidence and the ends that vendors announced; of
    one day that on which most usages of the MANIFESTs rest. Without MANIFEST no usage is counted. Cells without a
    day of reading are a group of their own, unless a dated cell has the same source.

    For example: vendorgate registry due --within 60d
    """
    given = manifests_for(manifests) if manifests else []
    judges, day = inputs_for(policies, registry, pack, recorded=False), day_for(as_of).day
    known = repository_for(repository)

    def found() -> DueQueue:
        bundle, place, _ = judges
        evaluation = _judged(judges, given, day, repository=known) if given else None
        snapshot = read_snapshot(place, rules=False, bundle=bundle)
        return queue(snapshot, _demands(bundle), day, within, evaluation)

    made = answer(
        found,
        FORMATS,
        format,
        output,
        manifests=(one.path for one in given),
        folders=judges[:2],
        before=lambda queue: _say_unjudged(queue, told=format == "text"),
    )
    fails = FAIL_WHEN[fail_when](made) > 0
    return int(fails) if made.evaluation is None else exit_code(made.evaluation, fails=fails)


def _judged(
    judges: tuple[Folder, Folder, PackChoice], given: Iterable[Found], day: datetime.date, repository: RepositoryName
) -> Evaluation:
    """The manifests, judged by whatever snapshot is there: since nothing passes here, no pin is asked for."""
    return Gate(*judges, pinned=False).judge(
        map(read_found, given), as_of=day, allow_incomplete=True, repository=repository
    )


def _demands(bundle: Folder) -> RegistryDemands:
    """How long a bundle lets evidence count.

    Raises:
        InputError: it cannot be read.
    """
    problems: list[Problem] = []
    files = read_bundle(bundle, problems)
    if files is None or problems:
        raise InputError(problems)
    return files.settings.registry


def _say_unjudged(made: DueQueue, *, told: bool) -> None:
    if made.evaluation is not None:
        say_unjudged(made.evaluation, told=told)
