"""Go.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .tokens import imports
from .tokens.declarations import fields, type_word
from .tokens.grammar import Grammar, Role
from .tokens.lexicon import CHARACTER, lexicon, path, quoted
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    "package": "import",
    "import": "import",
    "func": "function",
    "type": "class",
    "struct": "ignored",
    "interface": "ignored",
    "if": "branch",
    "else": "else",
    "switch": "branch",
    "select": "branch",
    "case": "case",
    "default": "case",
    "for": "block",
    "range": "ignored",
    "go": "ignored",
    "defer": "ignored",
    "chan": "ignored",
    "fallthrough": "ignored",
    "var": "declare",
    "const": "declare",
    "return": "return",
    "true": "true",
    "false": "false",
    "nil": "null",
}
GRAMMAR: Final = Grammar(
    language="go",
    lexicon=lexicon(
        {
            "name": path(),
            "text": quoted(),
            "text_raw": r"`[^`]*`?",
            "character": CHARACTER,
        },
        keywords=frozenset(_WORDS),
        newlines=True,
        raw=frozenset({"text_raw"}),
    ),
    words=_WORDS,
    newlines=True,
    own=frozenset(),
    style="name first",
    names=frozenset({":"}),
    braces="literal",
    bare="items",
    environment={
        ("os", "Getenv"): "read",
        ("os", "LookupEnv"): "read",
        ("syscall", "Getenv"): "read",
        ("os", "Setenv"): "set",
    },
    wrappers=frozenset({"String", "F", "Ptr", "ToPtr", "StringPtr", "TrimSpace", "TrimSuffix", "Opt"}),
    firsts={("cmp", "Or"): True, ("lo", "CoalesceOrEmpty"): True},
    formats={("fmt", "Sprintf"): "%"},
)
READER: Final = TokenReader(
    GRAMMAR,
    {"import": imports.go, "package": imports.skip, "type": type_word, "struct": fields, "interface": fields},
)


def read(text: str) -> Code:
    """What a Go file says."""
    return READER.read(text)
