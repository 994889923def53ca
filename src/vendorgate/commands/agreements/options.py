"""Options that the commands for agreements share, and the evaluation that they start from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import click
import msgspec

from ...frame.defaults import inputs_for, paths_for, today
from ...frame.options import F, help_option, inputs
from ...frame.repository import repository_for
from ...gate import Gate
from ...model.evaluation import Evaluation


class Asked(msgspec.Struct, frozen=True):
    """What a command line says of inputs; None where it does not say."""

    manifests: tuple[str, ...]
    policies: str | None = None
    registry: str | None = None
    pack: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    repository: str | None = None

    def gate(self) -> Gate:
        """What judges; what nobody named is said on the error stream."""
        return Gate(*inputs_for(self.policies, self.registry, self.pack))

    @property
    def day(self) -> datetime.date:
        """The day to judge by."""
        return self.as_of or today()


def judged(asked: Asked) -> Evaluation:
    """The manifests that are named, or the one here.

    Raises:
        InputError: an input is not valid.
        UsageError: there is no manifest.
    """
    paths = paths_for(asked.manifests)
    repository = repository_for(asked.repository)
    return asked.gate().check(paths, as_of=asked.day, repository=repository)


def agreement_options(formats: Sequence[str]) -> Callable[[F], F]:
    """`[MANIFEST]...`, `--format`, and the inputs."""

    def add(command: F) -> F:
        for option in (
            help_option,
            inputs,
            click.option(
                "--format", type=click.Choice(formats), default=formats[0], show_default=True, help="What to print."
            ),
            click.argument("manifests", nargs=-1, metavar="[MANIFEST]..."),
        ):
            command = option(command)
        return command

    return add
