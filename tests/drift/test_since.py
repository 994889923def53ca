"""Which differences a change makes."""

from __future__ import annotations

import msgspec
import pytest

from tests.drift.world import held, manifest, rules, seen, short, usage
from vendorgate.detection.model import Finding
from vendorgate.drift.model import DriftFound
from vendorgate.drift.since import since

OPENAI = usage("openai-api", endpoints=["responses"])
NOBODY: tuple[Finding, ...] = ()


def made(before: DriftFound, after: DriftFound, *touched: str) -> DriftFound:
    return since(before, after, {}, lambda path: path in touched)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (NOBODY, (seen("groq-api"),), [("undeclared-offering", "groq-api")]),
        ((seen("groq-api"),), (seen("groq-api", "src/b.py:9"), seen("groq-api")), []),
        ((seen("groq-api"),), (seen("groq-api"), seen("cerebras")), [("undeclared-offering", "cerebras")]),
        ((seen("groq-api", status="test"),), (seen("groq-api"),), [("undeclared-offering", "groq-api")]),
        (
            (seen("openai-api", endpoint="files"),),
            (seen("openai-api", endpoint="files"), seen("openai-api", endpoint="batches")),
            [("undeclared-endpoint", "openai-api", "batches")],
        ),
    ],
)
def test_what_was_there_is_not_the_changes(
    before: tuple[Finding, ...], after: tuple[Finding, ...], expected: list[tuple[str, ...]]
) -> None:
    was, is_now = (held((seen("openai-api"), *side), manifest(OPENAI)) for side in (before, after))
    assert short(made(was, is_now).drift) == expected


def test_name_that_comes_to_a_list_that_is_left_out_is_new() -> None:
    left_out = manifest(usage("openai-api"))
    before = held([seen("openai-api", endpoint="files")], left_out)
    after = held([seen("openai-api", endpoint="files"), seen("openai-api", "b.py:1", endpoint="batches")], left_out)
    assert short(made(before, after).drift) == [("undeclared-endpoint", "openai-api", "batches", "files")]
    assert short(made(after, before).drift) == []


def test_what_matters_more_than_before_is_new() -> None:
    code = [seen("openai-compatible")]
    before, after = held(code, manifest(OPENAI)), held(code, manifest())
    assert [one.severity for one in made(before, after).drift] == ["warning"]
    assert made(after, before).drift == held(code, manifest(OPENAI)).drift[:0]


def test_place_is_one_that_the_change_touches() -> None:
    code = [seen("groq-api", "a.py:1"), seen("groq-api", "b.py:7"), seen("groq-api", "c.py:3")]
    after = held(code, manifest())
    for touched, place in ((("c.py", "b.py"), "b.py:7:5"), (("c.py",), "c.py:3:5"), (("x.py",), "a.py:1:5")):
        assert [str(one.location) for one in made(held([], manifest()), after, *touched).drift] == [place]


def test_manifest_that_moved_is_the_same() -> None:
    old, new = (manifest(path=f"{folder}/vendorgate.yaml") for folder in ("a", "b"))
    before, after = (held([seen("groq-api", f"{folder}/x.py:1")], one) for folder, one in (("a", old), ("b", new)))
    assert short(since(before, after, {"a/vendorgate.yaml": "b/vendorgate.yaml"}, lambda path: True).drift) == []
    assert short(since(before, after, {}, lambda path: True).drift) == [("undeclared-offering", "groq-api")]


def test_what_is_excepted_from_now_on_is_told_and_what_was_is_not() -> None:
    code = [seen("groq-api")]
    excepted = held(code, manifest(), by=rules(**{"except": [{"offering": "groq-api", "reason": "r"}]}))
    openly = held(code, manifest())
    assert [len(made(openly, excepted).suppressed), len(made(excepted, excepted).suppressed)] == [1, 0]
    assert short(made(excepted, openly).drift) == [("undeclared-offering", "groq-api")]


def test_notice_that_was_there_is_not_told_again() -> None:
    unused = held([], manifest(), by=rules(**{"except": [{"offering": "groq-api", "reason": "r"}]}))
    none = msgspec.structs.replace(unused, notices=())
    assert (len(made(none, unused).notices), made(unused, unused).notices) == (1, ())
