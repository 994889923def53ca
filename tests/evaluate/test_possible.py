"""A case that somebody made up answers from values alone."""

from __future__ import annotations

import datetime

import pytest

from vendorgate.evaluate.possible import PossibleCase
from vendorgate.evaluate.program import compile_rule
from vendorgate.logic import UNKNOWN, Json, Value, parse

DAY = datetime.date(2026, 11, 23)
WORLD: dict[str, Value] = {
    "covered hipaa_baa": True,
    "documented hipaa_baa": False,
    "agreement baa": True,
    "registry.hipaa_baa.facts.days": 30,
    "agreements.baa.reference": "LEGAL-1",
    "project.name": "clinic",
    "observed usage.region": True,
    "observed usage.tier": False,
    "usage.region": "de",
}
RULES: list[tuple[dict[str, Json], Value]] = [
    ({"covered": "hipaa_baa"}, True),
    ({"documented": "hipaa_baa"}, False),
    ({"agreement": "baa"}, True),
    ({"var": "registry.hipaa_baa.facts.days"}, 30),
    ({"var": "agreements.baa.reference"}, "LEGAL-1"),
    ({"var": "project.name"}, "clinic"),
    ({"var": "usage.region"}, "de"),
    ({"days_until": "2026-11-30"}, 7),
    ({"observed": "usage.region"}, True),
    ({"observed": "usage.tier"}, False),
]
ALWAYS_KNOWN = ("days_until", "observed")


@pytest.mark.parametrize(("rule", "value"), RULES)
def test_possible_case_answers_from_its_world(rule: Json, value: Value) -> None:
    assert compile_rule(parse(rule))(None, PossibleCase(WORLD, DAY)) == value


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES if not {*rule} & {*ALWAYS_KNOWN}])
def test_what_a_world_does_not_say_is_unknown(rule: Json) -> None:
    assert compile_rule(parse(rule))(None, PossibleCase({}, DAY)) is UNKNOWN


def test_what_a_world_does_not_say_to_be_observed_is_not() -> None:
    assert compile_rule(parse({"observed": "usage.region"}))(None, PossibleCase({"usage.region": "de"}, DAY)) is False
