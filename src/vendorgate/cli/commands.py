"""The table of commands, each imported when it is called, and what click makes of a command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Final

import click
from click.exceptions import NoArgsIsHelpError

from .. import commands
from ..frame.lazy import EXAMPLE, CommandLine, Entry, LazyGroup
from ..frame.options import help_option
from ..version import VERSION

_ENTRIES: Final = {
    "check": Entry(".check.command", "check", "Judge manifests and fail where usage is outside documented coverage."),
    "review": Entry(".review.command", "review", "Judge a change: what it makes new, worse, better or fixed, and why."),
    "detect": Entry(".detect.command", "detect", "Tell which AI vendors code uses, and what nobody declared."),
    "impact": Entry(".impact.command", "impact", "Tell what adopting another registry or other policies would do."),
    "verify": Entry(".verify.command", "verify", "Tell whether a report is what a check says of its inputs."),
    "evidence": Entry(
        ".evidence.command", "evidence", "Keep evidence for auditors, with all that it takes to judge again."
    ),
    "plan": Entry(".plan.command", "plan", "Show what will turn in the coming days, when and why."),
    "inventory": Entry(
        ".inventory.command", "inventory", "Print the registers that laws ask for, and say what is missing in them."
    ),
    "explain": Entry(".check.explain_command", "explain", "Show the whole tree of reasons for one usage."),
    "agreements": Entry(
        ".agreements.command", "agreements", "List the agreements register, check it, see what relies on it."
    ),
    "repair": Entry(".repair.command", "repair", "Find the smallest changes with which a usage passes."),
    "alternatives": Entry(
        ".repair.alternatives_command", "alternatives", "Find other offerings with which a usage would pass."
    ),
    "registry": Entry(
        ".registry.command", "registry", "Look into the registry, compare, verify, import and update it."
    ),
    "policy": Entry(".policy.command", "policy", "Write policies, test and lint them, read them in plain English."),
    "waiver": Entry(".waiver.command", "waiver", "Add waivers, see where each of them stands, and take them out."),
    "observe": Entry(
        ".observe.command", "observe", "Tell how accounts at vendors are really set up, in place of claims."
    ),
    "fleet": Entry(
        ".fleet.command", "fleet", "Judge the manifests of many repositories, and look at all of them together."
    ),
    "push": Entry(".push.command", "push", "Bring what was judged to where an organization keeps its evidence."),
    "init": Entry(".init.command", "init", "Write a manifest, a bundle or an offering to start from."),
    "schema": Entry(".schema.command", "schema", "Print the JSON Schema of a kind of file."),
    "docs": Entry(".docs.command", "docs", "Print a page of the documentation."),
    "action": Entry(".action.command", "action", "Run as a GitHub Action."),
    "completion": Entry("..cli.completion", "completion", "Print the completion script of a shell."),
}


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"vendorgate {VERSION}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    entries=_ENTRIES,
    package=commands.__name__,
    context_settings={"max_content_width": 100},
    add_help_option=False,
    epilog="Exit codes: 0 nothing blocks, 1 something blocks, 2 not checked or not all, 3 our fault, 130 interrupted.",
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@help_option
def vendorgate() -> None:
    """Judge which AI vendors a project uses, for which data, by your policies and what the vendors document."""


def dispatch(arguments: Sequence[str], program: CommandLine) -> int:
    """Run the command that the arguments name; 2 where click refuses them.

    `program` is the whole of it, for a command that runs others.

    Raises:
        KeyboardInterrupt: somebody interrupted it.
    """
    try:
        code = vendorgate.main(list(arguments), prog_name="vendorgate", standalone_mode=False, obj=program)
        sys.stdout.flush()
    except click.ClickException as error:
        _show_usage(error)
        return 2
    except click.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as error:  # how click ends a completion
        code = error.code
    return code if isinstance(code, int) else 0


def _show_usage(error: click.ClickException) -> None:
    from ..frame.streams import style_for
    from ..terminal.escape import escape

    if isinstance(error, NoArgsIsHelpError) and error.ctx is not None:
        click.echo(error.ctx.get_help(), err=True)
        return
    style = style_for(sys.stderr)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    click.echo(f"{style.paint('error', 'error')}: {escape(_message(error))}", err=True)
    if isinstance(error, (click.MissingParameter, click.NoSuchOption)) and error.ctx is not None:
        example = _example(error.ctx.command)
        if example is not None:
            click.echo(f"  {style.paint('bold', '= help:')} for example: {example}", err=True)


def _message(error: click.ClickException) -> str:
    """What is wrong; of a word that is none of a few, the one that is meant, too."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    choices = error.param.type if isinstance(error, click.BadParameter) and error.param is not None else None
    given = _NO_CHOICE.match(error.message)
    if isinstance(choices, click.Choice) and given is not None:
        from ..logic.nearest import nearest

        meant = nearest(given["word"], map(str, choices.choices))
        if meant is not None:
            return f"{error.format_message().rstrip('.')}; did you mean `{meant}`?"
    return error.format_message()


def _no_such_option(error: click.NoSuchOption) -> str:
    """What is wrong, and the option that is meant, where one is: to click the dashes are letters in common, too."""
    from ..logic.nearest import nearest

    said = f"no such option `{error.option_name}`"
    known = [name for one in error.ctx.command.get_params(error.ctx) for name in one.opts] if error.ctx else []
    meant = nearest(error.option_name.lstrip("-"), [name[2:] for name in known if name.startswith("--")])
    return said if meant is None else f"{said}; did you mean `--{meant}`?"


_NO_CHOICE: Final = re.compile("'(?P<word>.*?)' is not one of ")
"""How click says that a word is none of a few."""


def _example(command: click.Command) -> str | None:
    """The example that the help of a command ends with."""
    _, found, example = (command.help or "").rpartition(EXAMPLE)
    return " ".join(example.split()) if found else None
