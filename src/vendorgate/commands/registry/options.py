"""Options that the commands on the registry share."""

from __future__ import annotations

from typing import Final

import click

overlays_option: Final = click.option(
    "--policies",
    metavar="DIR",
    help="The bundle whose own offerings and cells are shown, too, as its own.  [default: the nearest with offerings/]",
)
"""`--policies`; `builtin` is a bundle that has none."""
own_registry_option: Final = click.option(
    "--registry",
    metavar="DIR",
    help="The snapshot to change.  [default: the nearest registry-snapshot/ up to the repository's root]",
)
"""`--registry` of what changes a snapshot; the one that came with vendorgate is never changed."""
dry_run_option: Final = click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
yes_option: Final = click.option("--yes", is_flag=True, help="Write without asking.")
