"""JavaScript and TypeScript by the grammar of tree-sitter, where the extra `vendorgate[detect]` is installed.

In: a text. Out: the same `Code` as the reader of tokens makes, read exactly; nothing where the grammar has no answer.
"""

from __future__ import annotations

from functools import cache

import tree_sitter_typescript
from tree_sitter import Language, Parser

from ....code import Code
from ...grammar import tree_of
from ..gathering import Scope
from ..reader import run
from .statements import PARTS
from .values import visit
from .walk import Left, MisreadError, Walk


def read(text: str, *, jsx: bool) -> Code | None:
    """What a script says; None where the grammar does not take it as a whole.

    Raises `Unreadable` for what nests beyond reason.
    """
    written = text.encode("utf-8", "replace")
    root = tree_of(_parser(jsx=jsx), written)
    if root is None:
        return None
    walk = Walk(text, written, visit)
    walk.left.append(Left("block", root, Scope()))
    try:
        _read_all(walk)
    except MisreadError:
        return None
    return walk.gathering.code(exact=True)


def _read_all(walk: Walk) -> None:
    while walk.left:
        part = walk.left.pop()
        walk.nesting = 0
        run(PARTS[part.kind](walk, part.node, part.scope))


@cache
def _parser(*, jsx: bool) -> Parser:
    """TSX takes all of JavaScript; without elements, `<` begins casts and generics."""
    language = tree_sitter_typescript.language_tsx() if jsx else tree_sitter_typescript.language_typescript()
    return Parser(Language(language))
