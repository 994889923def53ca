"""How far a run is, is said now and then: on one line of a terminal, in lines of a log, never on standard output."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.fleet.runs import checked, fleet_of, rows_file
from vendorgate.commands.fleet.check import progress
from vendorgate.commands.fleet.check.json_lines import JsonLines
from vendorgate.commands.fleet.check.progress import Progress, progress_on


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """An error stream that is a terminal's, or a log's."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(progress, "time", found)
    return found


def half_read(folder: Path) -> JsonLines:
    source = JsonLines(str(rows_file(folder / "rows.jsonl", fleet_of(128))), "rows.jsonl")
    next(source.pieces())
    return source


def told(folder: Path, clock: Clock, stream: Terminal, steps: Iterator[tuple[float, int]]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        with progress_on([half_read(folder)]) as found:
            for seconds, manifests in steps:
                clock.now += seconds
                found.tell(manifests)
    return stream.getvalue()


def test_line_of_a_terminal_is_written_over_and_taken_away(tmp_path: Path, clock: Clock) -> None:
    said = told(tmp_path, clock, Terminal(is_terminal=True), iter([(0.1, 5), (1.9, 100), (0.1, 110), (2, 400)]))
    assert said == (
        "\r\x1b[K[############            ]  50% 100 manifests judged, 50 a second"
        "\r\x1b[K[############            ]  50% 400 manifests judged, 98 a second"
        "\r\x1b[K"
    )


def test_log_gets_a_line_now_and_then(tmp_path: Path, clock: Clock) -> None:
    said = told(tmp_path, clock, Terminal(is_terminal=False), iter([(1, 5), (29, 60), (10, 80), (20, 120)]))
    assert said == "50%: 60 manifests judged, 2 a second\n50%: 120 manifests judged, 2 a second\n"


def test_short_run_says_nothing_of_how_far_it_is(tmp_path: Path) -> None:
    rows_file(tmp_path / "rows.jsonl", fleet_of(3))
    ended = checked(tmp_path, "rows.jsonl")
    assert "judged," not in ended.stderr


def test_command_that_a_run_ends_with_shows_it(tmp_path: Path) -> None:
    rows_file(tmp_path / "rows.jsonl", fleet_of(3))
    said = checked(tmp_path, "rows.jsonl").stderr.splitlines()[-1]
    ended = vendorgate(*said.removeprefix("the run is in run; look at it: vendorgate ").split(), folder=tmp_path)
    assert (ended.code, ended.stdout[:2]) == (0, "# ")
    assert (tmp_path / "fleet.html").read_text("utf-8").startswith("<!doctype html>")


def test_sources_of_which_one_does_not_know_its_size_have_no_share(clock: Clock, tmp_path: Path) -> None:
    class Endless(JsonLines):
        share_read = None

    found = Progress([half_read(tmp_path), Endless("x", "x")], is_terminal=False)
    stream = Terminal(is_terminal=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        clock.now += 40
        found.tell(80)
    assert stream.getvalue() == "80 manifests judged, 2 a second\n"
