"""Every table over a closed vocabulary has a row for each of its words, or says here why not.

A table is a constant whose type is a mapping from a `Literal` of words: `Final[Mapping[Severity, str]]`. They are found
by their annotations, so that a table that is new is held to this, too, and a word that is new asks for its rows.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

import vendorgate
from vendorgate.model import vocabulary as words
from vendorgate.model.grades import GRADE_MEANINGS, meaning_of
from vendorgate.report import nouns

SOURCE = Path(vendorgate.__file__).parent
NOT_ALL: dict[str, str] = {
    "vendorgate.comparison.causes._NAMES": "inputs that are causes by their names; others by what they did",
    "vendorgate.commands.impact.wording._COUNTED": "what may be counted and not told",
    "vendorgate.commands.plan.wording._IN_TIME": "causes about which something can be done in time",
    "vendorgate.evaluate.steps._DECLARATION": "axes whose declarations have other names",
    "vendorgate.report.sarif.KIND": "outcomes that are findings",
    "vendorgate.detection.configuration.purposes._DONE": "kinds of models that configurations name an endpoint for",
    "vendorgate.commands.agreements.text._LOOKS": "states that are painted",
    "vendorgate.commands.registry.verify_diagnostics._FIELD": "what is said of one field of a cell, and not of a fact",
    "vendorgate.commands.evidence.turning._ENDED": "what can end, which a claim cannot",
    "vendorgate.commands.evidence.turning._COMING": "what comes and goes without ageing",
    "vendorgate.commands.evidence.turning._SAYING": "what can say something else",
    "vendorgate.commands.verify.text._OF_A_PACK": "what is said otherwise of an evidence pack",
    "vendorgate.schema.facts._VALUES": "what is no text, of which each schema has its own",
}
"""Tables that have rows for some words alone."""
ORDERS: dict[str, tuple[str, object]] = {
    "vendorgate.frame.verdict.THRESHOLDS": ("a threshold", words.FailOn),
    "vendorgate.comparison.edits._SEVERITIES": ("a threshold", words.FailOn),
    "vendorgate.commands.policy.tests_run._WORST": ("an expectation", words.Expected),
}
"""Orders of all words of a vocabulary."""

_TABLE = re.compile(r"Final\[\s*(?:Mapping|dict)\[")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The modules in which a table can be: parsing all of them is what each worker would pay for collecting."""
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if _TABLE.search(text) is None:
            continue
        parts = file.relative_to(SOURCE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(text)


def key_of(annotation: ast.expr) -> str | None:
    """The first type of a `Final[Mapping[X, ...]]` or `Final[dict[X, ...]]`."""
    found = ast.unparse(annotation)
    for beginning in ("Final[Mapping[", "Final[dict["):
        if found.startswith(beginning):
            return found.removeprefix(beginning).partition(",")[0]
    return None


def tables() -> Iterator[tuple[str, str, str]]:
    for module, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                key = key_of(node.annotation)
                if key is not None and key.isidentifier():
                    yield module, node.target.id, key


def vocabulary(module: Any, key: str) -> frozenset[Any] | None:
    found = getattr(module, key, None)
    return frozenset(get_args(found)) if get_origin(found) is Literal else None


FOUND = [
    pytest.param(module, name, key, id=f"{module}.{name}")
    for module, name, key in tables()
    if vocabulary(importlib.import_module(module), key) is not None
]


@pytest.mark.parametrize(("module", "name", "key"), FOUND)
def test_table_has_a_row_for_each_word(module: str, name: str, key: str) -> None:
    loaded = importlib.import_module(module)
    rows, every = frozenset(getattr(loaded, name)), vocabulary(loaded, key)
    if f"{module}.{name}" in NOT_ALL:
        assert every is not None
        assert rows < every, "it has them all: take it out of NOT_ALL"
    else:
        assert rows == every


def test_tables_are_found() -> None:
    names = {f"{one.values[0]}.{one.values[1]}" for one in FOUND}
    assert "vendorgate.evaluate.judge._RANK" in names
    assert "vendorgate.report.order._OUTCOME" in names
    assert set(NOT_ALL) <= names


@pytest.mark.parametrize("name", ORDERS)
def test_order_has_each_word_once(name: str) -> None:
    module, _, constant = name.rpartition(".")
    found = getattr(importlib.import_module(module), constant)
    assert sorted(found) == sorted(get_args(ORDERS[name][1]))


def test_each_grade_is_said_in_words_and_none_passes_unasked() -> None:
    assert frozenset(GRADE_MEANINGS) == frozenset(words.GRADES)
    unknown = {name for name, one in GRADE_MEANINGS.items() if one.covers == "unknown"}
    assert unknown == {"no_public_evidence", "unclear"}
    assert meaning_of("a grade of another day").covers == "unknown"


def test_each_dimension_and_kind_of_agreement_has_a_noun() -> None:
    assert frozenset(nouns.DIMENSIONS) == frozenset(words.DIMENSIONS)
    assert frozenset(nouns.AGREEMENTS) == frozenset(words.AGREEMENT_KINDS)
