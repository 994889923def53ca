"""Kotlin, whose signatures are those of Java.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .java import COLLECTIONS, DEFAULTS, ENVIRONMENT, TRANSPARENT, WRAPPERS
from .tokens import imports
from .tokens.grammar import Collects, Grammar, Role
from .tokens.lexicon import CHARACTER, WORD, generics, lexicon, path, template
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    "package": "import",
    "import": "import",
    "class": "class",
    "interface": "class",
    "object": "class",
    "fun": "function",
    "constructor": "function",
    "if": "branch",
    "else": "else",
    "when": "cases",
    "catch": "branch",
    "for": "block",
    "while": "block",
    "do": "block",
    "try": "block",
    "finally": "block",
    "init": "block",
    "val": "declare",
    "var": "declare",
    "return": "return",
    "throw": "ignored",
    "as": "cast",
    "is": "test",
    "in": "infix",
    "to": "infix",
    "by": "equals",
    "true": "true",
    "false": "false",
    "null": "null",
    **dict.fromkeys(("public", "private", "protected", "internal", "const", "open", "abstract", "override"), "ignored"),
    **dict.fromkeys(("lateinit", "suspend", "inline", "data", "sealed", "companion", "vararg", "operator"), "ignored"),
    **dict.fromkeys(("enum", "annotation", "inner", "final", "tailrec", "external", "crossinline"), "ignored"),
}
_COLLECTIONS: Final[Mapping[tuple[str, ...], Collects]] = {
    **COLLECTIONS,
    ("listOf",): "items",
    ("setOf",): "items",
    ("arrayOf",): "items",
    ("mutableListOf",): "items",
    ("mapOf",): "pairs",
    ("mutableMapOf",): "pairs",
    ("hashMapOf",): "pairs",
}
GRAMMAR: Final = Grammar(
    language="java",
    lexicon=lexicon(
        {
            "name": path(step=r"\?\.|!!\.|\.(?![.\d])|::", behind=generics()),
            "text_template_block": '"""',
            "text": r'"[^"\\\n$]*(?:\\.[^"\\\n$]*)*"',
            "text_template": '"',
            "character": CHARACTER,
            "backticked": r"`[^`\n]*`?",
            "comment": r"/\*",
        },
        keywords=frozenset(_WORDS),
        newlines=True,
        comments=r"//[^\n]*",
        templates={
            "text_template_block": template('"""', r"\$\{", rf"\${WORD}", '"$', escapes=False),
            "text_template": template(r'"|(?=\n)', r"\$\{", rf"\${WORD}", '"$\\n'),
        },
    ),
    words=_WORDS,
    newlines=True,
    continues=frozenset({".", "?.", "?:", "&&", "||", ":", "as"}),
    steps=frozenset({".", "?.", "!!.", "::"}),
    separators=".:?!",
    own=frozenset({"this", "super"}),
    style="colon",
    names=frozenset({"="}),
    lambdas=frozenset({"->"}),
    either=frozenset({"?:"}),
    braces="lambda",
    bare="lambda",
    question_is_postfix=True,
    environment=ENVIRONMENT,
    environment_maps=frozenset({("dotenv",)}),
    wrappers=WRAPPERS,
    transparent=TRANSPARENT | {"also", "apply"},
    defaults=DEFAULTS,
    formats={("String", "format"): "%", ("format",): "%"},
    collections=_COLLECTIONS,
    lazy=frozenset({"lazy", "run", "let", "with", "runBlocking"}),
)
READER: Final = TokenReader(GRAMMAR, {"import": imports.java, "package": imports.skip})


def read(text: str) -> Code:
    """What a Kotlin file says."""
    return READER.read(text)
