"""`vendorgate registry diff`."""

from __future__ import annotations

import click

from ...comparison.difference import Difference
from ...comparison.registry import difference
from ...frame.options import help_option
from ...frame.streams import print_report
from ...load.files import folder
from ...snapshots import read_snapshot
from . import document as json
from . import markdown, text
from .options import canvas

format_option = click.option(
    "--format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to show what changes.",
)


def rendered(found: Difference, format: str) -> str:
    """A difference in one of the formats."""
    if format == "json":
        return json.difference(found)
    return markdown.difference(found) if format == "markdown" else text.difference(found, canvas())


@click.command(add_help_option=False)
@click.argument("old")
@click.argument("new")
@click.option(
    "--fail-on",
    type=click.Choice(["worse", "any", "never"]),
    default="never",
    show_default=True,
    help="What exits with 1.",
)
@format_option
@help_option
def diff(old: str, new: str, fail_on: str, format: str) -> int:
    """Show what changed from the snapshot in folder OLD to the one in folder NEW.

    A fact that is gone, a scope that shrinks, a condition that is added and evidence that is older count as worse. So
    do an end that is announced, a name that is no longer known and what names newly imply.
    """
    found = difference(read_snapshot(folder(old)), read_snapshot(folder(new)))
    print_report(rendered(found, format))
    changes = found.worse if fail_on == "worse" else found.total
    return 1 if fail_on != "never" and changes else 0
