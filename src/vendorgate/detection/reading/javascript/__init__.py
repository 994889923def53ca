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


def read(text: str, *, jsx: bool = True) -> Code:
    """What a script says; `jsx` says whether `<` may begin an element, which it does not in `.ts`.

    Raises `Unreadable` for minified scripts and for what nests beyond reason.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST_LINES * (text.count("\n") + 1):
        raise Unreadable("minified")
    if text.startswith("#!"):
        text = "//" + text[2:]
    reader = Reader(text, expression, markup=jsx)
    read_all(reader)
    return reader.gathering.code(exact=False)


def read_page(text: str) -> Code:
    """What the scripts of a page or of a component say: `.vue`, `.svelte`, `.astro`, `.html`.

    Raises `Unreadable` as `read` does.
    """
    text = text.removeprefix("\ufeff")
    return read(only_scripts(text), jsx=has_markup(text))
