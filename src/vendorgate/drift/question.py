"""What code is held against, and how.

In: nothing. Out: `Question`.
"""

from __future__ import annotations

import datetime

import msgspec

from ..detection.catalogue.catalogue import Catalogue
from ..model.detect import DetectRules
from ..model.vocabulary import FailOn
from .declared import Declarations, Place
from .regions import Geography


class Question(msgspec.Struct, frozen=True):
    """What code is held against, and how."""

    declarations: Declarations
    catalogue: Catalogue
    rules: DetectRules
    as_of: datetime.date
    geography: Geography = Geography()
    fail_on: FailOn = "error"
    place: Place = str
    """The path of a file from the root of the repository, by how it is shown."""
    looked_at: tuple[str, ...] | None = ("",)
    """Folders from the root of the repository that were looked at as a whole, each with a slash at its end; None:
    single files alone."""
