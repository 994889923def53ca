"""What a requirement came to, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..logic import Node, Operation
from ..model.phrases import WORDING
from ..model.vocabulary import Decision

_LONGEST: Final = 120


def words(node: Node) -> str:
    """A rule in one line, cut where it is very long."""
    text = WORDING.words(node)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_STATES: Final[Mapping[str, Mapping[Decision, str]]] = {
    "covered": {"pass": "{0} is covered", "fail": "{0} is not covered", "unknown": "{0} is not known to be covered"},
    "documented": {
        "pass": "{0} is documented",
        "fail": "{0} is not documented",
        "unknown": "{0} is not known to be documented",
    },
    "agreement": {"pass": "an agreement `{0}` is in force", "fail": "no agreement `{0}` is in force", "unknown": ""},
    "observed": {"pass": "{0} is observed", "fail": "{0} is not observed", "unknown": ""},
}
_REQUIRED: Final[Mapping[Decision, str]] = {
    "pass": "{0}",
    "fail": "required: {0}",
    "unknown": "required, and not known: {0}",
}


def state_words(node: Node, outcome: Decision) -> str:
    """A requirement with what it came to, in one line."""
    if isinstance(node, Operation) and node.name in _STATES:
        return _STATES[node.name][outcome].format(WORDING.bare(node.arguments[0]))
    return _REQUIRED[outcome].format(words(node))
