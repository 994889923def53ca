"""`vendorgate policy signoff`."""

from __future__ import annotations

import datetime
import sys

import click

from ...errors import Problem, UsageError
from ...frame.defaults import day_for, inputs_for, today
from ...frame.options import Day, as_of_option, help_option, registry_option
from ...frame.streams import print_report
from ...load.bundle_files import BundleFiles
from ...logic.wording import count
from ...model.signoff import Signoff
from ...report.signoff import signoff_words
from ...terminal.escape import escape
from .options import folder_argument
from .signing import files_covered, line_of, read, refuse_nobody, sign

_AGAIN = "read what changed, and sign off anew: vendorgate policy signoff --by NAME --write"


@click.command("signoff", add_help_option=False)
@folder_argument
@click.option("--by", metavar="NAME", help="Who signs off.")
@click.option("--on", type=Day(), help="The day, YYYY-MM-DD.  [default: today, UTC]")
@click.option("--write", is_flag=True, help="Put the line into bundle.yaml.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where there is no sign-off that holds.")
@click.option("--files", is_flag=True, help="List what a sign-off covers, as sha256sum does.")
@as_of_option
@registry_option
@help_option
def sign_off(
    folder: str | None,
    by: str | None,
    on: datetime.date | None,
    write: bool,
    check: bool,
    files: bool,
    as_of: datetime.date | None,
    registry: str | None,
) -> int:
    """Sign off what the bundle in DIR demands: print the line for its bundle.yaml, or write it there.

    Its digest covers every file that judges where nobody asks for a pack: policies, agreements, waivers, own offerings,
    packs of the library that bundle.yaml names, and bundle.yaml itself without the line. Any change of them ends the
    sign-off, which every report then says. It changes no verdict, and is worth as much as what guards those files.

    Without DIR: the nearest policies/, as for `check`.

    For example: vendorgate policy signoff policies --by "Dana Example" --write
    """
    _refuse_both({"--check": check, "--files": files, "--by": by is not None or on is not None or write})
    bundle, snapshot, _ = inputs_for(folder, registry, recorded=False)
    if check:
        return _check(read(bundle, snapshot), day_for(as_of).day)
    if files:
        print_report("".join(f"{value}  {escape(name)}\n" for name, value in files_covered(read(bundle, snapshot))))
        return 0
    who, day = refuse_nobody(by), on or today()
    if write:
        shown, found = sign(bundle, snapshot, who, day)
        print_report(f"{escape(shown)}: signed off by {escape(who)} on {day}\ndigest: {found.written.digest}\n")
        if not found.holds(today()):
            sys.stderr.write(f"{escape(signoff_words(found, today()))}\n")
        return 0
    opened = read(bundle, snapshot)
    print_report(f"{line_of(who, day, opened)}\n")
    covered = count(len(files_covered(opened)), "file")
    sys.stderr.write(f"covers {covered}; put it into {escape(bundle.file('bundle.yaml')[1])}, or add --write\n")
    return 0


def _check(files: BundleFiles, day: datetime.date) -> int:
    found = files.signoff
    if not isinstance(found, Signoff):
        print_report(f"nobody has signed off {escape(files.folder.shown)}\n")
        sys.stderr.write("sign it off: vendorgate policy signoff --by NAME --write\n")
        return 1
    print_report(f"{escape(signoff_words(found, day))}\n")
    if found.holds(day):
        return 0
    if found.trouble(day) == "changed":
        print_report(f"signed off: {found.written.digest}\nnow:        {found.own}\n")
        sys.stderr.write(f"{_AGAIN}\n")
    return 1


def _refuse_both(asked: dict[str, bool]) -> None:
    """Refuse to do two things at once.

    Raises:
        UsageError: both are asked for.
    """
    named = [option for option, wanted in asked.items() if wanted]
    if len(named) > 1:
        raise UsageError([Problem(f"{' and '.join(named)} at once", help="ask for one of them")])
