"""Folders of this run alone, which go when it ends."""

from __future__ import annotations

from typing import Final

FOLDERS: Final[dict[str, str]] = {}
"""By what was unpacked there."""


def clear() -> None:
    """Remove them all."""
    if not FOLDERS:
        return
    import shutil  # mostly there is nothing to remove

    while FOLDERS:
        shutil.rmtree(FOLDERS.popitem()[1], ignore_errors=True)
