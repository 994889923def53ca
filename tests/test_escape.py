"""Nothing that a file says is obeyed by a terminal, by the log of a CI system, or by whatever reads JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vendorgate.report.ascii_json import dumps
from vendorgate.source import Location, Source
from vendorgate.terminal.escape import escape, escape_source
from vendorgate.terminal.snippet import snippet
from vendorgate.terminal.style import PLAIN

PIECES = [*"ab1 :#[]\n\t\r\\`\x1b\u202e\ufffe", *["##", "::", "##[error]", "##vso[", "##teamcity[", "::error::"]]
HOSTILE = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=12))


def is_command(line: str) -> bool:
    """As GitHub's runner (old and new commands), Azure Pipelines' agent and TeamCity find one in a line of a log."""
    return line.lstrip().startswith("::") or bool(re.search(r"##\w*\[", line))


@given(HOSTILE)
@example("###[x]")
@example(" ::error::")
def test_escaped_text_is_one_line_and_no_command(text: str) -> None:
    line = escape(text)
    assert not is_command(line)
    assert len(line.splitlines()) <= 1
    assert escape(line) == line


@given(HOSTILE)
def test_escaped_source_is_no_old_command(text: str) -> None:
    assert not re.search(r"##\w*\[", escape_source(text))


@given(HOSTILE)
@example("\t##[x]")
@example("#\u202e#[x]")
def test_source_without_commands_and_what_nobody_sees_stays_as_it_is(text: str) -> None:
    plain = text.replace("\t", " ")
    if plain.isprintable() and not re.search(r"##\w*\[", plain):
        assert escape_source(text) == plain
    else:
        assert escape_source(text).isprintable() or not text.isascii()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("##[error]x", r"#\x23[error]x"),
        ("a ##vso[task.setvariable]", r"a #\x23vso[task.setvariable]"),
        ("::error::x", r"\x3a:error::x"),
        ("a ::error:: b", "a ::error:: b"),
        ("## heading", "## heading"),
        ("a  b", "a b"),
        ("\uffff", r"\uffff"),
    ],
)
def test_only_what_makes_a_command_is_written_otherwise(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_command_whose_parts_stand_on_both_sides_of_the_place_that_is_meant_is_none() -> None:
    line = "{a: x##[error]b}"
    source = Source("m.yaml", line, lambda _: None)
    shown = snippet(Location("m.yaml", 1, line.index("[") + 1), source, "", "error", PLAIN)
    assert not any(re.search(r"##\w*\[", one) for one in shown)


@given(st.recursive(HOSTILE | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3)))
@example("\udc80##[x]")
def test_json_means_what_it_should_and_is_no_command(value: Any) -> None:
    text = dumps({"key": value})
    assert json.loads(text) == {"key": value}
    assert text.isascii()
    assert not any(is_command(line) for line in text.splitlines())


@pytest.mark.parametrize("value", [{"a": [], "b": {}, "c": [1, {"d": "é##"}]}, "é\udc80"])
def test_json_is_indented_as_ever(value: Any) -> None:
    assert dumps(value) == json.dumps(value, indent=2).replace("##", "#\\u0023") + "\n"
