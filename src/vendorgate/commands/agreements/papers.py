"""The papers that a register names: the documents below the bundle, as they lie there.

In: the bundle's folder, a path below it. Out: the SHA-256 of what is there, or why there is none. Nothing else
opens them; no link is followed, and none is held in memory.
"""

from __future__ import annotations

import hashlib
import os
from typing import BinaryIO, Final

import msgspec

from ...load.files import Folder, opened, unreadable

_MOST: Final = 1024 * 1024 * 1024
"""Bytes of a paper."""
_PART: Final = 1024 * 1024


class Paper(msgspec.Struct, frozen=True):
    """What lies where a document should."""

    sha256: str | None
    """None: it cannot be told."""
    trouble: str = ""
    """Why not."""
    elsewhere: bool = False
    """Whether that is because the bundle is kept elsewhere, and came without its papers."""


class Papers:
    """The documents of one bundle; each is read once."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._read: dict[str, Paper] = {}

    def at(self, document: str) -> Paper:
        """What lies at a path below the bundle."""
        found = self._read.get(document)
        if found is None:
            found = self._read[document] = self._paper(document)
        return found

    def _paper(self, document: str) -> Paper:
        if self._folder.address is not None:
            return Paper(None, "an address brings the YAML files of a bundle alone", elsewhere=True)
        path = self._folder.path
        for part in document.split("/"):
            path = os.path.join(path, part)
            if os.path.islink(path):
                return Paper(None, "a link stands there, or on the way")
        try:
            with opened(path) as file:
                return _hashed(file)
        except (OSError, ValueError) as error:
            return Paper(None, unreadable(error, "").title if isinstance(error, OSError) else str(error))


def _hashed(file: BinaryIO) -> Paper:
    digest, size = hashlib.sha256(), 0
    while part := file.read(_PART):
        size += len(part)
        if size > _MOST:
            return Paper(None, f"a file of more than {_MOST // _PART} MiB")
        digest.update(part)
    return Paper(digest.hexdigest())
