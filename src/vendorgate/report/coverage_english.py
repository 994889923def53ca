"""What `covered`, `documented` and `agreement` say in plain English.

In: an operation of a checked rule, and whether it is to hold. Out: a sentence without its full stop.
"""

from __future__ import annotations

from ..logic import Literal, Operation
from .nouns import DIMENSIONS, agreement_noun


def covered(node: Operation, holds: bool, element: bool) -> str:
    word = word_of(node)
    who, what = DIMENSIONS.get(word, ("the vendor", f"what `{word}` asks"))
    if holds:
        return f"{who} documents {what}, and that reaches this usage (`{word}` is covered)"
    return f"{who} does not document {what} in a way that reaches this usage (`{word}` is not covered)"


def documented(node: Operation, holds: bool, element: bool) -> str:
    word = word_of(node)
    who, what = DIMENSIONS.get(word, ("the vendor", f"what `{word}` asks"))
    verb = "documents" if holds else "does not document"
    return f"{who} {verb} {what}, whatever that reaches (`{word}` is{'' if holds else ' not'} documented)"


def agreement(node: Operation, holds: bool, element: bool) -> str:
    name, verb = agreement_noun(word_of(node))
    return f"our {name} {verb} in force" if holds else f"no {name} of ours {verb} in force"


def word_of(node: Operation) -> str:
    argument = node.arguments[0]
    return str(argument.value) if isinstance(argument, Literal) else ""
