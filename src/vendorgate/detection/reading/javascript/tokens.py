"""What the tokens of a script look like, and which of its texts they hold.

In: nothing. Out: `Tokens`, the expressions by which `lexing` finds them, and what strings and numbers come to. No
expression here can backtrack over what it has read: what is left open ends at the line's or the file's end.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

_NAME: Final = r"[A-Za-z_$\u00aa-\u1fff\u2070-\ufefe\uff00-\U0010ffff][\w$]*"
_SPACE: Final = r"[\s\ufeff]*(?:(?://[^\n]*|/\*(?:[\s\S]*?\*/|[\s\S]*))[\s\ufeff]*)*"

TOKEN: Final = re.compile(
    _SPACE
    + rf"""(?:
    ((?:\#?{_NAME})(?:!?\??\.\#?{_NAME})*)                                  # 1 a name, or a path of names
  | ("[^"\\\n]*(?:\\(?:\r\n|[\s\S])[^"\\\n]*)*"?
    |'[^'\\\n]*(?:\\(?:\r\n|[\s\S])[^'\\\n]*)*'?)                           # 2 a string
  | (!?\??\.\#?{_NAME}(?:!?\??\.\#?{_NAME})*)                               # 3 members of what stands before
  | ([0-9][\w.]*(?:(?<=[eE])[+-][0-9]+)?|\.[0-9]\w*(?:(?<=[eE])[+-][0-9]+)?) # 4 a number
  | (`)                                                                   # 5 where a template begins
  | (=>|\?\.(?!\d)|\.\.\.|\?\?=?|\|\|=?|&&=?|===?|!==?|\*\*=?|\+\+|--|[-+*/%&|^<>]=|>>>?=|<<=?|\S)  # 6 a mark
  | (\Z)
  )""",
    re.VERBOSE,
)
NAME, STRING, MEMBER, NUMBER, TICK, MARK, END = range(1, 8)

CHUNK: Final = re.compile(r"[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*")
"""The text of a template up to its end or to the next thing that is put in."""
PATTERN: Final = re.compile(r"/[^/\\\[\n]*(?:(?:\\[^\n]|\[[^\]\\\n]*(?:\\[^\n][^\]\\\n]*)*\])[^/\\\[\n]*)*/[A-Za-z]*")
"""A regular expression between slashes."""


OPENING: Final = {"(": ")", "[": "]", "{": "}"}


class Tokens(msgspec.Struct):
    """The tokens of a text, side by side, without spaces and comments; after them stands one of the kind `end`."""

    kinds: list[str]
    """What each is: `name`, `member`, `string`, `number`, `pattern`, `template`, `markup`, …; a word or a mark is its
    own kind."""
    words: list[str]
    """What stands there."""
    starts: list[int]
    """Where it stands, counted in characters."""
    partners: dict[int, int]
    """Of what opens, the one that closes it; what nobody closes ends with the file."""


def text_of(word: str) -> str:
    """What a string says, by its text with the quotes."""
    closed = len(word) > 1 and word[-1] == word[0]
    inner = word[1:-1] if closed else word[1:]
    return unescaped(inner) if "\\" in inner else inner


_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\s\S]))")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}


def unescaped(text: str) -> str:
    """A text with what its backslashes mean."""
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return _ESCAPED.get(found[4], found[4])
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


_RADIX: Final = {"0x": 16, "0o": 8, "0b": 2}


def number_of(word: str) -> int | float | None:
    """What a number says; None for what is none, or is too long to be one of ours."""
    plain = word.replace("_", "").removesuffix("n").lower()
    if len(plain) > 40:
        return None
    try:
        if (radix := _RADIX.get(plain[:2])) is not None:
            return int(plain[2:], radix)
        return int(plain) if plain.isdigit() else float(plain)
    except ValueError:
        return None
