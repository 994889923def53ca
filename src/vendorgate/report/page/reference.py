"""What is the address of a page on the web, and what is only text.

In: a text. Out: the same, and whether the page may link to it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import msgspec

_IN_A_LINK: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%")
"""The characters of a URL (RFC 3986, sections 2.2 and 2.3)."""


class Reference(msgspec.Struct, frozen=True):
    """A text, and whether it is the address of a page."""

    text: str
    is_link: bool


def reference(text: str) -> Reference:
    """A link where the text is the address of a page on the web and nothing else, without a name or a password."""
    return Reference(text, _IN_A_LINK.issuperset(text) and _is_web(text))


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
