"""Which `<` and `>` are the brackets of types, as in `new Map<string, Client>()`.

In: `Tokens`. Out: the same, with the `>` of each `<` that has one among the partners. Whether a pair is one of types,
the reader says by what follows it.
"""

from __future__ import annotations

from typing import Final

from .tokens import Tokens

_OPENS: Final = frozenset(("(", "[", "{", "${", "markup{", "tag(", "markup(", "template("))
_CLOSES: Final = frozenset((")", "]", "}", "markup)", "template)"))
_NEVER_IN_TYPES: Final = frozenset(
    (";", "&&", "||", "??", "+", "*", "/", "==", "===", "!=", "!==", "++", "--", "%", "<=")
)
_TELLING: Final = _OPENS | _CLOSES | _NEVER_IN_TYPES | {"<", ">"}


def pair_angles(tokens: Tokens) -> None:
    """Find the partners, each within the brackets in which both stand."""
    kinds = tokens.kinds
    if "<" not in kinds:
        return
    waiting: list[int] = []
    for at, kind in enumerate(kinds):
        if kind not in _TELLING:
            continue
        if kind == "<" or kind in _OPENS:
            waiting.append(at)
        elif kind == ">":
            if waiting and kinds[waiting[-1]] == "<":
                tokens.partners[waiting.pop()] = at
        else:
            while waiting and kinds[waiting[-1]] == "<":
                waiting.pop()
            if kind in _CLOSES and waiting:
                waiting.pop()
