"""A command line that is read without click is read as click reads it, or not at all."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendorgate.cli.commands import dispatch
from vendorgate.cli.run import run
from vendorgate.commands.check import command
from vendorgate.commands.check.plain import FLAGS, OPTIONS, read_plain
from vendorgate.commands.check.request import CheckRequest

VALUES = [
    "a.yaml",
    "text",
    "json",
    "json=out.json",
    "2026-11-24",
    "2026-02-30",
    "error",
    "never",
    "",
    "-",
    "check",
    "*",
]
WORDS = [
    *OPTIONS,
    *FLAGS,
    "--verbose=x",
    "--help",
    "--debug",
    "--",
    "-h",
    "-x",
    "--pol",
    "--as",
    "--format=json",
    "--output=text=b",
    "--as-of=",
]


def as_click_reads(arguments: list[str]) -> CheckRequest | None:
    found: list[CheckRequest] = []

    def take(request: CheckRequest) -> int:
        found.append(request)
        return 0

    with mock.patch.object(command, "run_check", take):
        dispatch(arguments, run)
    return found[0] if found else None


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from([*VALUES, *WORDS]), max_size=7))
def test_what_is_read_plainly_is_what_click_reads(words: list[str]) -> None:
    request = read_plain(["check", *words])
    if request is not None:
        assert request == as_click_reads(["check", *words])


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.yaml", "b.yaml"],
        ["a.yaml", "--policies", "p", "--registry=r", "b.yaml", "--as-of", "2026-11-24", "--fail-on", "note"],
        ["--output", "json=a", "--output=text=b", "--format", "json"],
        ["--policies", "one", "--policies", "two"],
    ],
)
def test_plain_checks_need_no_click(words: list[str]) -> None:
    request = read_plain(["check", *words])
    assert request is not None
    assert request == as_click_reads(["check", *words])


@pytest.mark.parametrize(
    "words",
    [["--help"], ["--debug"], ["--polic", "p"], ["--as-of", "today"], ["--format", "xml"], ["--policies"], ["--", "a"]],
)
def test_what_is_not_plain_is_left_to_click(words: list[str]) -> None:
    assert read_plain(["check", *words]) is None


def test_only_check_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_plain(["explain", "a.yaml"]) is None
    assert read_plain([]) is None
    monkeypatch.setenv("_VENDORGATE_COMPLETE", "bash_complete")
    assert read_plain(["check"]) is None
