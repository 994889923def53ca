"""Options that the commands for policies share, and the bundle that they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import click

from ...frame.defaults import inputs_for
from ...frame.options import registry_option
from ...load.files import Folder, shipped
from ...load.packs import PackChoice
from .open_bundle import OpenBundle, open_bundle

F = TypeVar("F", bound=Callable[..., Any])


_PACK: Final = "Only this pack; may be repeated."


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
    bundle, snapshot, _ = inputs_for(folder, registry, recorded=False)
    return (bundle, snapshot), lambda: open_bundle(bundle, snapshot, choice(packs))


def choice(packs: Sequence[str]) -> PackChoice:
    """The packs that are named; where none is, all there are, optional ones too."""
    return PackChoice(tuple(packs), shipped("policies"), "nothing" if packs else "everything")
