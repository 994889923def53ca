"""What `vendorgate repair` and `vendorgate alternatives` have in common: one usage, and what judges it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import click
import msgspec

from ...frame.defaults import options_given, path_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.names import known_or_only
from ...frame.options import F
from ...gate import Gate
from ...model.evaluation import Evaluation
from ...model.registry import Snapshot
from ...model.vocabulary import FailOn

if TYPE_CHECKING:
    from ...lifting.judges import Judges


LIMIT: Final = 5
"""Repairs that are looked for where nobody says how many."""


class RepairRequest(msgspec.Struct, frozen=True):
    """What a command line asks for; None where it does not say."""

    manifest: str | None = None
    usage: str | None = None
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
        from ...lifting.repairs import judges_for

        return judges_for(evaluation, snapshot, self.fail_on, ignore_waivers=self.ignore_waivers)

    def again(self, limit: int) -> Iterator[str]:
        """The options without which another run does not find the same repairs under the same numbers."""
        yield from options_given(
            policies=self.policies,
            registry=self.registry,
            pack=self.pack,
            repository=self.repository,
            as_of=self.as_of,
            fail_on=self.fail_on,
        )
        yield from ("--ignore-waivers",) if self.ignore_waivers else ()
        yield from () if limit == LIMIT else ("--limit", str(limit))

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


def judged_manifest(request: RepairRequest, given: Inputs, gate: Gate) -> tuple[Evaluation, str]:
    """The manifest as a check judges it, and the usage that is meant.

    Raises:
        InputError: an input is not valid.
        UsageError: the manifest has no such usage, or several and none is named.
    """
    evaluation = given.evaluation(gate, fail_on=request.fail_on)
    return evaluation, known_or_only(request.usage, [one.id for one in evaluation.manifests[0].usages], "usage")


def usage_options(words: str) -> Callable[[F], F]:
    """`[MANIFEST]`, `--usage`, `--ignore-waivers`."""

    def decorate(command: F) -> F:
        for option in (
            click.option("--ignore-waivers", is_flag=True, help="Look for a way to do without the bundle's waivers."),
            click.option("--usage", metavar="ID", help=f"{words}  [default: the only one]"),
            click.argument("manifest", required=False, metavar="[MANIFEST]"),
        ):
            command = option(command)
        return command

    return decorate
