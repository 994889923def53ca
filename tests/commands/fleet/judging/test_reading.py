"""A row is read as strictly as a file, and what is near a limit is read by the strict reader itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.commands.fleet.judging.reading import Fields, is_within_limits, read_row, words_of
from vendorgate.commands.fleet.model import Row
from vendorgate.errors import Problem
from vendorgate.load.manifest import manifest_from
from vendorgate.model.manifest import ManifestFile

USAGE: dict[str, Any] = {"id": "u", "offering": "openai-api", "data": ["phi"]}


def _row(**usage: Any) -> Row:
    written = {"version": 1, "project": "p", "usages": [{**USAGE, **usage}]}
    return Row("rows.jsonl:1", json.dumps(written, ensure_ascii=False).encode())


def _both(row: Row) -> tuple[ManifestFile | None, ManifestFile | None]:
    fast: list[Problem] = []
    strict: list[Problem] = []
    found, wanted = read_row(row, fast), manifest_from(row.written, row.path, strict)
    assert bool(fast) == bool(strict), (fast, strict)
    return (None if fast or found is None else found.written), (None if strict or wanted is None else wanted.written)


_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=8), st.just("x" * 10_001)
)
_ODD = st.one_of(_SCALARS, st.lists(_SCALARS, max_size=3), st.dictionaries(st.text(max_size=4), _SCALARS, max_size=3))


@given(
    field=st.sampled_from([*Fields.__slots__, "id", "data", "tier", "settings", "via", "region", "nobody"]), value=_ODD
)
def test_row_has_the_form_that_a_file_of_the_same_text_has(field: str, value: Any) -> None:
    try:
        row = _row(**{field: value})
    except (ValueError, UnicodeEncodeError):
        return
    fast, strict = _both(row)
    assert fast == strict


@pytest.mark.parametrize(
    "usage",
    [
        {"purpose": "x" * 10_001},
        {"purpose": '"' * 10_001},
        {"settings": {f"s{number}": 1 for number in range(20_000)}},
        {"settings": {"a": ["b"] * 20_000}},
        {"models": [f"m-{number}" for number in range(20_000)]},
        {"settings": {"days": 2**60}},
        {"settings": {"days": -(10**15)}},
    ],
)
def test_row_over_a_limit_is_refused(usage: dict[str, Any]) -> None:
    assert not is_within_limits(_row(**usage).written)
    assert _both(_row(**usage)) == (None, None)


@given(value=st.one_of(st.integers(-(2**70), 2**70), st.floats()))
def test_row_has_the_numbers_that_a_file_of_the_same_text_has(value: float) -> None:
    fast, strict = _both(_row(settings={"days": value}))
    assert fast == strict


@pytest.mark.parametrize(
    ("number", "value"),
    [
        *((text, None) for text in ("1e-400", "-1E-400", "0.1e-0324", "1e400", "12.5e-999", f"0.{'0' * 400}1")),
        *((text, 0) for text in ("0e-400", "-0.0E-400", "0.00e+999")),
        *(("5e-324", 5e-324), ("1e-05", 1e-05), ("1e-0300", 1e-300)),
    ],
)
def test_number_that_is_read_as_another_is_refused_in_a_row_as_in_a_file(number: str, value: float | None) -> None:
    written = _row(settings={"days": "N"}).written.replace(b'"N"', number.encode())
    fast, strict = _both(Row("rows.jsonl:1", written))
    assert fast == strict
    assert (fast.usages[0].settings if fast is not None else None) == (None if value is None else {"days": value})


@pytest.mark.parametrize("name", ["m ", " m", "m  1", "m\u200b", "m\xa01", "m\uff12", "m*", "", "\u2800"])
def test_name_of_which_a_reader_does_not_see_all_is_refused_in_a_row_as_in_a_file(name: str) -> None:
    for field in ("models", "endpoints", "features"):
        row, problems = _row(**{field: ["fine 1/\u00e9:2", name]}), list[Problem]()
        assert _both(row) == (None, None)
        read_row(row, problems)
        assert words_of(problems[0]).startswith("rows.jsonl:1:")


def test_long_row_within_the_limits_is_read_at_once() -> None:
    row = _row(models=[f"m-{number}" for number in range(2_000)])
    assert len(row.written) > 10_000
    assert is_within_limits(row.written)
    fast, strict = _both(row)
    assert fast == strict
    assert fast is not None


def test_field_stands_where_it_is_stated_and_not_where_it_holds_by_default() -> None:
    source = Fields("p", b'{"usages": [{"id": "a"}, {"id": "b", "tier": "free", "models": ["m"]}]}')
    assert source.has(("usages", 1, "tier"))
    assert not source.has(("usages", 0, "tier"))
    assert source.alone(1).has(("usages", 0, "models", 0))
    assert not source.alone(1).has(("usages", 0, "models", 1))
    assert str(source.locate(("usages", 1, "tier")).path) == "p: usages[1].tier"


def test_problem_names_the_row_and_the_field() -> None:
    problems: list[Problem] = []
    twice = {"version": 1, "project": "p", "usages": [USAGE, USAGE]}
    read_row(Row("rows.jsonl:7", json.dumps(twice).encode()), problems)
    (problem,) = problems
    assert words_of(problem).startswith("rows.jsonl:7: usages[1].id: the id `u` is used twice")
