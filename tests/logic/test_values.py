"""JavaScript's view of values where JSON that JavaScript reads cannot show it: endless numbers, huge integers."""

from __future__ import annotations

import math
from typing import Any

import pytest

from vendorgate.logic import SOME_FALSE, SOME_TRUE, UNKNOWN, Json, apply, truth_of
from vendorgate.logic.values import compare, loose_equal, parse_float, strict_equal, tidy, to_number, to_text

HUGE = 10**400


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (math.nan, False),
        (math.inf, True),
        (-0.0, False),
        (HUGE, True),
        ("0", True),
        ([], False),
        ([0], True),
        ({}, True),
        (None, False),
        (UNKNOWN, None),
        (SOME_TRUE, True),
        (SOME_FALSE, False),
    ],
)
def test_what_is_true(value: Any, truth: bool | None) -> None:
    assert truth_of(value) is truth


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (HUGE, "Infinity"),
        (-HUGE, "-Infinity"),
        (-0.0, "0"),
        (2.0, "2"),
        (2**53 + 1, "9007199254740992"),
        (123456789012345680000, "123456789012345680000"),
        (1e21, "1e+21"),
        (-1.5e300, "-1.5e+300"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (5e-324, "5e-324"),
        ([math.nan, None, [HUGE]], "NaN,,Infinity"),
    ],
)
def test_how_a_number_is_written(value: Json, text: str) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (HUGE, math.inf),
        (-HUGE, -math.inf),
        ("1" * 400, math.inf),
        ("-1e999", -math.inf),
        ("0x" + "f" * 400, math.inf),
        ("0b101", 5),
        ("0O17", 15),
        ("-0x10", math.nan),
        ("+Infinity", math.inf),
        ("infinity", math.nan),
        ("nan", math.nan),
        ("1_000", math.nan),
        ("١", math.nan),
        ("\ufeff\u2003 7 \u3000", 7),
        ("\u200b7", math.nan),
        ("1e", math.nan),
        (".", math.nan),
        ([[["3"]]], 3),
        (["\ufeff\u2003 7 \u3000"], 7),
        (["\x1c7"], math.nan),
        (True, 1),
        ({}, math.nan),
    ],
)
def test_which_number_a_value_is(value: Json, number: float) -> None:
    found = to_number(value)
    assert found == number or (math.isnan(found) and math.isnan(number))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (HUGE, math.inf),
        ("-Infinityx", -math.inf),
        ("1e5x", 100_000),
        ("1ex", 1),
        (" .5.5", 0.5),
        ("\ufeff7x", 7),
        ("\x1c7", math.nan),
        ("0x10", 0),
        (True, math.nan),
        ([7, 8], 7),
        ("", math.nan),
    ],
)
def test_which_number_a_value_begins_with(value: Json, number: float) -> None:
    found = parse_float(value)
    assert found == number or (math.isnan(found) and math.isnan(number))


def test_integers_are_compared_as_the_doubles_that_they_are_in_javascript() -> None:
    assert strict_equal(2**53, 2**53 + 1)
    assert loose_equal(2**53, 2**53 + 1)
    assert compare(2**53, 2**53 + 1) == 0
    assert compare(-HUGE, HUGE) == -1


def test_what_is_not_a_number_is_equal_to_nothing_and_has_no_order() -> None:
    assert not strict_equal(math.nan, math.nan)
    assert not loose_equal(math.nan, math.nan)
    assert compare(math.nan, 1) is None
    assert apply({"in": [math.nan, [math.nan]]}) is False


def test_texts_are_ordered_by_code_units_and_not_by_code_points() -> None:
    assert compare("\U0001d11e", "\uff5e") == -1
    assert compare("\ud834", "\ud833") == 1


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (2.0, "2"),
        (-2.0, "-2"),
        (0.5, "0.5"),
        (0.0, "0"),
        (-0.0, "-0.0"),
        (2.0**53 - 1, "9007199254740991"),
        (2.0**53, "9007199254740992.0"),
        (1 - 2.0**53, "-9007199254740991"),
        (-(2.0**53), "-9007199254740992.0"),
        (math.inf, "inf"),
    ],
)
def test_a_whole_number_is_one_as_far_as_doubles_tell_whole_numbers_apart(number: float, written: str) -> None:
    assert repr(tidy(number)) == written


@pytest.mark.parametrize(("dividend", "divisor"), [("Infinity", 2), ("-Infinity", 2), ("x", 2), (2, "x"), (2, 0)])
def test_what_has_no_remainder_is_not_a_number(dividend: Json, divisor: Json) -> None:
    found = apply({"%": [dividend, divisor]})
    assert isinstance(found, float)
    assert math.isnan(found)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"substr": ["abc", math.inf]}, ""),
        ({"substr": ["abc", -math.inf]}, "abc"),
        ({"substr": ["abc", 0, math.inf]}, "abc"),
        ({"substr": ["abc", 0, -math.inf]}, ""),
        ({"substr": ["abc", math.nan, 1]}, "a"),
        ({"substr": ["abc", 0, math.nan]}, ""),
        ({"substr": ["abc", HUGE]}, ""),
    ],
)
def test_an_endless_place_in_a_text_is_its_end(rule: Json, value: Json) -> None:
    assert apply(rule) == value


def test_an_unknown_is_shown_by_its_name() -> None:
    assert [repr(value) for value in (UNKNOWN, SOME_TRUE, SOME_FALSE)] == ["UNKNOWN", "SOME_TRUE", "SOME_FALSE"]


def test_an_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"^an unknown has no truth value; ask `truth_of`$"):
        bool(UNKNOWN)
