"""HCL and Bicep: blocks, attributes and expressions, read by their tokens.

In: a text. Out: its blocks as one branch, in the form of Terraform's JSON: `resource "a" "b" { … }` is `resource.a.b`,
and Bicep's `resource b 'a@1' = { … }` is the same. Of an expression the texts and collections in it are kept; one that
has none is a leaf to be worked out.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from ..code import Place
from .building import Full
from .lines import Lines
from .node import MOST_LEVELS, MOST_NODES, Branch, Leaf, Node, Row

_SPACE: Final = re.compile(r"(?:[ \t\r]+|#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_GAP: Final = re.compile(r"(?:[\s,;]+|#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_BICEP_SPACE: Final = re.compile(r"(?:[ \t\r]+|//[^\n]*|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_BICEP_GAP: Final = re.compile(r"(?:[\s,;]+|//[^\n]*|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_WORD: Final = re.compile(r"[^\s\"'\[\]{}(),#/=:]+|=>|==|[=:/#]")
_HEREDOC: Final = re.compile(r"<<[-~]?([A-Za-z_]\w*)[ \t\r]*\n")
_KEY: Final = re.compile(r"[^\s\"'\[\]{}(),=:]+")
_STOP: Final = re.compile(r"[\"'\\\n}]|[$%]\{")
_LITERAL: Final = re.compile(r"(?:true|false|null|-?\d[\d.]*)\Z")
_GOES_ON: Final = frozenset(["?", ":", "=", "==", "||", "&&", "+", "-", "=>", "??"])
_NAMED_BY: Final = frozenset(["resource", "module"])
"""What Bicep names by a word, with the type behind it."""


def read_hcl(text: str) -> Branch:
    """The blocks of Terraform's language, as far as they can be read."""
    return _Reading(text, '"').read()


def read_bicep(text: str) -> Branch:
    """The declarations of Bicep, as far as they can be read."""
    return _Reading(text, "'").read()


