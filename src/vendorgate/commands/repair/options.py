"""What `vendorgate repair` and `vendorgate alternatives` have in common: one usage, and what judges it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
import msgspec

from ...frame.defaults import path_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.names import require_known
from ...frame.options import F
from ...gate import Gate
from ...model.evaluation import Evaluation
from ...model.registry import Snapshot
from ...model.vocabulary import FailOn

if TYPE_CHECKING:
    from .trial import Judges


class RepairRequest(msgspec.Struct, frozen=True):
    """What a command line asks for; None where it does not say."""

    manifest: str
    usage: str
    format: str = "text"
    output: tuple[str, ...] = ()
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

    def inputs(self) -> Inputs:
        """The one manifest, and what judges it.

        Raises:
            InputError: the name stands for nothing.
            UsageError: it stands for several.
        """
        return inputs_given(
            [path_for(self.manifest)],
            policies=self.policies,
            registry=self.registry,
            pack=self.pack,
            as_of=self.as_of,
            repository=self.repository,
        )


def judged_manifest(request: RepairRequest, given: Inputs) -> tuple[Gate, Evaluation]:
    """The manifest as a check judges it.

    Raises:
        InputError: an input is not valid.
        UsageError: the manifest has no such usage.
    """
    gate = given.gate()
    evaluation = given.evaluation(gate, fail_on=request.fail_on)
    require_known(request.usage, (one.id for one in evaluation.manifests[0].usages), "usage")
    return gate, evaluation


def usage_options(words: str) -> Callable[[F], F]:
    """`MANIFEST`, `--usage`, `--ignore-waivers`."""

    def decorate(command: F) -> F:
        for option in (
            click.option("--ignore-waivers", is_flag=True, help="Look for a way to do without the bundle's waivers."),
            click.option("--usage", required=True, metavar="ID", help=words),
            click.argument("manifest", metavar="MANIFEST"),
        ):
            command = option(command)
        return command

    return decorate
