"""`vendorgate fleet gather`."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import click

from ....errors import Problem, UsageError
from ....frame.answer import answer
from ....frame.defaults import inputs_for, options_given
from ....frame.options import help_option, pack_option, policies_option, registry_option
from ....frame.reporting import report_options
from ....load.files import Folder
from ....load.packs import PackChoice
from ....terminal.escape import escape
from .formats import FORMATS
from .model import Summary

if TYPE_CHECKING:
    from .code import Looking

_JOBS = 8


@click.command(add_help_option=False)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--store", required=True, metavar="DIR", help="The folder of the store, which is made or brought up to date."
)
@click.option("--code", is_flag=True, help="Look into the code, too, and hold it against the manifests that cover it.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=_JOBS,
    show_default=True,
    metavar="N",
    help="Repositories that are read at once.",
)
@policies_option
@pack_option
@registry_option
@report_options(FORMATS)
@help_option
def gather(
    sources: tuple[str, ...],
    store: str,
    code: bool,
    jobs: int,
    policies: str | None,
    pack: tuple[str, ...],
    registry: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Gather the manifests of many repositories into a store, which `fleet check` judges.

    SOURCE is a list, a line a repository: an address (https, ssh) or a folder, or OWNER/NAME and one of these; `-` is
    standard input. Or it is a folder of clones and bare repositories, OWNER/NAME below it. Of each the commit is read
    that it shows first, through git, and never a work tree; nothing of a repository is run.

    All sources together are the truth: a repository that none of them names any more leaves the store. One that cannot
    be read stays, as an error. A gather that was interrupted is run again; the next one reads what has changed.

    With --code, what the code of each repository uses is held against its manifests, by the policies and the registry
    that are named, or found, as for a check: whoever uses a vendor and declares nothing is in the store, too.

    What came of each is told on the error stream as it becomes known, and as --format says when all is done.

    Exit codes: 0 all were gathered, 1 some could not be read, 2 none could, or nothing was gathered.

    For example: vendorgate fleet gather repositories.txt --store fleet
    """
    from ....frame.defaults import today
    from .gathering import gather as run
    from .progress import progress
    from .wanted import wanted

    judged_by = _judged_by(policies, registry, pack, code=code)

    def gathered() -> Summary:
        looking = None if judged_by is None else _looking(judged_by)
        meant = wanted(sources)
        with progress(len(meant)) as tell:
            return run(meant, store, today(), jobs, tell, looking)

    folders = (Folder(store, store), *(() if judged_by is None else judged_by[:2]))
    summary = answer(gathered, FORMATS, format, output, manifests=sources, folders=folders)
    if summary.failed == len(summary.repositories):
        return 2
    given = options_given(policies=policies, registry=registry, pack=pack, repository=None, as_of=None, fail_on=None)
    judged = escape(" ".join(map(shlex.quote, ("vendorgate", "fleet", "check", store, "--out", "run", *given))))
    sys.stderr.write(f"the store is in {escape(store)}; judge it: {judged}\n")
    return int(bool(summary.failed))


def _judged_by(
    policies: str | None, registry: str | None, pack: tuple[str, ...], *, code: bool
) -> tuple[Folder, Folder, PackChoice] | None:
    """By what code is judged; None where nobody asks for it.

    Raises:
        UsageError: it is named, and nobody asks.
    """
    if code:
        return inputs_for(policies, registry, pack)
    for option, value in (("--policies", policies), ("--registry", registry), ("--pack", pack)):
        if value:
            help = "add --code, or leave it out: manifests are judged by fleet check"
            raise UsageError([Problem(f"{option} without --code", help=help)])
    return None


def _looking(judged_by: tuple[Folder, Folder, PackChoice]) -> Looking:
    """What judges code.

    Raises:
        InputError: it is not valid.
    """
    from ....frame.defaults import today
    from .code import Looking

    return Looking(judged_by, today())
