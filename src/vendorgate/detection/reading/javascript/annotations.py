"""Types, which are passed over: they say nothing of what happens at run time.

In: a `Reader` and where a type begins. Out: where it ends. It is one walk over a level of brackets, without going back.
"""

from __future__ import annotations

from typing import Final

from .reader import Reader
from .words import BINDABLE, kinds

_BEFORE: Final = kinds("typeof readonly abstract new | & - < ...")
_WORDS_BEFORE: Final = kinds("keyof unique infer asserts")
_ATOMS: Final = BINDABLE | kinds(
    "string number template template( ( [ { this void null undefined true false import const enum typeof"
)


def after_type(reader: Reader, at: int, *, conditional: bool = True) -> int:
    """The token after a type that begins here; `at` itself where none does."""
    pending = 0
    while True:
        begin = _past_prefixes(reader, at)
        at = _after_atom(reader, begin)
        kind = reader.kinds[at]
        if (
            kind in {"|", "&"}
            or _is(reader, at)
            or (kind == "=>" and at > begin and _are_parameters(reader, begin, at, alone=conditional))
        ):
            at += 1
        elif kind == "extends" and conditional:
            at, pending = at + 1, pending + 1
        elif pending and kind in {"?", ":"}:
            at, pending = at + 1, pending - (kind == ":")
        else:
            return at


def _are_parameters(reader: Reader, opening: int, arrow: int, *, alone: bool) -> bool:
    """Whether the parentheses before `=>` hold parameters, and are no type themselves; `alone` takes a name for one."""
    kinds = reader.kinds
    if kinds[opening] != "(" or reader.after(opening) != arrow:
        return False
    inner = opening + 1
    after = reader.after(inner) if inner in reader.partners else inner + 1
    if kinds[inner] in {")", "..."}:
        return True
    return kinds[inner] != "(" and (kinds[after] in {":", "?", ","} or (alone and kinds[after] == ")"))


def _is(reader: Reader, at: int) -> bool:
    """Whether this is the word of `value is Type`."""
    return reader.kinds[at] == "name" and reader.words[at] == "is" and same_line(reader, at)


def _past_prefixes(reader: Reader, at: int) -> int:
    while _stands_before(reader, at):
        at = reader.partners[at] + 1 if reader.kinds[at] == "<" and at in reader.partners else at + 1
    return at


def _after_atom(reader: Reader, at: int) -> int:
    if reader.kinds[at] not in _ATOMS:
        return at
    at = reader.after(at) if at in reader.partners else at + 1
    while (end := _after_suffix(reader, at)) > at:
        at = end
    return at


def _stands_before(reader: Reader, at: int) -> bool:
    """Whether this is a word or a mark before a type; of a word, if another type follows it."""
    kind = reader.kinds[at]
    if kind == "name":
        return reader.words[at] in _WORDS_BEFORE and reader.kinds[at + 1] in _ATOMS and same_line(reader, at + 1)
    return kind in _BEFORE


def _after_suffix(reader: Reader, at: int) -> int:
    """The token after a member, arguments or brackets of a type."""
    kind = reader.kinds[at]
    if kind == "member":
        return at + 1
    if kind == "<" and at in reader.partners:
        return reader.after(at)
    if (kind == "[" and same_line(reader, at)) or (kind == "(" and reader.kinds[at - 1] == "import"):
        return reader.after(at)
    return at


def same_line(reader: Reader, at: int) -> bool:
    """Whether a token stands on the line on which the one before it ends."""
    start = reader.starts[at - 1] + len(reader.words[at - 1])
    return "\n" not in reader.text[start : reader.starts[at]]


def after_annotation(reader: Reader, at: int) -> int:
    """The token after `?: Type`, `!: Type` or `: Type`, where one stands here."""
    if reader.kinds[at] in {"?", "!"} and reader.kinds[at + 1] in {":", ",", ")", "=", ";", "(", "<"}:
        at += 1
    return after_type(reader, at + 1) if reader.kinds[at] == ":" else at


def after_generics(reader: Reader, at: int) -> int:
    """The token after `<T extends Client>`, where that stands here."""
    return reader.after(at) if reader.kinds[at] == "<" and at in reader.partners else at
