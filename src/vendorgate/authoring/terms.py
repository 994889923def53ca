"""Terms, which Python joins by its own signs and which become JSON Logic through the package jsonlogic-py.

In: Python expressions. Out: rules as plain JSON. Whatever Python would make of an expression before anybody can see
it (`a and b`, `1 < v < 3`, `not a`, `x in v`) is an error that says what to write; nothing is dropped silently.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn, Union, cast

from jsonlogic import Expression, Literal, Operand, Operation, Variable

from ..logic import Json
from ..model.facts import LISTINGS

PlainValue = Union[None, bool, int, float, str, datetime.date]
AuthoredValue = Union["Term", PlainValue, "Sequence[AuthoredValue]"]
"""What can stand in an expression; days become texts."""


class AuthoringError(TypeError):
    """An expression that Python would have turned into something else."""


class _Null(Operand):
    """null, for which the package would write the text "None"."""

    def __init__(self) -> None:
        super().__init__()

    def _prepare(self) -> None:
        return None


class _Items(Operand):
    """A list with terms in it, which the package would leave as Python objects."""

    def __init__(self, items: list[Operand]) -> None:
        super().__init__()
        self._items = items

    def _prepare(self) -> list[object]:
        return [item._prepare() for item in self._items]


class Term:
    """A value that a policy reads or works out; as a condition its truth counts.

    `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `%` compare and compute; `&`, `|`, `~` join conditions.
    """

    __slots__ = ("_operand",)
    __hash__ = None  # type: ignore[assignment]  # equality makes a rule

    def __init__(self, operand: Operand) -> None:
        self._operand = operand

    @property
    def rule(self) -> Json:
        """The rule as plain JSON."""
        return _tidy(cast("Json", self._operand._prepare()))

    def __repr__(self) -> str:
        return f"<term {self.rule!r}>"

    def contains(self, word: AuthoredValue) -> Term:
        """Whether a list has a word, or a text a part: `usage.data.contains("phi")`."""
        return _expression(Operation("contains", 2), self._operand, _operand(word))

    def isin(self, values: AuthoredValue) -> Term:
        """Whether it is one of several: `usage.region.isin(["de", "fr"])`."""
        return rule_of("in", self, values)

    def matches(self, glob: AuthoredValue) -> Term:
        """Whether a text fits a glob of `*` and `?`."""
        return rule_of("matches", self, glob)

    def within(self, area: AuthoredValue) -> Term:
        """Whether a place is an area or lies in it."""
        return rule_of("within", self, area)

    def subset(self, whole: AuthoredValue) -> Term:
        """Whether a list has nothing that the other has not."""
        return rule_of("subset", self, whole)

    def disjoint(self, other: AuthoredValue) -> Term:
        """Whether two lists share nothing."""
        return rule_of("disjoint", self, other)

    def __eq__(self, other: object) -> Term:  # type: ignore[override]
        return rule_of("==", self, other)

    def __ne__(self, other: object) -> Term:  # type: ignore[override]
        return rule_of("!=", self, other)

    def __lt__(self, other: AuthoredValue) -> Term:
        return rule_of("<", self, other)

    def __le__(self, other: AuthoredValue) -> Term:
        return rule_of("<=", self, other)

    def __gt__(self, other: AuthoredValue) -> Term:
        return rule_of(">", self, other)

    def __ge__(self, other: AuthoredValue) -> Term:
        return rule_of(">=", self, other)

    def __add__(self, other: AuthoredValue) -> Term:
        return rule_of("+", self, other)

    def __radd__(self, other: AuthoredValue) -> Term:
        return rule_of("+", other, self)

    def __sub__(self, other: AuthoredValue) -> Term:
        return rule_of("-", self, other)

    def __rsub__(self, other: AuthoredValue) -> Term:
        return rule_of("-", other, self)

    def __mul__(self, other: AuthoredValue) -> Term:
        return rule_of("*", self, other)

    def __rmul__(self, other: AuthoredValue) -> Term:
        return rule_of("*", other, self)

    def __truediv__(self, other: AuthoredValue) -> Term:
        return rule_of("/", self, other)

    def __rtruediv__(self, other: AuthoredValue) -> Term:
        return rule_of("/", other, self)

    def __mod__(self, other: AuthoredValue) -> Term:
        return rule_of("%", self, other)

    def __rmod__(self, other: AuthoredValue) -> Term:
        return rule_of("%", other, self)

    def __neg__(self) -> Term:
        return rule_of("-", self)

    def __and__(self, other: Term) -> Term:
        return all_of(self, other)

    def __or__(self, other: Term) -> Term:
        return any_of(self, other)

    def __invert__(self) -> Term:
        return rule_of("!", self)

    def __bool__(self) -> NoReturn:
        raise AuthoringError(
            "Python asked for the truth of a condition, which only a check can know: write `a & b` for `a and b`, "
            "`a | b` for `a or b`, `~a` for `not a`, `between(1, v, 3)` for `1 < v < 3`, "
            "`if_(a, b, c)` for `b if a else c`"
        )

    def __contains__(self, word: object) -> NoReturn:
        raise AuthoringError(
            f"write `v.contains({word!r})` for `{word!r} in v`, which Python would turn into a boolean"
        )

    def __iter__(self) -> NoReturn:
        raise AuthoringError("the elements of a list are not known yet: write `some(v, lambda one: ...)` or `every`")

    def __len__(self) -> NoReturn:
        raise AuthoringError("the length of a list is not known yet")


def _refuse(sign: str, advice: str) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise AuthoringError(f"`{sign}` has no meaning in a policy: {advice}")

    return refuse


for _name, _sign, _advice in (
    ("xor", "^", "write `(a | b) & ~(a & b)`"),
    ("floordiv", "//", "write `/`"),
    ("pow", "**", "write the product out"),
    ("matmul", "@", "write `*`"),
    ("lshift", "<<", "write `<`"),
    ("rshift", ">>", "write `>`"),
    ("divmod", "divmod", "write `/` and `%`"),
):
    setattr(Term, f"__{_name}__", _refuse(_sign, _advice))
    setattr(Term, f"__r{_name}__", _refuse(_sign, _advice))


class Field(Term):
    """What a policy reads: `usage.data`, `usage.settings.zero_data_retention`, `registry.retention_zdr.facts.days`."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        super().__init__(Variable(path))
        self._path = path

    def __getattr__(self, name: str) -> Field:
        if name.startswith("__"):
            raise AttributeError(name)
        return Field(f"{self._path}.{name}" if self._path else name)

    def __getitem__(self, name: str) -> Field:
        """A field whose name Python cannot write: `usage.settings["data-sharing"]`."""
        return Field(f"{self._path}.{name}" if self._path else name)

    def contains(self, word: AuthoredValue) -> Term:
        """Whether a list has a word, or a text a part: `usage.data.contains("phi")`.

        Of a listing such as `registry.trust_center.facts.certifications_listed`, whether the vendor lists a name: what
        is not on it is unknown, unless it is complete.
        """
        if self._path.rpartition(".")[2] in LISTINGS and self._path.startswith("registry.") and isinstance(word, str):
            return self[word]
        return super().contains(word)

    def default(self, value: AuthoredValue) -> Term:
        """The value, or another where it is not stated. A default hides an unknown: ask yourself whether you may."""
        return rule_of("var", self._path, value)


usage: Final = Field("usage")
primary: Final = Field("primary")
project: Final = Field("project")
offering: Final = Field("offering")
registry: Final = Field("registry")
agreements: Final = Field("agreements")
today: Final = Field("today")
usages: Final = Field("usages")
"""All usages of a fleet, of a `FleetPolicy` alone."""


def _operand(value: object) -> Operand:
    if isinstance(value, Term):
        return value._operand
    if value is None:
        return _Null()
    if isinstance(value, (list, tuple)):
        return _Items([_operand(one) for one in value])
    if isinstance(value, datetime.datetime):
        raise AuthoringError(f"a day without a time is wanted, and this is {value!r}")
    if isinstance(value, datetime.date):
        return Literal(value.isoformat())
    if isinstance(value, (bool, int, float, str)):
        return Literal(value)
    raise AuthoringError(f"no JSON for {value!r}: write a text, a number, a boolean, a day, a list or None")


def rule_of(name: str, *values: object) -> Term:
    """The term that an operator makes of values."""
    operands = [_operand(value) for value in values]
    return _expression(Operation(name, len(operands)), *operands)


def _expression(operation: Operation, *operands: Operand) -> Term:
    first, *rest = operands
    return Term(Expression(operation, cast(Any, first), *rest))


def _tidy(rule: Json) -> Json:
    """A lone argument without its list, as people write it; one that is itself a list keeps both."""
    if isinstance(rule, list):
        return [_tidy(one) for one in rule]
    if not isinstance(rule, dict):
        return rule
    ((name, value),) = rule.items()
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list):
        return {name: _tidy(value[0])}
    return {name: _tidy(value)}


def condition(value: object) -> Term:
    """A condition, and not a boolean that Python made of one.

    Raises:
        AuthoringError: it is no term.
    """
    if isinstance(value, bool):
        raise AuthoringError(
            f"{value} is a boolean of Python's, perhaps of `is None` or `isinstance`: write `== None`, or TRUE or FALSE"
        )
    if not isinstance(value, Term):
        raise AuthoringError(f"{value!r} is no condition: write one such as `covered('hipaa_baa')`")
    return value


TRUE: Final = Term(Literal(True))
"""Always holds."""
FALSE: Final = Term(Literal(False))
"""Never holds."""


def all_of(*conditions: Term) -> Term:
    """All of several conditions; what `&` writes, flat."""
    return rule_of("and", *_flat("and", conditions))


def any_of(*conditions: Term) -> Term:
    """At least one of several conditions; what `|` writes, flat."""
    return rule_of("or", *_flat("or", conditions))


def _flat(name: str, conditions: tuple[Term, ...]) -> list[Term]:
    found: list[Term] = []
    for one in conditions:
        operand = condition(one)._operand
        if isinstance(operand, Expression) and operand.op.op == name:
            found.extend(Term(part) for part in (operand.o1, *operand.on))
        else:
            found.append(one)
    return found
