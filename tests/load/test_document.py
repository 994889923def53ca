"""What a YAML file is worth as plain values, and where it stops being worth anything."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import ROOT
from tests.thoroughness import part
from vendorgate.errors import Problem
from vendorgate.load import libyaml, reader
from vendorgate.load.document import read_document
from vendorgate.load.files import JUDGED, JUDGING, Limits
from vendorgate.load.reader import MOST_LEVELS
from vendorgate.model.text import LONGEST


def read(text: str | bytes, limits: Limits = JUDGED) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    found = read_document("a.yaml", data, problems, limits=limits)
    return (None if found is None else found.value), problems


def scalar(text: str) -> Any:
    value, problems = read(f"a: {text}\n")
    assert not problems
    return value["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-0", 0),
        ("12", 12),
        ("-12", -12),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        ("-2.5E-2", -0.025),
        ("999999999999999", 999999999999999),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"),
        ("gpt-5.2", "gpt-5.2"),
        ("5.2-mini", "5.2-mini"),
        ("10.0.0.1", "10.0.0.1"),
        ("1.0.0", "1.0.0"),
        ("-x", "-x"),
        ("yesterday", "yesterday"),
        ("none", "none"),
        ("Truely", "Truely"),
        ('"no"', "no"),
        ("'1.10'", "1.10"),
        ('"null"', "null"),
        ('"\\x1b"', "\x1b"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  one\n  line", "one line"),
        ("a\n  folded", "a folded"),
        ("e3", "e3"),
        (".env", ".env"),
        ("+", "+"),
        ("0day", "0day"),
    ],
)
def test_plain_scalars_are_what_json_says_and_else_text(text: str, expected: Any) -> None:
    found = scalar(text)
    assert found == expected
    assert type(found) is type(expected)


AMBIGUOUS = (
    "yes Yes YES no No NO on On ON off Off OFF y Y n N True TRUE False FALSE 010 0o17 0x1f 0b1 1_000 +1 .5 5. 1.e3"
)
MORE = "1:30 190:20:30 .inf -.inf .Inf .nan .NaN 00 -01 08 1234567890123456 1e400 -1e400 685.230_15e+03"
TINY = "1e-400 -1E-400 -0.1e-324"


@pytest.mark.parametrize("text", f"{AMBIGUOUS} {MORE} {TINY}".split())
def test_what_programs_read_differently_is_refused_everywhere(text: str) -> None:
    for place in (f"a: {text}\n", f"- {text}\n", f"{text}: a\n", f"{{a: [{text}]}}\n"):
        _, problems = read(place)
        assert len(problems) == 1, place
        assert "is not read the same everywhere" in problems[0].title
        assert f'"{text}"' in str(problems[0].help)


ON = ("readings: [{on: 1}]", "reviewed: {by: a, on: 1}", "readings:\n  - by: a\n    on: 1\n", "overrides: [{off: 1}]")
NOT_ON = (
    "readings: [{by: on}]",
    "reviewed: {a: {on: 1}}",
    "readings: [on]",
    "on: 1",
    "readings: [{off: 1}]",
    "[[{on: 1}]]",
)


@pytest.mark.parametrize("text", ON)
def test_on_and_off_are_keys_where_the_formats_have_them(text: str) -> None:
    value, problems = read(text)
    assert problems == []
    assert re.search('"(on|off)": 1', json.dumps(value))


@pytest.mark.parametrize("text", NOT_ON)
def test_on_and_off_are_ambiguous_everywhere_else(text: str) -> None:
    (problem,) = read(text)[1]
    assert "is not read the same everywhere" in problem.title


def test_an_alias_is_the_value_that_it_names() -> None:
    value, problems = read("a: &x [1, 2]\nb: *x\nc: {d: *x}\n")
    assert not problems
    assert value == {"a": [1, 2], "b": [1, 2], "c": {"d": [1, 2]}}


def test_explicit_document_marks_are_fine() -> None:
    assert read("%YAML 1.1\n---\na: 1\n...\n") == ({"a": 1}, [])


def test_byte_order_mark_and_windows_lines_are_fine() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - c\r\n") == ({"a": 1, "b": ["c"]}, [])


def test_tabs_that_do_not_indent_are_fine() -> None:
    assert read('a:\t1\nb: "\tc"\n# \t\nd: e\t# f\n') == ({"a": 1, "b": "\tc", "d": "e"}, [])


@pytest.mark.parametrize("limits", [JUDGED, JUDGING], ids=["manifest", "bundle"])
@pytest.mark.parametrize(("more", "fine"), [(-1, True), (0, False)])
def test_nodes_are_counted(limits: Limits, more: int, fine: bool) -> None:
    _, problems = read("[" + "a," * (limits.nodes + more) + "]\n", limits)
    assert (not problems) is fine


def test_limits_are_those_of_the_contract() -> None:
    assert Limits(1024 * 1024, 20_000) == JUDGED
    assert Limits(16 * 1024 * 1024, 500_000) == JUDGING
    assert (MOST_LEVELS, LONGEST) == (100, 10_000)


PLACES = ["a: {}", "? {}\n: a", "- {}", "a: [b, {}]", 'a: "{}"', "a: {{b: '{}'}}", "a: |\n  {}"]


@pytest.mark.parametrize("place", PLACES)
def test_characters_of_a_scalar_are_counted(place: str) -> None:
    assert read(place.format("x" * LONGEST))[1] == []
    (problem,) = read(place.format("x" * (LONGEST + 1)))[1]
    what = "key" if place.startswith("?") else "text"
    assert problem.title == f"a {what} of more than 10,000 characters"
    assert problem.location is not None


def test_long_scalar_is_reported_beside_other_mistakes() -> None:
    value, problems = read(f"a: {'x' * 10_001}\nb: yes\nc: 1\n")
    assert len(problems) == 2
    assert value["c"] == 1


def test_aliases_of_a_long_scalar_are_counted_as_what_they_stand_for() -> None:
    aliases = "b: [" + "*a," * 30 + "]\n"
    (problem,) = read(f"a: &a {'x' * 9_000}\n{aliases}")[1]
    assert problem.title == "aliases make the file more than 10 times larger"
    (problem,) = read(f"a: &a [{{c: {'x' * 9_000}}}]\n{aliases}")[1]
    assert problem.title == "aliases make the file more than 10 times larger"
    assert read(f"a: &a {'x' * 9_000}\nb: [{'*a,' * 9}]\n")[1] == []


SKIPPED = {
    "nodes": ("a: 1\ntests: [" + "a," * 20_000 + "]", "more than 20,000 nodes"),
    "levels": ("a: 1\ntests: " + "[" * 101 + "]" * 101, "more than 100 levels"),
    "characters": (f"a: 1\ntests: [{{b: {'x' * 10_001}}}]", "a text of more than 10,000 characters"),
}


@pytest.mark.parametrize("limit", SKIPPED)
def test_what_is_not_looked_at_is_held_to_the_limits_all_the_same(limit: str) -> None:
    text, title = SKIPPED[limit]
    problems: list[Problem] = []
    read_document("a.yaml", text.encode(), problems, leave_out=frozenset(("tests",)), limits=JUDGED)
    assert [problem.title for problem in problems] == [title]


@pytest.mark.parametrize(("levels", "fine"), [(MOST_LEVELS - 1, True), (MOST_LEVELS, False)])
def test_levels_of_what_is_not_looked_at_are_counted(levels: int, fine: bool) -> None:
    problems: list[Problem] = []
    text = f"tests: {'[' * levels}{']' * levels}\na: 1"
    found = read_document("a.yaml", text.encode(), problems, leave_out=frozenset(("tests",)))
    assert (not problems) is fine
    assert not fine or (found is not None and found.value == {"a": 1})


def test_nodes_of_aliases_are_counted_as_what_they_stand_for() -> None:
    _, problems = read("a: &a [" + "a," * 1999 + "]\nb: [" + "*a," * 9 + "]\n")
    assert [problem.title for problem in problems] == ["more than 20,000 nodes"]


@pytest.mark.parametrize(("levels", "fine"), [(MOST_LEVELS, True), (MOST_LEVELS + 1, False)])
@pytest.mark.parametrize("shape", ["list", "mapping", "alias"])
def test_levels_are_counted(shape: str, levels: int, fine: bool) -> None:
    inner = levels // 2
    text = {
        "list": "[" * levels + "]" * levels,
        "mapping": "{a: " * levels + "1" + "}" * levels,
        "alias": f"[&a {'[' * inner}{']' * inner}, {'[' * (levels - inner - 1)}*a{']' * (levels - inner - 1)}]",
    }[shape]
    _, problems = read(text + "\n")
    assert (not problems) is fine


@pytest.mark.parametrize("limits", [JUDGED, JUDGING], ids=["manifest", "bundle"])
@pytest.mark.parametrize(("more", "fine"), [(0, True), (1, False)])
def test_bytes_are_counted(limits: Limits, more: int, fine: bool) -> None:
    text = "a: 1\n#" + "x" * (limits.size + more - 6)
    assert len(text) == limits.size + more
    _, problems = read(text, limits)
    assert (not problems) is fine


@pytest.mark.parametrize(
    ("text", "column"),
    [("a: [\n\tb]", 1), ("a:\n \tb: 1", 2), ("a: [\n \t b, c, d]", 2), ('a: "\n\tb"', None), ("a: [\n b,\tc]", None)],
)
def test_tabs_that_indent_are_refused_at_the_first(text: str, column: int | None) -> None:
    _, problems = read(text)
    places = [problem.location.column for problem in problems if problem.location is not None]
    assert places == ([] if column is None else [column])


def test_growth_is_what_the_whole_file_comes_to() -> None:
    entries = "[" + "a," * 20 + "]"
    growing = f"a: &a {entries}\n" + "".join(f"b{index}: *a\n" for index in range(40))
    assert read(growing)[1] == []
    assert "10 times" in read(f"a: &a [{entries * 1}{', a' * 180}]\nb: [{'*a,' * 60}]\n")[1][0].title


def test_mistakes_of_a_document_are_all_reported_and_the_rest_is_read() -> None:
    value, problems = read("a: yes\na: 2\nb: !!str 3\n1: c\n")
    assert len(problems) == 4
    assert value["b"] == "3"


def test_a_hundred_mistakes_are_enough() -> None:
    assert len(read("".join(f"k{index}: yes\n" for index in range(5000)))[1]) == 100


GOOD = sorted(path for top in ("policies", "registry-snapshot", "examples") for path in ROOT.glob(f"{top}/**/*.yaml"))


@pytest.mark.parametrize("path", part(GOOD), ids=lambda path: str(path.relative_to(ROOT)))
def test_libyaml_and_python_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_libyaml = read(path.read_bytes())
    for module in (libyaml, reader):
        monkeypatch.setattr(module, "LOADER", yaml.BaseLoader)
    assert read(path.read_bytes()) == with_libyaml
    assert with_libyaml[1] == []
