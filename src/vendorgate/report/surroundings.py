"""What a report knows of the place that it is read in, beside the evaluation.

In: absolute paths with forward slashes. Out: paths as a reader in the repository knows them.
"""

from __future__ import annotations

import posixpath
from typing import Final

import msgspec

BUILT_IN: Final = "vendorgate:"
"""What the path of a file that came along begins with; no repository has such a file."""


class Surroundings(msgspec.Struct, frozen=True):
    """Where a check ran, and what a reader asked to see."""

    folder: str = ""
    """The folder that the paths of an evaluation are relative to; empty where they are already as they should be."""
    repository: str = ""
    """The root of the repository around it; empty where there is none."""
    waived: bool = False
    """Whether a format that leaves waived results out shows them."""

    def path(self, shown: str) -> str:
        """A path from the root of the repository; one that is not inside stays as it is, without needless dots."""
        if shown.startswith(BUILT_IN):
            return shown
        if not self.repository:
            return posixpath.normpath(shown)
        whole = posixpath.normpath(posixpath.join(self.folder, shown))
        root = self.repository.rstrip("/") + "/"
        return whole.removeprefix(root) if whole.startswith(root) else posixpath.normpath(shown)
