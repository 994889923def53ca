"""Rules in plain English, so that somebody who reads no JSON can check them.

In: checked rules. Out: clauses; a clause with parts is a heading over a list. A negation is carried inwards to what it
negates (De Morgan; the laws hold with unknown, too), so that no sentence begins with "not".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ..logic import Literal, Node, Operation, Sequence
from ..logic.paths import COUNT, is_of_all
from ..logic.wording import value_words
from ..model.facts import listed_name
from .clauses import Clause, inline, joined, nested
from .coverage_english import agreement, covered, documented, observed, observed_where_stated, word_of
from .nouns import event, listed_sentence, noun, noun_and_verb


def clause(node: Node, holds: bool = True, element: bool = False) -> Clause:
    """What a rule says, or with `holds=False` what it says when it does not hold.

    Inside an iteration, `element` is true and an empty path is "it".
    """
    if not isinstance(node, Operation):
        return Clause(_literal(node, holds))
    if node.name in ("!", "not"):
        return clause(node.arguments[0], not holds, element)
    if node.name == "!!":
        return clause(node.arguments[0], holds, element)
    if node.name in ("and", "or"):
        stated = observed_where_stated(node, holds)
        if stated is not None:
            return Clause(stated)
        every = (node.name == "and") == holds
        return joined([clause(one, holds, element) for one in node.arguments], every)
    if node.name in ("if", "?:"):
        return _choice(node, holds, element)
    phrase = _PHRASES.get(node.name, _truth)
    return Clause(phrase(node, holds, element))


def _literal(node: Node, holds: bool) -> str:
    value = node.value if isinstance(node, Literal) else bool(node.items)  # type: ignore[union-attr]
    return "always" if bool(value) == holds else "never"


def _choice(node: Operation, holds: bool, element: bool) -> Clause:
    arguments = node.arguments
    parts = []
    for index in range(0, len(arguments) - 1, 2):
        condition = clause(arguments[index], True, element)
        then = clause(arguments[index + 1], holds, element)
        word = "if" if index == 0 else "otherwise, if"
        parts.append(nested(f"{word} {inline(condition)}", then))
    last = clause(arguments[-1], holds, element) if len(arguments) % 2 else Clause("never" if holds else "always")
    parts.append(nested("otherwise", last))
    return Clause("one of these decides:", tuple(parts))


def _value(node: Node, element: bool) -> str:
    """A value in words."""
    if isinstance(node, Literal):
        return "nothing" if node.value is None else value_words(node.value)
    if isinstance(node, Sequence):
        return _listed(node.items, element) or "no word"
    if node.name == "var":
        return _variable(node, element)
    if node.name in _VALUES:
        return _VALUES[node.name](node, element)
    return f"whether {inline(clause(node, True, element))}"


def _listed(nodes: Iterable[Node], element: bool, word: str = "and") -> str:
    words = [_value(node, element) for node in nodes]
    if len(words) < 3:
        return f" {word} ".join(words)
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def _path(node: Node) -> str | None:
    if isinstance(node, Operation) and node.name == "var" and isinstance(node.arguments[0], Literal):
        return str(node.arguments[0].value or "")
    return None


def _variable(node: Operation, element: bool) -> str:
    path = _path(node) or ""
    name = _element(path) if element else noun(path)
    if len(node.arguments) > 1:
        return f"{name} (if not stated: {_value(node.arguments[1], element)})"
    return name


def _element(path: str) -> str:
    return {"": "it", "current": "the next one", "accumulator": "the result so far"}.get(path, f"its `{path}`")


def _subject(node: Node, element: bool) -> tuple[str, str]:
    """A value and its verb."""
    path = _path(node)
    if path is None or element:
        return _value(node, element), "is"
    return _value(node, element), noun_and_verb(path)[1]


def _says_not(verb: str, holds: bool) -> str:
    return verb if holds else f"{verb} not"


def _known(node: Operation, holds: bool, element: bool) -> str:
    path = word_of(node)
    name, verb = (_element(path), "is") if element else noun_and_verb(path)
    return f"{name} {_says_not(verb, holds)} stated"


def _equal(node: Operation, holds: bool, element: bool) -> str:
    left, right = node.arguments
    if isinstance(left, (Literal, Sequence)) and not isinstance(right, (Literal, Sequence)):
        left, right = right, left
    name, verb = _subject(left, element)
    same = holds == (node.name in ("==", "==="))
    return f"{name} {_says_not(verb, same)} {_value(right, element)}"


_ORDER: Final[Mapping[str, str]] = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _order(node: Operation, holds: bool, element: bool) -> str:
    if len(node.arguments) == 3:
        low, middle, high = node.arguments
        between = "strictly between" if node.name == "<" else "between"
        name, verb = _subject(middle, element)
        return f"{name} {_says_not(verb, holds)} {between} {_value(low, element)} and {_value(high, element)}"
    left, right = node.arguments
    operator = node.name
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right, operator = right, left, _MIRRORED[operator]
    words = _ORDER[operator] if holds else f"not {_ORDER[operator]}"
    if isinstance(left, Operation) and left.name in ("days_since", "days_until"):
        return _days(left, f"{words} {_value(right, element)} days", element)
    name, verb = _subject(left, element)
    return f"{name} {verb} {words} {_value(right, element)}"


def _days(node: Operation, amount: str, element: bool) -> str:
    what = _day(node, element)
    return f"{amount} have passed since {what}" if node.name == "days_since" else f"{amount} are left until {what}"


def _day(node: Operation, element: bool) -> str:
    """What happens on the day that days are counted from or to."""
    path = _path(node.arguments[0])
    return event(path) if path is not None and not element else _value(node.arguments[0], element)


def _in(node: Operation, holds: bool, element: bool) -> str:
    needle, haystack = node.arguments
    path = _path(haystack)
    if path == "usage.data" and not element:
        return f"the usage {'sends' if holds else 'does not send'} {_value(needle, element)}"
    if isinstance(haystack, Sequence):
        name, verb = _subject(needle, element)
        if len(haystack.items) == 1:
            return f"{name} {_says_not(verb, holds)} {_value(haystack.items[0], element)}"
        return f"{name} {verb} {'one' if holds else 'none'} of {_listed(haystack.items, element)}"
    name, _ = _subject(haystack, element)
    include = "include" if _verb(haystack, element) == "are" else "includes"
    missing = "do not include" if include == "include" else "does not include"
    return f"{name} {include if holds else missing} {_value(needle, element)}"


def _verb(node: Node, element: bool) -> str:
    return _subject(node, element)[1]


def _subset(node: Operation, holds: bool, element: bool) -> str:
    part, whole = node.arguments
    if _path(part) == "usage.data" and not element and isinstance(whole, Sequence):
        listed = _listed(whole.items, element)
        return f"the usage sends nothing but {listed}" if holds else f"the usage sends something other than {listed}"
    if isinstance(part, Sequence):
        name = "the data that is sent" if _path(whole) == "usage.data" else _value(whole, element)
        verb = "include" if _verb(whole, element) == "are" else "includes"
        listed = _listed(part.items, element)
        return f"{name} {verb} all of {listed}" if holds else f"{name} {verb} not all of {listed}"
    name, verb = _subject(part, element)
    among = f"{verb} among" if holds else f"{verb} not all among"
    return f"{name} {among} {_value(whole, element)}"


def _disjoint(node: Operation, holds: bool, element: bool) -> str:
    left, right = node.arguments
    if isinstance(left, Sequence) and not isinstance(right, Sequence):
        left, right = right, left
    listed = _value(right, element) if not isinstance(right, Sequence) else _listed(right.items, element, "or")
    several = isinstance(right, Sequence) and len(right.items) > 1
    if _path(left) == "usage.data" and not element:
        if holds:
            return f"the usage sends {'none of ' if several else 'no '}{listed}"
        return f"the usage sends {'any of ' if several else ''}{listed}"
    name, verb = _subject(left, element)
    if holds:
        return f"none of {name} {verb} {'any of ' if several else 'in '}{listed}"
    return f"some of {name} {verb} {'one of ' if several else 'in '}{listed}"


def _matches(node: Operation, holds: bool, element: bool) -> str:
    name, _ = _subject(node.arguments[0], element)
    return f"{name} {'fits' if holds else 'does not fit'} the pattern {_value(node.arguments[1], element)}"


def _within(node: Operation, holds: bool, element: bool) -> str:
    place, area = (_value(one, element) for one in node.arguments)
    return f"{place} {'lies' if holds else 'does not lie'} in {area}"


def _quantified(node: Operation, holds: bool, element: bool) -> str:
    over = _value(node.arguments[0], element)
    body = inline(clause(node.arguments[1], True, not is_of_all(node.arguments[0])))
    if node.name == "some":
        return f"for {'at least one' if holds else 'none'} of {over}: {body}"
    if node.name == "none":
        return f"for {'none' if holds else 'at least one'} of {over}: {body}"
    return (
        f"for each of {over}, and there is at least one: {body}"
        if holds
        else (f"not for each of {over}, or there is none: {body}")
    )


def _missing(node: Operation, holds: bool, element: bool) -> str:
    texts = [one for part in node.arguments for one in (part.items if isinstance(part, Sequence) else (part,))]
    names = " and ".join(
        noun(str(one.value)) for one in texts if isinstance(one, Literal) and isinstance(one.value, str)
    )
    if node.name == "missing_some":
        count = _value(node.arguments[0], element)
        return f"{'fewer than' if holds else 'at least'} {count} of these are filled in: {names}"
    return f"{'not all of these are' if holds else 'these are'} filled in: {names}"


def _truth(node: Operation, holds: bool, element: bool) -> str:
    """A value of which only the truth counts."""
    listed = listed_name(_path(node) or "")
    if listed is not None and not element:
        return listed_sentence(*listed, holds)
    name, verb = _subject(node, element)
    return f"{name} {_says_not(verb, holds)} set"


Phrase = Callable[[Operation, bool, bool], str]
_PHRASES: Final[Mapping[str, Phrase]] = {
    "covered": covered,
    "documented": documented,
    "agreement": agreement,
    "known": _known,
    "observed": observed,
    "in": _in,
    "subset": _subset,
    "disjoint": _disjoint,
    "matches": _matches,
    "within": _within,
    **dict.fromkeys(("==", "!=", "===", "!=="), _equal),
    **dict.fromkeys(("<", "<=", ">", ">="), _order),
    **dict.fromkeys(("some", "all", "none"), _quantified),
    **dict.fromkeys(("missing", "missing_some"), _missing),
}


def _infix(word: str) -> Callable[[Operation, bool], str]:
    return lambda node, element: f" {word} ".join(_operand(one, element) for one in node.arguments)


def _operand(node: Node, element: bool) -> str:
    text = _value(node, element)
    return f"({text})" if isinstance(node, Operation) and node.name in ("+", "-", "*", "/", "%") else text


def _of(words: str) -> Callable[[Operation, bool], str]:
    return lambda node, element: f"{words} {_listed(node.arguments, element)}"


def _minus(node: Operation, element: bool) -> str:
    return (
        _infix("minus")(node, element) if len(node.arguments) > 1 else f"minus {_operand(node.arguments[0], element)}"
    )


def _count_days(node: Operation, element: bool) -> str:
    return f"the days {'since' if node.name == 'days_since' else 'until'} {_day(node, element)}"


def _part(node: Operation, element: bool) -> str:
    text, start, *length = (_value(one, element) for one in node.arguments)
    until = f", {length[0]} long" if length else ""
    return f"the part of {text} from position {start}{until}"


def _map(node: Operation, element: bool) -> str:
    return f"for each of {_value(node.arguments[0], element)}, {_value(node.arguments[1], True)}"


def _filter(node: Operation, element: bool) -> str:
    body = inline(clause(node.arguments[1], True, not is_of_all(node.arguments[0])))
    return f"those of {_value(node.arguments[0], element)} for which {body}"


def _count(node: Operation, element: bool) -> str:
    over, value = node.arguments
    return f"the number of different values that {_value(value, element)} has among {_value(over, element)}"


def _reduce(node: Operation, element: bool) -> str:
    start = f", beginning with {_value(node.arguments[2], element)}" if len(node.arguments) > 2 else ""
    return f"{_value(node.arguments[0], element)}, joined one by one as {_value(node.arguments[1], True)}{start}"


def _same(node: Operation, element: bool) -> str:
    return _value(node.arguments[0], element)


_VALUES: Final[Mapping[str, Callable[[Operation, bool], str]]] = {
    "+": _infix("plus"),
    "-": _minus,
    "*": _infix("times"),
    "/": _infix("divided by"),
    "%": _infix("modulo"),
    "min": _of("the least of"),
    "max": _of("the greatest of"),
    "cat": _of("the text made of"),
    "merge": _of("the list made of"),
    "substr": _part,
    "days_since": _count_days,
    "days_until": _count_days,
    "map": _map,
    "filter": _filter,
    "reduce": _reduce,
    "log": _same,
    COUNT: _count,
}
