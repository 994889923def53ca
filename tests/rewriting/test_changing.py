"""A text with other values says what is meant, and changes no line that says the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rewriting.test_appending import files
from tests.thoroughness import share
from vendorgate.load.document import read_document
from vendorgate.rewriting.changing import rewritten, same, without, written
from vendorgate.rewriting.edits import Unclear
from vendorgate.rewriting.orders import CELLS, USAGES

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["no", "2026-01-01", "a: b", "- a", "1.10", "https://a.example/x", "a long text " * 20, "", " a"]),
)
KEYS = st.sampled_from(["value", "note", "facts", "scope", "verified", "a b", "x", "no"])
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
MAPPINGS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


def read(text: str) -> Any:
    problems: list[Any] = []
    document = read_document("x.yaml", text.encode("utf-8"), problems)
    assert problems == []
    assert document is not None
    return document.value


@settings(max_examples=share(400), deadline=None)
@given(
    old=MAPPINGS,
    change=MAPPINGS,
    removed=st.sets(KEYS, max_size=2),
    in_flow=st.booleans(),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_rewritten_text_has_the_new_values_or_none(
    old: Any, change: Any, removed: set[str], in_flow: bool, ending: str
) -> None:
    text = (json.dumps(old) + "\n" if in_flow else written(old)).replace("\n", ending)
    if in_flow and "\\u" in text:
        return
    old = read(text)
    new = {key: value for key, value in {**old, **change}.items() if key not in removed}
    if not set(new) & set(old):
        return
    try:
        made = rewritten(text, old, new)
    except Unclear:
        return
    assert same(read(made), new)


FILE = """\
# above
id: alpha   # the id
dimensions:
  one:
    value: partial   # a grade
    # before the note
    note: >-
      some words that go on
      on another line

    scope: {models: {except: [a,
      b]}, regions: {only: [us]}}   # behind
    facts:
      - p
      # in between
      - q
  two: {value: no_public_evidence, facts: {days: 30,
    more: [1, 2]}}
# below
"""
CHANGES: dict[str, tuple[Any, list[str], list[str]]] = {
    "a value": ({"one": {"value": "unclear"}}, ["    value: partial   # a grade"], ["    value: unclear   # a grade"]),
    "a list in brackets that grows": (
        {"one": {"scope": {"models": {"except": ["a", "b", "c d"]}, "regions": {"only": ["us"]}}}},
        ["      b]}, regions: {only: [us]}}   # behind"],
        ["      b, c d]}, regions: {only: [us]}}   # behind"],
    ),
    "a list below that grows": ({"one": {"facts": ["p", "q", "r"]}}, [], ["      - r"]),
    "something new": ({"one": {"tier": "free"}}, [], ["    tier: free"]),
    "something new in braces": (
        {"two": {"facts": {"days": 30, "more": [1, 2], "p": "no"}}},
        ["    more: [1, 2]}}"],
        ['    more: [1, 2], p: "no"}}'],
    ),
    "a text over lines that goes": (
        {"one": {"note": None}},
        ["    note: >-", "      some words that go on", "      on another line", ""],
        [],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_lines_of_a_change_change(name: str) -> None:
    change, gone, come = CHANGES[name]
    old = read(FILE)
    new = json.loads(json.dumps(old))
    for cell, fields in change.items():
        new["dimensions"][cell].update(fields)
        new["dimensions"][cell] = {key: value for key, value in new["dimensions"][cell].items() if value is not None}
    made = rewritten(FILE, old, new, CELLS)
    assert same(read(made), new)
    before, after = FILE.split("\n"), made.split("\n")
    assert [line for line in before if line not in after] == [line for line in gone if line]
    assert [line for line in after if line not in before] == come
    assert len(after) == len(before) - len(gone) + len(come)


@pytest.mark.parametrize("place", ["scope: &s {models: {except: [a]}}", "scope: *s"])
def test_anchored_value_is_not_changed_for_others(place: str) -> None:
    anchored = "scope: &s {models: {except: [a]}}"
    text = f"one:\n  {anchored}\ntwo:\n  scope: *s\n"
    old = read(text)
    new = json.loads(json.dumps(old))
    new["two" if place == "scope: *s" else "one"]["scope"]["models"]["except"].append("b")
    made = rewritten(text, old, new)
    assert same(read(made), new) == (place == "scope: *s"), "else it is refused by whoever reads it again"


MANIFEST = """\
version: 1
project: p
usages:
  - id: one   # the first
    offering: openai-api
    data: [phi]   # what goes
    fallbacks:
      - azure-openai   # when it is down
      - offering: claude-bedrock
        # about models
        models: [a, b]
  # between
  - {id: two, offering: openai-api, data: [pii], fallbacks: [azure-openai]}
