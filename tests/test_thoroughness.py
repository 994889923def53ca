"""What a commit leaves out of cases that are alike, other cases try, and a thorough run leaves out nothing."""

from __future__ import annotations

import pytest

from tests import thoroughness
from tests.thoroughness import LEAST, SHARE, pairs, part, share

ROWS, COLUMNS = tuple("abcdefg"), tuple(range(5))


def run_is(thorough: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thoroughness, "thorough", lambda: thorough)


def test_turns_together_try_everything_and_each_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    run_is(False, monkeypatch)
    tried = [part(ROWS, turn) for turn in range(3)]
    assert sorted("".join(map("".join, tried))) == sorted(ROWS)
    assert [len(one) for one in tried] == [3, 2, 2]


@pytest.mark.parametrize("of", [2, 3, 5])
def test_each_row_is_tried_with_something_and_so_is_each_column(of: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run_is(False, monkeypatch)
    tried = pairs(ROWS, COLUMNS, of)
    assert {row for row, _ in tried} == set(ROWS)
    assert {column for _, column in tried} == set(COLUMNS)
    assert len(tried) <= len(ROWS) * (len(COLUMNS) // of + 1)


def test_thorough_run_leaves_out_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run_is(True, monkeypatch)
    assert part(ROWS, 1) == ROWS
    assert pairs(ROWS, COLUMNS) == [(row, column) for row in ROWS for column in COLUMNS]
    assert share(300) == 300


def test_law_tries_a_share_and_never_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    run_is(False, monkeypatch)
    assert (share(300), share(2 * LEAST), share(3)) == (300 // SHARE, LEAST, 3)
