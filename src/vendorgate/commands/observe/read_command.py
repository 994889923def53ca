"""`vendorgate observe`: read accounts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

import click

from ...frame.answer import answering
from ...frame.defaults import today
from ...frame.options import help_option, registry_option
from ...frame.reporting import fail_when_option, report_options
from ...frame.verdict import INCOMPLETE
from ...gate import Gate
from ...terminal.escape import escape
from .carrying_out import Manner, carried_out
from .choosing import Chosen, ListedAccounts, chosen
from .formats import FORMATS
from .options import bundle_option, dry_run_option, own_bundle, wanted, yes_option
from .outcome import Observing
from .readers.table import reader_of
from .reading import ReadAccount, missing_credentials, read_account

_FAIL_WHEN: Final[Mapping[str, Callable[[Observing], bool]]] = {
    "worse": lambda found: found.is_worse,
    "never": lambda found: False,
}


@click.command("read", add_help_option=False)
@click.argument("offerings", nargs=-1, required=True, metavar="OFFERING...|all")
@click.option("--account", "accounts", multiple=True, metavar="NAME", help="Only this account; may be repeated.")
@bundle_option
@registry_option
@click.option("--keep", is_flag=True, help="Keep what was answered beside each file, as JSON, without secrets.")
@dry_run_option
@yes_option
@report_options(FORMATS)
@fail_when_option(_FAIL_WHEN, "never", "What exits with 1: something is worse than what was observed before.")
@help_option
def read(
    offerings: tuple[str, ...],
    accounts: tuple[str, ...],
    bundle: str | None,
    registry: str | None,
    keep: bool,
    dry_run: bool,
    yes: bool,
    format: str,
    output: tuple[str, ...],
    fail_when: str,
) -> int:
    """Read by a vendor's own API how accounts are set up, and write or renew a file of each in observations/.

    Which accounts there are, accounts.yaml of the bundle says; without it an offering has one without a name. What
    differs from before is shown first; without --yes it is asked at a terminal, and elsewhere nothing is written.
    Credentials come from the environment, and stand nowhere else. What the vendor does not tell is `unreadable`, and
    never guessed; an account that cannot be read keeps what it has, and the command ends with 2.

    For example: vendorgate observe read openai-api --bundle policies --yes
    """
    wish = wanted(dry_run=dry_run, yes=yes)
    judges = own_bundle(bundle, registry)
    with answering(FORMATS, format, output, folders=judges[:2]) as write:
        gate = Gate(*judges)
        named = gate.files.accounts or (None, None)
        listed = ListedAccounts(gate.files.folder.shown, *named)
        asked = chosen(offerings, accounts, listed, gate.index.ids, reader_of)
        manner = Manner(today(), wish, keep=keep)
        carried = carried_out(judges, [_read(one, manner) for one in asked], manner)
        write(carried.found)
    carried.show(format)
    return _exit_code(carried.found, fail_when)


def _read(one: Chosen, manner: Manner) -> ReadAccount:
    if one.reader is not None and missing_credentials(one.reader, os.environ) is None:
        sys.stderr.write(f"asking {one.reader.vendor} about {escape(str(one.name))}\n")
    return read_account(one, os.environ, manner.day)


def _exit_code(found: Observing, fail_when: str) -> int:
    """2 where something was not read or not written, else 1 where it is asked for, else 0."""
    return INCOMPLETE if found.undone else int(_FAIL_WHEN[fail_when](found))
