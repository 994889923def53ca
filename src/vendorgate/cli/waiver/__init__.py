"""`vendorgate waiver`: add waivers, and see where each of them stands."""

from __future__ import annotations

from typing import Final

import click

from ..lazy import Entry, LazyGroup
from ..options import help_option

_ENTRIES: Final = {
    "add": Entry("waiver.adding", "add", "Waive a finding for a while, as long as its reasons stay the same."),
    "list": Entry("waiver.listing", "list_waivers", "Show every waiver, the days it has left, and what it waives."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, add_help_option=False)
@help_option
def waiver() -> None:
    """Add waivers, and see where each of them stands."""
