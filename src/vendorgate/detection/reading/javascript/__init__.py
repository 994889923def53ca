"""JavaScript and TypeScript, with the elements of JSX, and the scripts within pages and components.

In: the text of a file. Out: its `Code`: by the grammar, where the extra `vendorgate[detect]` is installed and the
grammar takes the file; else by its tokens, which say the same.
"""

from __future__ import annotations

import re
from typing import Final

from ...code import Code
from ..unreadable import Unreadable
from .expressions import expression
from .pages import has_markup, only_scripts
from .reader import Reader
from .statements import read_all

LONGEST_LINES: Final = 500
"""How many characters a line has on average where nobody wrote it."""


_LARGE: Final = 200_000
"""Above this many characters nobody asks what the long lines are made of."""
_TEXTS: Final = re.compile(r"`[^`]*`|\"[^\"\n]*\"|'[^'\n]*'|/\*[^*]*\*/|//[^\n]*")
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs, which are no characters."""
_PAGES: Final = (".vue", ".svelte", ".astro", ".html", ".htm")
_WITHOUT_MARKUP: Final = (".ts", ".mts", ".cts")


def read(text: str, path: str = "", *, jsx: bool | None = None) -> Code:
    """What a script says, or the scripts of a page or a component; the end of its path tells which.

    `jsx` says whether `<` may begin an element, which it does not in `.ts`; without it, the path tells that, too.
    Raises `Unreadable` for minified scripts and for what nests beyond reason.
    """
    text = _HALF.sub("\ufffd", text.removeprefix("\ufeff"))
    if path.endswith(_PAGES):
        jsx = has_markup(text) if jsx is None else jsx
        text = only_scripts(text)
    if _is_minified(text):
        raise Unreadable("minified")
    if text.startswith("#!"):
        text = "//" + text[2:]
    jsx = not path.endswith(_WITHOUT_MARKUP) if jsx is None else jsx
    exact = _by_grammar(text, jsx=jsx)
    return exact if exact is not None else by_tokens(text, jsx=jsx)


def _is_minified(text: str) -> bool:
    """Whether its lines are longer than anybody writes them, the texts in them aside."""
    most = LONGEST_LINES * (text.count("\n") + 1)
    return len(text) > most and (len(text) > _LARGE or len(_TEXTS.sub("", text)) > most)


def by_tokens(text: str, *, jsx: bool) -> Code:
    """What the tokens of a script say."""
    reader = Reader(text, expression, markup=jsx)
    read_all(reader)
    return reader.gathering.code(exact=False)


def _by_grammar(text: str, *, jsx: bool) -> Code | None:
    """What a script says by its grammar; None where that is not installed, or does not take the script."""
    try:
        from .tree import read as by_grammar
    except ImportError:
        return None
    try:
        return by_grammar(text, jsx=jsx)
    except Unreadable:
        return None
