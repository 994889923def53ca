"""`vendorgate init`: files to start from. Without another word it is a manifest, or a usage in the one that is here."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, UsualGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "manifest": Entry(".manifest_command", "manifest", "A manifest, or one more usage in the one here (the default)."),
    "bundle": Entry(".bundle_command", "bundle", "A policy bundle: policies/."),
    "offering": Entry(
        ".offering_command", "offering", "An offering of your own, or what you add to one of the registry."
    ),
}


@click.group(cls=UsualGroup, usual="manifest", entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def init() -> None:
    """Write files to start from: a manifest (vendorgate.yaml), a bundle (policies/), an offering of your own.

    Asks at a terminal for what the options do not say. Nothing is ever overwritten: where a manifest is here, it gets
    one more usage, and the rest of it stays as it is.

    For example: vendorgate init --offering openai-api --data phi --endpoint responses --setting data_sharing=false
    """
