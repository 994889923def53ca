"""Facts in words: with their unit, with what a list leaves open, whole and for which names."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from vendorgate.model.fact_words import fact_lines, fact_value_words, read_words
from vendorgate.model.facts import COMMON_FACTS, in_fact_order
from vendorgate.model.registry import CellFile


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("retention_days", 30, "30 days"),
        ("retention_days", 1, "1 day"),
        ("retention_days", 0, "0 days"),
        ("retention_days", 0.042, "0.042 days (about 1 hour)"),
        ("retention_days", 0.5, "0.5 days (about 12 hours)"),
        ("retention_days", 0.001, "0.001 days (about 1 hour)"),
        ("retention_days", "soon", "soon"),
        ("retention_days", True, "true"),
        ("breach_notice_hours", 72, "72 hours"),
        ("breach_notice_hours", 1, "1 hour"),
        ("breach_notice_hours", 0, "0 hours"),
        ("human_review", False, "false"),
        ("scc_modules", [2, 3], "2, 3"),
        ("hosting_countries", {"names": ["us", "de"]}, "us, de (not said to be complete)"),
        ("certifications_listed", {"names": ["soc_2"], "complete": True}, "soc_2 (complete)"),
        ("certifications_listed", {"names": [], "complete": True}, "none (complete)"),
        ("certifications_listed", None, "not known"),
        ("other", 30, "30"),
        ("other", [], "none"),
        ("other", {}, "none"),
        ("other", ["a", ["b", "c"], {"d": 1}], "a, (b, c), (d: 1)"),
        ("other", {"a": {"b": 1, "c": [1, 2]}, "d": None}, "a: (b: 1; c: 1, 2); d: not known"),
        ("other", "x" * 2_000, "x" * 2_000),
    ],
)
def test_a_value_is_told_whole_and_with_its_unit(name: str, value: Any, words: str) -> None:
    assert fact_value_words(name, value) == words


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("retention_days", 30, "retention_days: 30 days"),
        ("deletion.by", "customer", "deletion.by: customer"),
        ("retention_days", None, "retention_days: not known"),
        ("certifications_listed.soc_2", True, "`soc_2` listed (certifications_listed): yes"),
        ("certifications_listed.soc_2", False, "`soc_2` listed (certifications_listed): no"),
        ("certifications_listed.soc_2", None, "`soc_2` listed (certifications_listed): not known"),
    ],
)
def test_what_a_rule_reads_is_told_by_its_path(path: str, value: Any, words: str) -> None:
    assert read_words(path, value) == words


def test_the_facts_of_a_cell_are_told_common_names_first_and_for_which_names_they_hold() -> None:
    cell = msgspec.convert(
        {
            "value": "yes_public",
            "facts": {"zebra": 1, "human_review": False, "ape": None, "retention_days": 30},
            "scoped_facts": [
                {"scope": {"endpoints": {"only": ["files"]}}, "facts": {"retention_days": None, "state": "kept"}},
                {"scope": {"models": {"only": ["m-*"]}}, "facts": {"retention_days": 1}},
            ],
        },
        CellFile,
    )
    assert [*fact_lines(cell)] == [
        ("retention_days", "30 days"),
        ("retention_days", "not known (endpoints: only files)"),
        ("retention_days", "1 day (models: only m-*)"),
        ("human_review", "false"),
        ("state", "kept (endpoints: only files)"),
        ("zebra", "1"),
    ]


def test_common_names_come_in_the_order_of_the_table() -> None:
    names = sorted((*COMMON_FACTS, "another"))
    assert in_fact_order(names) == [*COMMON_FACTS, "another"]
