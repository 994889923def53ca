"""`vendorgate fleet gather`."""

from __future__ import annotations

import sys

import click

from ....frame.options import help_option

_JOBS = 8


@click.command(add_help_option=False)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--store", required=True, metavar="DIR", help="The folder of the store, which is made or brought up to date."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=_JOBS,
    show_default=True,
    metavar="N",
    help="Repositories that are read at once.",
)
@help_option
def gather(sources: tuple[str, ...], store: str, jobs: int) -> int:
    """Gather the manifests of many repositories into a store, which `fleet check` judges.

    SOURCE is a list, a line a repository: an address (https, ssh) or a folder, or OWNER/NAME and one of these; `-` is
    standard input. Or it is a folder of clones and bare repositories, OWNER/NAME below it. Of each the commit is read
    that it shows first, through git, and never a work tree; nothing of a repository is run.

    All sources together are the truth: a repository that none of them names any more leaves the store. One that cannot
    be read stays, as an error. A gather that was interrupted is run again; the next one reads what has changed.

    Exit codes: 0 all were gathered, 1 some could not be read, 2 none could, or nothing was gathered.

    For example: vendorgate fleet gather repositories.txt --store fleet
    """
    from ....frame.defaults import today
    from ....frame.streams import print_report, style_for
    from .gathering import gather as run
    from .progress import progress
    from .text import render
    from .wanted import wanted

    meant = wanted(sources)
    with progress(len(meant)) as tell:
        summary = run(meant, store, today().isoformat(), jobs, tell)
    print_report(render(summary, style_for(sys.stdout)))
    return 2 if len(summary.failed) == summary.repositories else int(bool(summary.failed))
