"""`vendorgate inventory`: print a register, or what is another in it than before."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, UsualGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "list": Entry(".list_command", "list_inventory", "Fill a register from manifests; need not be named."),
    "diff": Entry(".diff_command", "diff", "Tell what is another in a register than before; the notice of new rows."),
}


@click.group(
    cls=UsualGroup,
    usual="list",
    takes_words=True,
    entries=_ENTRIES,
    package=__package__,
    add_help_option=False,
)
@help_option
def inventory() -> None:
    """Print the registers that laws ask for: of AI systems, of processing, of sub-processors, of vendors.

    Without one of the commands below, the manifests that are named are listed: vendorgate inventory . A manifest or
    folder that is called as one of them is named ./list or ./diff.
    """
