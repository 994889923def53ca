"""The operators of policies as Python functions: coverage, agreements, comparisons, questions about lists.

In: terms and plain values. Out: terms.
"""

from __future__ import annotations

from collections.abc import Callable

from .terms import AuthoredValue, AuthoringError, Field, Term, condition, rule_of


def covered(dimension: str) -> Term:
    """Whether what the vendor documents reaches this usage."""
    return rule_of("covered", dimension)


def documented(dimension: str) -> Term:
    """Whether the vendor documents it at all, with evidence that is good enough."""
    return rule_of("documented", dimension)


def agreement(kind: str) -> Term:
    """Whether an agreement of a kind is in force for this usage."""
    return rule_of("agreement", kind)


def known(path: Term) -> Term:
    """Whether a path has a value: `known(usage.region)`."""
    if not isinstance(path, Field):
        raise AuthoringError(f"`known` takes a path such as usage.region, and this is {path!r}")
    return rule_of("known", path._path)


def observed(path: Term) -> Term:
    """Whether a value was observed at the vendor, and is not only claimed: `observed(usage.region)`."""
    if not isinstance(path, Field):
        raise AuthoringError(f"`observed` takes a path such as usage.region, and this is {path!r}")
    return rule_of("observed", path._path)


def subset(part: AuthoredValue, whole: AuthoredValue) -> Term:
    return rule_of("subset", part, whole)


def disjoint(left: AuthoredValue, right: AuthoredValue) -> Term:
    return rule_of("disjoint", left, right)


def matches(text: AuthoredValue, glob: AuthoredValue) -> Term:
    return rule_of("matches", text, glob)


def within(place: AuthoredValue, area: AuthoredValue) -> Term:
    return rule_of("within", place, area)


def days_since(day: AuthoredValue) -> Term:
    """Whole days from a day to the day of the check."""
    return rule_of("days_since", day)


def days_until(day: AuthoredValue) -> Term:
    """Whole days from the day of the check to a day."""
    return rule_of("days_until", day)


def between(low: AuthoredValue, value: AuthoredValue, high: AuthoredValue, *, inclusive: bool = False) -> Term:
    """`low < value < high`, or `low <= value <= high`."""
    return rule_of("<=" if inclusive else "<", low, value, high)


def strictly(left: AuthoredValue, sign: str, right: AuthoredValue) -> Term:
    """`===` or `!==`: equal, or not, without turning one type into another."""
    if sign not in ("===", "!=="):
        raise AuthoringError(f"`{sign}` is not a strict comparison: write '===' or '!=='")
    return rule_of(sign, left, right)


def if_(*parts: AuthoredValue) -> Term:
    """`if_(condition, then, otherwise)`, or with more conditions before the last part."""
    if len(parts) < 2:
        raise AuthoringError("`if_` needs a condition and what follows from it")
    return rule_of("if", *parts)


Body = Callable[[Field], Term]
"""What is asked of an element."""


def _over(name: str, values: AuthoredValue, body: Body) -> Term:
    return rule_of(name, values, condition(body(Field(""))))


def some(values: AuthoredValue, body: Body) -> Term:
    """Whether it holds for at least one element: `some(usage.models, lambda model: model.matches("gpt-*"))`."""
    return _over("some", values, body)


def every(values: AuthoredValue, body: Body) -> Term:
    """Whether it holds for each element, and there is one (JSON Logic's `all`)."""
    return _over("all", values, body)


def no(values: AuthoredValue, body: Body) -> Term:
    """Whether it holds for no element (JSON Logic's `none`)."""
    return _over("none", values, body)


def keep(values: AuthoredValue, body: Body) -> Term:
    """The elements for which it holds (JSON Logic's `filter`)."""
    return _over("filter", values, body)


def count_distinct(values: AuthoredValue, body: Callable[[Field], AuthoredValue]) -> Term:
    """How many different values usages have: `count_distinct(usages, lambda one: one.offering.platform) <= 2`."""
    return rule_of("count_distinct", values, body(Field("")))


def transform(values: AuthoredValue, body: Callable[[Field], AuthoredValue]) -> Term:
    """What becomes of each element (JSON Logic's `map`)."""
    return rule_of("map", values, body(Field("")))


def reduce(values: AuthoredValue, body: Callable[[Field, Field], AuthoredValue], start: AuthoredValue) -> Term:
    """The elements joined one by one: `reduce(values, lambda total, one: total + one, 0)`."""
    return rule_of("reduce", values, body(Field("accumulator"), Field("current")), start)


def missing(*paths: Field) -> Term:
    """Which of the paths hold nothing."""
    return rule_of("missing", *(path._path for path in paths))


def missing_some(least: int, *paths: Field) -> Term:
    """Nothing if at least so many of the paths hold something, else those that do not."""
    return rule_of("missing_some", least, [path._path for path in paths])


def smallest(*values: AuthoredValue) -> Term:
    return rule_of("min", *values)


def largest(*values: AuthoredValue) -> Term:
    return rule_of("max", *values)


def cat(*values: AuthoredValue) -> Term:
    """Texts joined."""
    return rule_of("cat", *values)


def merge(*values: AuthoredValue) -> Term:
    """Lists joined."""
    return rule_of("merge", *values)


def substr(text: AuthoredValue, start: int, *length: int) -> Term:
    """A part of a text."""
    return rule_of("substr", text, start, *length)
