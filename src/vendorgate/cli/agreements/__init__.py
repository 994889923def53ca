"""`vendorgate agreements`: list the agreements register, check it, and see what relies on it."""

from __future__ import annotations

from typing import Final

import click

from ..lazy import Entry, LazyGroup
from ..options import help_option

_ENTRIES: Final = {
    "list": Entry("agreements.listing", "list_agreements", "List the register by offering and kind, with days left."),
    "check": Entry(
        "agreements.checking", "check", "Find agreements that end, clash or serve nothing, and bare claims."
    ),
    "report": Entry("agreements.terminating", "report", "Show what would change if an agreement were terminated."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, add_help_option=False)
@help_option
def agreements() -> None:
    """List the agreements register, check it, and see what relies on it."""
