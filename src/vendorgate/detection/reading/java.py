"""Java.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .tokens import imports
from .tokens.grammar import Collects, Grammar, Reads, Role
from .tokens.lexicon import CHARACTER, RAW_TRIPLE, generics, lexicon, path, quoted
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    "package": "import",
    "import": "import",
    "class": "class",
    "interface": "class",
    "enum": "class",
    "record": "class",
    "if": "branch",
    "else": "else",
    "switch": "cases",
    "case": "case",
    "default": "case",
    "catch": "branch",
    "for": "block",
    "while": "block",
    "do": "block",
    "try": "block",
    "finally": "block",
    "synchronized": "block",
    "return": "return",
    "yield": "return",
    "throw": "ignored",
    "new": "new",
    "instanceof": "test",
    "true": "true",
    "false": "false",
    "null": "null",
    **dict.fromkeys(
        ("public", "private", "protected", "static", "final", "abstract", "transient", "volatile", "native"), "ignored"
    ),
    **dict.fromkeys(("sealed", "strictfp", "extends", "implements", "throws", "permits", "assert"), "ignored"),
}
ENVIRONMENT: Final[Mapping[tuple[str, ...], Reads]] = {
    ("System", "getenv"): "read",
    ("dotenv", "get"): "read",
    ("getenv", "getOrDefault"): "read",
}
COLLECTIONS: Final[Mapping[tuple[str, ...], Collects]] = {
    ("List", "of"): "items",
    ("Set", "of"): "items",
    ("Arrays", "asList"): "items",
    ("Stream", "of"): "items",
    ("Map", "of"): "pairs",
    ("ImmutableMap", "of"): "pairs",
    ("ImmutableList", "of"): "items",
    ("Map", "entry"): "items",
    ("Map", "ofEntries"): "pairs",
}
WRAPPERS: Final = frozenset({"URI", "URL", "Uri", "requireNonNull", "Optional", "ofNullable", "valueOf", "String"})
TRANSPARENT: Final = frozenset({"trim", "strip", "toString", "get", "orElseThrow", "intern"})
DEFAULTS: Final = frozenset({"orElse", "orElseGet", "getOrElse", "getOrDefault", "ifEmpty", "ifBlank"})
GRAMMAR: Final = Grammar(
    language="java",
    lexicon=lexicon(
        {
            "name": path(step=r"\.(?![.\d])|::", behind=r"\s?" + generics()),
            "text_block": RAW_TRIPLE,
            "text": quoted(),
            "character": CHARACTER,
        },
        keywords=frozenset(_WORDS),
    ),
    words=_WORDS,
    steps=frozenset({".", "::"}),
    separators=".:",
    own=frozenset({"this", "super"}),
    names=frozenset(),
    lambdas=frozenset({"->"}),
    braces="class",
    bare="items",
    methods=True,
    environment=ENVIRONMENT,
    wrappers=WRAPPERS,
    transparent=TRANSPARENT,
    defaults=DEFAULTS,
    firsts={("Objects", "requireNonNullElse"): True, ("requireNonNullElse",): True},
    formats={("String", "format"): "%", ("formatted",): "%"},
    collections=COLLECTIONS,
)
READER: Final = TokenReader(GRAMMAR, {"import": imports.java, "package": imports.skip})


def read(text: str) -> Code:
    """What a Java file says."""
    return READER.read(text)
