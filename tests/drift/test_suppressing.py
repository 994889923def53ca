"""What the bundle excepts, and what comments suppress: what they name, until they end, and nothing else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.drift.world import comment, departing, held, manifest, rules, seen, usage
from vendorgate.model.result import Notice

EMPTY = manifest()
CODE = (seen("openai-api", "scripts/a/b.py:3"), seen("cerebras", "src/c.py:3"))
BOTH = [("undeclared-offering", "openai-api"), ("undeclared-offering", "cerebras")]
LETS = {"comments": {"max_days": 90}}


def said(found: tuple[Notice, ...]) -> list[tuple[str, str]]:
    return [(one.id, one.severity) for one in found]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ({"offering": "openai-api"}, BOTH[1:]),
        ({"offering": "open*"}, BOTH[1:]),
        ({"offering": "cerebras"}, BOTH[:1]),
        ({"offering": "*"}, []),
        ({"offering": "openai"}, BOTH),
        ({"path": "scripts/**"}, BOTH[1:]),
        ({"path": "**/*.py"}, []),
        ({"path": "scripts/*"}, BOTH),
        ({"path": "scripts"}, BOTH),
        ({"path": "src/c.py"}, BOTH[:1]),
        ({"path": "scripts/**", "offering": "cerebras"}, BOTH),
        ({"path": "scripts/**", "offering": "openai-api"}, BOTH[1:]),
        ({"path": "**", "expires": "2026-11-29"}, []),
        ({"path": "**", "expires": "2026-11-28"}, BOTH),
    ],
)
def test_exception_reaches_what_it_names_until_its_last_day(written: dict[str, Any], left: list[Any]) -> None:
    found = held(CODE, EMPTY, by=rules(**{"except": [{**written, "reason": "r"}]}))
    assert departing(found.drift) == left
    assert [(one.drift.kind, one.drift.offering or one.drift.vendor) for one in found.suppressed] == [
        one for one in BOTH if one not in left
    ]
    assert {(one.by, one.reason) for one in found.suppressed} <= {("exception", "r")}


def test_exception_goes_by_the_path_from_the_root_of_the_repository() -> None:
    by = rules(**{"except": [{"path": "deep/**", "reason": "r"}]})
    assert departing(held(CODE[:1], EMPTY, by=by, place=lambda shown: f"deep/{shown}").drift) == []
    assert departing(held(CODE[:1], EMPTY, by=by).drift) == BOTH[:1]
    every = rules(**{"except": [{"path": "**", "reason": "r"}]})
    assert departing(held(CODE[:1], EMPTY, by=every).drift) == []
    outside = held(CODE[:1], EMPTY, by=every, place=lambda shown: f"/{shown}" if shown.endswith(".py") else shown)
    assert departing(outside.drift) == [("not-in-a-project", "openai-api")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"offering": "openai-api"}, []),
        ({"offering": "groq-api"}, [("unused-exception", "note")]),
        ({"offering": "openai-api", "expires": "2026-11-28"}, [("expired-exception", "warning")]),
        ({"offering": "groq-api", "expires": "2026-11-28"}, [("unused-exception", "note")]),
    ],
)
def test_exceptions_that_do_nothing_are_told_at_their_place(written: dict[str, Any], expected: list[Any]) -> None:
    found = held(CODE, EMPTY, by=rules(**{"except": [{**written, "reason": "r"}]}))
    assert said(found.notices) == expected
    assert all(one.location is not None and one.location.path == "bundle.yaml" for one in found.notices)


def test_exception_is_unused_only_where_the_whole_repository_was_looked_at() -> None:
    by = rules(**{"except": [{"offering": "groq-api", "reason": "r"}]})
    assert said(held(CODE, EMPTY, by=by, looked_at=("scripts/",)).notices) == []
    ended = rules(**{"except": [{"offering": "openai-api", "reason": "r", "expires": "2026-11-28"}]})
    assert said(held(CODE, EMPTY, by=ended, looked_at=("scripts/",)).notices) == [("expired-exception", "warning")]


def test_exception_that_ended_and_is_not_missed_is_unused() -> None:
    ended = {"offering": "openai-api", "reason": "a", "expires": "2026-11-28"}
    found = held(CODE, EMPTY, by=rules(**{"except": [ended, {"path": "scripts/**", "reason": "b"}]}))
    assert said(found.notices) == [("unused-exception", "note")]


def test_second_exception_of_the_same_is_unused() -> None:
    twice = rules(**{"except": [{"offering": "openai-api", "reason": "a"}, {"path": "scripts/**", "reason": "b"}]})
    assert said(held(CODE, EMPTY, by=twice).notices) == [("unused-exception", "note")]


def test_exception_of_what_is_declared_is_unused() -> None:
    by = rules(**{"except": [{"offering": "openai-api", "reason": "r"}]})
    found = held(CODE[:1], manifest(usage("openai-api")), by=by)
    assert (found.suppressed, said(found.notices)) == ((), [("unused-exception", "note")])


GOOD = "x = 1  # vendorgate: ignore openai-api until 2027-01-31: being moved"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (GOOD, "src/a.py:3"),
        ("# vendorgate: ignore openai-api until 2027-01-31: being moved", "src/a.py:2"),
        ("  // vendorgate: ignore openai-api until 2027-01-31: x", "src/a.py:2"),
        ("  -- vendorgate: ignore openai-api until 2027-01-31: x", "src/a.py:2"),
        ("<!-- vendorgate: ignore openai-api until 2027-01-31: x -->", "src/a.py:2"),
        ("/* vendorgate: ignore openai-api until 2027-01-31: x */", "src/a.py:2"),
        (" * vendorgate: ignore openai-api until 2027-01-31: x", "src/a.py:2"),
        ("  {/* vendorgate: ignore openai-api until 2027-01-31: x */}", "src/a.py:2"),
        ("call(/* vendorgate: ignore openai-api until 2027-01-31: x */ a)", "src/a.py:3"),
        ("/* vendorgate: ignore openai-api until 2027-01-31: x */ call()", "src/a.py:3"),
        ("#vendorgate:ignore openai-api until 2027-01-31:x", "src/a.py:2"),
    ],
)
def test_comment_suppresses_what_it_names_on_its_line_or_the_next(text: str, at: str) -> None:
    found = held([seen("openai-api")], EMPTY, by=rules(**LETS), comments=[comment(text, at)])
    assert (departing(found.drift), said(found.notices)) == ([], [])
    (suppressed,) = found.suppressed
    assert (suppressed.by, suppressed.expires) == ("comment", datetime.date(2027, 1, 31))


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        (GOOD, "src/a.py:2", "unused-comment"),
        (GOOD, "src/a.py:4", "unused-comment"),
        (GOOD, "src/b.py:3", "unused-comment"),
        ("/* vendorgate: ignore openai-api until 2027-01-31: x */ call()", "src/a.py:2", "unused-comment"),
        ("# vendorgate: ignore openai-api until 2027-01-31: x", "src/a.py:3", "unused-comment"),
        ("# vendorgate: ignore cerebras until 2027-01-31: x", "src/a.py:2", "unused-comment"),
        ("# vendorgate: ignore openai-* until 2027-01-31: x", "src/a.py:2", "unused-comment"),
        ("# vendorgate: ignore * until 2027-01-31: x", "src/a.py:2", "unused-comment"),
        ("# vendorgate: ignore", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore: everything", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore until 2027-01-31: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until 2027-01-31", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until 2027-01-31:  ", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until 2027-02-31: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until 2027-W04-1: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until tomorrow: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api cerebras until 2027-01-31: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until 2026-11-28: x", "src/a.py:2", "comment-not-obeyed"),
        ("# vendorgate: ignore openai-api until 2027-02-28: x", "src/a.py:2", "comment-not-obeyed"),
        ("vendorgate: ignore openai-api until 2027-01-31: x", "src/a.py:2", None),
        ("# vendorgate: a gate", "src/a.py:2", None),
        ("# vendorgate:", "src/a.py:2", None),
        ("# vendorgate: ignored by most", "src/a.py:2", None),
    ],
)
def test_comment_that_does_nothing_is_told_and_the_finding_stands(text: str, at: str, told: str | None) -> None:
    found = held([seen("openai-api")], EMPTY, by=rules(**LETS), comments=[comment(text, at)])
    assert departing(found.drift) == [("undeclared-offering", "openai-api")]
    assert found.suppressed == ()
    assert [one.id for one in found.notices] == ([told] if told else [])


def test_comment_counts_only_where_the_bundle_lets_it() -> None:
    found = held([seen("openai-api")], EMPTY, comments=[comment(GOOD)])
    assert departing(found.drift) == [("undeclared-offering", "openai-api")]
    (notice,) = found.notices
    assert (notice.id, notice.severity) == ("comment-not-obeyed", "warning")
    assert "the bundle lets no comment suppress anything" in notice.message


def test_comments_one_below_the_other_are_for_the_line_below_them() -> None:
    lines = [
        comment("# vendorgate: ignore openai-api until 2027-01-31: x", "src/a.py:1"),
        comment("# vendorgate: ignore cerebras until 2027-01-31: x", "src/a.py:2"),
    ]
    code = [seen("openai-api"), seen("cerebras"), seen("groq-api")]
    found = held(code, EMPTY, by=rules(**LETS), comments=lines)
    assert departing(found.drift) == [("undeclared-offering", "groq-api")]
    assert found.notices == ()


def test_unused_comment_says_what_its_line_uses() -> None:
    lines = [comment("x()  # vendorgate: ignore openai-apy until 2027-01-31: x")]
    (notice,) = held([seen("openai-api")], EMPTY, by=rules(**LETS), comments=lines).notices
    assert "`openai-api` is what its line uses" in notice.message


def test_what_is_excepted_for_one_stays_for_the_gateway_on_the_way() -> None:
    code = [seen("openai-api", via="helicone")]
    by = rules(**{"except": [{"offering": "openai-api", "reason": "r"}]}, **LETS)
    assert departing(held(code, EMPTY, by=by).drift) == [("undeclared-offering", "helicone")]
    assert departing(held(code, EMPTY, by=rules(**LETS), comments=[comment(GOOD)]).drift) == [
        ("undeclared-offering", "helicone")
    ]
