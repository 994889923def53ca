"""`vendorgate registry`: look into a snapshot, compare, verify, import and update it."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "path": Entry(".show_commands", "path", "Print the folder of the snapshot that would be used."),
    "list": Entry(".show_commands", "list_offerings", "List offerings with their grades."),
    "show": Entry(".show_commands", "show", "Show all that is documented of an offering, watch-outs first."),
    "compare": Entry(".show_commands", "compare", "Show offerings side by side."),
    "question": Entry(".show_commands", "question", "Show all offerings by one dimension."),
    "watch-outs": Entry(".show_commands", "watch_outs", "Show every cell that is not a clean public yes."),
    "search": Entry(".show_commands", "search", "Find words in offerings."),
    "verify": Entry(".verify_command", "verify", "Check a snapshot, and print its digest and old evidence."),
    "index": Entry(".index_command", "index", "Write the index of words, so that a check reads fewer offerings."),
    "due": Entry(".due.command", "due", "Show which sources are to be read next, with the cells that each feeds."),
    "confirm": Entry(".reading.confirm_command", "confirm", "Record that a source still says what its cells say."),
    "correct": Entry(".correcting.command", "correct", "Begin a correction of a cell, or apply one."),
    "watch": Entry(".watch.command", "watch", "Tell whose sources have changed, by an archive of their texts in git."),
    "diff": Entry(".diff_command", "diff", "Show what changed from one snapshot to another."),
    "site": Entry(".site.command", "site", "Write the registry as pages."),
    "import": Entry(".import_command", "import_upstream", "Take in what the upstream registry publishes."),
    "update": Entry(".update_command", "update", "Replace a snapshot by a published one."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def registry() -> None:
    """Look into a registry snapshot, compare, verify, import and update it."""
