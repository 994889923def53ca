"""Rules and values in words.

In: trees and values. Out: one line each, for messages; escaping is the reports' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..logic import Literal, Node, Operation, Sequence
from ..logic.values import to_text
from ..model.vocabulary import Decision

_INFIX: Final[Mapping[str, str]] = {
    **{name: name for name in ("==", "!=", "===", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%")},
    "and": "and",
    "or": "or",
    "in": "in",
    "subset": "is a subset of",
    "disjoint": "shares nothing with",
    "matches": "matches",
    "within": "lies within",
}
_PHRASES: Final[Mapping[str, str]] = {
    "covered": "{0} is covered",
    "documented": "{0} is documented",
    "agreement": "an agreement `{0}` is in force",
    "known": "{0} is known",
    "!": "not ({0})",
    "not": "not ({0})",
    "!!": "{0}",
    "days_since": "days since {0}",
    "days_until": "days until {0}",
}
_LONGEST: Final = 120


def words(node: Node) -> str:
    """A rule in one line, cut where it is very long."""
    text = _words(node)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _words(node: Node) -> str:
    if isinstance(node, Literal):
        return value_words(node.value)
    if isinstance(node, Sequence):
        return "[" + ", ".join(_words(item) for item in node.items) + "]"
    if node.name == "var":
        return _path(node)
    if node.name in _PHRASES:
        return _PHRASES[node.name].format(_bare(node.arguments[0]))
    if node.name in _INFIX and len(node.arguments) > 1:
        return f" {_INFIX[node.name]} ".join(_inner(argument) for argument in node.arguments)
    return f"{node.name}({', '.join(_words(argument) for argument in node.arguments)})"


def _inner(node: Node) -> str:
    text = _words(node)
    return f"({text})" if isinstance(node, Operation) and node.name in ("and", "or") else text


def _bare(node: Node) -> str:
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else _words(node)


def _path(node: Operation) -> str:
    path = _bare(node.arguments[0])
    return path or "it"


def value_words(value: Any) -> str:
    """A value as a reader knows it: text in back-ticks, a list of such, everything else as JSON has it."""
    if isinstance(value, str):
        return f"`{value}`"
    if isinstance(value, list):
        return "[" + ", ".join(value_words(item) for item in value) + "]"
    return "an object" if isinstance(value, dict) else to_text(value)


_STATES: Final[Mapping[str, Mapping[Decision, str]]] = {
    "covered": {"pass": "{0} is covered", "fail": "{0} is not covered", "unknown": "{0} is not known to be covered"},
    "documented": {
        "pass": "{0} is documented",
        "fail": "{0} is not documented",
        "unknown": "{0} is not known to be documented",
    },
    "agreement": {"pass": "an agreement `{0}` is in force", "fail": "no agreement `{0}` is in force", "unknown": ""},
}
_REQUIRED: Final[Mapping[Decision, str]] = {
    "pass": "{0}",
    "fail": "required: {0}",
    "unknown": "required, and not known: {0}",
}


def state_words(node: Node, outcome: Decision) -> str:
    """A requirement with what it came to, in one line."""
    if isinstance(node, Operation) and node.name in _STATES:
        return _STATES[node.name][outcome].format(_bare(node.arguments[0]))
    return _REQUIRED[outcome].format(words(node))
