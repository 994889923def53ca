"""Whether a file that was passed over may name somebody, so that nobody takes it for one that names nobody.

In: a path, why it was passed over, the prefilter. Out: whether it has to be told. A file of a kind that nobody reads is
none, nor is one of which all was searched and that has no word by which somebody is known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Final

from .extractors import EXTRACTORS
from .files import Unread
from .sources import is_source
from .status import by_place

_NO_READER: Final = re.compile(
    r"\.(?:swift|scala|sc|dart|exs?|lua|pl|pm|r|jl|mm?|cc|cpp|cxx|c|hpp|h|clj[cs]?|hs|mli?|fsx?|vb|groovy|zig|nim|cr"
    r"|erl|elm|coffee|bas|pas|d|tcl|sol|res|purs|rkt|scm|el|lisp)\Z",
    re.IGNORECASE,
)
"""Languages that programs are written in, and that no reader knows."""
_COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_READABLE: Final = re.compile(
    r"utf[-_]?8.*|u8|utf|us[-_]?ascii|ascii|646|latin[-_]?\d*|iso[-_]?(?:ir[-_]?)?\d.*|l1|cp\d+|windows[-_]?\d+|koi8.*"
    r"|mac.*|gbk?|gb\d+.*|big5.*|euc.*|shift.*|s[-_]?jis.*|johab|tis.*|ptcp.*",
    re.IGNORECASE,
)
"""Encodings in which what ASCII has stands as in ASCII."""


def may_name(path: str, why: Unread, is_hit: Callable[[bytes], bool]) -> bool:
    """Whether somebody may be named in what was passed over."""
    if why.leads_to is not None:
        return _leads_elsewhere(path, why.leads_to)
    if why.count > 1 or path.endswith("/") or why.reason == "a repository of its own":
        return True
    if not is_read(path):
        return False
    if why.beginning is None:
        return True
    return bool(why.beginning) and (not why.is_whole or is_hit(why.beginning))


def is_read(path: str) -> bool:
    """Whether somebody reads files of this name."""
    return is_source(path) or any(one.wants(path) for one in EXTRACTORS)


def no_reader(path: str) -> str | None:
    """Why a file that names somebody is not read, where it is of a language that nobody reads."""
    found = None if is_read(path) else _NO_READER.search(path)
    return None if found is None else f"no reader for {found.group().lower()}"


def unusual_encoding(path: str, data: bytes) -> str | None:
    """Why a file of Python cannot be searched: another encoding, in which words do not stand as they are."""
    if not path.lower().endswith((".py", ".pyw")):
        return None
    for line in data[:1_000].split(b"\n")[:2]:
        found = _COOKIE.match(line)
        if found is not None:
            name = found.group(1).decode("ascii")
            return None if _READABLE.fullmatch(name) else f"in the encoding {name[:40]}"
    return None


def _leads_elsewhere(path: str, target: str) -> bool:
    """Whether a link makes code of what nobody reads as that, or for which it counts less."""
    real = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if real.startswith(("../", "/")) or real == "..":
        return is_read(path) or "." not in posixpath.basename(path)
    if is_source(path):
        return not is_source(real) or by_place(path) != by_place(real)
    return "." not in posixpath.basename(path) and by_place(f"{path}/x.py") != by_place(f"{real}/x.py")
