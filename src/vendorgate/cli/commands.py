"""The table of commands, each imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final

import click

_COMMANDS: Final[Mapping[str, str]] = {
    "check": "Judge manifests and fail where usage is outside documented coverage.",
    "explain": "Show the whole tree of reasons for one usage.",
    "completion": "Print the completion script of a shell.",
}
"""Name and what `--help` says; module `cli.<name>` has the command under the same name."""


class Commands(click.Group):
    """A group that knows its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(importlib.import_module(f"vendorgate.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name and not name.startswith("-") and name not in _COMMANDS:
            from ..logic.nearest import suggestion

            ctx.fail(f"no such command `{name}`; {suggestion(name, _COMMANDS, 'commands')}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))
