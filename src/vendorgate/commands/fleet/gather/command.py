"""`vendorgate fleet gather`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ....errors import Problem, UsageError
from ....frame.options import help_option, pack_option, policies_option, registry_option

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
@help_option
def gather(
    sources: tuple[str, ...],
    store: str,
    code: bool,
    jobs: int,
    policies: str | None,
    pack: tuple[str, ...],
    registry: str | None,
) -> int:
    """Gather the manifests of many repositories into a store, which `fleet check` judges.

    SOURCE is a list, a line a repository: an address (https, ssh) or a folder, or OWNER/NAME and one of these; `-` is
    standard input. Or it is a folder of clones and bare repositories, OWNER/NAME below it. Of each the commit is read
    that it shows first, through git, and never a work tree; nothing of a repository is run.

    All sources together are the truth: a repository that none of them names any more leaves the store. One that cannot
    be read stays, as an error. A gather that was interrupted is run again; the next one reads what has changed.

    With --code, what the code of each repository uses is held against its manifests, by the policies and the registry
    that are named, or found, as for a check: whoever uses a vendor and declares nothing is in the store, too.

    Exit codes: 0 all were gathered, 1 some could not be read, 2 none could, or nothing was gathered.

    For example: vendorgate fleet gather repositories.txt --store fleet
    """
    from ....frame.defaults import today
    from ....frame.streams import print_report, style_for
    from .gathering import gather as run
    from .progress import progress
    from .text import render
    from .wanted import wanted

    looking = _looking(policies, registry, pack, code=code)
    meant = wanted(sources)
    with progress(len(meant)) as tell:
        summary = run(meant, store, today().isoformat(), jobs, tell, looking)
    print_report(render(summary, style_for(sys.stdout)))
    return 2 if len(summary.failed) == summary.repositories else int(bool(summary.failed))


def _looking(policies: str | None, registry: str | None, pack: tuple[str, ...], *, code: bool) -> Looking | None:
    """What judges code; None where nobody asks for it.

    Raises:
        UsageError: it is named, and nobody asks.
        InputError: it is not valid.
    """
    if not code:
        given = (("--policies", policies), ("--registry", registry), ("--pack", pack))
        for option, value in given:
            if value:
                help = "add --code, or leave it out: manifests are judged by fleet check"
                raise UsageError([Problem(f"{option} without --code", help=help)])
        return None
    from ....frame.defaults import inputs_for, today
    from .code import Looking

    return Looking(inputs_for(policies, registry, pack), today())
