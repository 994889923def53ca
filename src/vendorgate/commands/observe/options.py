"""The options that both commands share, and the bundle that they mean."""

from __future__ import annotations

from typing import Final

import click

from ...errors import Problem, UsageError
from ...frame.defaults import inputs_for, refuse_elsewhere
from ...frame.options import NEAREST_POLICIES
from ...load.files import Folder, shipped
from ...load.nearby import POLICIES
from ...load.packs import PackChoice
from .outcome import Wanted

bundle_option: Final = click.option(
    "--bundle", metavar="DIR", help=f"The policy bundle to file it in.  {NEAREST_POLICIES}"
)
yes_option: Final = click.option("--yes", is_flag=True, help="Write without asking.")
dry_run_option: Final = click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")


def own_bundle(given: str | None, registry: str | None) -> tuple[Folder, Folder, PackChoice]:
    """The bundle to write in, and the registry beside it.

    Raises:
        UsageError: there is none of one's own.
    """
    judges = inputs_for(given, registry, recorded=False)
    refuse_elsewhere(judges[0])
    if judges[0].path == shipped(POLICIES).path:
        title = "no bundle of your own to file observations in"
        help = "name it with --bundle DIR, or begin one: vendorgate init bundle --name NAME"
        raise UsageError([Problem(title, help=help)])
    return judges


def wanted(*, dry_run: bool, yes: bool) -> Wanted:
    """What options say.

    Raises:
        UsageError: both are given.
    """
    if dry_run and yes:
        raise UsageError([Problem("--dry-run and --yes exclude each other", help="leave one of them out")])
    return "look" if dry_run else "write" if yes else "ask"
