"""Places of files as URI references (RFC 3986), as SARIF wants them.

In: a path as it is shown. Out: a reference from the root of the repository, or an absolute one outside of it.
"""

from __future__ import annotations

import posixpath
import re
from typing import Final
from urllib.parse import quote

from .surroundings import Surroundings

ROOT: Final = "%SRCROOT%"
"""What references from the root of the repository are relative to."""
_ABSOLUTE: Final = re.compile(r"/|[A-Za-z]:/")


def artifact_location(shown: str, surroundings: Surroundings) -> dict[str, str]:
    """SARIF's artifactLocation (section 3.4): relative where the file is in the repository."""
    path = surroundings.path(shown)
    if is_inside(path):
        return {"uri": _quoted(path), "uriBaseId": ROOT}
    whole = posixpath.normpath(posixpath.join(surroundings.folder, shown))
    if not _ABSOLUTE.match(whole):  # nobody said where the folder is
        return {"uri": _quoted(whole), "uriBaseId": ROOT}
    return {"uri": f"file:///{_quoted(whole.lstrip('/'), ':')}"}


def is_inside(path: str) -> bool:
    """Whether a path from `Surroundings.path` stands below the folder that such paths begin in."""
    return not _ABSOLUTE.match(path) and path != ".." and not path.startswith("../")


def _quoted(path: str, safe: str = "") -> str:
    """Percent-encoded; bytes of a name that are not UTF-8 stay those bytes."""
    try:
        return quote(path, safe=f"/{safe}", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, safe=f"/{safe}", errors="surrogatepass")
