"""What a rule writes out beside a value of a known kind is of that kind, or the rule is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon
from vendorgate.logic import Json, parse
from vendorgate.logic.demands import DEMANDS, check
from vendorgate.logic.operators import ARITIES
from vendorgate.model.additions import AttributeRule, OwnWords
from vendorgate.model.vocabulary import DATA_CLASSES

OWN = OwnWords(
    attributes={
        "name": AttributeRule(type="text"),
        "day": AttributeRule(type="day"),
        "flag": AttributeRule(type="flag"),
        "level": AttributeRule(type="number"),
        "word": AttributeRule(one_of=("some", "none")),
        "grade": AttributeRule(one_of=("1", "2", "none")),
    }
)
DIALECT = language(frozenset(DATA_CLASSES), Lexicon(("alpha",)), OWN).require


def attribute(name: str) -> dict[str, Json]:
    return {"var": f"usage.attributes.{name}"}


def titles(rule: Json) -> list[str]:
    return [problem.title for problem in check(parse(rule), DIALECT)[1]]


NUMBER, TEXT, FLAG, DAY, WORD, LEVEL = map(attribute, ("level", "name", "flag", "day", "word", "grade"))
PROJECT: Any = {"var": "project.name"}
OFFERING: Any = {"var": "offering.id"}
AGE: Any = {"days_since": "2026-01-01"}
REFUSED: list[tuple[Any, list[str]]] = [
    ({"==": [NUMBER, "3"]}, ["`3` is no number"]),
    ({"!==": ["3", NUMBER]}, ["`3` is no number"]),
    ({"<": [1, NUMBER, "9"]}, ["`9` is no number"]),
    ({"!=": [NUMBER, True]}, ["`true` is no number"]),
    ({"<": [AGE, "30"]}, ["`30` is no number"]),
    ({"<": [{"+": [NUMBER, 1]}, "30"]}, ["`30` is no number"]),
    ({"!": {"in": [NUMBER, [1, "2", False]]}}, ["`2` is no number", "`false` is no number"]),
    ({"!=": [TEXT, 3]}, ["`3` is no text"]),
    ({"!": {"in": [TEXT, ["a", 3]]}}, ["`3` is no text"]),
    ({"!": {"in": [FLAG, ["no", 0]]}}, ["`no` is neither true nor false", "`0` is neither true nor false"]),
    ({"!=": [FLAG, "no"]}, ["`no` is neither true nor false"]),
    ({"<": [DAY, "1.1.2027"]}, ["`1.1.2027` is not a day"]),
    ({"!=": [WORD, "nobody"]}, ["`nobody` is not a value of the attribute `word`"]),
    ({"==": [NUMBER, {"a": 1, "b": 2}]}, ["an object with 2 keys"]),
    ({"!=": [PROJECT, "Clinic"]}, ["`Clinic` is never the name of a project"]),
    ({"==": ["a-", PROJECT]}, ["`a-` is never the name of a project"]),
    ({"==": [PROJECT, ""]}, ["`` is never the name of a project"]),
    ({"==": [PROJECT, "clinic*"]}, ["`clinic*` is never the name of a project"]),
    ({"!": {"in": [PROJECT, ["clinic", "my project"]]}}, ["`my project` is never the name of a project"]),
    ({"matches": [PROJECT, "Clinic-*"]}, ["`Clinic-*` is never the name of a project"]),
    ({"matches": [PROJECT, "-*"]}, ["`-*` is never the name of a project"]),
    ({"in": ["Clinic", PROJECT]}, ["`Clinic` is never the name of a project"]),
    ({"==": [{"var": "usage.account"}, "EU prod"]}, ["`EU prod` is never the name of an account"]),
    ({"in": [{"var": "usage.id"}, ["A"]]}, ["`A` is never the id of a usage"]),
    ({"!=": [{"max": [OFFERING, 3]}, 3]}, ["`max` takes numbers, and this is an offering"]),
    ({"!=": [{"+": [1, OFFERING]}, 3]}, ["`+` takes numbers, and this is an offering"]),
    ({"<": [{"-": [{"var": "usage.tier"}]}, 3]}, ["`-` takes numbers, and this is a tier"]),
    ({"<": [{"*": [WORD, 2]}, 3]}, ["`*` takes numbers, and this is a value of the attribute `word`"]),
    ({"<": [{"-": [{"var": "agreements.dpa.expires"}, 30]}, 3]}, ["`-` takes numbers, and this is a day"]),
    ({"==": [{"min": [{"var": "today"}, DAY]}, 3]}, ["`min` takes numbers, and this is a day"] * 2),
    *(
        (rule, [f"`usage.attributes.{name}` stands where a condition is expected, and holds whatever it says"])
        for name, rule in (("name", TEXT), ("day", {"!": DAY}), ("word", {"or": [False, WORD]}))
    ),
]
ACCEPTED: list[Any] = [
    {"==": [NUMBER, 3]},
    {"<": [1.5, NUMBER, 9]},
    {"in": [NUMBER, [1, 2.5, None]]},
    {"in": [NUMBER, {"var": "usage.settings.levels"}]},
    {"<": [AGE, {"var": "usage.settings.days"}]},
    {"!=": [TEXT, "3"]},
    {"in": [TEXT, ["a", "b"]]},
    {"in": ["part", TEXT]},
    {"==": [{"var": "usage.purpose"}, 3]},
    {"in": [FLAG, [True, False]]},
    {"==": [DAY, "2026-01-01"]},
    {"in": [WORD, ["some"]]},
    {"!": FLAG},
    {"!": NUMBER},
    {"var": ["usage.attributes.name", False]},
    {"==": [NUMBER, None]},
    {"==": [PROJECT, "clinical-notes"]},
    {"in": [PROJECT, ["a", "b.c_d-e", None]]},
    {"in": [PROJECT, {"var": "usage.settings.projects"}]},
    {"matches": [PROJECT, "clinic-*"]},
    {"matches": [PROJECT, "*.notes?"]},
    {"in": ["-", PROJECT]},
    {"in": [PROJECT, "clinic, notes"]},
    {"==": [{"var": ["project.name", "Nobody's"]}, "Nobody's"]},
    {"==": [{"var": "usage.account"}, None]},
    {"==": [PROJECT, {"var": "usage.settings.project"}]},
    {"<": [{"+": [NUMBER, 1]}, 3]},
    {"<": [{"+": [{"var": "usage.settings.days"}, "3", True]}, 3]},
    {"<": [{"max": [LEVEL, 2]}, 3]},
    {"<": [{"-": [{"var": "usage.purpose"}]}, 3]},
]


@pytest.mark.parametrize(("rule", "expected"), REFUSED, ids=[json.dumps(rule) for rule, _ in REFUSED])
def test_what_stands_beside_a_value_is_of_its_kind(rule: Any, expected: list[str]) -> None:
    assert titles(rule) == expected


def test_every_operator_demands_something() -> None:
    assert DEMANDS.keys() == ARITIES.keys()


@pytest.mark.parametrize("rule", ACCEPTED, ids=json.dumps)
def test_what_is_of_the_kind_is_accepted(rule: Any) -> None:
    assert titles(rule) == []
