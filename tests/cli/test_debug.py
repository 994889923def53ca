"""`--debug` on every command, before and after its sub-commands; the walk finds the commands that come later, too."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from tests.command import ROOT, vendorgate
from vendorgate.cli import run as running
from vendorgate.cli.commands import vendorgate as root

_COMMANDS_OF_TODAY = 40


def _commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*words, name))


EVERY = [words for words, _ in _commands(root)]


def test_walk_finds_nested_commands() -> None:
    assert len(EVERY) >= _COMMANDS_OF_TODAY
    assert ("registry", "list") in EVERY
    assert ("waiver", "add") in EVERY


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_takes_debug_wherever_it_stands(words: tuple[str, ...]) -> None:
    for place in range(len(words) + 1):
        given = (*words[:place], "--debug", *words[place:])
        ended = vendorgate(*given, "--help", folder=ROOT)
        assert ended.code == 0, ended.stderr
        assert "--debug" in ended.stdout


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("registry", "list"), False),
        (("registry", "list", "--debug"), True),
        (("registry", "--debug", "list"), True),
        (("--debug", "registry", "list"), True),
        (("registry", "list", "--", "--debug"), False),
    ],
)
def test_debug_shows_where_a_fault_was(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], shown: bool) -> None:
    def broken(arguments: list[str]) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(running, "_run", broken)
    ended = vendorgate(*words, folder=ROOT)
    assert ended.code == 3
    assert ("Traceback" in ended.stderr) is shown
