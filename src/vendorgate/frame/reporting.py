"""The options that say what a report on results looks like, for `check`, `review` and `plan`.

In: the formats that a command has. Out: a decorator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from .options import F
from .verdict import THRESHOLDS


def reports(formats: Iterable[str]) -> Callable[[F], F]:
    """`--format`, `--output`, `--fail-on`, `--show-waived`."""
    show_waived = click.option(
        "--show-waived", is_flag=True, help="Show waived results in formats that leave them out (sarif, gitlab)."
    )
    return lambda command: outputs(formats)(show_waived(command))


def outputs(formats: Iterable[str]) -> Callable[[F], F]:
    """`--format`, `--output`, `--fail-on`."""
    options = (
        click.option(
            "--fail-on",
            type=click.Choice(THRESHOLDS),
            help="The least severity that blocks; not laxer than the bundle's.",
        ),
        click.option(
            "--output", multiple=True, metavar="FORMAT=PATH", help="Write a report to a file, too; may be repeated."
        ),
        click.option(
            "--format", type=click.Choice([*formats]), default="text", show_default=True, help="What to print."
        ),
    )

    def decorate(command: F) -> F:
        for option in options:
            command = option(command)
        return command

    return decorate
