"""What a language's tokens look like: comments, texts, names, numbers and signs, as one regular expression.

In: nothing. Out: `Lexicon`, which the lexer is driven by, and the pieces that languages put together. No piece goes
back over a character more than a constant number of times: a text or comment without an end goes to where the line or
the file ends, so that nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

WORD: Final = r"[^\W\d]\w*"
BLOCK_COMMENT: Final = r"/\*[\s\S]*?(?:\*/|\Z)"
LINE_COMMENT: Final = r"//[^\n]*"
NUMBER: Final = r"\d\w*(?:\.\d\w*)?(?:(?<=[eE])[+-]\d+)?"
SIGNS: Final = (
    r"===|!==|<=>|\?\?=|\|\|=|&&=|<<=|\*\*=|\.\.\.|\.\.=|\.\.<|::|->|=>|:=|==|!=|=~|<=|>=|&&|\|\||\?\?|\?:(?!:)|\.=|\?->|\?\.|&\.|!\."
    r"|\+=|-=|\*=|/=|%=|\|=|&=|\^=|\+\+|--|!!|\*\*|<<|\.\.|[^\w\s]"
)
DEEPEST_TYPES: Final = 4
CHARACTER: Final = r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'?"
RAW_TRIPLE: Final = r'"""[\s\S]*?(?:"""|\Z)'


def quoted(quote: str = '"', besides: str = r"\n", closing: str = "?") -> str:
    """A text between quotes on one line; `besides` are characters that it may not have either."""
    inside = rf"[^{quote}\\{besides}]*"
    return rf"{quote}{inside}(?:\\[\s\S]{inside})*{quote}{closing}"


def generics(inside: str = r"[^<>(){};\"'=+|!&]") -> str:
    """Arguments of types behind a name, four deep, where what follows cannot follow a comparison."""
    types = rf"<{inside}{{0,200}}>"
    for _ in range(DEEPEST_TYPES - 1):
        types = rf"<{inside}{{0,200}}(?:{types}{inside}{{0,200}}){{0,4}}>"
    return types + r"(?=\s*[(\[{).,;:>?*=&]|\s+\w|\s*\n)"


def path(name: str = WORD, step: str = r"\.(?![.\d])", behind: str = "") -> str:
    """Names with signs between them, such as `client.chat.completions`, as one token."""
    each = f"{name}(?:{behind})?" if behind else name
    later = f"{WORD}(?:{behind})?" if behind else WORD
    return rf"{each}(?:\s*(?:{step})\s*{later})*"


class Template(msgspec.Struct, frozen=True):
    """A text with other code in it."""

    chunk: re.Pattern[str]
    """What stands between: plain text as `text`, and then `hole`, `variable`, `end`, or nothing where it breaks off."""
    closing: str = "}"
    escapes: bool = True
    doubled: bool = False
    """Whether two braces stand for one."""
    twice: bool = False
    """Whether it takes two braces to end the code in it."""


def template(
    end: str,
    holes: str,
    variables: str = "",
    stops: str = "",
    *,
    escapes: bool = True,
    doubled: bool = False,
    twice: bool = False,
) -> Template:
    """A template that ends with `end`; `stops` are the first characters of `end` and `holes`, as a set has them."""
    inside = rf"[^{stops}\\]" if escapes else rf"[^{stops}]"
    more = [*([r"\\[\s\S]"] if escapes else []), *([r"\{\{"] if doubled else [])]
    specials = [f"(?P<end>{end})", *([f"(?P<variable>{variables})"] if variables else []), f"(?P<hole>{holes})"]
    plain = rf"(?!{end}|{holes}{'|' + variables if variables else ''})[{stops}]"
    text = rf"(?P<text>{inside}*(?:(?:{'|'.join([*more, plain])}){inside}*)*)"
    return Template(re.compile(rf"{text}(?:{'|'.join(specials)})?"), escapes=escapes, doubled=doubled, twice=twice)


class Lexicon(msgspec.Struct, frozen=True):
    """How a language's tokens look, and which of its words are none of its users' names."""

    pattern: re.Pattern[str]
    keywords: frozenset[str]
    templates: Mapping[str, Template] = {}
    """By the group whose match opens it."""
    nested_comments: bool = False
    raw: frozenset[str] = frozenset()
    """Groups of texts in which a backslash is one."""


def lexicon(
    groups: Mapping[str, str],
    *,
    keywords: frozenset[str],
    newlines: bool = False,
    comments: str = rf"{LINE_COMMENT}|{BLOCK_COMMENT}",
    templates: Mapping[str, Template] | None = None,
    raw: frozenset[str] = frozenset(),
) -> Lexicon:
    """A lexicon of groups by their names, in the order in which they are tried.

    Groups of texts begin with `text`; what is said of their quotes is in the lexer.
    """
    blank = r"[^\S\n]*" if newlines else r"\s*"
    line = {"newline": r"\n\s*"} if newlines else {}
    every = {**line, **groups, "number": NUMBER, "sign": SIGNS}
    body = "|".join(f"(?P<{name}>{source})" for name, source in every.items())
    between = f"{blank}(?:(?:{comments}){blank})*" if comments else blank
    return Lexicon(re.compile(rf"{between}(?:{body}|\Z)"), keywords=keywords, templates=templates or {}, raw=raw)
