"""`vendorgate agreements`: list the agreements register, check it, and see what relies on it."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "list": Entry(".list_command", "list_agreements", "List the register by offering and kind, with days left."),
    "check": Entry(
        ".check_command",
        "check",
        "Find agreements that end, clash or serve nothing, and bare claims.",
    ),
    "report": Entry(".report_command", "report", "Show what would change if an agreement were terminated."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def agreements() -> None:
    """List the agreements register, check it, and see what relies on it."""
