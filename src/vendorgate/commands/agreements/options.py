"""Options that the commands for agreements share, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ...frame.defaults import manifests_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.options import F, inputs


def manifests_and_inputs(command: F) -> F:
    """`[MANIFEST]...`, and the inputs."""
    return click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")(inputs(command))


def register_inputs(manifests: Sequence[str], *, any_manifests: bool = False, **options: Any) -> Inputs:
    """What is meant: without manifests the one here, or none where there may be `any_manifests`.

    Raises:
        UsageError: there is no manifest, or no repository of that name.
    """
    return inputs_given(manifests_for(manifests) if manifests or not any_manifests else (), **options)
