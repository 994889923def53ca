"""`vendorgate registry watch`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

import click

from ....errors import Problem, UsageError
from ....frame.answer import answer
from ....frame.defaults import registry_for
from ....frame.options import help_option, registry_option
from ....frame.reporting import fail_when_option, report_options
from ....git.repository import Repository
from ....load.files import folder, shown_path
from ....snapshots import read_snapshot
from ....source import Location
from ....terminal.escape import escape
from .formats import FORMATS
from .mapping import DocumentsByPage, copied, declared, together
from .model import Watched
from .watching import watched

FAIL_WHEN: Final[Mapping[str, Callable[[Watched], int]]] = {
    "any": lambda found: len(found.of("changed", "gone", "unknown")),
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("archive", metavar="DIR")
@click.option(
    "--declarations", metavar="DIR", help="A checkout of the archive's declarations: which page each document is of."
)
@registry_option
@report_options(FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: any source that changed, went, or is not known.")
@help_option
def watch(
    archive: str,
    declarations: str | None,
    registry: str | None,
    format: str,
    output: tuple[str, ...],
    fail_when: str,
) -> int:
    """Tell whose sources have changed since somebody read them, by a checkout of an archive of versions, in DIR.

    An archive as Open Terms Archive keeps it: a repository of git with a document for each page, whose commits carry
    the day of each version. What only looks otherwise (white space, markup, where links lead, the day of the last
    update) is told apart. Which document is a copy of a page, --declarations say, or the `archived` of cells, where it
    names a commit of this archive. Nothing is fetched, and nothing in DIR is run.

    For example: vendorgate registry watch ../genai-contrib-versions --declarations ../genai-contrib-declarations
    """
    place = registry_for(registry)
    _refuse_missing(archive)

    def found() -> Watched:
        snapshot = read_snapshot(place, rules=False)
        repository = _archive(archive)
        documents = together((copied(snapshot, repository), _declared(declarations)))
        return watched(snapshot, repository, shown_path(archive), _head(repository, archive), documents)

    made = answer(found, FORMATS, format, output, folders=(place, folder(archive)))
    return 1 if FAIL_WHEN[fail_when](made) else 0


def _refuse_missing(archive: str) -> None:
    if not os.path.isdir(archive):
        help = "clone it: git clone https://github.com/OpenTermsArchive/genai-contrib-versions"
        raise UsageError([Problem("no folder there", Location(shown_path(archive), 1, 1), help)])


def _archive(given: str) -> Repository:
    """The repository whose root a folder is.

    Raises:
        UsageError: it is not one, or a folder inside of one.
    """
    repository = Repository(given)
    if repository.here:
        title = f"a folder inside of the repository {repository.root}"
        raise UsageError([Problem(title, Location(shown_path(given), 1, 1), "name the root of a checkout of versions")])
    if repository.shallow:
        sys.stderr.write(f"{escape(given)} is shallow: of versions before it was cut off nothing is known\n")
    return repository


def _head(repository: Repository, given: str) -> str:
    commit = repository.commit("HEAD")
    if commit is None:
        raise UsageError(
            [Problem("a repository without a commit", Location(shown_path(given), 1, 1), "fetch it whole")]
        )
    return commit


def _declared(given: str | None) -> DocumentsByPage:
    """What declarations say; a file that cannot be read is told, and the others count."""
    if given is None:
        return {}
    found, problems = declared(given)
    for one in problems:
        sys.stderr.write(f"note: {escape(str(one.location))}: {escape(one.title)}; its pages are not known\n")
    return found
