"""What a change edits of the words that policy files bring: data classes, kinds of agreement, attributes, groups of
regions. Those of `bundle.yaml` are among its settings.

In: two bundles as they are written. Out: edits, one for each kind of word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ..load.bundle_files import BundleFiles
from ..logic import Json
from ..model.policy import PolicyFileOutline
from ..model.policy_file import PolicyFile
from .model import Edit, FieldEdit

_LISTS: Final = ("data_classes", "agreement_kinds")
_MAPPINGS: Final = ("attributes", "region_groups")


def word_edits(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """What differs; which of both lets more pass, nobody can say without reading."""
    if old is None or new is None:
        return
    before, after = _words(old), _words(new)
    for field in (*_LISTS, *_MAPPINGS):
        if before[field] != after[field]:
            differing = (FieldEdit(field, before[field], after[field], "changed"),)
            yield Edit("bundle", f"{field} of policy files", "changed", "changed", differing)


def _words(files: BundleFiles) -> dict[str, Json]:
    """All words that policy files bring, whichever file it is; the first that declares one counts."""
    written: list[PolicyFile | PolicyFileOutline] = [one for one, _ in files.policies]
    lists: dict[str, Json] = {field: [*_listed(written, field)] for field in _LISTS}
    mappings: dict[str, Json] = {field: dict(_mapped(written, field)) for field in _MAPPINGS}
    return {**lists, **mappings}


def _listed(written: list[PolicyFile | PolicyFileOutline], field: str) -> list[str]:
    return sorted({word for one in written for word in getattr(one, field)})


def _mapped(written: list[PolicyFile | PolicyFileOutline], field: str) -> Iterator[tuple[str, Json]]:
    for one in reversed(written):
        yield from msgspec.to_builtins(getattr(one, field)).items()
