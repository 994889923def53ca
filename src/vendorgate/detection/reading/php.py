"""PHP.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .tokens import imports
from .tokens.grammar import Grammar, Role
from .tokens.lexicon import WORD, lexicon, quoted, template
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    "use": "import",
    "namespace": "import",
    "class": "class",
    "interface": "class",
    "trait": "class",
    "enum": "class",
    "function": "function",
    "fn": "function",
    "if": "branch",
    "elseif": "branch",
    "else": "else",
    "match": "cases",
    "switch": "branch",
    "case": "case",
    "default": "ignored",
    "catch": "branch",
    "for": "block",
    "foreach": "block",
    "while": "block",
    "do": "block",
    "try": "block",
    "finally": "block",
    "const": "ignored",
    "return": "return",
    "echo": "ignored",
    "print": "ignored",
    "throw": "ignored",
    "new": "new",
    "clone": "ignored",
    "instanceof": "test",
    "as": "infix",
    "and": "infix",
    "or": "infix",
    "true": "true",
    "false": "false",
    "null": "null",
    **dict.fromkeys(("public", "private", "protected", "static", "final", "abstract", "readonly", "var"), "ignored"),
    **dict.fromkeys(("extends", "implements", "insteadof", "global", "yield"), "ignored"),
}
_WORD = rf"\\?{WORD}(?:\\{WORD})*"
_HOLES = r"\{(?=\$)|\$\{"
_VARIABLES = rf"\${WORD}(?:->{WORD}|\[\w+\])?"
GRAMMAR: Final = Grammar(
    language="php",
    lexicon=lexicon(
        {
            "name": rf"(?:\${WORD}|{_WORD})(?:\s*(?:\??->|::)\s*\$?{WORD})*",
            "heredoc": r"<<<[ \t]*(?:\"\w+\"|'\w+'|[^\W\d]\w*)",
            "text": r'"[^"\\${]*(?:\\[\s\S][^"\\${]*)*"',
            "text_template": '"',
            "text_raw": quoted("'", besides=""),
            "attribute": r"#\[",
        },
        keywords=frozenset(_WORDS),
        raw=frozenset({"text_raw"}),
        comments=r"(?://|\#(?!\[))[^\n?]*(?:\?(?!>)[^\n?]*)*|/\*[\s\S]*?(?:\*/|\Z)|\?>[\s\S]*?(?:<\?(?:php\b|=)?|\Z)",
        templates={
            "text_template": template('"', _HOLES, _VARIABLES, '"${'),
            "heredoc": template(r"\Z", _HOLES, _VARIABLES, "${"),
        },
    ),
    words=_WORDS,
    steps=frozenset({"->", "?->", "::"}),
    separators=r"->:?\\",
    own=frozenset({"$this", "self", "static", "parent"}),
    names=frozenset({":", "=>"}),
    lambdas=frozenset({"=>"}),
    either=frozenset({"??", "?:"}),
    sums=frozenset({"."}),
    new_alone=True,
    environment={
        ("getenv",): "read",
        ("env",): "read",
        ("putenv",): "set",
        ("Env", "get"): "read",
    },
    environment_maps=frozenset({("_ENV",), ("_SERVER",)}),
    wrappers=frozenset({"trim", "rtrim", "strval"}),
    defining=frozenset({("define",)}),
    collections={("array",): "literal"},
    formats={("sprintf",): "%"},
)


def _begins(text: str) -> int:
    """Behind the first mark of code; a file without one has none."""
    found = text.find("<?")
    if found < 0:
        return -1
    return found + (5 if text.startswith("<?php", found) else 3 if text.startswith("<?=", found) else 2)


READER: Final = TokenReader(GRAMMAR, {"use": imports.php, "namespace": imports.skip}, _begins)


def read(text: str) -> Code:
    """What a PHP file says."""
    return READER.read(text)
