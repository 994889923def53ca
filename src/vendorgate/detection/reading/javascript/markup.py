"""Elements within scripts: `<Chat model="gpt-5.2">{messages}</Chat>`.

In: a text and a place within an element. Out: what comes next of it: a text of an attribute, a script in braces,
another element, its children, its end. The text between elements says nothing to us.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MARKUP: Final = frozenset(("tag(", "markup("))
_TAG: Final = re.compile(r"(?:[\s\w.:$=@#-]+|//[^\n]*|/\*(?:[\s\S]*?\*/|[\s\S]*))*")
"""Names of attributes, spaces and comments; as nothing has to follow, nothing is tried twice."""
_CHILDREN: Final = re.compile(r"[^{<]*")
_OPENER: Final = re.compile(r"<(?:[A-Za-z_$][\w$.:-]*(?:\s*<[^<>;{}]*>)?)?")
_GENERIC: Final = re.compile(r"<\s*(?:const\s+)?[A-Za-z_$][\w$]*\s*(?:,|extends\s|=[^>{\"'])")
_END: Final = re.compile(r"<\s*/[^<>{}]*>?")


class Step(NamedTuple):
    """What comes next of an element."""

    kind: str
    """`text`, `script`, `element`, `children`, `end`, or `no markup`: something that stands in no element."""
    word: str
    start: int
    at: int
    """Where it goes on."""


def ends_as_generic(text: str, at: int) -> bool:
    """Whether what begins like an element are the parameters of a generic function, or no element at all."""
    following = text[at + 1 : at + 2]
    return (
        not (following == ">" or following.isalpha() or following in {"_", "$"}) or _GENERIC.match(text, at) is not None
    )


def next_of_tag(text: str, at: int) -> Step:
    """What comes next between `<` and `>`."""
    if text.startswith("<", at - 1):
        named = _OPENER.match(text, at - 1)
        at = named.end() if named is not None else at
    found = _TAG.match(text, at)
    at = found.end() if found is not None else at
    mark = text[at : at + 1]
    if mark in {'"', "'"}:
        end = text.find(mark, at + 1)
        end = len(text) if end < 0 else end
        return Step("text", text[at + 1 : end], at, end + 1)
    if mark == "{":
        return Step("script", mark, at, at + 1)
    if mark == ">":
        return Step("children", mark, at, at + 1)
    if mark == "<":
        return Step("element", mark, at, at + 1)
    if text.startswith("/>", at):
        return Step("end", "/>", at, at + 2)
    return Step("no markup", "", at, at)


def next_of_children(text: str, at: int) -> Step:
    """What comes next between an element's opening and its closing tag."""
    found = _CHILDREN.match(text, at)
    at = found.end() if found is not None else at
    if text.startswith("{", at):
        return Step("script", "{", at, at + 1)
    if (closing := _END.match(text, at)) is not None:
        return Step("end", closing[0], at, closing.end())
    if text.startswith("<", at):
        return Step("element", "<", at, at + 1)
    return Step("end", "", at, at)
