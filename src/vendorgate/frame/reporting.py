"""The options that say how an answer is told, and what of it ends with 1; the same words for every command.

In: the formats of a command, what else differs between commands. Out: decorators.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Final

import click

from ..errors import Problem, UsageError
from ..logic.nearest import suggestion
from .mistakes import reporting_mistakes
from .options import F
from .streams import FORMAT
from .verdict import THRESHOLDS

_BLOCKS: Final = "The least severity that blocks; not laxer than the bundle's."


class _Format(click.Option):
    """`--format`, which a variable says where the command line does not."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The format that the variable names; None where the command has none of that name, and another one has."""
        value = os.environ.get(FORMAT)
        assert isinstance(self.type, click.Choice)
        if not value or value in self.type.choices:
            return value or None
        from .problems import FORMATS  # mostly nobody says it

        if value in FORMATS:
            return None
        raise UsageError([Problem(f"{FORMAT}: no format `{value}`", help=suggestion(value, FORMATS, "there are"))])


def report_options(formats: Iterable[str]) -> Callable[[F], F]:
    """`--format` and `--output`; the first format is printed where nobody names one.

    What keeps the command from its work stands in these reports, too.
    """
    names = [*formats]
    output = click.option(
        "--output", multiple=True, metavar="FORMAT=PATH", help="Write a report to a file, too; may be repeated."
    )
    format = click.option(
        "--format", cls=_Format, type=click.Choice(names), default=names[0], show_default=True, help="What to print."
    )
    return lambda command: format(output(reporting_mistakes(command)))


def fail_on_option(help: str = _BLOCKS, default: str | None = None) -> Callable[[F], F]:
    """`--fail-on`: always a severity, or `never`."""
    return click.option(
        "--fail-on", type=click.Choice(THRESHOLDS), default=default, show_default=default is not None, help=help
    )


def fail_when_option(words: Iterable[str], default: str, help: str) -> Callable[[F], F]:
    """`--fail-when`: what has happened where a command ends with 1."""
    return click.option("--fail-when", type=click.Choice([*words]), default=default, show_default=True, help=help)


show_waived_option = click.option(
    "--show-waived", is_flag=True, help="Show waived results in formats that leave them out (sarif, gitlab)."
)
GROUPINGS: Final = ("control",)
"""What results can be grouped by, beside causes."""
group_by_option = click.option(
    "--group-by", type=click.Choice(GROUPINGS), help="Group text, markdown, csv, html and xlsx by what policies serve."
)
code_option = click.option(
    "--code", is_flag=True, help="Hold the code, too, against what the manifests declare that cover it."
)
