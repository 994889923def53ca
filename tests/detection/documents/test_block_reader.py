"""HCL and Bicep: blocks in the form of Terraform's JSON."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.patience import PATIENCE
from vendorgate.detection.documents.block_reader import read_bicep, read_hcl
from vendorgate.detection.documents.node import walk


def hcl(text: str) -> list[tuple[str, str]]:
    return [(".".join(path), leaf.value) for path, leaf in walk(read_hcl(text))]


def bicep(text: str) -> list[tuple[str, str]]:
    return [(".".join(path), leaf.value) for path, leaf in walk(read_bicep(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('resource "a" "b" { c = "d" }', [("resource.a.b.c", "d")]),
        ("a { b {\n c = 1 } }", [("a.b.c", "1")]),
        ('# x = "y"\n// z = 1\n/* q = 2 */ a = true', [("a", "true")]),
        ('a = ["b", # c\n  "d",\n]', [("a", "b"), ("a", "d")]),
        ('a = { b = "c", "d" : "e" }', [("a.b", "c"), ("a.d", "e")]),
        ('a = jsonencode({ b = ["c"] })', [("a.b", "c")]),
        ('a = var.x ? "b" : "c"\nd = 1', [("a", "b"), ("a", "c"), ("d", "1")]),
        ('a = list[0]\nb = x["k"].y', [("a", "list"), ("b", "x .y")]),
        ('a = "x-${lookup(var.m, "k")}-y"', [("a", 'x-${lookup(var.m, "k")}-y')]),
        ("a = <<-EOT\n  b\n  EOT\nc = 1", [("a", "  b\n"), ("c", "1")]),
        ('a = "unfinished\nb = 1', [("a", "unfinished"), ("b", "1")]),
        ('a = concat(\n  ["b"],\n  ["c"],\n)\nd = 1', [("a", "b"), ("a", "c"), ("d", "1")]),
    ],
)
def test_hcl_is_read_by_its_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert hcl(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("resource a 'T/x@2024' = { name: 'b' }", [("resource.T/x.a.name", "b")]),
        ("resource a 'T/x@1' existing = { name: 'b' }", [("resource.T/x.a.name", "b")]),
        ("param a string = 'b'\nvar c = 'd'", [("param.a", "b"), ("var.c", "d")]),
        ("@allowed([ 'x', 'y' ])\nparam a string", [("@allowed", ""), ("param.a", "")]),
        ("param a 'x' | 'y' = 'x'", [("param.a", "x")]),
        (
            "module a 'b/c.bicep' = {\n  params: {\n    d: [\n      { e: 'f' }\n    ]\n  }\n}",
            [("module.b/c.bicep.a.params.d.e", "f")],
        ),
        ("var a = '''\nb'c\n'''", [("var.a", "\nb'c\n")]),
        ("var a = b == 'c' ? 'd' : 'e'\nvar f = 'g'", [("var.a", "c"), ("var.a", "d"), ("var.a", "e"), ("var.f", "g")]),
        ("// x\nvar a = 'b' // c", [("var.a", "b")]),
    ],
)
def test_bicep_is_read_by_its_declarations(text: str, expected: list[tuple[str, str]]) -> None:
    assert bicep(text) == expected


MARKS = [*"{}[]()=:,\"'\\#/$%<>?\n \t\0", "${", "<<E\n", "E\n", "resource", "if", "a", "'''", "/*", "*/"]


@given(st.lists(st.sampled_from(MARKS)) | st.text(max_size=200).map(list))
def test_no_text_makes_them_fail(marks: list[str]) -> None:
    read_hcl("".join(marks))
    read_bicep("".join(marks))


@pytest.mark.parametrize(
    "one", ["{", "a = [", "(", '"', "'", '"${', "a {\n", "a ", "=", "a = <<E\n", "/*", "[0]", "a ? ", "#\n"]
)
def test_no_heap_of_one_thing_takes_long(one: str) -> None:
    text = one * (100_000 // len(one))
    began = time.process_time()
    read_hcl(text)
    read_bicep(text)
    assert time.process_time() - began < PATIENCE
