"""Laws of rules over all usages, held to a plain reference that tries every way to complete what is not known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.fleets import VENDORS, fleet, judged, truth
from tests.thoroughness import share
from vendorgate.evaluate.fleet import Member
from vendorgate.logic import Value

pytestmark = pytest.mark.hypothesis
Known = Mapping[str, Any]
PATHS = {"usage.data": (["phi"], ["pii"], []), "offering.platform": ("A", "B", "C", "D")}
"""What each path can be: as many platforms as a fleet here has usages, and one more."""


def states(path: str) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(PATHS[path]))


@st.composite
def members(draw: st.DrawFn) -> Member:
    stated = {path: draw(states(path)) for path in PATHS}
    known: dict[str, Value] = {path: value for path, value in stated.items() if value is not None}
    return Member(known, draw(st.integers(1, 2)), 0)


def fleets() -> st.SearchStrategy[list[Member]]:
    return st.lists(members(), max_size=3).filter(lambda found: sum(one.times for one in found) <= 3)


ATOMS = st.one_of(
    st.sampled_from(("phi", "pii")).map(lambda word: {"in": [word, {"var": "usage.data"}]}),
    st.sampled_from(("A", "B")).map(lambda word: {"==": [{"var": "offering.platform"}, word]}),
)
BODIES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: {"and": [*pair]}),
        st.tuples(inner, inner).map(lambda pair: {"or": [*pair]}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=3,
)
LISTS = st.recursive(
    st.just({"var": "usages"}),
    lambda inner: st.tuples(inner, BODIES).map(lambda pair: {"filter": [*pair]}),
    max_leaves=2,
)
COUNTS = LISTS.map(lambda over: {"count_distinct": [over, {"var": "offering.platform"}]})
LEAVES = st.one_of(
    st.tuples(st.sampled_from(("all", "some", "none")), LISTS, BODIES).map(lambda three: {three[0]: [*three[1:]]}),
    st.tuples(st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), COUNTS, st.integers(0, 3)).map(
        lambda three: {three[0]: [*three[1:]]}
    ),
)
RULES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: {"and": [*pair]}),
        st.tuples(inner, inner).map(lambda pair: {"or": [*pair]}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=3,
)


def completions(known: list[Member]) -> Iterator[list[Known]]:
    """Every fleet that this one can be: each usage by itself, with each value of what nobody states."""
    ways = []
    for one in known:
        free = [path for path in PATHS if path not in one.stated]
        values = itertools.product(*(PATHS[path] for path in free))
        full: list[Known] = [{**one.stated, **dict(zip(free, chosen, strict=True))} for chosen in values]
        ways.extend([full] * one.times)
    yield from ([*way] for way in itertools.product(*ways))


PLAINLY: dict[str, Any] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def plainly(rule: Any, usages: list[Known], one: Known | None = None) -> Any:
    """What a rule is of a fleet of which everything is known, written as simply as it can be."""
    if not isinstance(rule, dict):
        return rule
    ((name, arguments),) = rule.items()
    if name == "var":
        return usages if one is None else one[arguments]
    if name == "not":
        return not plainly(arguments, usages, one)
    first = plainly(arguments[0], usages, one)
    if name in ("filter", "all", "some", "none", "count_distinct"):
        found = [plainly(arguments[1], usages, each) for each in first]
        if name == "filter":
            return [each for each, kept in zip(first, found, strict=True) if kept]
        if name == "count_distinct":
            return len(set(found))
        return {"all": bool(found) and all(found), "some": any(found), "none": not any(found)}[name]
    second = plainly(arguments[1], usages, one)
    if name == "in":
        return first in second
    return (
        {"and": first and second, "or": first or second}[name]
        if name in ("and", "or")
        else PLAINLY[name](first, second)
    )


@settings(max_examples=share(400))
@given(RULES, fleets())
def test_an_answer_is_that_of_every_completion(rule: Any, known: list[Member]) -> None:
    found = truth(rule, *known)
    possible = {bool(plainly(rule, usages)) for usages in completions(known)}
    if found is not None:
        assert possible == {found}
    if len(known) == sum(len(one.stated) == len(PATHS) for one in known):
        assert found is not None, "nothing is unknown"


@settings(max_examples=share(200))
@given(fleets(), st.integers(0, 3), st.sampled_from([*PLAINLY]))
def test_a_count_over_a_filter_is_as_sharp_as_can_be(known: list[Member], number: int, name: str) -> None:
    rule = {name: [VENDORS, number]}
    possible = {bool(plainly(rule, usages)) for usages in completions(known)}
    if name in ("==", "!=") or len(possible) == 1:
        assert truth(rule, *known) in (None, *possible)
    if name in ("<", "<=", ">", ">="):
        assert truth(rule, *known) is (possible.pop() if len(possible) == 1 else None)


@settings(max_examples=share(200))
@given(RULES, fleets(), st.lists(members(), max_size=1))
def test_usages_that_could_not_be_read_are_reckoned_with(rule: Any, known: list[Member], more: list[Member]) -> None:
    found = truth(rule, *known, unread=1)
    for usages in completions([*known, *more]):
        assert found is None or bool(plainly(rule, usages)) is found


@settings(max_examples=share(200))
@given(RULES, st.lists(members(), min_size=1, max_size=3), st.data())
def test_to_say_less_never_makes_a_rule_pass_that_blocks(rule: Any, known: list[Member], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(known) - 1))
    one = known[place]
    kept = data.draw(st.sets(st.sampled_from(sorted(one.stated)))) if one.stated else set()
    less = [*known]
    less[place] = Member({path: value for path, value in one.stated.items() if path in kept}, one.times, 0)
    if judged(rule, of=fleet(*known)).blocks:
        assert judged(rule, of=fleet(*less)).blocks


@settings(max_examples=share(100))
@given(RULES, fleets(), st.randoms(use_true_random=False))
def test_order_and_repetition_say_nothing(rule: Any, known: list[Member], random: Any) -> None:
    single = [Member(one.stated, 1, 0) for one in known for _ in range(one.times)]
    random.shuffle(single)
    assert truth(rule, *single) is truth(rule, *known)
