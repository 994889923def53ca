"""Where pulled policies are kept, as one file each, under a name that their pin says.

In: a pinned address. Out: bytes, of which nobody may believe anything before they have been held against the pin:
whoever may write the cache may write anything there. A file appears whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from ..errors import Problem, UsageError, reason_of
from ..load.files import opened
from ..source import Location
from .address import Address, GitAddress

_ELSEWHERE: Final = "name a folder that you may write to in XDG_CACHE_HOME"
_LARGEST: Final = 128 * 1024 * 1024
"""Bytes of a file; more than is ever written there."""


def cache_folder() -> Path:
    """The folder: XDG_CACHE_HOME, else ~/.cache (on Windows LOCALAPPDATA); it decides where, never what.

    Raises:
        UsageError: there is no home for it.
    """
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    named = os.environ.get(variable, "")
    try:
        home = Path(named) if os.path.isabs(named) else Path.home() / ".cache"
    except RuntimeError:
        raise UsageError([Problem("no folder for a cache is known", help=f"set {variable}")]) from None
    return home / "vendorgate" / "policies"


def cached_file(address: Address) -> Path:
    """The file in which what an address pins is kept.

    What was fetched from another place is not taken for it: that this one has the commit is what its name is worth.
    """
    place = hashlib.sha256(address.place.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if isinstance(address, GitAddress):
        return cache_folder() / f"{address.revision}-{place}.objects"
    return cache_folder() / f"{address.sha256}-{place}.tar.gz"


def cached(path: Path) -> bytes | None:
    """What a file of the cache holds; None where there is none, or none that can be read."""
    try:
        with opened(path) as file:
            return file.read(_LARGEST)
    except OSError:
        return None


def keep(path: Path, data: bytes) -> None:
    """Put a file in the cache, whole, in the place of what is there.

    Raises:
        UsageError: it cannot be written; what was there is still there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        title = f"the cache cannot be written: {reason_of(error)}"
        raise UsageError([Problem(title, Location(path.parent.as_posix(), 1, 1), _ELSEWHERE)]) from None
