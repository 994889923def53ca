"""An option that the commands on the registry share."""

from __future__ import annotations

from typing import Final

import click

overlays_option: Final = click.option(
    "--policies",
    metavar="DIR",
    help="The bundle whose own offerings and cells are shown, too, as its own.  [default: the nearest with offerings/]",
)
"""`--policies`; `builtin` is a bundle that has none."""
