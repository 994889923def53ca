"""What a rule rests on, and what it is made of: what commands that look into rules go by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import judge
from vendorgate.evaluate.reading import atoms_of, cells_behind, is_number, leaves_of, literals_of, path_of
from vendorgate.logic import Json, parse, unparse
from vendorgate.logic.paths import words_of
from vendorgate.model.asking import dimensions_of, kinds_of, named_under, settings_of

REGION: Any = {"var": "usage.region"}


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        (REGION, "usage.region"),
        ({"var": ["today", "2026-01-01"]}, "today"),
        ({"var": ""}, None),
        ({"var": "current"}, None),
        ({"var": 1}, None),
        ({"var": {"cat": ["usage", ".region"]}}, None),
        ({"known": "usage.region"}, None),
        ("usage.region", None),
    ],
)
def test_path_is_that_of_a_var_of_the_outermost_data(rule: Json, path: str | None) -> None:
    assert path_of(parse(rule)) == path


def test_atoms_are_paths_and_signs() -> None:
    rule: Json = {
        "and": [
            {"covered": "hipaa_baa"},
            {"documented": "gdpr_dpa"},
            {"agreement": "baa"},
            {"known": "usage.purpose"},
            {"some": [{"var": "usage.data"}, {"==": [{"var": ""}, "phi"]}]},
            {"==": [REGION, "de"]},
            {"known": REGION},
            {"covered": REGION},
        ]
    }
    signs = {"covered hipaa_baa", "documented gdpr_dpa", "agreement baa"}
    assert atoms_of(parse(rule)) == {*signs, "usage.purpose", "usage.data", "usage.region"}


def test_leaves_are_conditions_without_conditions_and_quantifiers_whole() -> None:
    every: Any = {"all": [{"var": "usage.data"}, {"!": {"==": [{"var": ""}, "phi"]}}]}
    rule: Json = {"or": [{"!": {"covered": "hipaa_baa"}}, {"if": [True, every, {"!!": REGION}]}]}
    assert [unparse(leaf) for leaf in leaves_of(parse(rule))] == [{"covered": "hipaa_baa"}, True, every, REGION]


def test_literals_are_what_is_written_out_but_for_paths_and_words_of_signs() -> None:
    rules: list[Any] = [
        {"in": [{"var": ["usage.region", "us"]}, ["de", 3]]},
        {"covered": "hipaa_baa"},
        {"known": "a.b"},
        {"==": ["fr", {"covered": "hipaa_baa"}]},
    ]
    assert sorted(map(str, literals_of(parse(rule) for rule in rules))) == ["3", "de", "fr", "us"]


@pytest.mark.parametrize(("value", "answer"), [(1, True), (0.5, True), (True, False), ("1", False), (None, False)])
def test_a_boolean_is_no_number(value: Json, answer: bool) -> None:
    assert is_number(value) is answer


def test_cells_are_found_through_conditions_each_once_and_in_order(tmp_path: Path) -> None:
    dimensions = {
        "hipaa_baa": {"value": "yes_public", "conditions": [{"covered": "gdpr_dpa"}, {"documented": "soc2_type2"}]},
        "gdpr_dpa": {"value": "yes_public", "conditions": [{"covered": "iso_27001"}]},
        "soc2_type2": {"value": "yes_public"},
        "trust_center": {"value": "yes_public"},
    }
    found = judge(tmp_path, {"dimensions": dimensions}, {"require": [True]}, {"data": ["phi"]})
    offering = found.subjects[0].offering
    rules = [parse({"covered": "hipaa_baa"}), parse({"==": [{"var": "registry.gdpr_dpa.value"}, "no"]})]
    assert [cell.dimension for cell in cells_behind(rules, offering)] == ["hipaa_baa", "gdpr_dpa", "soc2_type2"]
    covered = cells_behind(rules[:1], offering, lambda tree: words_of(tree, "covered"))
    assert [cell.dimension for cell in covered] == ["hipaa_baa", "gdpr_dpa"]
    assert cells_behind([parse(True)], offering) == ()


def test_a_rule_asks_for_what_operators_and_paths_name() -> None:
    tree = parse(
        {
            "and": [
                {"==": [{"var": "registry.data_residency.value"}, "no"]},
                {"covered": "hipaa_baa"},
                {"known": "agreements.dpa.expires"},
                {"agreement": "baa"},
                {"==": [{"var": "usage.settings.zdr"}, True]},
            ]
        }
    )
    assert dimensions_of(tree) == ("hipaa_baa", "data_residency")
    assert kinds_of(tree) == ("baa", "dpa")
    assert named_under(tree, "usage") == ("settings",)
    assert settings_of([tree, parse(True)]) == {"zdr"}
