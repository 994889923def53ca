"""Texts that were written against Python's reader: it answers quickly, and misses no call."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.detection.patience import PATIENCE
from tests.detection.reading.said import literals
from tests.thoroughness import thorough
from vendorgate.detection.code import Code
from vendorgate.detection.reading import notebook
from vendorgate.detection.reading.python import read
from vendorgate.detection.reading.unreadable import Unreadable

MEGABYTE = 1_000_000


def filled(piece: str, length: int = MEGABYTE) -> str:
    return piece * (length // len(piece))


HUGE: dict[str, Callable[[], str]] = {
    "parentheses": lambda: "(" * 10_000 + ")" * 10_000,
    "parentheses that stay open": lambda: filled("("),
    "one line of items": lambda: f"x = [{filled('a,')}]",
    "one line of calls": lambda: filled("f();"),
    "one text": lambda: f"f('{filled('a')}')",
    "one name": lambda: filled("a"),
    "sum": lambda: f"x = {filled('a+')}a",
    "chain": lambda: f"a{filled('.b()')}",
    "attributes": lambda: f"a{filled('.b')}",
    "fields": lambda: f"x = f'{filled('{a}')}'",
    "fields over many lines": lambda: f"x = f'''{filled('{a}' + chr(10))}'''",
    "fields after a quote that is escaped": lambda: f"x = f'''{filled(chr(92) + chr(39) * 3 + '{a}')}'''",
    "fields that stay open": lambda: f"x = rf'''{filled('{a}')}" + "{",
    "dots of an import": lambda: f"import a{filled('.b')}",
    "dots of an import over many lines": lambda: "import a" + filled(".\\\nb"),
    "names of an import": lambda: f"import a{filled(',b')}",
    "branches": lambda: "if a: f()\n" + filled("elif a: f()\n"),
    "ternaries": lambda: f"x = {filled('a if b else ')}f()",
    "minus": lambda: f"x = {filled('-')}1",
    "percent signs": lambda: f"x = '{filled('%')}' % a",
    "percent signs that stay open": lambda: f"x = '{filled('%(')}' % a",
    "other names": lambda: "import os as a0\n" + "".join(f"a{at + 1} = a{at}.b\n" for at in range(4_000)),
    "characters of two bytes": lambda: f"x = [{filled('é(1),', 40_000)}]",
    "backslashes": lambda: filled("\\\n"),
    "nothing": lambda: filled("\0"),
    "form feeds": lambda: filled("\f"),
    "carriage returns": lambda: filled("\r"),
    "keys of one dictionary": lambda: "d = {}\n" + "".join(f"d['{at}'] = 1\n" for at in range(4_000)),
    "one dictionary, spread often": lambda: (
        "d = {" + ",".join(f"'{at}':1" for at in range(150)) + "}\n" + filled("f(**d)\n", 30_000)
    ),
    "dictionaries that double": lambda: "d = {1: 1}\n" + filled("d = {**d, 'b': {**d}}\n", 30_000),
    "lists that double": lambda: "d = [1]\n" + filled("d = [*d, *d]\n", 30_000),
    "templates that double": lambda: "x = " + "'{0}{0}'.format(f(" * 90 + "'a'" + "))" * 90,
    "templates of one text": lambda: "x = '" + filled("{0}") + "'.format('" + "a" * 90 + "')",
}


@pytest.mark.parametrize("case", HUGE)
def test_time_and_result_stay_small(case: str) -> None:
    text = HUGE[case]()
    started = time.process_time()
    try:
        code = read(text)
    except Unreadable:
        code = Code("python")
    assert len(pickle.dumps(code)) < 30 * len(text) + 1000
    assert time.process_time() - started < PATIENCE


DEEP: dict[str, str] = {
    "arguments": "f(" * 190 + ")" * 190,
    "lists": "[" * 190 + "f()" + "]" * 190,
    "dictionaries": "{1: " * 190 + "f()" + "}" * 190,
    "chain": "f()" + ".f()" * 400,
    "chains within chains": "g().f(1).f(" * 90 + "f().f().f()" + ")" * 90,
    "lambdas": "lambda: " * 400 + "f()",
    "not": "not " * 400 + "f()",
    "powers": "a ** " * 400 + "f()",
    "ternaries": "a if b else " * 400 + "f()",
    "sums": "a + " * 400 + "f()",
    "conditions": "(a or " * 150 + "f()" + ")" * 150,
    "on one of two": "(a or " * 50 + "b" + ").f()" * 50,
    "blocks": "\n".join(f"{' ' * at}if a:" for at in range(90)) + f"\n{' ' * 90}f()",
    "functions": "\n".join(f"{' ' * at}def g():" for at in range(90)) + f"\n{' ' * 90}f()",
    "classes": "\n".join(f"{' ' * at}class g:" for at in range(90)) + f"\n{' ' * 90}f()",
    "branches": "if a: ...\n" + "elif b: f()\n" * 400,
}


def deepest(code: Code) -> int:
    """How many structures are within each other, counted in how they are written."""
    depth = most = 0
    for sign in repr(code):
        depth += (sign == "(") - (sign == ")")
        most = max(most, depth)
    return most


@pytest.mark.parametrize("case", DEEP)
def test_every_call_is_found_however_deep(case: str) -> None:
    text = DEEP[case]
    code = read(text)
    assert len([call for call in code.calls if call.path[-1] == "f"]) >= text.count("f(")
    assert deepest(code) < 1000
    assert pickle.loads(pickle.dumps(code)) == code


def test_calls_of_deep_chains_know_what_they_are_called_on() -> None:
    code = read("a.f()" + ".f()" * 300)
    assert sum(call.receiver is None for call in code.calls) < 20


NOTEBOOK = 2 * MEGABYTE if thorough() else MEGABYTE
"""Characters of one that is read."""
HUGE_NOTEBOOKS: dict[str, Callable[[], str]] = {
    "cells": lambda: '{"cells": [' + filled('{"cell_type": "code", "source": "a"},', NOTEBOOK) + "{}]}",
    "lines": lambda: '{"cells": [{"cell_type": "code", "source": [' + filled('"a\\n",', NOTEBOOK) + '""]}]}',
    "keys": lambda: '{"cells": [{' + filled('"a":1,', NOTEBOOK) + '"b":2}]}',
    "one line": lambda: json.dumps({"cells": [{"cell_type": "code", "source": filled('f("é");', 50_000)}]}),
    "pictures": lambda: json.dumps({"cells": [{"cell_type": "code", "outputs": filled("a", 4 * NOTEBOOK)}]}),
    "lists": lambda: '{"cells": ' + "[" * MEGABYTE,
    "worksheets": lambda: '{"worksheets": [' * 100_000,
    "shell": lambda: json.dumps({"cells": [{"cell_type": "code", "source": filled("!ls \\\n", 500_000)}]}),
}


@pytest.mark.parametrize("case", HUGE_NOTEBOOKS)
def test_time_of_a_notebook_stays_small(case: str) -> None:
    text = HUGE_NOTEBOOKS[case]()
    started = time.process_time()
    with suppress(Unreadable):
        notebook.read(text)
    assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize(
    "text",
    [
        "# -*- coding: latin-1 -*-\nf('é')",
        "# coding: nobody-knows\nf('é')",
        "\ufeff# coding: utf-8\nf('é')",
        "\ff('é')",
        "if a:\n\t\f\tf('é')",
        "f('é')\r",
        "f('é')\r\n",
        "f('é') # \ufffd",
        "f('\u00e9')",
    ],
)
def test_how_a_file_is_written_changes_nothing(text: str) -> None:
    assert literals(read(text)) == ["é"]


def test_reason_quotes_nothing() -> None:
    with pytest.raises(Unreadable) as raised:
        read("a = 'secret' secret\n")
    assert "secret" not in raised.value.reason
