"""Which source files that name nobody lead to code whose place says that the product does not use it.

In: a path, the bytes of a source file. Out: whether its imports have to be known. A product that imports a helper of
its tests uses it, and the file that does so names nobody; it is parsed for its imports, which others are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model.detect import BY_THE_PRODUCT
from .status import PLACES_ASIDE, by_place

_ASIDE: Final = re.compile(
    rb"[\s./\"'`,(](?:(?:"
    + "|".join(sorted(re.escape(one) for one in PLACES_ASIDE)).encode()
    + rb"|conftest)(?![\w-])|test_|\w+[._](?:test|spec)\b)"
)
"""The name of a folder or a file of tests, tools, documentation, examples."""
_BESIDE: Final = re.compile(rb"\bfrom[ \t]{1,9}\.|[\"'`]\.\.?/")
"""Of an import: that it is from a folder near by. What lies aside may lead to more of it."""
_WORDS: Final = (b"import", b"require", b"from '", b'from "', b'\t"')
"""What stands in a line that imports; in Go, a line of a list of imports has a tab and a name."""
_LINE: Final = 500
"""Bytes of a line, before such a word and after it, that are looked at."""


def leads_aside(path: str, data: bytes) -> bool:
    """Whether a file imports what seems to lie in such a place."""
    lies_aside = by_place(path) not in BY_THE_PRODUCT
    return any(_ASIDE.search(line.lower()) or (lies_aside and _BESIDE.search(line)) for line in _importing(data))


def _importing(data: bytes) -> Iterator[bytes]:
    """The lines that seem to import something; no byte is looked at twice for the same word."""
    for word in _WORDS:
        end = 0
        while (at := data.find(word, end)) >= 0:
            begin = max(end, at - _LINE, data.rfind(b"\n", max(end, at - _LINE), at) + 1)
            newline = data.find(b"\n", at, at + _LINE)
            end = newline if newline >= 0 else min(len(data), at + _LINE)
            yield data[begin:end]
