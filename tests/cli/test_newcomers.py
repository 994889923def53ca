"""Who types half of a command is told what it needs, and what to type."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from tests.cli.test_words import COMMANDS
from tests.command import ROOT, vendorgate
from vendorgate.cli.commands import vendorgate as program

CLINIC = ROOT / "examples" / "clinic" / "vendorgate.yaml"
SUPPORT = ROOT / "examples" / "newsletter" / "vendorgate.yaml"
NEEDY = [name for name, command in COMMANDS.items() if any(one.required for one in command.params)]


def example(command: click.Command) -> list[str]:
    _, found, text = (command.help or "").rpartition("For example: ")
    assert found
    return shlex.split(text)


def test_commands_that_need_something_are_met() -> None:
    assert {"review", "verify", "waiver add", "registry show", "schema", "completion"} <= set(NEEDY)


@pytest.mark.parametrize("command", NEEDY)
def test_command_without_its_arguments_says_what_it_needs_and_shows_an_example(command: str, tmp_path: Path) -> None:
    ended = vendorgate(*command.split(), folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    usage, missing, help = ended.stderr.splitlines()
    assert usage.startswith(f"Usage: vendorgate {command} ")
    assert missing.startswith("error: Missing ")
    assert help.startswith(f"  = help: for example: vendorgate {command} ")


@pytest.mark.parametrize(
    ("command", "option", "meant"),
    [
        ("check", "--policy", "--policies"),
        ("check", "--outptu", "--output"),
        ("fleet gather", "--stroe", "--store"),
        ("policy lint", "--policies", None),
        ("plan", "--days", None),
        ("check", "-x", None),
    ],
)
def test_option_that_a_command_does_not_have_is_told_with_the_one_that_is_meant_and_an_example(
    command: str, option: str, meant: str | None, tmp_path: Path
) -> None:
    ended = vendorgate(*command.split(), option, "x", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    _, wrong, help = ended.stderr.splitlines()
    assert wrong == f"error: no such option `{option}`" + (f"; did you mean `{meant}`?" if meant else "")
    assert help == f"  = help: for example: {shlex.join(example(COMMANDS[command]))}"


OF_THE_ACTION = {name for name in COMMANDS if name.startswith("action ")}
"""Nobody types them."""


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in OF_THE_ACTION])
def test_help_ends_with_an_example_on_one_line(command: str, tmp_path: Path) -> None:
    ended = vendorgate(*command.split(), "--help", folder=tmp_path)
    (line,) = [one for one in ended.stdout.splitlines() if "For example: " in one]
    assert shlex.split(line.partition("For example: ")[2]) == example(COMMANDS[command])


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in OF_THE_ACTION])
def test_example_is_one_of_the_command_with_options_that_it_has(command: str) -> None:
    program, *words = example(COMMANDS[command])
    assert program == "vendorgate"
    assert words[: len(command.split())] == command.split()
    known = {option for one in COMMANDS[command].params for option in one.opts}
    assert {word for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lint", "did you mean `vendorgate policy lint`?"),
        ("test", "did you mean `vendorgate policy test`?"),
        ("fmt", "did you mean `vendorgate policy fmt`?"),
        ("diff", "did you mean `vendorgate inventory diff` or `vendorgate registry diff` or `vendorgate fleet diff`?"),
        ("add", "did you mean `vendorgate waiver add`?"),
        ("chekc", "did you mean `check`?"),
        ("help", "did you mean `vendorgate --help`?"),
        ("version", "did you mean `vendorgate --version`?"),
    ],
)
def test_command_of_a_group_is_found_without_it(typed: str, meant: str, tmp_path: Path) -> None:
    ended = vendorgate(typed, folder=tmp_path)
    assert ended.code == 2
    assert ended.stderr.endswith(f"error: no such command `{typed}`; {meant}\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("check", "--fail-on", "errors"), "'never'; did you mean `error`?"),
        (("check", "--format", "jsno"), "did you mean `json`?"),
        (("completion", "bsh"), "did you mean `bash`?"),
        (("check", "--format", "pdf"), "'cyclonedx'."),
    ],
)
def test_word_that_is_none_of_a_few_is_refused_with_the_one_that_is_meant(
    typed: tuple[str, ...], meant: str, tmp_path: Path
) -> None:
    ended = vendorgate(*typed, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr.endswith(f"{meant}\n")


def test_command_that_several_groups_have_is_named_with_each(tmp_path: Path) -> None:
    said = vendorgate("list", folder=tmp_path).stderr
    found = set(re.findall(r"`vendorgate (\w+) list`", said))
    context = click.Context(program)
    groups = {name: program.get_command(context, name) for name in program.list_commands(context)}
    having = {
        name
        for name, group in groups.items()
        if isinstance(group, click.Group) and "list" in group.list_commands(context)
    }
    assert found == having


@pytest.mark.parametrize("command", ["explain", "repair", "alternatives"])
def test_only_usage_of_the_manifest_here_need_not_be_named(command: str, tmp_path: Path) -> None:
    shutil.copy(CLINIC, tmp_path)
    day = ("--as-of", "2026-11-24")
    named = vendorgate(command, "vendorgate.yaml", "--usage", "visit-summaries", *day, folder=tmp_path)
    short = vendorgate(command, *day, folder=tmp_path)
    assert (short.code, short.stdout) == (named.code, named.stdout)
    assert "visit-summaries" in short.stdout


@pytest.mark.parametrize("command", ["explain", "repair", "alternatives"])
def test_one_of_several_usages_must_be_named(command: str, tmp_path: Path) -> None:
    shutil.copy(SUPPORT, tmp_path)
    ended = vendorgate(command, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "2 usages, and this is about one" in ended.stderr
    assert "name it: --usage draft-headlines|" in ended.stderr


def test_manifest_without_usages_has_none_to_explain(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text("version: 1\nproject: p\nusages: []\n", encoding="utf-8")
    assert "there is no usage" in vendorgate("explain", folder=tmp_path).stderr
