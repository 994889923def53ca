"""Facts with a common name are held to its type and unit when a cell is loaded; other names stay allowed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate.errors import InputError, Problem
from vendorgate.load.common_facts import near_miss
from vendorgate.load.fact_paths import fact_type
from vendorgate.logic.types import BOOLEAN, UnknownPath
from vendorgate.model.facts import COMMON_FACTS

FINE: Part = {"value": "yes_public", "verified": "2026-11-01", "source": "https://example.org"}
RULE: Part = {"require": [{"covered": "hipaa_baa"}]}


def loaded(folder: Path, cell: Part, rule: Part = RULE) -> None:
    """A cell of the registry and the same one of the organization's own."""
    overlay = {"extends": "alpha", "dimensions": {"gdpr_dpa": {**FINE, **cell}}}
    judge(folder, {"endpoints": ["chat"], "dimensions": {}}, rule, {"data": ["pii"]}, overlays={"o": overlay})


def refused(folder: Path, cell: Part) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        loaded(folder, cell)
    return caught.value.problems


ALLOWED: Part = {
    "retention_days": [0, 0.042, 30],
    "subprocessor_notice_days": [0, 30, 30.0],
    "breach_notice_hours": [72],
    "deprecation_notice_days": [365],
    "human_review": [True, False],
    "customer_managed_keys": [True],
    "ip_indemnity": [True],
    "trains_by_default": [False],
    "opt_out": [True],
    "opt_out_by": ["a form"],
    "sccs": [True],
    "scc_modules": [[], [2, 3]],
    "sccs_note": ["module 2 for controllers"],
    "dpf": [False],
    "signature_needed": [False],
    "headquarters_country": ["us", "gb"],
    "hosting_countries": [
        {"names": ["us", "de"]},
        {"names": [], "complete": True},
        {"names": ["us"], "complete": None},
    ],
    "certifications_listed": [{"names": ["soc_2", "iso_27001"], "complete": False}],
}


def test_every_common_name_has_values_that_are_allowed() -> None:
    assert ALLOWED.keys() == COMMON_FACTS.keys()


@pytest.mark.parametrize(("name", "value"), [(name, one) for name, values in ALLOWED.items() for one in values])
def test_a_value_of_the_type_and_unit_is_allowed(name: str, value: Any, tmp_path: Path) -> None:
    loaded(tmp_path, {"facts": {name: value}, "scoped_facts": scoped({name: value})})


@pytest.mark.parametrize("name", COMMON_FACTS)
def test_null_is_allowed_and_says_that_it_is_not_known(name: str, tmp_path: Path) -> None:
    loaded(tmp_path, {"facts": {name: None}, "scoped_facts": scoped({name: None})})


def scoped(facts: Part) -> list[Part]:
    return [{"scope": {"endpoints": {"only": ["chat"]}}, "facts": facts}]


WRONG: list[tuple[str, Any, str, str]] = [
    (
        "retention_days",
        "30 days",
        "`retention_days` must be a number of days, 0 or more, and this is `30 days`",
        "leave it out where it is not known, or say it in words as `retention_days_note`",
    ),
    ("retention_days", -1, "`retention_days` must be a number of days, 0 or more, and this is -1", "write a number"),
    ("retention_days", True, "and this is true", "write a number"),
    ("breach_notice_hours", 1.5, "must be a whole number of hours, 0 or more, and this is 1.5", "write a whole number"),
    ("human_review", "flagged alone", "must be true or false, and this is `flagged alone`", "`human_review_note`"),
    ("sccs", 1, "`sccs` must be true or false, and this is 1", "write true or false"),
    ("opt_out_by", True, "must be a text, and this is true", "write a text"),
    ("opt_out_by", " ", "must be a text, and this is ` `", "write a text"),
    ("scc_modules", 2, "must be a list of numbers from 1 to 4, and this is 2", "write a list"),
    ("scc_modules", [2, 5], "must be a list of numbers from 1 to 4, and this is a list", "write a list"),
    ("scc_modules", [True], "must be a list of numbers from 1 to 4", "write a list"),
    ("headquarters_country", "US", "must be the code of a country, and this is `US`", "write `us`"),
    ("headquarters_country", "uk", "and this is `uk`", "write `gb`"),
    ("headquarters_country", "eu", "and this is `eu`", "write an ISO 3166-1 alpha-2 code in lower case"),
    ("headquarters_country", 1, "and this is 1", "write the code of a country"),
    ("hosting_countries", ["us"], "must be a mapping, and this is a list", "`{names: [us, de], complete: false}`"),
    ("hosting_countries", {"names": ["eu"]}, "`eu` is not the code of a country", "write an ISO 3166-1"),
    ("hosting_countries", {"names": ["DE"]}, "`DE` is not the code of a country", "write `de`"),
    ("hosting_countries", {"names": [1]}, "1 is not the code of a country", "write a name, such as us"),
    ("hosting_countries", {"names": [["us"]]}, "a list is not the code of a country", "write a name"),
    ("hosting_countries", {}, "`hosting_countries` says no `names`", "write `names: [us, de]`"),
    ("certifications_listed", {"names": "soc_2"}, "`names` must be a list, and this is `soc_2`", "write `names: ["),
    (
        "certifications_listed",
        {"names": ["soc2_type2"]},
        "`soc2_type2` is not a certification that the registry knows",
        "did you mean `soc_2_type_2`?",
    ),
    ("certifications_listed", {"names": ["hipaa"]}, "`hipaa` is not a certification", "known: "),
    ("certifications_listed", {"names": [], "all": True}, "unknown key `all`", "known: `complete`, `names`"),
    ("certifications_listed", {"names": [], "complete": "yes"}, "`complete` must be true or false", "write true where"),
    ("certifications_listed", "SOC 2", "must be a mapping, and this is `SOC 2`", "soc_2_type_2, iso_27001"),
]


