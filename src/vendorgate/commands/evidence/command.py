"""`vendorgate evidence`: what an auditor asks for, in one file, and over a period."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "pack": Entry(".pack_command", "pack", "Write a check, its inputs and all reports into one archive."),
    "series": Entry(".series_command", "series", "Tell whether it was so on every day of a period, from many of them."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def evidence() -> None:
    """Keep evidence for auditors: one judgement with all that it takes to judge again, or many over time."""
