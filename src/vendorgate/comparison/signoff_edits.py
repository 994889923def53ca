"""What a change does to the sign-off of a bundle: another one, none, or one that no longer holds.

In: two bundles as they are written. Out: an `Edit`, which says of both sides whether the sign-off is of what is there.
The day is left out: whether it has come does not depend on the change.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UnsetType

from ..load.bundle_files import BundleFiles
from ..model.signoff import Signoff
from .model import Edit, FieldEdit


def signoff_edits(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """What became of it; no verdict depends on that."""
    if old is None or new is None:
        return
    before, after = _told(old.signoff), _told(new.signoff)
    if before != after:
        yield Edit("bundle", "signoff", "changed", "changed", (FieldEdit("signoff", before, after, "changed"),))


def _told(found: Signoff | UnsetType | None) -> str | None:
    if found is None or isinstance(found, UnsetType):
        return None
    holds = "holds" if found.own == found.written.digest else "does not hold"
    return f"{found.written.by} on {found.written.on}, which {holds}"
