"""How a value to paste is written: as JSON has it, or as it stands where nothing could be read otherwise."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from vendorgate.model.manifest import SettingValue
from vendorgate.report.proposal_yaml import scalar

PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?(?: [A-Za-z0-9(][A-Za-z0-9._/()-]*)*")
"""Texts that stay as they are, as a pattern: slow to compile, and so no way of a check."""
WORDS = ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
PIECES = st.sampled_from([*'aZ09._/-() \n"\\#\té\u202e:~<>\ud800\U000e0001', "##", *WORDS, "Yes", "NULL"])
TEXTS = st.one_of(st.lists(PIECES, max_size=7).map("".join), st.text(max_size=9))


@given(TEXTS)
@example("a")
@example("a ")
@example("a  b")
@example("a.")
@example("a (b) -c")
@example("a\n")
@example("2026-11-24")
def test_text_stays_as_it_is_where_its_pattern_says_so_and_is_quoted_as_json_elsewhere(text: str) -> None:
    if PLAIN.fullmatch(text) and text.lower() not in WORDS:
        assert scalar(text) == text
        return
    written = scalar(text)
    assert json.loads(re.sub(r"\\U([0-9a-f]{8})", lambda one: chr(int(one[1], 16)), written)) == text
    assert written.isprintable()
    assert "##" not in written
    if written == f'"{text}"':
        assert json.dumps(text, ensure_ascii=False) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (False, "false"),
        (1, "1"),
        (0, "0"),
        (-30, "-30"),
        (10**20, "100000000000000000000"),
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (1e16, "1.0e+16"),
        (1.5e-7, "1.5e-07"),
    ],
)
def test_number_and_truth_are_read_as_what_they_are(value: SettingValue, written: str) -> None:
    assert scalar(value) == written
    read = yaml.safe_load(written)
    assert (type(read), read) == (type(value), value)
