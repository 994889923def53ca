"""`vendorgate waiver`: add waivers, see where each of them stands, and take them out."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "add": Entry(".add_command", "add", "Waive a finding, or all that blocks, for a while and for its reasons."),
    "list": Entry(".list_command", "list_waivers", "Show every waiver, the days it has left, and what it waives."),
    "remove": Entry(".remove_command", "remove", "Take waivers out, by what they say or by their lines."),
    "prune": Entry(".prune_command", "prune", "Take out the waivers that are expired, unused or outlived."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def waiver() -> None:
    """Add waivers, see where each of them stands, and take them out."""
