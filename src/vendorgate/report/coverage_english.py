"""What `covered`, `documented`, `agreement` and `observed` say in plain English.

In: an operation of a checked rule, and whether it is to hold. Out: a sentence without its full stop.
"""

from __future__ import annotations

from typing import Final

from ..logic import Literal, Operation
from .nouns import DIMENSIONS, agreement_noun, noun_and_verb

_AT_VENDOR: Final = "observed at the vendor"


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


def observed(node: Operation, holds: bool, element: bool) -> str:
    name, verb = noun_and_verb(word_of(node))
    return f"{name} {verb} {_AT_VENDOR} (not just claimed)" if holds else f"{name} {verb} not {_AT_VENDOR}"


def observed_where_stated(node: Operation, holds: bool) -> str | None:
    """What a rule says that asks for nothing but that a value is observed, or not stated; None of any other."""
    asked = {one.name: one for one in node.arguments if isinstance(one, Operation)}
    seen, negated = asked.get("observed"), asked.get("!") or asked.get("not")
    known = None if negated is None else negated.arguments[0]
    if node.name != "or" or len(node.arguments) != 2 or seen is None or not isinstance(known, Operation):
        return None
    if known.name != "known" or word_of(known) != word_of(seen):
        return None
    name, verb = noun_and_verb(word_of(seen))
    if holds:
        return f"{name}, where stated, {verb} {_AT_VENDOR} (not just claimed)"
    return f"{name} {verb} stated, and not {_AT_VENDOR}"


def word_of(node: Operation) -> str:
    argument = node.arguments[0]
    return str(argument.value) if isinstance(argument, Literal) else ""