class _Reading:
    """Goes through the text."""

    def __init__(self, text: str, quote: str) -> None:
        self.text = text
        self.at = 0
        self._quote = quote
        self._lines = Lines(text)
        self._made = 0
        is_hcl = quote == '"'
        self._space, self._gap = (_SPACE, _GAP) if is_hcl else (_BICEP_SPACE, _BICEP_GAP)

    def read(self) -> Branch:
        """Everything that stands outside of all."""
        entries: list[tuple[Leaf, Node]] = []
        with suppress(Full):
            self._entries(entries, 0, "")
        return Branch(tuple(entries), Place(1, 1))

    def _entries(self, entries: list[tuple[Leaf, Node]], depth: int, end: str) -> None:
        """Fill in entries up to a bracket, or to the end."""
        if depth > MOST_LEVELS:
            raise Full
        while self._skip(self._gap) and self.text[self.at] != end:
            before = self.at
            self._entry(entries, depth)
            if self.at == before:
                self.at += 1  # a mark that nothing begins with
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Go over what says nothing; whether there is more."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return self.at < len(self.text)

    def _count(self) -> None:
        self._made += 1
        if self._made > MOST_NODES:
            raise Full

    def _entry(self, entries: list[tuple[Leaf, Node]], depth: int) -> None:
        """A key with its labels, and what it is."""
        self._count()
        words, texts = self._names()
        if not words and not texts:
            return
        value: Node = Leaf("", (words or texts)[0].place)
        if self.text.startswith(("=", ":"), self.at):
            self.at += 2 if self.text.startswith("=>", self.at) else 1
            value = self._expression(depth + 1)
        elif self.text.startswith("{", self.at):
            value = self._block(depth + 1)
        elif self.text.startswith("(", self.at):  # a decorator, or a key that is worked out
            self._expression(depth + 1)
        names = self._path(words, texts)
        for name in reversed(names[1:]):
            value = Branch(((name, value),), name.place)
        entries.append((names[0], value))

    def _names(self) -> tuple[list[Leaf], list[Leaf]]:
        """The words and the texts of a line, up to its value."""
        words: list[Leaf] = []
        texts: list[Leaf] = []
        while len(words) + len(texts) < 8 and self._skip(self._space):
            self._count()
            if self.text[self.at] == self._quote:
                texts.append(self._text())
            elif (found := _KEY.match(self.text, self.at)) is not None:
                words.append(Leaf(found[0], self._lines.place(self.at)))
                self.at = found.end()
            else:
                break
        return words, texts

    def _path(self, words: list[Leaf], texts: list[Leaf]) -> list[Leaf]:
        """What an entry is called, from the outside: `resource`, its type, its name."""
        if self._quote == '"':
            return [*words[:1], *texts[:2]]
        if words and words[0].value in _NAMED_BY and texts and len(words) > 1:
            type = Leaf(texts[0].value.partition("@")[0], texts[0].place)
            return [words[0], type, words[1]]
        return words[:2] or texts[:1]

    def _block(self, depth: int) -> Branch:
        place = self._lines.place(self.at)
        self.at += 1
        entries: list[tuple[Leaf, Node]] = []
        self._entries(entries, depth, "}")
        return Branch(tuple(entries), place)

    def _expression(self, depth: int) -> Node:
        """What stands up to the end of a line, a comma or a bracket that closes."""
        if depth > MOST_LEVELS:
            raise Full
        self._skip(self._space)
        place = self._lines.place(min(self.at, len(self.text)))
        words: list[str] = []
        found: list[Node] = []
        goes_on = True
        while self.at < len(self.text) and self.text[self.at] not in ",)]}":
            if self.text[self.at] != "\n":
                goes_on = self._term(words, found, depth)
            elif goes_on:
                self.at += 1
            else:
                break
            self._skip(self._space)
        return _made(words, found, place)

    def _term(self, words: list[str], found: list[Node], depth: int) -> bool:
        """Read one part of an expression; whether another must follow."""
        mark = self.text[self.at]
        if mark == self._quote:
            self._count()
            found.append(self._text())
        elif mark == "{":
            found.append(self._block(depth + 1))
        elif mark in "[(":
            self._bracket(found, depth)
        elif (heredoc := _HEREDOC.match(self.text, self.at)) is not None:
            found.append(self._heredoc(heredoc))
        else:
            return self._word(words)
        return False

    def _word(self, words: list[str]) -> bool:
        found = _WORD.match(self.text, self.at)
        if found is None:
            self.at += 1
            return False
        self._count()
        words.append(found[0])
        self.at = found.end()
        return found[0] in _GOES_ON

    def _bracket(self, found: list[Node], depth: int) -> None:
        """A list, or what a function gets; an index (`list[0]`) is neither."""
        mark, before = self.text[self.at], self.text[self.at - 1 : self.at]
        inner = self._row(depth + 1, "]" if mark == "[" else ")")
        if mark == "(":
            found.extend(inner.items)
        elif not (before.isalnum() or before in {"_", "]", ")", "."}):
            found.append(inner)

    def _row(self, depth: int, end: str) -> Row:
        """Values up to a bracket."""
        if depth > MOST_LEVELS:
            raise Full
        place = self._lines.place(self.at)
        self.at += 1
        found: list[Node] = []
        while self._skip(self._gap) and self.text[self.at] != end:
            before = self.at
            self._count()
            found.append(self._expression(depth + 1))
            if self.at == before:
                self.at += 1
        self.at += 1
        return Row(tuple(one for one in found if not isinstance(one, Leaf) or one.value), place)

    def _text(self) -> Leaf:
        """A text in quotes, with `${…}` as written; in Bicep also one of several lines."""
        place, quote = self._lines.place(self.at), self._quote
        if quote == "'" and self.text.startswith("'''", self.at):
            end = self.text.find("'''", self.at + 3)
            stop = len(self.text) if end < 0 else end
            value, self.at = self.text[self.at + 3 : stop], min(stop + 3, len(self.text))
            return Leaf(value, place)
        start = self.at + 1
        end = self._end_of_text(start)
        self.at = end + 1 if self.text.startswith(quote, end) else end
        return Leaf(self.text[start:end].replace("\\" + quote, quote), place)

    def _end_of_text(self, at: int) -> int:
        """Where a text ends: quotes inside of `${…}` do not end it."""
        depth = 0
        while (found := _STOP.search(self.text, at)) is not None:
            mark, at = found[0], found.end()
            if mark == "\n" or (mark == self._quote and depth == 0):
                return found.start()
            if mark == "\\":
                at += 1
            elif mark == "}":
                depth = max(0, depth - 1)
            elif len(mark) == 2:
                depth += 1
        return len(self.text)

    def _heredoc(self, found: re.Match[str]) -> Leaf:
        """A text up to a line that holds its mark alone."""
        place = self._lines.place(found.end())
        end = re.compile(rf"^[ \t]*{re.escape(found[1])}[ \t\r]*$", re.MULTILINE).search(self.text, found.end())
        stop = len(self.text) if end is None else end.start()
        self.at = len(self.text) if end is None else end.end()
        return Leaf(self.text[found.end() : stop], place)


def _made(words: list[str], found: list[Node], place: Place) -> Node:
    """What an expression comes to."""
    if not found:
        written = " ".join(words)
        return Leaf(written, place, is_expression=_LITERAL.match(written) is None)
    return found[0] if len(found) == 1 else Row(tuple(found), place)
