"""`vendorgate waiver`: add waivers, and see where each of them stands."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "add": Entry(".add_command", "add", "Waive a finding for a while, as long as its reasons stay the same."),
    "list": Entry(".list_command", "list_waivers", "Show every waiver, the days it has left, and what it waives."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def waiver() -> None:
    """Add waivers, and see where each of them stands."""
