"""What `vendorgate repair` and `vendorgate alternatives` have in common: one usage, and what judges it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
import msgspec

from ...frame.defaults import inputs_for, path_for, today
from ...frame.names import require_known
from ...frame.options import F
from ...frame.repository import repository_for
from ...frame.verdict import THRESHOLDS
from ...gate import Gate
from ...model.evaluation import Evaluation
from ...model.registry import Snapshot
from ...model.vocabulary import FailOn

if TYPE_CHECKING:
    from .trial import Judges


class Request(msgspec.Struct, frozen=True):
    """What a command line asks for; None where it does not say."""

    manifest: str
    usage: str
    format: str = "text"
    ignore_waivers: bool = False
    fail_on: FailOn | None = None
    policies: str | None = None
    registry: str | None = None
    pack: tuple[str, ...] = ()
    repository: str | None = None
    as_of: datetime.date | None = None

    def judges(self, evaluation: Evaluation, snapshot: Snapshot) -> Judges:
        """What judges, with the offerings of a snapshot."""
        from .repairs import judges_for

        return judges_for(evaluation, snapshot, self.fail_on, ignore_waivers=self.ignore_waivers)


def judged_manifest(request: Request) -> tuple[Gate, Evaluation]:
    """The manifest as a check judges it.

    Raises:
        InputError: an input is not valid.
        UsageError: the manifest has no such usage.
    """
    gate = Gate(*inputs_for(request.policies, request.registry, request.pack))
    repository, day = repository_for(request.repository), request.as_of or today()
    evaluation = gate.check(path_for(request.manifest), as_of=day, fail_on=request.fail_on, repository=repository)
    require_known(request.usage, (one.id for one in evaluation.manifests[0].usages), "usage")
    return gate, evaluation


def ways_out(words: str) -> Callable[[F], F]:
    """`MANIFEST`, `--usage`, `--format`, `--ignore-waivers`, `--fail-on`."""

    def decorate(command: F) -> F:
        for option in (
            click.option(
                "--fail-on",
                type=click.Choice(THRESHOLDS),
                help="The least severity that blocks; not laxer than the bundle's.",
            ),
            click.option("--ignore-waivers", is_flag=True, help="Look for a way to do without the bundle's waivers."),
            click.option(
                "--format",
                type=click.Choice(["text", "json"]),
                default="text",
                show_default=True,
                help="What to print.",
            ),
            click.option("--usage", required=True, metavar="ID", help=words),
            click.argument("manifest", metavar="MANIFEST"),
        ):
            command = option(command)
        return command

    return decorate
