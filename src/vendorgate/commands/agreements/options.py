"""Options that the commands for agreements share, and the evaluation that they start from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import click
import msgspec

from ...frame.defaults import paths_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.options import F, help_option, inputs
from ...model.evaluation import Evaluation


class AgreementsRequest(msgspec.Struct, frozen=True):
    """What a command line says of inputs; None where it does not say."""

    manifests: tuple[str, ...]
    policies: str | None = None
    registry: str | None = None
    pack: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    repository: str | None = None

    def inputs(self, *, any_manifests: bool = False) -> Inputs:
        """What is meant: without manifests the one here, or none where there may be `any_manifests`.

        Raises:
            InputError: a name stands for nothing.
            UsageError: there is no manifest, or no repository of that name.
        """
        return inputs_given(
            paths_for(self.manifests) if self.manifests or not any_manifests else (),
            policies=self.policies,
            registry=self.registry,
            pack=self.pack,
            as_of=self.as_of,
            repository=self.repository,
        )


def judged(asked: AgreementsRequest) -> Evaluation:
    """The manifests that are named, or the one here.

    Raises:
        InputError: an input is not valid.
        UsageError: there is no manifest.
    """
    return asked.inputs().evaluation()


def manifests_and_inputs(command: F) -> F:
    """`[MANIFEST]...`, and the inputs."""
    return click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")(inputs(command))


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
