"""What of a usage lies outside a scope, gap by gap (coverage, step 4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import judge
from vendorgate.evaluate.scope import Gap, gaps, names_any
from vendorgate.logic import CONTRADICTED
from vendorgate.model.registry import Offering, Reach, Scope

ONLY = Reach(only=("a-*", "b"))
EXCEPT = Reach(excluded=("a-9",))


@pytest.fixture
def offering(tmp_path: Path) -> Offering:
    listed = {"models": ["a-*", "b"], "dimensions": {}}
    return judge(tmp_path, listed, {"require": [True]}, {"data": ["phi"]}).subjects[0].offering


@pytest.mark.parametrize(
    ("scope", "models", "expected"),
    [
        (Scope(), None, []),
        (Scope(models=ONLY), ["a-1", "b"], []),
        (Scope(models=ONLY), None, [Gap("models", None, "unknown", ONLY)]),
        (Scope(models=ONLY), ["c", "b", "d"], [Gap("models", "c", "fail", ONLY), Gap("models", "d", "fail", ONLY)]),
        (Scope(models=EXCEPT), ["a-1"], []),
        (Scope(models=EXCEPT), ["a-9"], [Gap("models", "a-9", "fail", EXCEPT)]),
        (Scope(models=EXCEPT), ["c"], [Gap("models", "c", "unknown", EXCEPT)]),
        (Scope(models=EXCEPT), CONTRADICTED, [Gap("models", None, "unknown", EXCEPT)]),
        (Scope(regions=EXCEPT), None, [Gap("regions", None, "unknown", EXCEPT)]),
    ],
)
def test_gaps_are_what_a_scope_does_not_reach_for_certain(
    scope: Scope, models: Any, expected: list[Gap], offering: Offering
) -> None:
    stated = {} if models is None else {"usage.models": models}
    assert gaps(scope, stated, offering) == expected


@pytest.mark.parametrize(
    ("name", "globs", "named"),
    [
        ("a", ("a",), True),
        ("a-1", ("b", "a-*"), True),
        ("a", (), False),
    ],
)
def test_name_is_named_by_itself_or_by_a_glob(name: str, globs: tuple[str, ...], named: bool) -> None:
    assert names_any(name, globs) is named
