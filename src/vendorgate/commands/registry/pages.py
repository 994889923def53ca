"""Which page a source is: what two addresses have in common that lead to one and the same.

In: a source as a cell states it. Out: the address of its page. Only what RFC 3986 calls the same is taken for the
same: the case of scheme and host, a port that the scheme has anyway, a path that is left out, and the fragment, which
no server ever sees. A slash at the end, `www.`, the order of a query and `http:` beside `https:` can lead elsewhere,
and stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from ...logic.nearest import nearest

_PORTS: Final = {"http": 80, "https": 443}
_ESCAPED: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
_MOST: Final = 3
"""Pages that are named where one is not there."""


def is_address(text: str) -> bool:
    """Whether a text is meant for an address."""
    return "://" in text


def page_of(source: str) -> str:
    """The address of the page; a source that is no address is itself, without white space around it."""
    text = source.strip()
    try:
        parts = urlsplit(text)
        if not is_address(text) or not parts.hostname:
            return text
        return urlunsplit((parts.scheme.lower(), _host(parts), _path(parts.path) or "/", parts.query, "")).strip()
    except ValueError:  # brackets that are no address, a port that is no number
        return text


def _host(parts: SplitResult) -> str:
    """Host and port, in lower case; a name and password before it, should somebody have written them, stay."""
    before, at, host = parts.netloc.rpartition("@")
    name = host.lower()
    if parts.port == _PORTS.get(parts.scheme.lower()):
        name = name.rpartition(":")[0] if parts.port is not None else name
    return f"{before}{at}{name.removesuffix(':')}"


def _path(path: str) -> str:
    """The path with characters that need no escape written out, and the others escaped in upper case."""
    return _ESCAPED.sub(_unescaped, path)


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if _UNRESERVED.fullmatch(character) else found[0].upper()


def nearest_pages(wanted: str, pages: Iterable[str]) -> tuple[str, ...]:
    """The pages that somebody may have meant: those that begin alike, those of the same host, the most similar one."""
    page, known = page_of(wanted), sorted(set(pages))
    alike = [one for one in known if one.rstrip("/") == page.rstrip("/") or page.rstrip("/") in one]
    host = _host_of(page)
    beside = [one for one in known if host and _host_of(one) == host and one not in alike]
    beside.sort(key=lambda one: (-_common(one, page), one))
    typed = nearest(page, known)
    return tuple(dict.fromkeys((*alike, *beside, *([typed] if typed is not None else ()))))[:_MOST]


def _host_of(page: str) -> str:
    try:
        return urlsplit(page).hostname or ""
    except ValueError:
        return ""


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
