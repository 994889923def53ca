"""What a change edits of the rules over all usages of a fleet: a weaker one is told as a weaker policy is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.fleets import VENDORS
from vendorgate.comparison.edits import edits
from vendorgate.errors import Problem
from vendorgate.load.bundle_files import BundleFiles, read_bundle
from vendorgate.load.files import Folder

POLICY = {"version": 1, "policies": [{"id": "p", "title": "P", "require": [True]}]}
RULE: dict[str, Any] = {"id": "few", "title": "Few", "require": [{"<=": [VENDORS, 2]}]}


def bundle(folder: Path, *rules: Any) -> BundleFiles:
    folder.mkdir()
    override = {"overrides": [{"policy": "p", "off": True, "reason": "r"}]}
    fleet = {"fleet.yaml": {"version": 1, "fleet_policies": [*rules]}} if rules else {}
    for name, value in {"p.yaml": POLICY, "bundle.yaml": override, **fleet}.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    problems: list[Problem] = []
    found = read_bundle(Folder(str(folder), "policies"), problems)
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([RULE], [RULE], []),
        ([], [RULE], [("added", "stricter", [])]),
        ([RULE], [], [("removed", "weaker", [])]),
        ([RULE], [{**RULE, "severity": "note"}], [("changed", "weaker", ["severity"])]),
        ([RULE], [{**RULE, "on_unknown": "pass"}], [("changed", "weaker", ["on_unknown"])]),
        ([RULE], [{**RULE, "enforce_from": "2030-01-01"}], [("changed", "weaker", ["enforce_from"])]),
        ([RULE], [{**RULE, "require": [{"<=": [VENDORS, 9]}]}], [("changed", "changed", ["require"])]),
        ([RULE], [{**RULE, "tests": [{"anything": 1}]}], []),
    ],
)
def test_a_rule_over_all_usages_is_edited_as_a_policy_is(
    before: list[Any], after: list[Any], expected: list[Any], tmp_path: Path
) -> None:
    found = edits(bundle(tmp_path / "a", *before), bundle(tmp_path / "b", *after))
    told = [(one.kind, one.effect, [field.field for field in one.fields]) for one in found]
    assert told == expected
    assert {(one.what, one.name) for one in found} <= {("policy", "few")}