@pytest.mark.parametrize(("name", "value", "title", "help"), WRONG)
def test_another_value_is_refused_with_what_was_expected(
    name: str, value: Any, title: str, help: str, tmp_path: Path
) -> None:
    for cell in ({"facts": {name: value}}, {"scoped_facts": scoped({name: value})}):
        (problem,) = refused(tmp_path, cell)
        assert title in problem.title
        assert help in (problem.help or "")


def test_a_mistake_is_shown_at_its_value(tmp_path: Path) -> None:
    listed = {"names": ["us", "uk"]}
    (problem,) = refused(tmp_path, {"facts": {"other": 1, "hosting_countries": listed}})
    assert problem.location is not None
    assert problem.source is not None
    place, line = problem.location, problem.source.line(problem.location.line)
    assert line[place.column - 1 : place.column - 1 + place.width] == '"uk"'


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    wrong = {"sccs": "module 2", "dpf": "yes", "hosting_countries": {"names": ["uk", "eu"], "complete": 1}}
    assert len(refused(tmp_path, {"facts": wrong})) == 5


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"==": [{"var": "registry.gdpr_dpa.facts.dpf"}, "yes"]}, "`yes`"),
        (
            {"==": [{"var": "registry.gdpr_dpa.facts.headquarters_country"}, "usa"]},
            "`usa` is not the code of a country",
        ),
        ({"in": [2, {"var": "registry.gdpr_dpa.facts.scc_modules"}]}, None),
        ({"==": [{"var": "registry.gdpr_dpa.facts.headquarters_country"}, "uk"]}, None),
        ({"within": [{"var": "registry.gdpr_dpa.facts.headquarters_country"}, "eu"]}, None),
        ({"<=": [{"var": "registry.gdpr_dpa.facts.breach_notice_hours"}, 72]}, None),
        ({"var": "registry.gdpr_dpa.facts.sccs"}, None),
    ],
)
def test_rules_are_held_to_the_types_of_common_names(rule: Any, said: str | None, tmp_path: Path) -> None:
    facts = {"dpf": True, "headquarters_country": "gb", "scc_modules": [2], "breach_notice_hours": 48, "sccs": True}
    if said is None:
        loaded(tmp_path, {"facts": facts}, {"require": [rule]})
        return
    with pytest.raises(InputError, match=said):
        loaded(tmp_path, {"facts": facts}, {"require": [rule]})


@pytest.mark.parametrize(
    ("dimension", "fact"), [("gdpr_dpa", "dpf"), ("trust_center", "certifications_listed.fedramp_high")]
)
def test_a_common_name_can_be_read_at_home_though_no_cell_states_it(dimension: str, fact: str) -> None:
    assert fact_type((), dimension, fact.split(".")) == BOOLEAN


@pytest.mark.parametrize("fact", ["retention_days", "dpff", "hosting_countries.de"])
def test_another_name_cannot_nor_a_common_one_elsewhere(fact: str) -> None:
    with pytest.raises(UnknownPath, match="no cell of gdpr_dpa has that fact"):
        fact_type((), "gdpr_dpa", fact.split("."))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("retention_day", "retention_days"),
        ("retentiondays", "retention_days"),
        ("retention-days", "retention_days"),
        ("subprocesor_notice_days", "subprocessor_notice_days"),
        ("human_reviews", "human_review"),
        ("certification_listed", "certifications_listed"),
        ("retention_days", None),
        ("retention_days_eu", None),
        ("us_retention_days", None),
        ("human_review_note", None),
        ("breach_notice_days", None),
        ("retention_basis", None),
        ("dpa", None),
        ("opt_in", None),
    ],
)
def test_only_a_misspelt_common_name_is_taken_for_one(name: str, meant: str | None) -> None:
    assert near_miss(name) == meant


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
@pytest.mark.parametrize("wrap", [lambda text: text, lambda text: ["a", text], lambda text: {"a": [{"b": text}]}])
def test_blank_text_is_no_value_of_any_fact(wrap: Callable[[str], Any], text: str, tmp_path: Path) -> None:
    """Compared with a number it would pass for 0."""
    facts = {"kept_for_days": wrap(text), "kept_in": wrap("x"), "other": None}
    for cell in ({"facts": facts}, {"scoped_facts": scoped(facts)}):
        (problem,) = refused(tmp_path, cell)
        assert problem.title == "`kept_for_days` has a blank text"
        assert problem.help == "write what the vendor says, or null where it is not known"
        assert problem.location is not None
        assert problem.source is not None
        place, line = problem.location, problem.source.line(problem.location.line)
        assert json.loads(line[place.column - 1 : place.column - 1 + place.width]) == text
