"""A text's tokens.

In: a text and the `Lexicon` of its language. Out: tokens, each a kind, what stands there, and where. Every character is
looked at a constant number of times, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Final, TypeAlias

from ..unreadable import Unreadable
from .heredocs import Heredocs
from .lexicon import Lexicon, Template

Token: TypeAlias = tuple[str, str, int]
"""Its kind, what stands there, and the index of its first character. Signs and keywords are their own kinds; others are
`name`, `number`, `character`, `text`, `symbol`, `label`, `words`, `newline`; of a template `template`, `chunk`, `hole`,
`unhole` and `endtemplate`."""

MOST: Final = 250_000
"""Tokens of one file."""
_OPENING: Final = re.compile(r"[A-Za-z@]*(#*)(\"{3,}|[\"'`])")
_ESCAPE: Final = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\n": ""}
_LARGEST: Final = 0x10FFFF


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 1:
        return _ESCAPED.get(code, code)
    point = int(code.strip("ux{}"), 16)
    return chr(point) if point <= _LARGEST else "\ufffd"


def decoded(raw: str) -> str:
    """A text with what its escapes stand for."""
    return _ESCAPE.sub(_unescaped, raw) if "\\" in raw else raw


def bare(raw: str) -> str:
    """A text without its quotes, whatever letters and signs stand before them."""
    opening = _OPENING.match(raw)
    if opening is None:
        return raw[1:-1]
    inside = raw[opening.end() :].removesuffix(opening[2] + opening[1])
    return inside.removeprefix("\n") if len(opening[2]) > 1 else inside


def _plain(template: Template, raw: str) -> str:
    """What stands between the code of a template."""
    if template.doubled:
        raw = raw.replace("{{", "{").replace("}}", "}")
    return decoded(raw) if template.escapes else raw


def _too_many() -> Unreadable:
    return Unreadable(f"more than {MOST:,} words and signs")


class _Mode:
    """A template that has begun, and the code in it that the lexer is in."""

    __slots__ = ("depth", "limit", "resume", "template")

    def __init__(self, template: Template, limit: int, resume: int) -> None:
        self.template = template
        self.limit = limit
        """Where it ends at the latest."""
        self.resume = resume
        """Where the lexer goes on behind it; -1 for right behind it."""
        self.depth = 0


class _Lexer:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens: list[Token] = []
        self.modes: list[_Mode] = []
        self.heredocs = Heredocs(text)

    def run(self, start: int) -> list[Token]:
        position = start
        while position >= 0:
            position = self.stretch(position)
            if len(self.tokens) > MOST:
                raise _too_many()
        return self.tokens

    def stretch(self, position: int) -> int:
        """Take tokens until one is in the way of the others; where to go on, or -1 at the end."""
        append, keywords, modes = self.tokens.append, self.lexicon.keywords, self.modes
        for match in islice(self.lexicon.pattern.finditer(self.text, position), MOST):
            kind = match.lastgroup
            if kind == "name":
                value = match[kind]
                append((value if value in keywords else kind, value, match.start(kind)))
            elif kind == "sign":
                value = match[kind]
                if modes and value in "{}" and (go_on := self.brace(value, match)) >= 0:
                    return go_on
                append((value, value, match.start(kind)))
            elif kind is None:
                return -1
            elif (go_on := _TAKERS.get(kind, _Lexer.text_token)(self, kind, match)) >= 0:
                return go_on
        raise _too_many()

    def plain(self, kind: str, match: re.Match[str]) -> int:
        self.tokens.append((kind, match[kind], match.start(kind)))
        return -1

    def newline(self, kind: str, match: re.Match[str]) -> int:
        self.tokens.append((kind, "\n", match.start(kind)))
        return self.heredocs.behind(match.start(kind))

    def text_token(self, kind: str, match: re.Match[str]) -> int:
        raw = match[kind]
        if kind in self.lexicon.templates:
            return self.open_template(self.lexicon.templates[kind], match.start(kind), match.end())
        value = bare(raw)
        if kind not in self.lexicon.raw:
            value = decoded(value)
        self.tokens.append(("text", value, match.start(kind)))
        return -1

    def verbatim(self, kind: str, match: re.Match[str]) -> int:
        self.tokens.append(("text", bare(match[kind]).replace('""', '"'), match.start(kind)))
        return -1

    def percent(self, kind: str, match: re.Match[str]) -> int:
        """`%q(…)` and `%(…)`."""
        raw = match[kind]
        self.tokens.append(("text", raw[3 if raw[1] in "qQ" else 2 : -1], match.start(kind)))
        return -1

    def regex(self, kind: str, match: re.Match[str]) -> int:
        """A regular expression, where no division can be meant."""
        start = match.start(kind)
        before = self.tokens[-1][0] if self.tokens else ""
        if match[kind][0] == "/" and (before in _VALUES or (before == "name" and self.text[start - 1] not in " \t")):
            self.tokens.append(("/", "/", start))
            return start + 1
        self.tokens.append(("character", "", start))
        return -1

    def attribute(self, kind: str, match: re.Match[str]) -> int:
        """`#[`, which elsewhere begins a comment."""
        self.tokens.append(("#", "#", match.start(kind)))
        return match.start(kind) + 1

    def backticked(self, kind: str, match: re.Match[str]) -> int:
        """A name that may be anything."""
        self.tokens.append(("name", match[kind].strip("`"), match.start(kind)))
        return -1

    def nothing(self, kind: str, match: re.Match[str]) -> int:
        return -1

    def comment(self, kind: str, match: re.Match[str]) -> int:
        """A comment that may have others in it."""
        depth = 0
        for sign in _COMMENT_SIGN.finditer(self.text, match.start(kind)):
            depth += 1 if sign[0] == "/*" else -1
            if depth == 0:
                return sign.end()
        return len(self.text)

    def heredoc(self, kind: str, match: re.Match[str]) -> int:
        """A text whose lines stand below; the lexer goes there first, then back.

        In a template none is taken: its lines would be read again as lines of the template.
        """
        found = None if self.modes else self.heredocs.find(match[kind], match.end())
        if found is None:
            self.tokens.append(("<<", "<<", match.start(kind)))
            return match.start(kind) + 2
        if found.is_raw:
            self.tokens.append(("text", self.text[found.start : found.end], match.start(kind)))
            return found.resume
        self.tokens.append(("template", "", match.start(kind)))
        self.modes.append(_Mode(self.lexicon.templates["heredoc"], found.end, found.resume))
        return self.go_on_in_template(found.start)

    def open_template(self, template: Template, start: int, position: int) -> int:
        self.tokens.append(("template", "", start))
        self.modes.append(_Mode(template, len(self.text), -1))
        return self.go_on_in_template(position)

    def go_on_in_template(self, position: int) -> int:
        """Take what stands between until code begins or the template ends."""
        mode, append = self.modes[-1], self.tokens.append
        while True:
            match = mode.template.chunk.match(self.text, position, mode.limit)
            if match is None:
                return self.close_template(position)
            if plain := match["text"]:
                append(("chunk", _plain(mode.template, plain), position))
            kind = match.lastgroup
            if kind == "hole":
                append(("hole", match["hole"], match.start("hole")))
                mode.depth = 0
                return match.end()
            if kind != "variable":
                return self.close_template(match.end())
            self.variable(match["variable"], match.start("variable"))
            position = match.end()

    def variable(self, written: str, start: int) -> None:
        """A variable without braces, such as `$name`."""
        self.tokens.append(("hole", "", start))
        self.tokens.append(("name", written.lstrip("#$") if written[0] == "#" else written, start))
        self.tokens.append(("unhole", "unhole", start))

    def close_template(self, position: int) -> int:
        mode = self.modes.pop()
        self.tokens.append(("endtemplate", "endtemplate", position))
        return mode.resume if mode.resume >= 0 else position

    def brace(self, sign: str, match: re.Match[str]) -> int:
        """Where a brace ends the code of a template, take the template up again."""
        mode = self.modes[-1]
        if sign == "{":
            mode.depth += 1
        elif mode.depth:
            mode.depth -= 1
        else:
            self.tokens.append(("unhole", "unhole", match.start("sign")))
            behind = match.end()
            return self.go_on_in_template(behind + (mode.template.twice and self.text.startswith("}", behind)))
        return -1


_VALUES: Final = frozenset({"number", "text", "endtemplate", ")", "]", "}", "end"})
_COMMENT_SIGN: Final = re.compile(r"/\*|\*/")
_TAKERS: Final[Mapping[str, Callable[[_Lexer, str, re.Match[str]], int]]] = {
    "number": _Lexer.plain,
    "attribute": _Lexer.attribute,
    "backticked": _Lexer.backticked,
    "lifetime": _Lexer.nothing,
    "percent": _Lexer.percent,
    "pattern": _Lexer.regex,
    "symbol": _Lexer.plain,
    "label": _Lexer.plain,
    "words": _Lexer.plain,
    "character": _Lexer.plain,
    "newline": _Lexer.newline,
    "comment": _Lexer.comment,
    "heredoc": _Lexer.heredoc,
    "verbatim": _Lexer.verbatim,
}


def tokens(text: str, lexicon: Lexicon, start: int = 0) -> list[Token]:
    """All tokens of a text from `start` on, in order; those of a heredoc stand where it is named."""
    return _Lexer(text, lexicon).run(start)
