"""The program on one page: parse the arguments, run a command, turn every way that it can end into an exit code.

In: arguments. Out: an exit code (0 nothing blocks, 1 something blocks, 2 not checked, 3 a fault of ours,
130 interrupted).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Final

import click
from click.exceptions import NoArgsIsHelpError

from ..errors import VendorgateError
from ..version import VERSION
from .commands import Commands
from .options import Session, help_option

INTERRUPTED: Final = 130
FAULT: Final = 3


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"vendorgate {VERSION}")
        ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"max_content_width": 100},
    add_help_option=False,
    epilog="Exit codes: 0 nothing blocks, 1 something blocks, 2 not checked, 3 a fault in vendorgate, 130 interrupted.",
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


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code; nothing that it meets ends in a traceback without `--debug`."""
    _speak_utf8()
    session = Session()
    try:
        code = vendorgate.main(list(arguments), prog_name="vendorgate", standalone_mode=False, obj=session)
        sys.stdout.flush()
    except click.ClickException as error:
        _show_usage(error)
        return 2
    except VendorgateError as error:
        from .problems import show_problems

        show_problems(error.problems, sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 the last line of defence: a fault of ours is named and asked for
        return _fault(error, session)
    return code if isinstance(code, int) else 0


def _speak_utf8() -> None:
    """The same bytes in every locale; what has no encoding is written as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _show_usage(error: click.ClickException) -> None:
    from ..terminal.escape import escape
    from .streams import style_for

    if isinstance(error, NoArgsIsHelpError) and error.ctx is not None:
        click.echo(error.ctx.get_help(), err=True)
        return
    style = style_for(sys.stderr)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    click.echo(f"{style.paint('error', 'error')}: {escape(error.format_message())}", err=True)


def _fault(error: Exception, session: Session) -> int:
    if session.debug:
        import traceback

        traceback.print_exc()
    click.echo(
        f"vendorgate {VERSION} has a fault: {type(error).__name__}. Nothing was judged.\n"
        "Please report it with the inputs and the output of the same command with --debug: "
        "https://github.com/vendorgate/vendorgate/issues",
        err=True,
    )
    return FAULT
