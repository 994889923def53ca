"""A group of commands that knows them without importing them, and what every command takes: `--debug`."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import click
import msgspec


class Entry(msgspec.Struct, frozen=True):
    """A command: where it is, and what `--help` of its group says of it."""

    module: str
    """As an import beside the group has it, with its dots."""
    attribute: str
    words: str


CommandLine = Callable[[Sequence[str]], int]
"""Runs a command line and gives its exit code; what click passes to a command that runs others."""
_HELP: Final = ("-h", "--help")
EXAMPLE: Final = "For example: "
"""What the last paragraph of a help begins with."""
_AS_IT_STANDS: Final = "\b\n"
"""Has click leave the lines of a paragraph alone."""
DEBUG: Final = "--debug"
"""Read in `run`, which alone knows what becomes of a fault."""


class LazyGroup(click.Group):
    """Imports a command when it is called. The group and each of its commands take `--debug`."""

    def __init__(self, *arguments: Any, entries: Mapping[str, Entry], package: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._entries = entries
        self._package = package
        _take_debug(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        command = getattr(importlib.import_module(entry.module, self._package), entry.attribute)
        assert isinstance(command, click.Command)
        _take_debug(command)
        _keep_example_whole(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name and not name.startswith("-") and name not in self._entries:
            ctx.fail(f"no such command `{name}`; {self._advice(ctx, name)}")
        found = super().resolve_command(ctx, args)
        if found[1] is not None and not ctx.resilient_parsing:
            _refuse_retired(ctx, found[1], found[2])
        return found

    def _advice(self, ctx: click.Context, name: str) -> str:
        """The command of a group that goes by a name, else the nearest command."""
        groups = {word: self.get_command(ctx, word) for word in self._entries}
        below = [word for word, group in groups.items() if isinstance(group, LazyGroup) and name in group._entries]
        if below:
            return "did you mean " + " or ".join(f"`{ctx.command_path} {word} {name}`" for word in below) + "?"
        if any(f"--{name}" in one.opts for one in self.params):
            return f"did you mean `{ctx.command_path} --{name}`?"
        from ..logic.nearest import suggestion

        return suggestion(name, self._entries, "commands")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.words) for name, entry in self._entries.items()])


class UsualGroup(LazyGroup):
    """A group in which one command need not be named: what follows the group is that command's, unless it is another.

    The help of the group shows the options of that command, too. With `takes_words` even a word may follow that is no
    command: it is one of that command's.
    """

    def __init__(self, *arguments: Any, usual: str, takes_words: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.usual = usual
        self.takes_words = takes_words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next((index for index, word in enumerate(args) if word != DEBUG), len(args))
        named = args[first : first + 1]
        completes_it = ctx.resilient_parsing and not named  # the names of commands may follow, too
        if not completes_it and self._goes_on(named):
            args = [*args[:first], self.usual, *args[first:]]
        return super().parse_args(ctx, args)

    def _goes_on(self, named: Sequence[str]) -> bool:
        """Whether what follows the group is its usual command's."""
        if not named or named[0] in _HELP:
            return not named
        return named[0].startswith("-") or (self.takes_words and named[0] not in self._entries)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        command = self.get_command(ctx, self.usual)
        assert command is not None
        own = {name for param in self.params for name in param.opts}
        records = [param.get_help_record(ctx) for param in command.params if own.isdisjoint(param.opts)]
        with formatter.section(f"Options of {self.usual}"):
            formatter.write_dl([one for one in records if one is not None])


def _refuse_retired(ctx: click.Context, command: click.Command, arguments: Sequence[str]) -> None:
    """Refuse an option that has another name now, with that name."""
    from .retired import advice

    _, *groups = ctx.command_path.split(" ")
    found = advice(" ".join((*groups, str(command.name))), arguments)
    if found is not None:
        click.Context(command, ctx, command.name).fail(found)


def _keep_example_whole(command: click.Command) -> None:
    """Write the example that a help ends with on one line, which click breaks at hyphens else: it is to be copied."""
    words, found, example = inspect.cleandoc(command.help or "").rpartition(EXAMPLE)
    if found:
        before = words.removesuffix(_AS_IT_STANDS).rstrip()
        command.help = f"{before}\n\n{_AS_IT_STANDS}{found}{' '.join(example.split())}"


def _take_debug(command: click.Command) -> None:
    """Give a command the option, where it has none yet, in front of `--help`, which comes last."""
    if not any(DEBUG in one.opts for one in command.params):
        option = click.Option([DEBUG], is_flag=True, expose_value=False, help="Show tracebacks of faults.")
        command.params.insert(max(0, len(command.params) - 1), option)
