"""Rules looked up by what they need: found is every one that is implied, and few others are."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.policy.bundles import Part
from tests.commands.policy.rules import FOR_WHEN, joined, read
from tests.thoroughness import share
from vendorgate.commands.policy import implied
from vendorgate.commands.policy.implied import Implied
from vendorgate.commands.policy.lints import repetition
from vendorgate.commands.policy.lints.repetition import canonical
from vendorgate.commands.policy.possible_worlds import Implications, implies
from vendorgate.logic import Node
from vendorgate.model import vocabulary as words

Rule = Any
PATHS = ["project.name", "usage.attributes.team", "usage.purpose", "usage.account"]
WORDS = ["a", "b", "ab", "de", "us"]
NUMBERS = [3, 3.0, 4, "3", True]
DATA = ["phi", "pii", "pci"]
CLASSES = sorted(words.DATA_CLASSES)
OTHERS = [one for one in CLASSES if one != "phi"][:9]
"""With one more, so many that nobody walks through all lists of them."""


def var(path: str, *default: Any) -> Rule:
    return {"var": [path, *default] if default else path}


def _some(words: list[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=2)


def _one(names: list[str], left: st.SearchStrategy[Rule], right: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    return st.tuples(st.sampled_from(names), left, right).map(lambda parts: {parts[0]: [parts[1], parts[2]]})


_PATH = st.sampled_from(PATHS).map(var)
_NUMBER = st.just(var("usage.settings.days"))
_LIST = st.just(var("usage.data"))
_ELEMENT = _one(["==", "==="], st.just(var("")), st.sampled_from(DATA)) | _one(["in"], st.just(var("")), _some(DATA))
NEEDY: st.SearchStrategy[Rule] = st.one_of(
    _one(["==", "===", "!=", "!=="], _PATH, st.sampled_from(WORDS)),
    _one(["==", "!="], st.sampled_from(WORDS), _PATH),
    _one(["in"], _PATH, _some(WORDS)),
    _one(["in"], st.sampled_from(["a", "b"]), st.sampled_from(PATHS[:3]).map(var)),
    _one(["==", "===", "!=", "!==", "<="], _NUMBER, st.sampled_from(NUMBERS)),
    _one(["in"], _NUMBER, _some(NUMBERS)),
    _one(["in"], st.sampled_from(DATA), _LIST),
    _one(["subset", "disjoint"], _LIST, _some(DATA)),
    _one(["subset", "disjoint"], _some(DATA), _LIST),
    _one(["some", "all", "none"], _LIST, _ELEMENT),
    _one(["matches"], st.just(var("project.name")), st.sampled_from(["a*", "b*"])),
    _one(["==", "<="], st.just({"days_since": var("usage.attributes.team")}), st.just(3)),
    FOR_WHEN,
)
WHENS = st.none() | NEEDY | joined(NEEDY) | st.lists(NEEDY, min_size=2, max_size=3).map(lambda parts: {"and": parts})


def trees(rules: list[Rule]) -> list[Node | None]:
    """Rules, checked."""
    entries = [{"id": f"p{at}", "title": "P", "require": [False]} for at in range(len(rules))]
    for entry, rule in zip(entries, rules, strict=True):
        entry.update({} if rule is None else {"when": rule})
    return [one.when for one in read(*entries)]


def looked_up(whens: list[Node | None]) -> list[list[int]]:
    """Of each rule: the places of those that it may imply."""
    implications = Implications()
    found = Implied(range(len(whens)), lambda at: implications.seen(whens[at], canonical(whens[at])))
    return [list(found.by(place)) for place in range(len(whens))]


@settings(max_examples=share(150, 40), deadline=None)
@given(st.lists(WHENS, min_size=9, max_size=14))
def test_every_rule_that_another_one_implies_is_found_by_it(rules: list[Rule]) -> None:
    whens = trees(rules)
    for narrow, places in zip(whens, looked_up(whens), strict=True):
        assert places == sorted(set(places))
        left_out = set(range(len(whens))).difference(places)
        assert [rules[one] for one in left_out if implies(narrow, whens[one])] == []


PACKS = st.lists(st.sampled_from(["", "", "", "x", "y"]), min_size=14, max_size=14)
REQUIRED = st.lists(st.sampled_from([{"covered": "hipaa_baa"}, {"covered": "soc2_type2"}]), min_size=1, max_size=2)
LIKE: st.SearchStrategy[Part] = st.fixed_dictionaries(
    {"require": st.just([{"covered": "hipaa_baa"}]) | REQUIRED},
    optional={
        "when": WHENS.filter(lambda rule: rule is not None),
        "severity": st.sampled_from(["error", "warning"]),
        "on_unknown": st.sampled_from(["fail", "pass"]),
        "enforce_from": st.sampled_from(["2026-01-01", "2027-01-01"]),
    },
)


@settings(max_examples=share(120, 40), deadline=None)
@given(st.lists(LIKE, min_size=9, max_size=14), PACKS)
def test_lint_finds_what_it_finds_where_every_rule_is_asked_about(written: list[Part], packs: list[str]) -> None:
    policies = read(*({"id": f"p{index}", "title": "P", **one} for index, one in enumerate(written)))
    pack = {one.id: name for one, name in zip(policies, packs, strict=False)}
    found = [list(repetition.between_policies(policies, lambda one: pack[one.id]))]
    with mock.patch.object(implied, "_FEW", len(policies)):
        found.append(list(repetition.between_policies(policies, lambda one: pack[one.id])))
    assert [(one.id, one.policy, one.help) for one in found[0]] == [(one.id, one.policy, one.help) for one in found[1]]


SHAPES: dict[str, Any] = {
    "a name": lambda at: {"==": [var("project.name"), f"p{at}"]},
    "a name, written first": lambda at: {"===": [f"p{at}", var("project.name")]},
    "not another name": lambda at: {"!": {"!=": [var("project.name"), f"p{at}"]}},
    "an attribute that may be unknown": lambda at: {"==": [var("usage.attributes.team"), f"t{at}"]},
    "one of names, of which many have one": lambda at: {"in": [var("project.name"), ["all", f"p{at}"]]},
    "one of two globs": lambda at: {
        "or": [
            {"matches": [var("project.name"), f"p{at}-*"]},
            {"matches": [var("usage.attributes.team"), f"t{at}-*"]},
        ]
    },
    "a glob": lambda at: {"matches": [var("project.name"), f"p{at}-*"]},
    "a class of data": lambda at: {"in": [CLASSES[at], var("usage.data")]},
    "one of two classes of data": lambda at: {"!": {"disjoint": [var("usage.data"), CLASSES[at : at + 2]]}},
    "some class of data": lambda at: {"some": [var("usage.data"), {"==": [var(""), CLASSES[at]]}]},
    "a class of data and a name": lambda at: {
        "and": [{"in": ["phi", var("usage.data")]}, {"==": [var("project.name"), f"p{at}"]}]
    },
    "a name or a team": lambda at: {
        "or": [{"==": [var("project.name"), f"p{at}"]}, {"==": [var("usage.attributes.team"), f"t{at}"]}]
    },
    "a name here, a team there": lambda at: {
        "==": [var("project.name" if at % 2 else "usage.attributes.team"), f"x{at}"]
    },
    "a class that many name, and a setting of its own": lambda at: {
        "and": [{"in": ["phi", var("usage.data")]}, {"<=": [var(f"usage.settings.s{at}"), 3]}]
    },
    "a setting of its own": lambda at: {"<=": [var(f"usage.settings.s{at}"), 3]},
    "one way of two": lambda at: {
        "if": [
            {"known": "usage.region"},
            {"==": [var("project.name"), f"p{at}"]},
            {"in": [var("project.name"), [f"p{at}"]]},
        ]
    },
    "too many worlds": lambda at: {"and": [{"==": [var(f"usage.settings.s{one}"), f"{one} {at}"]} for one in range(9)]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_few_rules_that_differ_in_a_word_are_asked_about(shape: str) -> None:
    many = 10 if "of data" in shape and "name" not in shape else 60
    assert max(map(len, looked_up(trees([SHAPES[shape](at) for at in range(many - 1)])))) <= 3


ALL_ASKED: dict[str, Any] = {
    "a number": lambda at: {"==": [var("usage.attributes.cost_center"), at]},
    "a part of a text": lambda at: {"in": [f"<{at}>", var("usage.attributes.tags")]},
    "all but a name": lambda at: {"!=": [var("project.name"), f"p{at}"]},
    "a word, a number among them": lambda at: {"in": [var("usage.attributes.team"), [f"t{at}", at]]},
    "a text that is not empty": lambda at: {
        "and": [var("usage.attributes.team"), {"<": [var("usage.purpose"), f"{at}"]}]
    },
    "more than is looked at": lambda at: {
        "and": [{"==": [var(f"usage.settings.s{one}"), f"{one} {at}"]} for one in range(17)]
    },
    "one of two things, the one of which nobody can refute": lambda at: {
        "or": [{"==": [var("project.name"), f"p{at}"]}, {"!=": [var("usage.purpose"), f"{at}"]}]
    },
}


@pytest.mark.parametrize("shape", ALL_ASKED)
def test_rules_of_which_nobody_knows_what_they_need_are_all_asked_about(shape: str) -> None:
    rules = [ALL_ASKED[shape](at) for at in range(20)]
    assert looked_up(trees(rules)) == [[*range(20)]] * 20


def test_rules_that_can_never_be_met_or_always_are_asked_about_all_that_may_follow() -> None:
    named = {"==": [var("project.name"), "a"]}
    never = {"and": [named, {"!": [named]}]}
    found = looked_up(trees([never, None, False, *({"==": [var("project.name"), f"p{at}"]} for at in range(9))]))
    assert found[0] == [*range(12)]
    assert found[1] == [1]
    assert found[2] == [*range(12)]
    assert found[3] == [1, 3]


TEN = [{"==": [var("usage.purpose"), f"other {at}"]} for at in range(9)]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"==": [var("usage.settings.days"), 3]}, {"==": [var("usage.settings.days"), "3"]}),
        ({"==": [var("usage.settings.days"), 3]}, {"in": [var("usage.settings.days"), [3.0, 4]]}),
        ({"==": [var("usage.attributes.tags"), "a b"]}, {"in": ["b", var("usage.attributes.tags")]}),
        ({"==": [var("project.name"), "a"]}, {"or": [{"==": [var("project.name"), "a"]}, {"known": "usage.region"}]}),
        ({"known": "usage.region"}, {"or": [{"==": [var("project.name"), "a"]}, {"known": "usage.region"}]}),
        (
            {"and": [{"known": "usage.settings.mode"}, {"==": [var("usage.settings.mode"), "on"]}]},
            {"or": [{"==": [var("project.name"), "a"]}, {"==": [var("usage.settings.mode", "off"), "on"]}]},
        ),
        (
            {"==": [var("usage.attributes.team"), ""]},
            {"and": [{"!": [var("usage.attributes.team")]}, {"!=": [var("usage.attributes.team"), "a"]}]},
        ),
        ({"==": [var("project.name"), "a"]}, {"!": [{"==": [var("project.name"), "b"]}]}),
        (
            {"==": [var("project.name"), "a"]},
            {"or": [{"<=": [var("usage.settings.days"), 3]}, {"!": {"<=": [var("usage.settings.days"), 3]}}]},
        ),
        ({"and": [{"==": [var("project.name"), "a"]}, False]}, {"==": [var("project.name"), "b"]}),
        ({"in": ["phi", var("usage.data")]}, {"!": {"disjoint": [var("usage.data"), ["pii", "phi"]]}}),
        ({"==": [var("usage.tier"), "enterprise"]}, {"in": [var("usage.tier"), ["free", "self_serve", "enterprise"]]}),
        ({"==": [var("project.name"), "a"]}, {"in": [var("usage.tier"), ["free", "self_serve", "enterprise"]]}),
        ({"==": [var("project.name"), "a"]}, None),
        ({"!": {"known": "usage.attributes.team"}}, {"!": {"!": [{"!": {"known": "usage.attributes.team"}}]}}),
        (
            {"and": [{"in": ["phi", var("usage.data")]}, *({"!": {"in": [one, var("usage.data")]}} for one in OTHERS)]},
            {"in": ["phi", var("usage.data")]},
        ),
    ],
)
def test_what_follows_in_another_way_is_found_among_rules_that_do_not(narrow: Rule, wide: Rule) -> None:
    whens = trees([narrow, wide, *TEN])
    assert implies(whens[0], whens[1])
    assert looked_up(whens)[0][:2] == [0, 1]
