"""Ruby.

In: the text of one file. Out: its `Code`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..code import Code
from .tokens.blocks import RUBY
from .tokens.grammar import Grammar, Role
from .tokens.lexicon import WORD, lexicon, quoted, template
from .tokens.reader import TokenReader

_WORDS: Final[Mapping[str, Role]] = {
    **dict.fromkeys(("if", "unless", "case", "while", "until", "for", "begin"), "branch"),
    **dict.fromkeys(("else", "elsif", "when", "in", "rescue", "then", "ensure", "do"), "else"),
    **dict.fromkeys(("def", "class", "module"), "class"),
    **dict.fromkeys(("require", "require_relative"), "import"),
    "end": "end",
    "return": "return",
    "break": "ignored",
    "next": "ignored",
    "not": "ignored",
    "and": "infix",
    "or": "either",
    "true": "true",
    "false": "false",
    "nil": "null",
}
_NAME = rf"(?:@@?|\$)?{WORD}(?:[?!](?!=))?"
_HOLES = r"\#\{"
_REGEX = r"/(?![\s=])[^/\\\n]*(?:\\.[^/\\\n]*)*/[a-z]*"
GRAMMAR: Final = Grammar(
    language="ruby",
    lexicon=lexicon(
        {
            "label": rf"{WORD}[?!]?:(?!:)",
            "name": rf"end\b(?![?!:])|{_NAME}(?:(?:\s*(?:&\.|\.(?![.\d]))|::)\s*{WORD}(?:[?!](?!=))?)*",
            "symbol": rf":(?:{WORD}[?!]?|\"[^\"\\\n]*\")",
            "heredoc": r"<<[-~](?:\"\w+\"|'\w+'|[^\W\d]\w*)|<<(?:\"[A-Z]\w*\"|'[A-Z]\w*'|[A-Z]\w*)",
            "text": r'"[^"\\#]*(?:\\[\s\S][^"\\#]*)*"',
            "text_template": '"',
            "text_raw": quoted("'", besides=""),
            "text_backtick": quoted("`", besides=""),
            "words": r"%[wWiI](?:\[[^\]]*\]?|\([^)]*\)?|\{[^}]*\}?|<[^>]*>?)",
            "percent": r"%[qQ]?(?:\([^)\n]*\)|\{[^}\n]*\}|\[[^\]\n]*\])",
            "pattern": rf"%r(?:\{{[^}}\n]*\}}?|\([^)\n]*\)?|\[[^\]\n]*\]?)[a-z]*|{_REGEX}",
        },
        keywords=frozenset(_WORDS),
        newlines=True,
        comments=r"\#[^\n]*|(?<![^\n])=begin\b[\s\S]*?(?:\n=end[^\n]*|\Z)|(?<![^\n])__END__(?=\n)[\s\S]*",
        raw=frozenset({"text_raw"}),
        templates={
            "text_template": template('"', _HOLES, "", '"#'),
            "heredoc": template(r"\Z", _HOLES, "", "#"),
        },
    ),
    words=_WORDS,
    newlines=True,
    continues=frozenset({".", "&.", "&&", "||"}),
    steps=frozenset({".", "&.", "::"}),
    separators=".:&",
    own=frozenset({"self"}),
    names=frozenset({":", "=>"}),
    either=frozenset({"||", "or"}),
    braces="lambda",
    bare="items",
    by_words=True,
    bars=True,
    tail_returns=True,
    environment={("ENV", "fetch"): "read", ("ENV", "store"): "set", ("ENV", "dig"): "read"},
    environment_maps=frozenset({("ENV",)}),
    wrappers=frozenset({"String", "URI"}),
    transparent=frozenset(
        {"freeze", "presence", "strip", "to_s", "chomp", "dup", "squish", "to_sym", "strip_heredoc", "html_safe"}
    ),
    defaults=frozenset({"fetch"}),
    formats={("format",): "%", ("sprintf",): "%"},
    lazy=frozenset({"freeze"}),
)
READER: Final = TokenReader(GRAMMAR, RUBY)


def read(text: str) -> Code:
    """What a Ruby file says."""
    return READER.read(text)
