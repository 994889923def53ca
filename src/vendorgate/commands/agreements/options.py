"""Options that the commands for agreements share, and the evaluation that they start from."""

from __future__ import annotations

import datetime

import click
import msgspec

from ...frame.defaults import paths_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.options import F, inputs


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


def manifests_and_inputs(command: F) -> F:
    """`[MANIFEST]...`, and the inputs."""
    return click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")(inputs(command))
