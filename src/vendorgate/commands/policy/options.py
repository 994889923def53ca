"""Options that the commands for policies share, and the bundle that they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import click

from ...frame.defaults import inputs_for
from ...frame.options import help_option, registry_option
from ...load.files import Folder, shipped
from ...load.packs import PackChoice
from .opening import OpenBundle, open_bundle

F = TypeVar("F", bound=Callable[..., Any])


_PACK: Final = "Only this pack; may be repeated."


def policy_options(*formats: str) -> Callable[[F], F]:
    """`[DIR]`, `--pack`, `--registry`, `--format`, `--help`."""

    def add(command: F) -> F:
        options = [
            help_option,
            click.option(
                "--registry", metavar="DIR", help="The registry snapshot.  [default: registry-snapshot/, else built in]"
            ),
            click.option("--pack", multiple=True, metavar="NAME", help=_PACK),
        ]
        if formats:
            choice = click.Choice(formats)
            options.append(
                click.option("--format", type=choice, default=formats[0], show_default=True, help="What to print.")
            )
        for option in options:
            command = option(command)
        return command

    return add


def folder_argument(command: F) -> F:
    """`[DIR]`: the bundle."""
    return click.argument("folder", required=False, metavar="[DIR]")(command)


def pack_and_registry(command: F) -> F:
    """`--pack`, `--registry`."""
    for option in (registry_option, click.option("--pack", multiple=True, metavar="NAME", help=_PACK)):
        command = option(command)
    return command


def opened(folder: str | None, registry: str | None, packs: Sequence[str]) -> OpenBundle:
    """The bundle that is meant, all of its packs or those that are named, read and checked with its tests.

    Raises:
        InputError: it or the snapshot is not valid.
    """
    _, open = to_open(folder, registry, packs)
    return open()


def to_open(
    folder: str | None, registry: str | None, packs: Sequence[str]
) -> tuple[tuple[Folder, Folder], Callable[[], OpenBundle]]:
    """The folders of the bundle that is meant and of the snapshot, and what opens them."""
    bundle, snapshot, _ = inputs_for(folder, registry)
    return (bundle, snapshot), lambda: open_bundle(bundle, snapshot, choice(packs))


def choice(packs: Sequence[str]) -> PackChoice:
    """The packs that are named; where none is, all there are, optional ones too."""
    return PackChoice(tuple(packs), shipped("policies"), "nothing" if packs else "everything")
