"""`vendorgate push`: a command for each place that something is brought to."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "ciso-assistant": Entry(
        ".ciso_assistant.command",
        "ciso_assistant",
        "Bring evidences, vendors and waivers to CISO Assistant.",
    ),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def push() -> None:
    """Bring what was judged to where an organization keeps its evidence."""
