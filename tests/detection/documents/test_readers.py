"""Readers of documents: values with their places, and something for every text whatever."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.patience import PATIENCE
from tests.thoroughness import pairs
from vendorgate.detection.documents.json_reader import read_json
from vendorgate.detection.documents.node import Branch, Leaf, Node, Row, at, text, walk
from vendorgate.detection.documents.properties import read_properties, read_variables
from vendorgate.detection.documents.toml_reader import read_toml
from vendorgate.detection.documents.xml_reader import read_xml
from vendorgate.detection.documents.yaml_reader import read_yaml

READERS: dict[str, Callable[[str], object]] = {
    "yaml": read_yaml,
    "json": read_json,
    "toml": read_toml,
    "xml": read_xml,
    "properties": read_properties,
    "variables": read_variables,
}
PLAIN = st.recursive(
    st.text("abc -:#\"'\\{}[]\n\té", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def plain(node: Node | None) -> object:
    if isinstance(node, Branch):
        return {key.value: plain(value) for key, value in node.entries}
    if isinstance(node, Row):
        return [plain(one) for one in node.items]
    return node.value if node is not None else None


def lines_of(node: Node) -> Iterator[tuple[str, int, int]]:
    return ((leaf.value, leaf.place.line, leaf.place.column) for _, leaf in walk(node))


@given(PLAIN)
def test_json_is_read_as_it_was_written(value: object) -> None:
    assert plain(read_json(json.dumps(value))) == value


@given(PLAIN)
def test_yaml_is_read_as_it_was_written(value: object) -> None:
    assert [plain(one) for one in read_yaml(yaml.safe_dump(value, allow_unicode=True))] == [value]


@given(st.sampled_from(sorted(READERS)), st.text(max_size=300))
def test_no_text_makes_a_reader_fail(name: str, written: str) -> None:
    READERS[name](written)


@given(
    st.sampled_from(sorted(READERS)),
    st.lists(st.sampled_from([*"{}[]:=,\"'\\#-&*!|>?%<>/\n \t\0", "{{", "}}", "a", "---", '"""', "<!--", "<a>", "<<"])),
)
def test_no_heap_of_marks_makes_a_reader_fail(name: str, marks: list[str]) -> None:
    READERS[name]("".join(marks))


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the library has no reader of TOML before")
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("ab\"'\\#=[]{} \té", max_size=8), max_size=4))
def test_toml_is_read_as_the_library_reads_it(values: dict[str, str]) -> None:
    tomllib = import_module("tomllib")
    written = "[a.b]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    assert plain(at(read_toml(written), "a", "b")) == tomllib.loads(written)["a"]["b"]


HOSTILE = {
    "nesting": "[" * 100_000,
    "nested mappings": '{"a":' * 50_000,
    "one long line": "a: " + "x" * 250_000,
    "quotes": "\"'" * 100_000,
    "escapes": '"\\' * 100_000,
    "comments": "/*" * 100_000,
    "templates": "a: {{\n" * 40_000,
    "broken lines": "a: : b\n" * 40_000,
    "keys": "a = 1\n" * 40_000,
    "dots": "a." * 80_000 + "=1",
    "dashes": "- " * 80_000,
    "elements": "<a>" * 50_000,
    "siblings": "<a>" + "<b/>" * 50_000,
    "NUL": "\0" * 250_000,
    "spaces": " " * 250_000,
    "anchors": "- &a [x, x]\n- *a\n" * 12_000,
    "backslashes": "\\" * 250_000,
}


@pytest.mark.parametrize(("reader", "text"), pairs(sorted(READERS), sorted(HOSTILE)))
def test_no_file_takes_a_reader_a_second(reader: str, text: str) -> None:
    began = time.process_time()
    READERS[reader](HOSTILE[text])
    assert time.process_time() - began < PATIENCE


def test_aliases_that_stand_for_ever_more_are_bounded() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30))
    assert sum(1 for document in read_yaml(bomb) for _ in walk(document)) < 200_000


def test_an_alias_inside_what_it_stands_for_is_nothing() -> None:
    assert plain(read_yaml("a: &a\n  b: *a\n")[0]) == {"a": {"b": ""}}


