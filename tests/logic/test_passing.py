"""Words that come to a comparison on a way of their own: through choices, lists, iterations and texts made of texts.

Each is held against the words that stand on the other side, and each that fits none of them is a mistake: a rule that
looks for what nothing can be would hold for everything, or for nothing.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from vendorgate.logic import GENERAL, Json, parse
from vendorgate.logic.demands import check
from vendorgate.logic.types import ANY, Dialect, RuleProblem, Type, Vocabulary

COLOUR = Vocabulary("a colour", ("red", "blue", "dark green"), {"rouge": "red"}, in_parts=True)
PET = Vocabulary("a pet", ("cat", "dog"))
PATHS = {
    "pet": Type("text", PET),
    "one": Type("text", COLOUR),
    "other": Type("text", COLOUR),
    "all": Type("list", element=Type("text", COLOUR)),
    "free": ANY,
    "yes": Type("boolean"),
}
DIALECT = Dialect(
    {name: (row.least, row.most) for name, row in GENERAL.items()}, {}, PATHS.__getitem__, frozenset(PATHS)
)


def read(path: str) -> Any:
    return {"var": path}


ONE, ALL, FREE, YES, HAS = (read(path) for path in ("one", "all", "free", "yes", "pet"))
IT, CURRENT, SO_FAR = (read(path) for path in ("", "current", "accumulator"))


def problems(rule: Json) -> list[RuleProblem]:
    return check(parse(rule), DIALECT)[1]


def within(values: Any) -> Json:
    return {"subset": [values, ALL]}


def equal(value: Any) -> Json:
    return {"==": [value, ONE]}


@pytest.mark.parametrize(
    "rule",
    [
        equal("pink"),
        equal({"or": ["pink", "red"]}),
        equal({"and": ["red", "pink"]}),
        equal({"log": "pink"}),
        equal({"if": [YES, "pink", "red"]}),
        equal({"?:": [YES, "red", "pink"]}),
        equal({"if": [YES, "red", {"==": [1, 1]}, "red", "pink"]}),
        equal({"if": [YES, "red", YES, "pink"]}),
        equal({"cat": ["pi", "nk"]}),
        equal({"cat": ["pi", {"cat": ["n", "k"]}]}),
        equal({"substr": ["pinkish", 0, 4]}),
        {"==": [{"var": ["one", "pink"]}, "red"]},
        {"==": [{"var": ["other", "pink"]}, ONE]},
        {"==": [{"var": ["free", "pink"]}, ONE]},
        within({"merge": [["red"], "pink"]}),
        within({"merge": [["pink"], ["red"]]}),
        within({"filter": [["pink"], {"==": [IT, "brown"]}]}),
        within({"map": [["pink"], IT]}),
        within({"map": [["pink"], {"if": [{"==": [IT, "x"]}, "red", IT]}]}),
        within({"map": [["brown"], "pink"]}),
        within({"map": [["red"], {"or": [IT, "pink"]}]}),
        within({"map": [["pink"], {"if": [{"==": [IT, "x"]}, IT, "red"]}]}),
        within({"map": [["pink"], {"map": [[IT], IT]}]}),
        within([{"reduce": [["pink"], CURRENT, "red"]}]),
        within({"reduce": [["pink"], [CURRENT], []]}),
        within([{"reduce": [["brown"], SO_FAR, "pink"]}]),
        within([{"reduce": [["brown"], "pink", "red"]}]),
        {"in": ["pink", {"filter": [ALL, {"!=": [IT, "red"]}]}]},
        {"in": ["pink", {"map": [ALL, IT]}]},
        {"some": [ALL, {"==": [IT, "pink"]}]},
        {"reduce": [ALL, {"or": [SO_FAR, {"==": [CURRENT, "pink"]}]}, False]},
        {"reduce": [ALL, {"reduce": [[CURRENT], {"or": [SO_FAR, {"==": [CURRENT, "pink"]}]}, False]}, False]},
        {"==": [{"or": [False, ONE]}, "pink"]},
        {"==": [{"or": [{"or": [False, ONE]}, 1]}, "pink"]},
        {"==": [{"or": [{"or": [False, ONE]}, 1, True, ONE]}, "pink"]},
    ],
    ids=json.dumps,
)
def test_word_that_nothing_has_is_a_mistake_on_every_way_that_it_comes(rule: Json) -> None:
    assert [one.title for one in problems(rule)] == ["`pink` is not a colour"]


@pytest.mark.parametrize(
    "rule",
    [
        equal("red"),
        equal("rouge"),
        equal(None),
        equal({"if": [{"==": [FREE, "pink"]}, "red", "blue"]}),
        equal({"if": [YES, "red", {"==": [FREE, "pink"]}, "blue", "red"]}),
        equal({"cat": ["r", "ed"]}),
        equal({"cat": ["pink", FREE]}),
        equal({"cat": ["pink", None]}),
        equal({"cat": [["pink"]]}),
        equal({"substr": ["redder", 0, 3]}),
        within({"filter": [["red"], {"==": [{"var": ""}, "pink"]}]}),
        within({"map": [["pink"], "red"]}),
        within({"map": [["pink"], {"if": [{"==": [IT, "pink"]}, "red", "blue"]}]}),
        within({"map": [["pink"], {"map": [["red"], IT]}]}),
        within({"map": [["pink"], {"reduce": [["red"], CURRENT]}]}),
        within([{"reduce": [["pink"], SO_FAR, "red"]}]),
        within([{"reduce": [["red"], CURRENT, "blue"]}]),
        within([{"reduce": [["pink"], {"reduce": [["red"], CURRENT, "blue"]}, "red"]}]),
        within({"reduce": [["pink"], ["red"], []]}),
        {"==": [{"or": [False, ONE]}, False]},
        {"==": [{"or": [FREE, ONE]}, "pink"]},
        {"in": ["pink", {"or": [ALL, ONE]}]},
        {"==": [{"or": [False, {"cat": [FREE]}, ONE]}, "pink"]},
        {"in": ["dark", ONE]},
        {"in": ["dark", {"if": [YES, ONE, HAS]}]},
        {"in": [FREE, ONE]},
        {"matches": ["red", ONE]},
        {"matches": [ONE, "dark *"]},
        {"==": [{"substr": [ONE, 0, 4]}, "dark"]},
        {"==": [{"cat": ["very ", ONE]}, "very dark green"]},
        {"==": [{"cat": [ONE, FREE]}, "pink"]},
        {"==": [{"cat": [ONE, {"var": "other"}]}, "pink"]},
        {"==": [{"cat": [FREE, "!"]}, "pink!"]},
    ],
    ids=json.dumps,
)
def test_word_that_something_has_or_that_is_held_against_no_words_is_none(rule: Json) -> None:
    assert problems(rule) == []


@pytest.mark.parametrize(
    ("rule", "title", "help"),
    [
        ({"in": ["pink", ONE]}, "`pink` is no part of a colour", "known: "),
        ({"matches": [ONE, "pink*"]}, "`pink*` fits nothing that is a colour", "known: "),
        ({"matches": [ONE, "reds*"]}, "`reds*` fits nothing that is a colour", "did you mean `red`?"),
        ({"==": [{"if": [YES, ONE, HAS]}, 5]}, "`5` is not a colour or a pet", "known: "),
        ({"matches": ["pink", ONE]}, "`pink` is not a colour", "known: "),
        (equal("dark*"), "`dark*` is not a colour", "it is compared as it stands; a glob is for {matches"),
        (equal("blu?s"), "`blu?s` is not a colour", "did you mean `blue`?"),
        ({"==": [{"substr": [ONE, 0, 4]}, "pink"]}, "`pink` is not made of a colour so", "known: "),
        ({"==": [{"cat": ["very ", ONE]}, "red"]}, "`red` is not made of a colour so", "did you mean `very red`?"),
        ({"==": [{"cat": [ONE, "!"]}, "red"]}, "`red` is not made of a colour so", "did you mean `red!`?"),
        ({"==": [{"cat": ["a ", ONE, "!"]}, "red"]}, "`red` is not made of a colour so", "`a red!`"),
        ({"in": ["!r", {"cat": [ONE, "!"]}]}, "`!r` is no part of", "`red!`"),
    ],
    ids=json.dumps,
)  # fmt: skip
def test_mistake_says_how_a_word_was_held_against_others(rule: Json, title: str, help: str) -> None:
    (found,) = problems(rule)
    assert found.title.startswith(title)
    assert help in found.help
