"""Names of members: which of them every system can unpack, each to a file of its own inside of one folder.

In: a name. Out: what is wrong with it, in words. The same rules hold for what is packed and for what is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 1_024
"""Bytes of a name in UTF-8."""
_UNSAFE: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\\\:\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]")
"""Controls, which could turn a line of SHA256SUMS into two or write it backwards; what parts names on Windows."""


def fault_of_name(name: str) -> str | None:
    """Why a name is none of a member; None: it is one."""
    parts = name.split("/")
    if not name or name.startswith("/"):
        return "leads out of the archive"
    if ".." in parts:
        return "leads out of the archive"
    if "" in parts or "." in parts:
        return "has a part that says nothing"
    if any(part.endswith((".", " ")) for part in parts):
        return "has a part that ends with a full stop or a blank, which some systems leave out"
    if _UNSAFE.search(name):
        return "has a character that no name may have: a control, a colon or a backslash"
    try:
        too_long = len(name.encode("utf-8")) > LONGEST
    except UnicodeEncodeError:
        return "is not UTF-8"
    return f"has more than {LONGEST:,} bytes" if too_long else None


def alike(name: str) -> str:
    """What a name is to a system that ignores case, and how a letter is put together."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def clashes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each name that some system takes for an earlier one, or for a folder that an earlier one lies in, with that."""
    found: list[tuple[str, str]] = []
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        folded = alike(name)
        above = ["/".join(folded.split("/")[:depth]) for depth in range(1, folded.count("/") + 1)]
        earlier = files.get(folded) or folders.get(folded) or next((files[one] for one in above if one in files), None)
        if earlier is not None:
            found.append((name, earlier))
            continue
        files[folded] = name
        for one in above:
            folders.setdefault(one, name)
    return found