def test_merged_keys_count_less_than_those_beside_them() -> None:
    (document,) = read_yaml("base: &base {model: a, region: b}\none:\n  <<: *base\n  model: c\n")
    found = text(document, "one", "model")
    assert found is not None
    assert (found.value, found.place.line) == ("c", 4)
    assert text(document, "one", "region") is not None


def test_templates_stand_for_values_that_are_not_known() -> None:
    (document,) = read_yaml(
        '{{- if .Values.on }}\nhost: "{{ .Values.name }}.example"\n{{- end }}\nmodel: {{ .Values.m | quote }}\n'
    )
    assert plain(document) == {"host": "\0.example", "model": "\0"}


def test_reading_goes_on_behind_a_mistake() -> None:
    (document,) = read_yaml("a: 1\nb: : :\n  c: 2\nd:\n\t- 3\ne: 4\n")
    assert dict(plain(document).items() if isinstance(document, Branch) else ())["e"] == "4"  # type: ignore[attr-defined]


def test_every_document_of_a_file_is_read() -> None:
    assert [plain(one) for one in read_yaml("a: 1\n---\nb: !Ref c\n")] == [{"a": "1"}, {"b": "c"}]


def test_comments_and_commas_too_many_are_no_mistakes_in_json() -> None:
    found = read_json('// first\n{"a": "http://x", /* b */ "c": [1, null,],}\n')
    assert plain(found) == {"a": "http://x", "c": ["1", ""]}


def test_places_count_from_one() -> None:
    found = read_json('{\n  "a": "b"\n}')
    assert found is not None
    assert list(lines_of(found)) == [("b", 2, 8)]
    assert list(lines_of(read_yaml("x:\n  - y\n")[0])) == [("y", 2, 5)]
    assert list(lines_of(read_toml('[x]\nkey = "y"\n'))) == [("y", 2, 7)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('[a]\nb = "x"\n[a.c]\nd = 1', {"a": {"b": "x", "c": {"d": "1"}}}),
        ("a.b = 'x'", {"a": {"b": "x"}}),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", {"a": [{"b": "1"}, {"b": "2"}]}),
        ('a = ["x", # one\n  "y",\n]\nb = true', {"a": ["x", "y"], "b": "true"}),
        ('a = { b = "x", c.d = 2 }', {"a": {"b": "x", "d": "2"}}),
        ('a = """\nx # y\n"""\nb = 1', {"a": "x # y\n", "b": "1"}),
        ('"a.b" = 1', {"a.b": "1"}),
        ("no toml at all\nb = 1", {"b": "1"}),
        ("= 1\nb = 1", {"b": "1"}),
    ],
)
def test_toml_is_read_as_tables(written: str, expected: object) -> None:
    assert plain(read_toml(written)) == expected


def test_xml_says_what_is_in_its_elements() -> None:
    root = read_xml('<project xmlns="urn:x">\n  <name><!-- old -->\n    new\n  </name>\n</project>')
    assert root is not None
    assert root.text("name") == Leaf("new", root.child("name").said_at)  # type: ignore[union-attr, arg-type]
    assert root.child("name") is not None


@pytest.mark.parametrize(
    "written",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a><d>&b;</d></a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.com/x"> %b;]><a/>',
    ],
)
def test_a_file_that_declares_entities_is_not_read_on(written: str) -> None:
    assert read_xml(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.b=c", [("a.b", "c")]),
        ("a.b: c", [("a.b", "c")]),
        ("# a=b\n! c=d\ne = f", [("e", "f")]),
        ("a=b\\\n  c\nd=e", [("a", "bc"), ("d", "e")]),
        ("a=${B:c=d}", [("a", "${B:c=d}")]),
    ],
)
def test_properties_are_pairs(written: str, expected: list[tuple[str, str]]) -> None:
    assert [(key.value, value.value) for key, value in read_properties(written)] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A=b", [("A", "b")]),
        ("export A='b c' # d", [("A", "b c")]),
        ('A="b"', [("A", "b")]),
        ("# A=b\nB=c # d", [("B", "c")]),
        ("A=", [("A", "")]),
        ("nothing", []),
    ],
)
def test_variables_are_pairs(written: str, expected: list[tuple[str, str]]) -> None:
    assert [(key.value, value.value) for key, value in read_variables(written)] == expected
