"""Packages that a script names by where they are fetched from.

In: what stands after `from`. Out: the package, as others import it: `npm:openai@6` is `openai`, and so is
`https://esm.sh/openai@6`.
"""

from __future__ import annotations

import re
from typing import Final

_FETCHED: Final = re.compile(
    r"(?:npm:/?|jsr:/?|https?://(?:esm\.sh|esm\.run|unpkg\.com|cdn\.skypack\.dev|cdn\.jsdelivr\.net/npm|deno\.land/x"
    r"|(?:ga\.|dev\.)?jspm\.(?:io|dev)/npm:)/?)"
    r"(?:v\d+/|stable/|pin/)?\*?"
    r"(?P<package>(?:@[\w.-]+/)?[A-Za-z0-9][\w.-]*)(?:@[^/?#]*)?(?P<path>/[^?#]*)?(?:[?#].*)?"
)
_ENTRIES: Final = re.compile(r"/(?:mod\.[jt]s|\+esm|(?:.*/)?index\.m?[jt]s|)")
"""Paths that mean the package as a whole."""


def package_of(module: str) -> str:
    """The module as it is imported where packages are installed; any other as it stands there."""
    if ":" not in module or (found := _FETCHED.fullmatch(module)) is None:
        return module
    path = found["path"] or ""
    return found["package"] if _ENTRIES.fullmatch(path) else found["package"] + path
