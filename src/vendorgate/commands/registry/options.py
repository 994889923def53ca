"""Options that the registry's commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ...frame.defaults import registry_for
from ...frame.options import help_option
from ...frame.streams import print_report, style_for
from ...load.files import Folder
from .console import Canvas, canvas_for

F = TypeVar("F", bound=Callable[..., Any])


def registry_options(*formats: str) -> Callable[[F], F]:
    """`--registry`, `--format`, `--help`."""

    def add(command: F) -> F:
        for option in (
            help_option,
            click.option(
                "--format", type=click.Choice(formats), default=formats[0], show_default=True, help="What to print."
            ),
            click.option(
                "--registry", metavar="DIR", help="The registry snapshot.  [default: registry-snapshot/, else built in]"
            ),
        ):
            command = option(command)
        return command

    return add


def chosen(given: str | None) -> Folder:
    """The snapshot that is meant; what nobody named is said on the error stream."""
    return registry_for(given)


def canvas() -> Canvas:
    """For standard output."""
    return canvas_for(style_for(sys.stdout))


def answer(text: str) -> int:
    """Print and end well."""
    print_report(text)
    return 0
