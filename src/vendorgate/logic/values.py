"""JavaScript's view of JSON values, which JSON Logic prescribes, and the kinds of unknown.

In: plain JSON values. Out: truth, numbers, texts and comparisons as ECMAScript defines them.
Refuses to know what the values stand for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable
from typing import Final, Union

LONGEST_LIST: Final = 10_000
LONGEST_TEXT: Final = 100_000
"""Elements and characters of a value that a rule makes."""
Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]


class Unknown:
    """A value that nobody stated.

    `truth` is what is certain of it all the same: `{"and": [unknown, false]}` is false in every possible world,
    though which false value it is stays open. Every operator but the logical ones sees only "unknown".
    """

    __slots__ = ("name", "truth")

    def __init__(self, name: str, truth: bool | None) -> None:
        self.name = name
        self.truth = truth

    def __repr__(self) -> str:
        return self.name

    def __bool__(self) -> bool:
        raise TypeError("an unknown has no truth value; ask `truth_of`")


UNKNOWN: Final = Unknown("UNKNOWN", None)
CONTRADICTED: Final = Unknown("CONTRADICTED", None)
"""Of a value that was stated in two ways: unlike UNKNOWN, no default of a `var` stands in for it."""
WITHHELD: Final = Unknown("WITHHELD", None)
"""Of a value that may not be taken from whoever stated it: no default of a `var` stands in for it, either."""
SOME_TRUE: Final = Unknown("SOME_TRUE", True)
SOME_FALSE: Final = Unknown("SOME_FALSE", False)

Value = Union[Json, Unknown]


def truth_of(value: Value) -> bool | None:
    """Truth as JSON Logic has it (https://jsonlogic.com/truthy.html); None where it is unknown."""
    if value is True or value is False:
        return value
    if isinstance(value, Unknown):
        return value.truth
    return truthy(value)


def truthy(value: Json) -> bool:
    """Falsy are null, false, 0, NaN, "" and, unlike in JavaScript, the empty list; all else is truthy."""
    if isinstance(value, float):
        return value != 0 and value == value
    if isinstance(value, dict):
        return True
    return bool(value)


_NUMERIC: Final = r"[+-]?(?:Infinity|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
"""No run of digits can be divided in two ways, so that a long text that is none is known for it in one pass."""
_RADIX: Final = r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)"
_BASES: Final = {"x": 16, "o": 8, "b": 2}
_WHITE: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""ECMAScript's white space and line terminators."""


def to_number(value: Json) -> float:
    """ECMAScript ToNumber."""
    if value is None:
        return 0.0
    if isinstance(value, (bool, int, float)):
        return _double(value)
    if isinstance(value, str):
        return _text_to_number(value.strip(_WHITE))
    return _text_to_number(to_text(value).strip(_WHITE))


def parse_float(value: Json) -> float:
    """ECMAScript parseFloat: the longest number that the text begins with, else NaN."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _double(value)
    found = re.match(_NUMERIC, to_text(value).lstrip(_WHITE))
    return float(found.group()) if found else math.nan


def _double(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _text_to_number(text: str) -> float:
    if not text:
        return 0.0
    if re.fullmatch(_NUMERIC, text):
        return float(text)
    if re.fullmatch(_RADIX, text):
        return _double(int(text[2:], _BASES[text[1].lower()]))
    return math.nan


def to_text(value: Json) -> str:
    """ECMAScript ToString."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number_to_text(_double(value))
    if isinstance(value, list):
        return join(value, ",")
    return "[object Object]"


def join(values: Iterable[Json], separator: str) -> str:
    """Array.prototype.join: null becomes nothing."""
    return separator.join("" if value is None else to_text(value) for value in values)


def _number_to_text(number: float) -> str:
    """ECMAScript Number::toString: shortest digits, plain notation between 1e-7 and 1e21."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, power = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + ("" if fraction == "0" else fraction)).lstrip("0")
    point = len(whole) + int(power or 0)
    if whole == "0":
        point -= 1 + len(fraction) - len(fraction.lstrip("0"))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    exponent = point - 1
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def strict_equal(left: Json, right: Json) -> bool:
    """ECMAScript `===`; lists and objects are equal only to themselves."""
    if isinstance(left, (list, dict)) or isinstance(right, (list, dict)):
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return _double(left) == _double(right)
    return type(left) is type(right) and left == right


def identity(value: Json) -> Hashable:
    """What two values have in common exactly where they are `===`, to look one up among many."""
    if isinstance(value, (list, dict)):
        return ("itself", id(value))
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, (int, float)):
        number = _double(value)
        return number if number == number else object()
    return value


def loose_equal(left: Json, right: Json) -> bool:
    """ECMAScript `==`, coercions included."""
    if left is None or right is None:
        return left is right
    if isinstance(left, (list, dict)):
        if isinstance(right, (list, dict)):
            return left is right
        return loose_equal(to_text(left), right)
    if isinstance(right, (list, dict)):
        return loose_equal(left, to_text(right))
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def compare(left: Json, right: Json) -> int | None:
    """-1, 0 or 1 as ECMAScript's relational operators order two values; None where none of them holds (NaN)."""
    first = to_text(left) if isinstance(left, (list, dict)) else left
    second = to_text(right) if isinstance(right, (list, dict)) else right
    if isinstance(first, str) and isinstance(second, str):
        one, two = _code_units(first), _code_units(second)
        return (one > two) - (one < two)
    left_number, right_number = to_number(first), to_number(second)
    if left_number != left_number or right_number != right_number:
        return None
    return (left_number > right_number) - (left_number < right_number)


def _code_units(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def substring(text: str, start: float, length: float) -> str:
    """`String.prototype.substr` on UTF-16 code units; numbers are truncated, NaN is 0."""
    units = text.encode("utf-16-le", "surrogatepass")
    size = len(units) // 2
    first = _integer(start, size)
    first = max(size + first, 0) if first < 0 else min(first, size)
    count = min(max(_integer(length, size), 0), size - first)
    return units[2 * first : 2 * (first + count)].decode("utf-16-le", "surrogatepass")


def _integer(number: float, size: int) -> int:
    if number != number:
        return 0
    return int(min(max(number, -size - 1), size + 1))


def tidy(number: float) -> int | float:
    """The number as JSON writes it: 2, not 2.0; but -0.0 stays what it is, because dividing by it shows."""
    whole = number.is_integer() and abs(number) < 2**53
    return int(number) if whole and (number != 0 or math.copysign(1, number) > 0) else number
