"""Options that several commands share, and what they mean."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from ..logic.days import is_date

F = TypeVar("F", bound=Callable[..., Any])
CENTURY: Final = 36_525
"""Days; no command looks further ahead."""
_SPAN: Final = re.compile(r"(?P<count>[0-9]{1,6})(?P<unit>[dw])", re.ASCII)


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        if not is_date(value):
            self.fail(f"`{value}` is not a day; write it as YYYY-MM-DD", param, ctx)
        return datetime.date.fromisoformat(str(value))


class Span(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A number of days, as `90d`, or of weeks, as `2w`; at most a century of them."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        text = str(value)
        found = _SPAN.fullmatch(text)
        if found is None:
            number = text if text.isdecimal() and text.isascii() else "90"
            self.fail(f"`{value}` is no span of time; write it in days or weeks, as {number}d or 2w", param, ctx)
        days = int(found["count"]) * (7 if found["unit"] == "w" else 1)
        if days > CENTURY:
            self.fail(f"`{value}` is longer than a century ({CENTURY}d)", param, ctx)
        return days


class Digest(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A SHA-256 in hexadecimal."""

    name = "sha256"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"[0-9a-fA-F]{64}", str(value)):
            self.fail(f"`{value}` is no SHA-256; write 64 hexadecimal digits", param, ctx)
        return str(value).lower()


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


help_option = click.option(
    "-h",
    "--help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="Show this message and exit.",
)
"""What click would add, without looking for a translation of it on every run."""


as_of_option = click.option("--as-of", type=Day(), help="The day to judge by, YYYY-MM-DD.  [default: today, UTC]")
NEAREST_POLICIES: Final = "[default: the nearest policies/ up to the repository's root, else built in]"
NEAREST_REGISTRY: Final = "[default: the nearest registry-snapshot/ up to the repository's root, else built in]"
"""What judges where nobody names it."""
registry_option = click.option("--registry", metavar="DIR", help=f"The registry snapshot.  {NEAREST_REGISTRY}")
pack_option = click.option(
    "--pack", multiple=True, metavar="NAME", help="A pack of policies to have in force, too; may be repeated."
)
policies_option = click.option(
    "--policies", metavar="DIR", help=f"The policy bundle, or its address.  {NEAREST_POLICIES}"
)


repository_option = click.option(
    "--repository",
    metavar="OWNER/NAME",
    help="The repository of the manifests, where the bundle binds projects to repositories.  [default: as CI says]",
)


def inputs(command: F) -> F:
    """`--policies`, `--pack`, `--registry`, `--as-of`, `--repository`."""
    for option in (repository_option, as_of_option, registry_option, pack_option, policies_option):
        command = option(command)
    return command


def max_size_option(largest: int, help: str) -> Callable[[F], F]:
    """`--max-size`: MiB of an evidence pack, unpacked; no more than the format can address."""
    return click.option(
        "--max-size", type=click.IntRange(1, 4095), default=largest, show_default=True, metavar="MIB", help=help
    )
