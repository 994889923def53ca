"""A rule becomes a tree of nodes that know their places, and a tree becomes a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.logic import Json, Literal, Node, Operation, Sequence, parse, unparse, walk
from vendorgate.logic.tree import Place

RULES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=20,
)


def test_a_lone_argument_may_stand_without_its_list() -> None:
    assert parse({"!": 1}) == Operation("!", (Literal(1, ("!",)),))
    assert parse({"!": [1]}) == Operation("!", (Literal(1, ("!", 0)),))


def test_a_list_is_evaluated_item_by_item() -> None:
    assert parse([1, [{"var": "a"}]]) == Sequence(
        (Literal(1, (0,)), Sequence((Operation("var", (Literal("a", (1, 0, "var")),), (1, 0)),), (1,)))
    )


@pytest.mark.parametrize("rule", [{}, {"a": 1, "b": {"var": "c"}}])
def test_an_object_that_is_no_operation_stands_for_itself(rule: Json) -> None:
    assert parse(rule) == Literal(rule)
    assert unparse(parse(rule)) is rule


def test_places_begin_where_the_rule_stands() -> None:
    tree = parse({"!": {"var": "a"}}, ("policies", 3))
    assert [node.place for node in walk(tree)] == [
        ("policies", 3),
        ("policies", 3, "!"),
        ("policies", 3, "!", "var"),
    ]


def test_parents_come_before_their_children_and_those_in_order() -> None:
    tree = parse({"and": [{"==": [1, 2]}, [3, {"!": 4}], 5]})
    assert [node.value for node in walk(tree) if isinstance(node, Literal)] == [1, 2, 3, 4, 5]
    assert [node.name for node in walk(tree) if isinstance(node, Operation)] == ["and", "==", "!"]


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ({"!": [1]}, {"!": 1}),
        ({"!": [[1]]}, {"!": [[1]]}),
        ({"!": [{}]}, {"!": {}}),
        ({"+": []}, {"+": []}),
        ({"+": [1, 2]}, {"+": [1, 2]}),
        ([{"var": ["a"]}], [{"var": "a"}]),
    ],
)
def test_a_lone_argument_is_written_without_its_list(rule: Json, written: Json) -> None:
    assert unparse(parse(rule)) == written


def tree(rule: Json, place: Place) -> Node:
    """The same, one node after another."""
    if isinstance(rule, list):
        return Sequence(tuple(tree(item, (*place, index)) for index, item in enumerate(rule)), place)
    if isinstance(rule, dict) and len(rule) == 1:
        ((name, value),) = rule.items()
        given = value if isinstance(value, list) else [value]
        places = [(*place, name, index) if isinstance(value, list) else (*place, name) for index in range(len(given))]
        return Operation(name, tuple(map(tree, given, places)), place)
    return Literal(rule, place)


@given(rule=RULES)
def test_each_node_has_what_stands_in_its_place(rule: Json) -> None:
    assert repr(parse(rule)) == repr(tree(rule, ()))
    assert repr(parse(rule, ("require", 1))) == repr(tree(rule, ("require", 1)))
