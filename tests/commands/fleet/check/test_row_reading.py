"""A row is what every reader of JSON takes it for, or is refused with its place."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.commands.fleet.runs import CLINIC
from vendorgate.commands.fleet.check.row_reading import cell_row, line_row, line_rows
from vendorgate.load.json_text import has_a_key_twice

_PLACE: Final = "rows.jsonl:7"
_NAMES: Final = st.sampled_from(["a", "b", "a:b", "path", "manifest", 'q"', "é", "\\", "::", ""])


class _Pairs(list[tuple[str, Any]]):
    """An object as it is written: keys may stand twice."""


_VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | _NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(_NAMES, inner), max_size=4).map(_Pairs),
    max_leaves=12,
)


def _written(value: Any, ascii: bool) -> str:
    if isinstance(value, _Pairs):
        members = (f"{json.dumps(name, ensure_ascii=ascii)}:{_written(one, ascii)}" for name, one in value)
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_written(one, ascii) for one in value) + "]"
    return json.dumps(value, ensure_ascii=ascii)


def row(line: str | bytes) -> Any:
    return line_row(line.encode() if isinstance(line, str) else line, _PLACE)


def problems(line: str | bytes) -> tuple[str, ...]:
    found = row(line)
    assert found.written == b"" or not found.problems
    assert all(told.startswith(_PLACE) for told in found.problems)
    return tuple(told.removeprefix(_PLACE) for told in found.problems)


@given(_VALUES.filter(lambda value: isinstance(value, _Pairs)), st.booleans(), st.booleans())
def test_key_that_stands_twice_is_found_wherever_it_stands(value: _Pairs, ascii: bool, within: bool) -> None:
    text = _written(value, ascii)
    line = f'{{"path": "a:b", "manifest": {text}}}' if within else text
    try:
        line.encode()
    except UnicodeEncodeError:
        assume(False)
    twice = has_a_key_twice(line.encode())
    found = row(line)
    assert any("stands twice" in told for told in found.problems) == twice
    if within and not twice:
        assert found.problems == ()


@given(_VALUES.filter(lambda value: isinstance(value, _Pairs)), st.booleans())
def test_what_is_judged_is_what_is_written(value: _Pairs, ascii: bool) -> None:
    line = f'{{"manifest":{_written(value, ascii)},"path":"p"}}'
    try:
        found = row(line)
    except UnicodeEncodeError:
        return
    if not found.problems:
        said, judged = json.loads(line)["manifest"], json.loads(found.written)
        assert repr(said) == repr(judged), "1, 1.0 and true are three things"
        assert (found.path, found.repository, found.stands) == ("p", None, _PLACE)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_row_or_refused(data: bytes) -> None:
    for found in line_rows(data, "f", 1):
        assert found.problems or isinstance(msgspec.json.decode(found.written), dict)
        assert found.repository is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON"),
        ("nonsense", "no JSON"),
        ("[]", "no object"),
        ("{}", "no `path`"),
        ('{"path": "a"}', "no `manifest`"),
        ('{"path": 1, "manifest": {}}', "no `path`"),
        ('{"path": " ", "manifest": {}}', "no `path`"),
        ('{"path": "a", "manifest": []}', "no `manifest`"),
        ('{"path": "a", "manifest": {}, "manifests": {}}', "unknown key `manifests`; did you mean `manifest`?"),
        ('{"path": "a", "manifest": {}, "repository": "acme/clinic"}', "`repository` is not for a row to say"),
        ('{"path": "a", "path": "b", "manifest": {}}', "the key `path` stands twice"),
        ('{"path": "a", "manifest": {"x": {"y": 1, "y": 1}}}', "the key `y` stands twice"),
        ('{"path": "a", "manifest": {"\\u0078": 1, "x": 1}}', "the key `x` stands twice"),
        ('{"path": "a", "manifest": {"x": NaN}}', "`NaN` is no number"),
        ('{"path": "a", "manifest": {"x": 1e999}}', "no JSON that every reader reads alike"),
        ('{"path": "a", "manifest": {"x": "\\ud800"}}', "no JSON that every reader reads alike"),
        ('{"path": "a", "manifest": {}} {}', "no JSON"),
        (b'{"path": "a\xff", "manifest": {}}', "not UTF-8"),
        ('{"path": "' + "a" * 5000 + '", "manifest": {}}', "a `path` of more than 4096 characters"),
        ('{"path": "a", "manifest": {"x": [' + "[" * 9000 + "]" * 9000 + "]}}", "nested too deeply"),
        ('{"path": "a", "manifest": {"x": [' + ",".join(["1"] * 20_001) + "]}}", "more than 20000 keys, values"),
        ('{"path": "a", "manifest": {"x": "' + "y" * 1024 * 1024 + '"}}', "a line of more than 1 MiB"),
        ("\ufeff" + '{"path": "a", "manifest": {}}', "no JSON that every reader reads alike"),
    ],
)
def test_mistake_of_a_row_is_said_with_its_place(line: str | bytes, told: str) -> None:
    assert any(told in one for one in problems(line)), problems(line)


def test_every_mistake_of_a_row_is_said_at_once() -> None:
    assert len(problems('{"pth": "a", "repository": "x/y", "manifest": 1}')) == 4


def test_row_with_mistakes_goes_by_its_path_where_it_has_one() -> None:
    assert row('{"path": "a/vendorgate.yaml", "manifest": 1}').path == "a/vendorgate.yaml"
    assert row('{"path": 1, "manifest": {}}').path == _PLACE


def test_lines_are_told_apart_by_their_ends_and_blank_ones_are_none() -> None:
    line = json.dumps({"path": "p", "manifest": {"x": "\u2028 \x85"}}, ensure_ascii=False).encode()
    found = [*line_rows(b"\n" + line + b"\r\n \t\r\n" + line + b"\n", "f", 3)]
    assert [one.stands for one in found] == ["f:4", "f:6"]
    assert not any(one.problems for one in found)


@pytest.mark.parametrize("rest", [b'{"path": "p", "manifest": {}}', b'{"path": "p", "mani'])
def test_last_line_without_its_end_is_refused_whatever_it_holds(rest: bytes) -> None:
    whole, cut = line_rows(b'{"path": "o", "manifest": {}}\n' + rest, "f", 1)
    assert not whole.problems
    assert cut.problems == (
        "f:2: the line has no end, so that the file may be cut in half; end each line with a line break",
    )


def test_cell_of_parquet_is_read_as_a_line_is() -> None:
    assert cell_row("p", json.dumps(CLINIC), _PLACE).problems == ()
    wrong = {
        None: "no `manifest`",
        "": "no JSON",
        "1": "no `manifest`",
        '{"a": 1, "a": 2}': "stands twice",
        '{"a": "' + "y" * 1024 * 1024 + '"}': "a manifest of more than 1 MiB",
    }
    for written, told in wrong.items():
        (problem,) = cell_row("p", written, _PLACE).problems
        assert problem.startswith(_PLACE)
        assert re.search(re.escape(told), problem)
    assert len(cell_row(None, None, _PLACE).problems) == 2
