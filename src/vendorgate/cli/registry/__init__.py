"""`vendorgate registry`: look into a snapshot, compare, verify, import and update it."""

from __future__ import annotations

from typing import Final

import click

from ..lazy import Entry, LazyGroup
from ..options import help_option

_ENTRIES: Final = {
    "path": Entry("registry.looking", "path", "Print the folder of the snapshot that would be used."),
    "list": Entry("registry.looking", "list_offerings", "List offerings with their grades."),
    "show": Entry("registry.looking", "show", "Show all that is documented of an offering, watch-outs first."),
    "compare": Entry("registry.looking", "compare", "Show offerings side by side."),
    "question": Entry("registry.looking", "question", "Show all offerings by one dimension."),
    "watch-outs": Entry("registry.looking", "watch_outs", "Show every cell that is not a clean public yes."),
    "search": Entry("registry.looking", "search", "Find words in offerings."),
    "verify": Entry("registry.verifying", "verify", "Check a snapshot, and print its digest and old evidence."),
    "index": Entry("registry.indexing", "index", "Write the index of words, so that a check reads fewer offerings."),
    "diff": Entry("registry.differing", "diff", "Show what changed from one snapshot to another."),
    "import": Entry("registry.importing", "import_upstream", "Take in what the upstream registry publishes."),
    "update": Entry("registry.updating", "update", "Replace a snapshot by a published one."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, add_help_option=False)
@help_option
def registry() -> None:
    """Look into a registry snapshot, compare, verify, import and update it."""
