"""Rust.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .tokens import imports
from .tokens.declarations import implementation, implements
from .tokens.grammar import Grammar, Role
from .tokens.lexicon import generics, lexicon, quoted
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    "use": "import",
    "extern": "import",
    "struct": "class",
    "enum": "class",
    "trait": "class",
    "impl": "class",
    "mod": "block",
    "fn": "function",
    "if": "branch",
    "else": "else",
    "match": "cases",
    "for": "block",
    "while": "block",
    "loop": "block",
    "unsafe": "block",
    "async": "ignored",
    "let": "declare",
    "const": "declare",
    "static": "declare",
    "return": "return",
    "break": "ignored",
    "as": "cast",
    "in": "infix",
    "true": "true",
    "false": "false",
    **dict.fromkeys(("pub", "mut", "ref", "move", "dyn", "where", "type"), "ignored"),
}
_NAME = r"(?:r#)?[^\W\d]\w*"
_TYPES = r"(?:::)?" + generics(r"[^<>(){};\"=+|!]")
_STEP = r"\s*(?:\??\.(?!\.)|::)\s*(?:[^\W\d]\w*|\d+)"
GRAMMAR: Final = Grammar(
    language="rust",
    lexicon=lexicon(
        {
            "text_raw": r'b?r(?P<hashes>#*)"[\s\S]*?(?:"(?P=hashes)|\Z)',
            "name": rf"(?:impl|for)\b(?=\s*<)|{_NAME}(?:{_TYPES})?(?:{_STEP}(?:{_TYPES})?)*(?:!(?=\s*[(\[{{]))?",
            "text": "b?" + quoted(besides=""),
            "character": r"b?'(?:[^'\\\n]|\\[^\n][^'\n]{0,9})'",
            "lifetime": r"'\w*",
            "comment": r"/\*",
        },
        keywords=frozenset(_WORDS),
        raw=frozenset({"text_raw"}),
        comments=r"//[^\n]*",
    ),
    words=_WORDS,
    steps=frozenset({".", "?.", "::"}),
    separators=".:!?",
    own=frozenset({"self", "Self"}),
    style="colon",
    names=frozenset({":", "="}),
    braces="literal",
    bare="block",
    shorthand=True,
    bars=True,
    question_is_postfix=True,
    tail_returns=True,
    environment={
        ("env", "var"): "read",
        ("env", "var_os"): "read",
        ("env", "set_var"): "set",
        ("env",): "read",
        ("option_env",): "read",
        ("dotenv",): "read",
        ("dotenvy", "var"): "read",
        ("dotenv", "var"): "read",
    },
    wrappers=frozenset({"Some", "Ok", "Box", "from", "json"}),
    transparent=frozenset(
        {
            "unwrap",
            "expect",
            "ok",
            "to_string",
            "to_owned",
            "into",
            "clone",
            "as_str",
            "as_deref",
            "trim",
            "unwrap_or_default",
            "context",
            "with_context",
            "await",
            "map_err",
            "as_ref",
            "to_string_lossy",
            "into_owned",
            "into_string",
            "parse",
            "trim_end_matches",
            "ok_or",
            "ok_or_else",
        }
    ),
    defaults=frozenset({"unwrap_or", "unwrap_or_else", "or", "or_else"}),
    formats={("format",): "{}"},
    collections={("vec",): "items"},
)
READER: Final = TokenReader(
    GRAMMAR, {"use": imports.rust, "extern": imports.extern_crate, "for": implements, "impl": implementation}
)


def read(text: str) -> Code:
    """What a Rust file says."""
    return READER.read(text)
