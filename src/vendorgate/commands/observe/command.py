"""`vendorgate observe`: read how accounts are really set up, or say what a person has seen there."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, UsualGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "read": Entry(".read_command", "read", "Read accounts by the vendors' own APIs; need not be named."),
    "attest": Entry(".attest_command", "attest", "File what a person has read where a vendor has no API."),
}


@click.group(
    cls=UsualGroup,
    usual="read",
    takes_words=True,
    entries=_ENTRIES,
    package=__package__,
    add_help_option=False,
)
@help_option
def observe() -> None:
    """Tell how accounts at vendors are really set up, and keep it in the bundle, where it counts in place of claims.

    Without one of the commands below, the accounts of the offerings that are named are read: vendorgate observe
    openai-api, or of all that accounts.yaml of the bundle lists: vendorgate observe all.
    """
