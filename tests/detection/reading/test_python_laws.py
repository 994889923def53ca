"""What holds of every text that Python's readers are given, and of every way to write the same program."""

from __future__ import annotations

import ast
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detection.reading.said import assignments, calls, literals
from tests.thoroughness import share
from vendorgate.detection.code import Code, Place
from vendorgate.detection.reading import notebook
from vendorgate.detection.reading.python import read
from vendorgate.detection.reading.unreadable import Unreadable

PIECES = st.sampled_from(
    [
        *("f(", ")", "a", "b.c", ".d", "[", "]", "{", "}", ":", ",", "=", " + ", " % ", " or ", " if ", " else "),
        *("'x'", "f'{", "}'", '"""', "\\", "\n", "\n  ", "\t", "\r", "\f", "\0", "é", "😀", "\ud800", "\ufeff"),
        *("def g(a=1):", "class C:", "import ", "from ", " import ", "return ", "await ", "async ", "with ", " as "),
        *(" in ", "match a:", "case ", "try:", "except:", "**", "*", "os.environ[", "os.getenv(", "%s", ".format("),
        *("lambda: ", "#", ";", "for ", "self."),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


def places(code: Code) -> list[Place]:
    found = (
        [one.place for one in code.calls] + [one.place for one in code.imports] + [one.place for one in code.functions]
    )
    found += [one.place for one in code.assignments] + [one.place for one in code.literals]
    return found + [place for _, place in code.environment]


def inside(place: Place, lines: list[str]) -> bool:
    return 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1


@settings(max_examples=share(2000))
@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        code = read(text)
    except Unreadable:
        return
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(inside(place, lines) for place in places(code))
    repr(code).encode("utf-8")


SOURCES = st.lists(TEXTS, max_size=4)
BROKEN = st.text(max_size=5)


@settings(max_examples=share(500))
@given(SOURCES, st.booleans(), st.booleans(), st.integers(0, 200), BROKEN)
def test_any_notebook_is_read_or_refused(sources: list[str], split: bool, plain: bool, at: int, broken: str) -> None:
    cells = [{"cell_type": "code", "source": one.splitlines(keepends=True) if split else one} for one in sources]
    text = json.dumps({"cells": cells}, indent=1, ensure_ascii=plain)
    for given_text in (text, text[:at] + broken + text[at:]):
        try:
            code = notebook.read(given_text)
        except Unreadable:
            continue
        assert all(inside(place, given_text.split("\n")) for place in places(code))


NAMES = ("alpha", "beta", "gamma")


def expressions(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    leaves = st.sampled_from([*names, '"t"', "1", "None", 'os.getenv("V")', 'os.environ["W"]', 'f"u{alpha}"'])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            inner.map(lambda one: f"call({one}, key={one})"),
            inner.map(lambda one: f"alpha.create({one}).send()"),
            pairs.map(lambda two: f"({two[0]} or {two[1]})"),
            pairs.map(lambda two: f"({two[0]} if beta else {two[1]})"),
            pairs.map(lambda two: f"[{two[0]}, {two[1]}]"),
            pairs.map(lambda two: "{" + f'"k": {two[0]}, "l": {two[1]}' + "}"),
            pairs.map(lambda two: f"({two[0]} + {two[1]})"),
            inner.map(lambda one: f'"v{{}}".format({one})'),
            inner.map(lambda one: f"f(**dict(m={one}))"),
        )

    return st.recursive(leaves, larger, max_leaves=6)


FORMS = ["{} = {}", "{}.field = {}", "if {}: print({})", "for {} in {}: ..."]
STATEMENTS = st.builds(str.format, st.sampled_from(FORMS), st.sampled_from(NAMES), expressions(NAMES))
PROGRAMS = st.lists(STATEMENTS, min_size=1, max_size=4).map("\n".join)


def shape(code: Code) -> tuple[list[str], list[str], list[str], list[str]]:
    conditional = [str(call.conditional) for call in code.calls]
    return calls(code), assignments(code), literals(code), conditional


@settings(max_examples=share(500))
@given(PROGRAMS)
def test_reformatting_changes_nothing(program: str) -> None:
    assert shape(read(ast.unparse(ast.parse(program)))) == shape(read(program))


@settings(max_examples=share(500))
@given(PROGRAMS)
def test_other_names_change_names_alone(program: str) -> None:
    def renamed(text: str) -> str:
        return re.sub(r"\balpha\b", "omega", text)

    before = shape(read(program))
    after = shape(read(renamed(program)))
    assert after == tuple([renamed(one) for one in column] for column in before)


@settings(max_examples=share(500))
@given(
    PROGRAMS, st.sampled_from(["def g():\n", "class C:\n  def g(self):\n", "async def g(a):\n", "with a:\n", "try:\n"])
)
def test_what_is_around_changes_nothing(program: str, around: str) -> None:
    inner = "\n".join(f"    {line}" for line in program.split("\n"))
    end = "\nfinally: ..." if around.startswith("try") else ""
    assert shape(read(f"{around}{inner}{end}")) == shape(read(program))


@settings(max_examples=share(300))
@given(PROGRAMS)
def test_cells_say_what_a_file_of_them_says(program: str) -> None:
    cells = [{"cell_type": "code", "source": line} for line in program.split("\n")]
    assert shape(notebook.read(json.dumps({"cells": cells}))) == shape(read(program))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_ends_of_lines_change_nothing(ending: str) -> None:
    program = "a = 1\nif a:\n  f('b')\n"
    assert read(program.replace("\n", ending)) == read(program)
