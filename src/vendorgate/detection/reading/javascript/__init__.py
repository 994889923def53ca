"""JavaScript and TypeScript, with the elements of JSX, and the scripts within pages and components.

In: the text of a file. Out: its `Code`, by its tokens.
"""

from __future__ import annotations

from typing import Final

from ...code import Code
from ..unreadable import Unreadable
from .expressions import expression
from .pages import has_markup, only_scripts
from .reader import Reader
from .statements import read_all

LONGEST_LINES: Final = 500
"""How many characters a line has on average where nobody wrote it."""


_PAGES: Final = (".vue", ".svelte", ".astro", ".html", ".htm")
_WITHOUT_MARKUP: Final = (".ts", ".mts", ".cts")


def read(text: str, path: str = "", *, jsx: bool | None = None) -> Code:
    """What a script says, or the scripts of a page or a component; the end of its path tells which.

    `jsx` says whether `<` may begin an element, which it does not in `.ts`; without it, the path tells that, too.
    Raises `Unreadable` for minified scripts and for what nests beyond reason.
    """
    text = text.removeprefix("\ufeff")
    if path.endswith(_PAGES):
        jsx = has_markup(text) if jsx is None else jsx
        text = only_scripts(text)
    if len(text) > LONGEST_LINES * (text.count("\n") + 1):
        raise Unreadable("minified")
    if text.startswith("#!"):
        text = "//" + text[2:]
    reader = Reader(text, expression, markup=not path.endswith(_WITHOUT_MARKUP) if jsx is None else jsx)
    read_all(reader)
    return reader.gathering.code(exact=False)
