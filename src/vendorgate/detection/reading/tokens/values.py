"""Values out of what stands between signs: sums, alternatives, texts with places for values.

In: values and signs, in order. Out: one value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from ...code import UNKNOWN, Either, Environment, Items, Joined, Reference, Scalar, Text, Value
from .grammar import Grammar

_PLACES: Final = {
    "%": re.compile(r"%%|%[-+ #0-9.$*]*(?:<\w+>)?(?:\{\w+\})?[a-zA-Z]?"),
    "{}": re.compile(r"\{\{|\}\}|\{([^{}]*)\}"),
    "{0}": re.compile(r"\{\{|\}\}|\{([^{}]*)\}"),
}
_DOUBLED: Final = {"%%": "%", "{{": "{", "}}": "}"}
_NOTHING: Final = Text("")
_NAME: Final = re.compile(r"[^\W\d]\w*")


def joined(parts: Iterable[Value]) -> Value:
    """Parts one after the other, texts beside each other as one; a single text is itself."""
    flat: list[Value] = []
    for part in parts:
        for one in part.parts if isinstance(part, Joined) else (part,):
            if one == _NOTHING:
                continue
            if isinstance(one, Text) and flat and isinstance(flat[-1], Text):
                flat[-1] = Text(flat[-1].value + one.value)
            else:
                flat.append(one)
    if not flat:
        return Text("")
    return flat[0] if len(flat) == 1 and isinstance(flat[0], Text) else Joined(tuple(flat))


def either(options: Sequence[Value]) -> Value:
    """One of several; what stands behind a variable of the environment is its default."""
    if len(options) == 1:
        return options[0]
    first = options[0]
    if isinstance(first, Environment) and first.default is None:
        return msgspec.structs.replace(first, default=either(options[1:])) if len(options) < 9 else first
    flat = [one for each in options for one in (each.options if isinstance(each, Either) else (each,))]
    return Either(tuple(flat)) if any(one != UNKNOWN for one in flat) else UNKNOWN


def written(value: Value) -> str:
    """A text as it stands in the code: what is not known of it is `\\0`."""
    parts = value.parts if isinstance(value, Joined) else (value,)
    return "".join(part.value if isinstance(part, Text) else "\0" for part in parts)


def reduced(terms: Sequence[Value | str], grammar: Grammar) -> Value:
    """The value of an expression, by the signs in it that bind least."""
    if len(terms) == 1:
        return terms[0] if not isinstance(terms[0], str) else UNKNOWN
    if "?" in terms or "else" in terms:
        return _ternary(terms, grammar)
    return _alternatives(terms, grammar)


def _split(terms: Sequence[Value | str], signs: frozenset[str]) -> list[tuple[list[Value | str], str]]:
    """Stretches between signs, each with the sign behind it."""
    found: list[tuple[list[Value | str], str]] = [([], "")]
    for term in terms:
        if isinstance(term, str) and term in signs:
            found[-1] = (found[-1][0], term)
            found.append(([], ""))
        else:
            found[-1][0].append(term)
    return found


_CHOICE: Final = frozenset({"?", ":", "else"})


def _ternary(terms: Sequence[Value | str], grammar: Grammar) -> Value:
    """What stands before a question mark is asked; all else are options."""
    options = [_alternatives(part, grammar) for part, sign in _split(terms, _CHOICE) if sign != "?" and part]
    return either(options) if options else UNKNOWN


def _alternatives(terms: Sequence[Value | str], grammar: Grammar) -> Value:
    if not grammar.either.isdisjoint(term for term in terms if isinstance(term, str)):
        options = [_sum(part, grammar) for part, _ in _split(terms, grammar.either) if part]
        return either(options) if options else UNKNOWN
    return _sum(terms, grammar)


def _sum(terms: Sequence[Value | str], grammar: Grammar) -> Value:
    """Values with signs of a sum between them, if no other sign and no number is there; `a to b` as a pair."""
    if len(terms) == 1 and not isinstance(terms[0], str):
        return terms[0]
    values = [term for term in terms if not isinstance(term, str)]
    if len(terms) == 3 and terms[1] == "to" and len(values) == 2:
        return Items(tuple(values))
    if any(isinstance(term, str) and term not in grammar.sums for term in terms) or not values:
        return UNKNOWN
    textual = any(isinstance(value, (Text, Joined)) for value in values)
    if not textual and any(not isinstance(value, (Reference, Environment)) for value in values):
        return UNKNOWN
    return joined(values)


def formatted(template: Value, arguments: Sequence[Value], named: dict[str, Value], style: str) -> Value:
    """A text with values in its places, as `printf`, `format!` and `string.Format` have them."""
    if not isinstance(template, Text):
        return UNKNOWN
    parts: list[Value] = []
    end, turn = 0, 0
    for match in _PLACES[style].finditer(template.value):
        parts.append(Text(template.value[end : match.start()]))
        end = match.end()
        if match[0] in _DOUBLED:
            parts.append(Text(_DOUBLED[match[0]]))
            continue
        parts.append(_place(match, turn, arguments, named, style))
        turn += 1
    return joined([*parts, Text(template.value[end:])])


def _place(match: re.Match[str], turn: int, arguments: Sequence[Value], named: dict[str, Value], style: str) -> Value:
    name = match[1].partition(":")[0].partition(",")[0].strip() if style != "%" else ""
    if name.isdecimal() and len(name) < 4:
        turn = int(name)
    elif name in named:
        return named[name]
    elif _NAME.fullmatch(name):
        return Reference((name,))
    return arguments[turn] if turn < len(arguments) else UNKNOWN


def number(raw: str) -> Value:
    """A number, whatever stands behind it to say its type."""
    plain = raw.replace("_", "").rstrip("uUlLfFdDmM")
    try:
        return Scalar(int(plain) if plain.isdecimal() and len(plain) < 19 else float(plain[:40]))
    except ValueError:
        return UNKNOWN
