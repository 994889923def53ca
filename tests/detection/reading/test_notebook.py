"""What the notebook's reader makes of cells, and where it says that they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from tests.detection.reading.said import assignments, calls, imports, literals, said, variables
from vendorgate.detection.code import Place
from vendorgate.detection.reading.notebook import read
from vendorgate.detection.reading.unreadable import Unreadable

Source = str | Sequence[str]


def cell(source: Source, kind: str = "code", **more: object) -> dict[str, object]:
    return {"cell_type": kind, "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: dict[str, object], **metadata: object) -> str:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def test_cells_are_one_file() -> None:
    code = read(notebook(cell("import a\nk = {'b': 1}"), cell("c = a.f(**k)")))
    assert imports(code) == ["a: * as a"]
    assert assignments(code) == ["k = {b: 1}", "c = a.f(b=1)"]
    assert code.language == "python"


def test_prose_raw_cells_and_outputs_are_not_read() -> None:
    told = [cell("f('a')", "markdown"), cell("f('b')", "raw")]
    shown = {"output_type": "stream", "text": ["f('c')"], "source": "f('d')", "cells": [cell("f('e')")]}
    assert literals(read(notebook(*told, cell("f('g')", outputs=[shown])))) == ["g"]


def test_cells_of_version_3_are_in_worksheets() -> None:
    inside = {
        "cell_type": "code",
        "collapsed": False,
        "input": ["f('a')\n", "g()"],
        "language": "python",
        "outputs": [],
    }
    prose = {"cell_type": "markdown", "source": "f('b')"}
    text = json.dumps({"metadata": {}, "nbformat": 3, "worksheets": [{"cells": [inside, prose]}]})
    assert calls(read(text)) == ['f("a")', "g()"]


SHELL = {
    "magic": ("%matplotlib inline\nf()", ["f()"]),
    "shell": ("!pip install a\nf()", ["f()"]),
    "shell over several lines": ("!pip install \\\n  a \\\n  b\nf()", ["f()"]),
    "shell in a branch": ("if a:\n    !ls\nf()", ["f()"]),
    "what the shell gives": ("a = !ls\nb = %sql select 1\nf()", ["f()"]),
    "help": ("f?\n?g\nh??\nf()", ["f()"]),
    "time": ("%%time\nf()", ["f()"]),
    "file that is written": ("%%writefile a.py\nf()", ["f()"]),
    "another language": ("%%bash\nf()", []),
    "remainder": ("x = (a\n% b)\nf()", ["f()"]),
    "await": ("await f()", ["f()"]),
}


@pytest.mark.parametrize("case", SHELL)
def test_what_the_shell_alone_understands_says_nothing(case: str) -> None:
    source, expected = SHELL[case]
    assert calls(read(notebook(cell(source), cell("")))) == expected


def test_variable_that_a_magic_sets_is_named_without_its_value() -> None:
    code = read(notebook(cell("%env A=secret\n%set_env B secret\n%env")))
    assert variables(code) == ["A", "B"]
    assert "secret" not in str(code)


def test_cell_that_is_no_python_is_left_out() -> None:
    code = read(notebook(cell("a = 1"), cell("print 'b'\nf('c')"), cell("d = 2")))
    assert assignments(code) == ["a = 1", "d = 2"]
    assert literals(code) == []


def test_cell_that_says_another_language_is_left_out() -> None:
    other = cell("a = 1")
    other["metadata"] = {"vscode": {"languageId": "julia"}}
    assert assignments(read(notebook(other, cell("b = 1")))) == ["b = 1"]


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "python"}},
        {"kernelspec": {"language": "python", "name": "conda"}},
        {"language_info": "python", "kernelspec": 1},
        {},
    ],
)
def test_notebook_of_python_is_read(metadata: dict[str, object]) -> None:
    assert assignments(read(notebook(cell("a = 1"), **metadata))) == ["a = 1"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (notebook(cell("a = 1"), language_info={"name": "R"}), "in another language than Python"),
        (notebook(cell("print 'a'")), "not Python 3 in any cell"),
        ("", "not JSON"),
        ("[]", "not JSON"),
        ('{"cells": [1]}', "not JSON"),
        ('{"cells": [{"source": "a\nb"}]}', "not JSON"),
        ('{"cells": [] } x', "not JSON"),
        ('{"cells"', "not JSON"),
        ('{"cells": [{"cell_type": "code", "source": ["a', "not JSON"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
    ],
)
def test_what_is_no_notebook_of_python_is_unreadable(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(text)
    assert raised.value.reason == reason


@pytest.mark.parametrize("source", ['{"cells": 1}', '{"cells": [{}]}', '{"cells": [{"cell_type": "code"}]}', "{}"])
def test_notebook_without_code_says_nothing(source: str) -> None:
    assert read(source).assignments == ()


def test_what_is_no_text_in_a_source_is_passed_over() -> None:
    text = '{"cells": [{"cell_type": "code", "source": ["a = ", 1, "2"]}, {"cell_type": "code", "source": {"b": 1}}]}'
    assert [said(one.value) for one in read(text).assignments] == ["2"]


def place(text: str, name: str) -> Place:
    return next(call.place for call in read(text).calls if call.path == (name,))


def test_place_is_that_of_the_line_in_the_file() -> None:
    text = notebook(cell("", "markdown"), cell(["# a\n", "x = f(1)\n", "g()"]))
    lines = text.split("\n")
    for name in ("f", "g"):
        found = place(text, name)
        assert lines[found.line - 1][found.column - 1 :].startswith(f"{name}(")


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("before", ['"a"; ', "'\\t'; ", "'é'; ", "'😀\\\\'; ", "'\x7f/'; ", "(\r\n1); "])
@pytest.mark.parametrize("split", [True, False])
def test_place_counts_characters_of_the_file(before: str, ascii_only: bool, split: bool) -> None:
    source = f"# é\n{before}f()"
    parts: Source = source.splitlines(keepends=True) if split else source
    text = json.dumps({"cells": [cell(parts)]}, ensure_ascii=ascii_only, indent=2)
    found = place(text, "f")
    assert text.split("\n")[found.line - 1][found.column - 1 :].startswith("f()")


def test_source_in_one_string_stands_on_its_line() -> None:
    text = notebook(cell("a = 1\nf()\ng()"))
    assert place(text, "f").line == place(text, "g").line
    assert place(text, "f").column < place(text, "g").column


def test_lines_end_as_they_do() -> None:
    text = notebook(cell(["a = 1\n", "f()"]))
    assert place(text.replace("\n", "\r\n"), "f") == place(text, "f")
    assert place("\ufeff" + text, "f") == place(text, "f")
