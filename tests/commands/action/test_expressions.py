"""The expressions of the self-test mean what GitHub's do, and what is not understood is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.action.expressions import Unsupported, condition, evaluate, fill

CONTEXTS = {"inputs": {"a": "x", "empty": ""}, "steps": {"one": {"outputs": {"a-b": "y"}}}, "matrix": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("inputs.a == 'X'", True),
        ("inputs.a != 'x'", False),
        ("inputs.nothing == ''", True),
        ("inputs.empty || 'other'", "other"),
        ("inputs.a && 'Scripts' || 'bin'", "Scripts"),
        ("inputs.empty && 'Scripts' || 'bin'", "bin"),
        ("steps.one.outputs.a-b", "y"),
        ("steps.none.outputs.a-b", None),
        ("!(inputs.a == 'x' && inputs.empty == '')", False),
        ("'it''s'", "it's"),
        ("toJson(matrix)", "null"),
    ],
)
def test_value(text: str, value: Any) -> None:
    assert evaluate(text, CONTEXTS) == value


@pytest.mark.parametrize(
    ("text", "failed", "runs"),
    [
        (None, False, True),
        (None, True, False),
        ("inputs.a == 'x'", True, False),
        ("always()", True, True),
        ("always() && inputs.a == 'y'", False, False),
        ("${{ failure() }}", True, True),
    ],
)
def test_step_runs_after_a_failure_only_where_it_asks_to(text: str | None, failed: bool, runs: bool) -> None:
    assert condition(text, CONTEXTS, failed=failed) is runs


@pytest.mark.parametrize(
    "text", ["hashFiles('x')", "inputs.a < 3", "secrets.x", "inputs.a x", "inputs['a']", "(inputs.a"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((Unsupported, IndexError)):
        evaluate(text, CONTEXTS)


def test_value_put_into_a_text_is_not_looked_into_again() -> None:
    assert fill("a ${{ inputs.a }}b", {"inputs": {"a": "${{ inputs.b }}"}}) == "a ${{ inputs.b }}b"
