"""C#.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .tokens import imports
from .tokens.grammar import Grammar, Role
from .tokens.lexicon import CHARACTER, RAW_TRIPLE, generics, lexicon, path, quoted, template
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    "using": "import",
    "namespace": "import",
    "class": "class",
    "interface": "class",
    "enum": "class",
    "struct": "class",
    "record": "class",
    "if": "branch",
    "else": "else",
    "switch": "cases",
    "case": "case",
    "default": "null",
    "catch": "branch",
    "when": "ignored",
    "for": "block",
    "foreach": "block",
    "while": "block",
    "do": "block",
    "try": "block",
    "finally": "block",
    "lock": "block",
    "checked": "ignored",
    "unsafe": "ignored",
    "return": "return",
    "throw": "ignored",
    "await": "ignored",
    "new": "new",
    "as": "cast",
    "is": "test",
    "in": "infix",
    "and": "infix",
    "or": "infix",
    "not": "ignored",
    "true": "true",
    "false": "false",
    "null": "null",
    **dict.fromkeys(("public", "private", "protected", "internal", "static", "readonly", "const", "sealed"), "ignored"),
    **dict.fromkeys(("abstract", "virtual", "override", "async", "partial", "required", "extern", "ref"), "ignored"),
    **dict.fromkeys(("out", "params", "volatile", "global", "event", "delegate", "implicit", "explicit"), "ignored"),
}
GRAMMAR: Final = Grammar(
    language="csharp",
    lexicon=lexicon(
        {
            "text_template_twice": r'\$\$"""+',
            "text_template_raw": r'\$"""+',
            "text_template_verbatim": r'(?:\$@|@\$)"',
            "text_template": r'\$"',
            "verbatim": r'@"[^"]*(?:""[^"]*)*"?',
            "name": "@?" + path(step=r"[?!]?\.(?![.\d])|::", behind=generics()),
            "text_raw": RAW_TRIPLE,
            "text": quoted(),
            "character": CHARACTER,
        },
        keywords=frozenset(_WORDS),
        raw=frozenset({"text_raw"}),
        comments=r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|\#[^\n]*",
        templates={
            "text_template_twice": template('"""+', r"\{\{", "", '"{', escapes=False, twice=True),
            "text_template_raw": template('"""+', r"\{", "", '"{', escapes=False),
            "text_template_verbatim": template(r'"(?!")', r"\{(?!\{)", "", '"{', escapes=False, doubled=True),
            "text_template": template(r'"|(?=\n)', r"\{(?!\{)", "", '"{\\n', doubled=True),
        },
    ),
    words=_WORDS,
    steps=frozenset({".", "?.", "!.", "::"}),
    separators=".:?!",
    own=frozenset({"this", "base"}),
    names=frozenset({":", "="}),
    lambdas=frozenset({"=>"}),
    either=frozenset({"??"}),
    braces="initializer",
    bare="items",
    methods=True,
    index_calls=True,
    environment={
        ("Environment", "GetEnvironmentVariable"): "read",
        ("Environment", "SetEnvironmentVariable"): "set",
        ("Environment", "GetEnvironmentVariables"): "read",
        ("Env", "GetString"): "read",
    },
    wrappers=frozenset({"Uri"}),
    transparent=frozenset({"Trim", "ToString", "TrimEnd"}),
    formats={("string", "Format"): "{0}", ("String", "Format"): "{0}"},
    lazy=frozenset({"Lazy"}),
)
READER: Final = TokenReader(GRAMMAR, {"using": imports.csharp, "namespace": imports.skip})


def read(text: str) -> Code:
    """What a C# file says."""
    return READER.read(text)
