"""Listings: a rule asks for one name, and what the vendor does not list is not known, unless the list is complete."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.told import told
from tests.thoroughness import share
from tests.world import Part, judge
from vendorgate.errors import InputError
from vendorgate.model.result import Result
from vendorgate.report.cause import causes_of

FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
HIGH = "registry.trust_center.facts.certifications_listed.fedramp_high"
HERE = "registry.data_residency.facts.hosting_countries.de"
LISTS: Part = {"names": ["soc_2_type_2", "fedramp_high"]}
OTHERS: Part = {"names": ["soc_2_type_2"]}
AMONG = "among the certifications that A lists"


def judged(
    folder: Path, rule: Any, cell: Part, dimension: str = "trust_center", usage: Part | None = None, **more: Any
) -> Result:
    offering = {"endpoints": ["chat", "files"], "dimensions": {dimension: {**FINE, **cell}}}
    return judge(folder, offering, {"require": [rule]}, {"data": ["phi"], **(usage or {})}, **more).results[0]


def listing(value: Any) -> Part:
    return {"facts": {"certifications_listed": value}}


@pytest.mark.parametrize(
    ("cell", "holds", "otherwise"),
    [
        (listing(LISTS), "pass", "fail"),
        (listing({**LISTS, "complete": False}), "pass", "fail"),
        (listing({**LISTS, "complete": True}), "pass", "fail"),
        (listing(OTHERS), "unknown", "unknown"),
        (listing({**OTHERS, "complete": False}), "unknown", "unknown"),
        (listing({**OTHERS, "complete": None}), "unknown", "unknown"),
        (listing({**OTHERS, "complete": True}), "fail", "pass"),
        (listing({"names": [], "complete": True}), "fail", "pass"),
        (listing(None), "unknown", "unknown"),
        ({"facts": {"other": 1}}, "unknown", "unknown"),
        ({}, "unknown", "unknown"),
        ({**listing(LISTS), "verified": "2020-01-01"}, "unknown", "unknown"),
        ({**listing({**OTHERS, "complete": True}), "value": "unclear"}, "unknown", "unknown"),
        ({**listing({**OTHERS, "complete": True}), "tier": "enterprise"}, "unknown", "unknown"),
    ],
)
def test_a_name_holds_where_it_is_listed_and_fails_only_where_the_list_is_complete(
    cell: Part, holds: str, otherwise: str, tmp_path: Path
) -> None:
    for rule in ({"var": HIGH}, {"==": [{"var": HIGH}, True]}):
        assert judged(tmp_path, rule, cell).outcome == holds
        assert judged(tmp_path, {"!": rule}, cell).outcome == otherwise


def test_known_asks_whether_a_name_is_listed_or_the_list_is_complete(tmp_path: Path) -> None:
    outcomes = [judged(tmp_path, {"known": HIGH}, listing(one)).outcome for one in (LISTS, OTHERS)]
    assert [*outcomes, judged(tmp_path, {"known": HIGH}, listing({**OTHERS, "complete": True})).outcome] == [
        *("pass", "fail", "pass"),
    ]


FILES: Part = {"scope": {"endpoints": {"only": ["files"]}}}


@pytest.mark.parametrize(
    ("entry", "endpoints", "outcome"),
    [
        (LISTS, ["files"], "pass"),
        (LISTS, ["chat"], "unknown"),
        (LISTS, ["chat", "files"], "unknown"),
        (LISTS, None, "unknown"),
        ({**OTHERS, "complete": True}, ["files"], "fail"),
        (None, ["files"], "unknown"),
    ],
)
def test_a_listing_for_some_names_alone_counts_there(
    entry: Any, endpoints: list[str] | None, outcome: str, tmp_path: Path
) -> None:
    cell = {**listing(OTHERS), "scoped_facts": [{**FILES, "facts": {"certifications_listed": entry}}]}
    assert (
        judged(tmp_path, {"var": HIGH}, cell, usage={"endpoints": endpoints or []} if endpoints else {}).outcome
        == outcome
    )


def test_two_lists_that_agree_on_a_name_say_it(tmp_path: Path) -> None:
    """Whatever else is on them."""
    other = {"names": ["iso_27001", "fedramp_high"], "complete": True}
    cell = {**listing(LISTS), "scoped_facts": [{**FILES, "facts": {"certifications_listed": other}}]}
    assert judged(tmp_path, {"var": HIGH}, cell, usage={"endpoints": ["chat", "files"]}).outcome == "pass"


@pytest.mark.parametrize(
    ("rule", "cell", "dimension", "words"),
    [
        (
            {"var": HIGH},
            listing(OTHERS),
            "trust_center",
            "`fedramp_high` is not among the certifications that A lists, and the list is not said to be complete",
        ),
        (
            {"var": HIGH},
            listing({**OTHERS, "complete": True}),
            "trust_center",
            f"{HIGH}: does not hold (`fedramp_high` is not {AMONG}, and it says that these are all)",
        ),
        (
            {"!": {"var": HIGH}},
            listing(LISTS),
            "trust_center",
            f"{HIGH}: holds (`fedramp_high` is among the certifications that A lists)",
        ),
        (
            {"var": HERE},
            {"facts": {"hosting_countries": {"names": ["us"]}}},
            "data_residency",
            "`de` is not among the countries in which A says that it hosts, and the list is not said to be complete",
        ),
        ({"var": HIGH}, {}, "trust_center", f"the registry does not state {HIGH}"),
    ],
)
def test_reasons_say_whether_a_name_is_listed(
    rule: Any, cell: Part, dimension: str, words: str, tmp_path: Path
) -> None:
    result = judged(tmp_path, rule, cell, dimension)
    (line,) = told(result.requirements[0].reasons)
    assert line.split(": ", 1)[1].split(" @ ")[0] == words
    (cause,) = causes_of(result)
    assert cause.message.startswith(words)


def test_what_is_listed_for_one_endpoint_is_told_endpoint_by_endpoint(tmp_path: Path) -> None:
    cell = {**listing(OTHERS), "scoped_facts": [{**FILES, "facts": {"certifications_listed": LISTS}}]}
    result = judged(tmp_path, {"var": HIGH}, cell, usage={"endpoints": ["chat", "files"]})
    _, *rest = told(result.requirements[0].reasons)
    assert [line.split(": ", 1)[1].split(" @ ")[0] for line in rest] == [
        f"endpoint `chat`: `fedramp_high` is not {AMONG}, and the list is not said to be complete",
        "endpoint `files`: the registry states true",
    ]


READ_BY_NAME = "a listing is read name by name, such as `registry.trust_center.facts.certifications_listed.iso_27001`"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("trust_center.facts.certifications_listed", READ_BY_NAME),
        ("trust_center.facts.certifications_listed.names", READ_BY_NAME),
        ("trust_center.facts.certifications_listed.complete", READ_BY_NAME),
        ("trust_center.facts.certifications_listed.fedramp_hi", "did you mean `fedramp_high`?"),
        ("trust_center.facts.certifications_listed.hipaa", "known: "),
        ("trust_center.facts.certifications_listed.fedramp_high.x", "did you mean `fedramp_high`?"),
        ("trust_center.facts.hosting_countries.uk", "did you mean `gb`?"),
        ("trust_center.facts.hosting_countries.eu", "known: "),
    ],
)
def test_anything_else_of_a_listing_is_refused_when_a_policy_is_loaded(path: str, said: str, tmp_path: Path) -> None:
    listed = {"facts": {"certifications_listed": LISTS, "hosting_countries": {"names": ["us"]}}}
    with pytest.raises(InputError) as refused:
        judged(tmp_path, {"in": ["soc_2", {"var": f"registry.{path}"}]}, listed)
    assert any(said in (problem.help or "") for problem in refused.value.problems)


def test_a_condition_of_the_registry_reads_listings_the_same_way(tmp_path: Path) -> None:
    cell = {**listing(LISTS), "conditions": [{"var": HIGH}]}
    assert judged(tmp_path, {"covered": "trust_center"}, cell).outcome == "pass"
    with pytest.raises(InputError, match=r"certifications_listed\.names"):
        judged(
            tmp_path,
            {"covered": "trust_center"},
            {**cell, "conditions": [{"var": HIGH.replace("fedramp_high", "names")}]},
        )


NAMES = ["soc_2", "iso_27001", "c5"]
ATOMS = st.sampled_from(NAMES).map(lambda name: {"var": f"registry.trust_center.facts.certifications_listed.{name}"})
RULES = st.recursive(
    ATOMS | ATOMS.map(lambda one: {"==": [one, False]}),
    lambda inner: st.one_of(
        inner.map(lambda one: {"!": one}),
        st.lists(inner, min_size=2, max_size=3).flatmap(lambda many: st.sampled_from([{"and": many}, {"or": many}])),
        st.tuples(inner, inner, inner).map(lambda three: {"if": list(three)}),
    ),
    max_leaves=4,
)
LISTS_OF_NAMES = st.fixed_dictionaries(
    {"names": st.lists(st.sampled_from(NAMES), unique=True)}, optional={"complete": st.booleans()}
)
ENTRY = LISTS_OF_NAMES.map(lambda one: {**FILES, "facts": {"certifications_listed": one}})


@settings(max_examples=share(100), deadline=None)
@given(RULES, LISTS_OF_NAMES, st.lists(ENTRY, max_size=1), st.sampled_from([["chat"], ["files"], ["chat", "files"]]))
def test_nothing_that_is_taken_out_of_a_list_turns_blocking_into_passing(
    rule: Any, stated: Part, entries: list[Part], endpoints: list[str]
) -> None:
    """Its `complete`, any of its names as long as it is not complete, the list itself, or an entry's."""

    def blocks(listing: Part | None, scoped: list[Part]) -> bool:
        cell: Part = {"facts": {"certifications_listed": listing}, "scoped_facts": scoped}
        with tempfile.TemporaryDirectory() as folder:
            return judged(Path(folder), rule, cell, usage={"endpoints": endpoints}).blocks

    if not blocks(stated, entries):
        return
    assert blocks(None, entries)
    for less in without(stated):
        assert blocks(less, entries)
    for entry in entries:
        for less in without(entry["facts"]["certifications_listed"]):
            assert blocks(stated, [{**FILES, "facts": {"certifications_listed": less}}])


def without(listing: Part) -> list[Part]:
    """The list with one thing less, of each thing that can be taken out."""
    found = [{"names": listing["names"]}] if "complete" in listing else []
    if not listing.get("complete"):
        found += [{**listing, "names": [one for one in listing["names"] if one != name]} for name in listing["names"]]
    return found
