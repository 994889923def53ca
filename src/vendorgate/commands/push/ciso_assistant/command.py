"""`vendorgate push ciso-assistant`, as click knows it."""

from __future__ import annotations

import datetime
import os
from typing import Final, get_args

import click

from ....frame.defaults import manifests_for
from ....frame.inputs import answer_of_inputs, inputs_given
from ....frame.options import help_option, inputs
from ....frame.reporting import fail_when_option, report_options
from ..exit_codes import FAIL_WHEN, exit_code
from ..formats import FORMATS
from ..model import Kind, Push
from .pushing import PushRequest, push
from .settings import TOKEN, settings

_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@click.command("ciso-assistant", add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--url", metavar="URL", help="Where CISO Assistant is, as you open it in a browser.")
@click.option("--folder", metavar="NAME", help="The folder there (a domain), by its name or its id.")
@click.option("--yes", is_flag=True, help="Write; without it, what would be written is only shown.")
@click.option("--mark-gone", is_flag=True, help="Mark what is there and no longer here as expired or resolved, too.")
@click.option("--link", metavar="URL", help="Where the report is published; goes with each new evidence.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="What to bring: vendors, what policies come to, waivers; may be repeated.  [default: all]",
)
@inputs
@report_options(FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: anything that differs there, or did.")
@help_option
def ciso_assistant(
    manifests: tuple[str, ...],
    url: str | None,
    folder: str | None,
    yes: bool,
    mark_gone: bool,
    link: str | None,
    kinds: tuple[Kind, ...],
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
    format: str,
    output: tuple[str, ...],
    fail_when: str,
) -> int:
    """Bring to CISO Assistant what each policy comes to, the vendors in use and the waivers in use.

    Shows what would be made and changed, and writes nothing without --yes. What is in step already is left alone; a
    push that ended halfway goes on. Nothing is ever deleted. The token stands in the variable CISO_ASSISTANT_TOKEN.

    For example: vendorgate push ciso-assistant --url https://grc.example.org --folder "AI vendors"
    """
    given = inputs_given(
        manifests_for(manifests), policies=policies, registry=registry, pack=pack, as_of=as_of, repository=repository
    )
    chosen = tuple(one for one in _KINDS if one in kinds or not kinds)

    def made() -> Push:
        asked = settings(url, folder, link, os.environ.get(TOKEN, ""))
        return push(given, asked, PushRequest(chosen, writes=yes, marks_gone=mark_gone))

    found = answer_of_inputs(given, made, FORMATS, format, output)
    if found.interrupted:
        raise KeyboardInterrupt
    return exit_code(found, fail_when)
