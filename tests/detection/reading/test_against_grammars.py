"""Readers of tokens see the calls and the texts that a parser of the language sees."""

from __future__ import annotations

import importlib

import pytest

from tests.detection.reading.grammars import GRAMMARS, calls, calls_of, root_of, texts, texts_of

AROUND = {
    "go": "package main\n\nfunc main() {{\n{}\n}}\n",
    "java": "class C {{\n  void f(int a) {{\n{}\n}}\n}}\n",
    "rust": "fn main() {{\n{}\n}}\n",
    "php": "<?php\n{}\n",
}
DIFFERENT = {
    "csharp": {"configuration", "Client"},  # an indexer counts as a call; `new(…)` as one of the type before it
    "ruby": {"freeze", "strip", "access_token", "bar", "class"},  # methods of texts; attributes on the way to a call
    "rust": {"to_string", "into"},  # methods of texts
}
"""Names of calls that the two see differently, on purpose."""


def sources() -> list[tuple[str, str]]:
    found = []
    for language in GRAMMARS:
        module = importlib.import_module(f"tests.detection.reading.test_{language}")
        for table in ("ASSIGNMENTS", "CALLS"):
            for source in getattr(module, table, ()):
                found.append((language, AROUND.get(language, "{}\n").format(source)))
        found += [(language, f"class C {{\n{source}\n}}\n") for source in getattr(module, "MEMBERS", ())]
    return found


@pytest.mark.parametrize(("language", "source"), sources())
def test_parser_sees_the_same_calls_and_texts(language: str, source: str) -> None:
    root = root_of(language, source)
    assert root is not None, "the grammar does not take it"
    code = importlib.import_module(f"vendorgate.detection.reading.{language}").read(source)
    expected, found = calls(root, language), calls_of(code)
    assert set((expected - found) + (found - expected)) <= DIFFERENT.get(language, set())
    assert texts_of(code) == texts(root, language)