# end
"""
ONES: dict[str, tuple[Any, str, str]] = {
    "a setting where there is none": (
        {0: {"settings": {"data_sharing": False}}},
        "        models: [a, b]\n",
        "        models: [a, b]\n    settings:\n      data_sharing: false\n",
    ),
    "a field before others": (
        {0: {"endpoints": ["responses"]}},
        "    offering: openai-api\n",
        "    offering: openai-api\n    endpoints: [responses]\n",
    ),
    "a fallback that is only named": (
        {0: {"fallbacks": [{"offering": "azure-openai", "region": "eu"}, ...]}},
        "      - azure-openai   # when it is down\n",
        "      - offering: azure-openai   # when it is down\n        region: eu\n",
    ),
    "a fallback in brackets that is only named": (
        {1: {"fallbacks": [{"offering": "azure-openai", "settings": {"a": 1}}]}},
        "[azure-openai]",
        "[{offering: azure-openai, settings: {a: 1}}]",
    ),
    "a name of a list": (
        {0: {"fallbacks": [..., {"offering": "claude-bedrock", "models": ["a", "c"]}]}},
        "models: [a, b]",
        "models: [a, c]",
    ),
    "a name that goes": (
        {0: {"fallbacks": [..., {"offering": "claude-bedrock", "models": ["b"]}]}},
        "models: [a, b]",
        "models: [b]",
    ),
    "a fallback that goes": (
        {0: {"fallbacks": [..., None]}},
        "      - offering: claude-bedrock\n        # about models\n        models: [a, b]\n",
        "",
    ),
    "the first fallback goes": ({0: {"fallbacks": [None, ...]}}, "      - azure-openai   # when it is down\n", ""),
    "all fallbacks go in braces": ({1: {"fallbacks": None}}, ", fallbacks: [azure-openai]", ""),
    "a list behind its comment": (
        {0: {"data": ["phi", "pii"]}},
        "    data: [phi]   # what goes\n",
        "    data: [phi, pii]   # what goes\n",
    ),
    "a text in the place of a list": (
        {0: {"data": {"x": [{"z": 1}]}}},
        "    data: [phi]   # what goes\n",
        "    data:   # what goes\n      x:\n        - z: 1\n",
    ),
}


@pytest.mark.parametrize("name", ONES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_changes_in_an_entry_of_a_list_changes_alone(name: str, ending: str) -> None:
    change, gone, come = ONES[name]
    text = MANIFEST.replace("\n", ending)
    old = read(text)
    new = json.loads(json.dumps(old))
    for index, fields in change.items():
        for field, value in fields.items():
            if isinstance(value, list):
                kept = [old["usages"][index][field][at] if one is ... else one for at, one in enumerate(value)]
                new["usages"][index][field] = [one for one in kept if one is not None]
            elif value is None:
                del new["usages"][index][field]
            else:
                new["usages"][index][field] = value
    made = rewritten(text, old, new, USAGES)
    assert same(read(made), new)
    assert made == MANIFEST.replace(gone, come, 1).replace("\n", ending) != text


def test_entry_that_is_an_alias_is_not_changed() -> None:
    text = "list:\n  - &a {x: 1}\n  - *a\n"
    old = read(text)
    with pytest.raises(Unclear):
        rewritten(text, old, {"list": [{"x": 1}, {"x": 2}]})


ENTRIES = st.lists(VALUES, min_size=1, max_size=4)


@settings(max_examples=share(400), deadline=None)
@given(old=ENTRIES, new=ENTRIES, keep=st.lists(st.booleans(), min_size=4, max_size=4), in_flow=st.booleans())
def test_lists_become_what_is_meant_or_stay(old: Any, new: Any, keep: list[bool], in_flow: bool) -> None:
    text = json.dumps({"a": 1, "list": old, "z": 2}) if in_flow else written({"a": 1, "list": old, "z": 2})
    if in_flow and "\\u" in text:
        return
    before = read(text)
    mixed = [one if kept else other for one, other, kept in zip(old, new, keep, strict=False)] + new[len(old) :]
    for values in (mixed, [one for one, kept in zip(old, keep, strict=False) if kept]):
        after = {**before, "list": values}
        try:
            made = rewritten(text, before, after)
        except Unclear:
            continue
        assert same(read(made), after)


@settings(max_examples=share(300), deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)
    | st.lists(st.sampled_from(["a", "::error::x", "##[x]", "b:", "(c", "#d", "-", "e,"]), max_size=60).map(" ".join)
)
def test_long_texts_are_read_again_and_command_no_ci_system(text: str) -> None:
    made = written({"note": text})
    assert read(made) == {"note": text}
    for line in made.split("\n"):
        assert not line.lstrip().startswith(("::", "##"))
        assert "##" not in line


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("header", ["|+", ">2+"])
@pytest.mark.parametrize("blank", ["\n", "\n  \n", "\n# end\n"])
@pytest.mark.parametrize("gone", [{1}, {1, 2}, {2}])
def test_text_of_lines_takes_no_blank_line_behind_entries_that_go(
    ending: str, header: str, blank: str, gone: set[int]
) -> None:
    text = f"list:\n- note: {header}\n    l a\n- b\n\n- c: 1\n{blank}".replace("\n", ending)
    listed = read(text)["list"]
    made = without(text, "list", gone)
    assert read(made)["list"] == [one for index, one in enumerate(listed) if index not in gone]
    assert made.count("# end") == text.count("# end")


def test_text_of_lines_takes_no_blank_line_behind_a_field_that_goes() -> None:
    text = "a: |+\n  one\nb: 2\n\n"
    old = read(text)
    assert read(rewritten(text, old, {"a": "one\n"})) == {"a": "one\n"}
    other = "a: |+\n  one\nb: 2\n\nc: 3\n"
    assert rewritten(other, read(other), {"a": "one\n", "c": 3}) == "a: |+\n  one\nc: 3\n"


@settings(max_examples=share(400), deadline=None)
@given(files(), st.data())
def test_entries_go_by_their_places_and_no_comment_beside_them(text: str, data: st.DataObject) -> None:
    listed = read(text)["waivers"]
    gone = data.draw(st.sets(st.sampled_from(range(len(listed))), min_size=1))
    made = without(text, "waivers", gone)
    assert read(made)["waivers"] == [one for index, one in enumerate(listed) if index not in gone]
    assert {**read(made), "waivers": 0} == {**read(text), "waivers": 0}
    for comment in ("# between", "# inner\n", "# inner\r", "# out", "# end", "# inner end", "# first", "# all"):
        assert made.count(comment) == text.count(comment)
    rest = iter(text.replace("waivers:", "waivers: []") if len(gone) == len(listed) else text)
    assert all(character in rest for character in made)
