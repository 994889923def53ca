"""`vendorgate registry site`."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import click

from ....errors import InputError, Problem, UsageError
from ....frame.defaults import day_for, registry_beside, registry_for
from ....frame.options import Day, help_option, registry_option
from ....frame.streams import print_report
from ....load.bundle_files import read_bundle
from ....load.files import JUDGED, Folder, folder, read_bytes, too_large
from ....logic.wording import count
from ....model.agreement import Agreement
from ....model.policy import RegistryDemands
from ....report.page.reference import reference
from ....snapshots import read_snapshot
from ....terminal.escape import escape
from ..options import overlays_option
from .model import Asked
from .pairs import named

_CHANGELOG: Final = "CHANGELOG.md"
_SEARCHES: Final = ("auto", "full", "filter")


@click.command(add_help_option=False)
@click.option("--output", required=True, metavar="DIR", help="The folder to write; an earlier site there is replaced.")
@click.option("--previous", metavar="DIR", help="An earlier snapshot, to tell what changed since.")
@click.option("--compare", multiple=True, metavar="A..B", help="A comparison to have a page, too; may be repeated.")
@click.option("--base-url", metavar="URL", help="Where the site will be, for a sitemap and links that last.")
@click.option("--contact", metavar="URL", help="Where corrections are sent.")
@click.option(
    "--search",
    type=click.Choice(_SEARCHES),
    default="auto",
    show_default=True,
    help="An index of all words, a filter of names, or what is installed.",
)
@click.option("--as-of", type=Day(), help="The day to count from, YYYY-MM-DD.  [default: today, UTC]")
@overlays_option
@registry_option
@help_option
def site(
    output: str,
    previous: str | None,
    compare: tuple[str, ...],
    base_url: str | None,
    contact: str | None,
    search: str,
    as_of: datetime.date | None,
    policies: str | None,
    registry: str | None,
) -> int:
    """Write the registry as pages: offerings with watch-outs first, questions, comparisons, what changed.

    The pages need no server and no network, and are whole without a script; beside them lie data.json, in the shape of
    the upstream registry, and vendorgate.json (vendorgate.registry.site/1). What a bundle adds is marked as its own.

    For example: vendorgate registry site --output site
    """
    _require_addresses({"--base-url": base_url, "--contact": contact})
    full = _is_full(search)
    (snapshot, bundle), day = registry_beside(registry, policies), day_for(as_of).day
    earlier = None if previous is None else registry_for(previous)
    target = _target(output, [one for one in (snapshot, bundle, earlier) if one is not None])

    from .writing import require_ours, write

    require_ours(target)  # before anything that takes long
    asked = _asked(snapshot, bundle, earlier, compare, day, base_url, contact, full=full)

    from .drawing import drawn

    files = drawn(asked)
    number = write(target, files, _indexing(output) if full else None)
    pages = sum(name.endswith(".html") for name in files)
    offerings = count(len(asked.offerings), "offering")
    print_report(f"{escape(output)}: {count(pages, 'page')} of {offerings}, {count(number, 'file')} in all\n")
    return 0


def _require_addresses(given: Mapping[str, str | None]) -> None:
    """Refuse what is no address of the web.

    Raises:
        UsageError: every option that has another one.
    """
    wrong = [f"{option} {value}" for option, value in given.items() if value is not None and not _is_address(value)]
    if wrong:
        help = "write an address of the web, such as https://registry.example.org/"
        raise UsageError([Problem(f"{one}: no address of a page", help=help) for one in wrong])


def _is_address(text: str) -> bool:
    return reference(text).is_link and not set("?#") & set(text)


def _is_full(search: str) -> bool:
    """Whether all words are indexed; that they are not, because the package is missing, is said.

    Raises:
        UsageError: it is asked for, and the package is missing.
    """
    from .searching import INSTALL, is_there

    if search == "filter" or is_there():
        return search != "filter"
    if search == "full":
        raise UsageError([Problem("--search full: pagefind is not installed", help=f"install it: {INSTALL}")])
    sys.stderr.write(f"the search finds names alone; for every word: {INSTALL}\n")
    return False


def _target(output: str, inputs: Iterable[Folder]) -> Path:
    """The folder to write, which is no input, holds none and lies in none.

    Raises:
        UsageError: it is, or has no name.
    """
    target = os.path.realpath(folder(output).path)
    for one in inputs:
        there = os.path.realpath(one.path)
        if os.path.commonpath((there, target)) in (there, target):
            title = f"--output {output}: {one.shown} is read, and lies there or holds it"
            raise UsageError([Problem(title, help="name a folder beside it")])
    return Path(output)


def _asked(
    snapshot: Folder,
    bundle: Folder | None,
    earlier: Folder | None,
    compare: Iterable[str],
    day: datetime.date,
    address: str | None,
    contact: str | None,
    *,
    full: bool,
) -> Asked:
    """Read what the pages are made of.

    Raises:
        InputError: a snapshot or the bundle is not valid.
        UsageError: a comparison of what is not there.
    """
    from ....comparison.registry_difference import beside, difference

    found = read_snapshot(snapshot, bundle=bundle)
    demands, agreements = _judging(bundle)
    listed = found if bundle is None else read_snapshot(snapshot)
    before = None if earlier is None else read_snapshot(earlier)
    changes = None if before is None else beside(difference(before, listed), found)
    return Asked(
        snapshot=found,
        listed=listed,
        day=day,
        demands=demands,
        agreements=agreements,
        changelog=_changelog(snapshot),
        changes=changes,
        previous=before,
        pairs=named(compare, found),
        address=None if address is None else f"{address.rstrip('/')}/",
        contact=contact,
        searched=full,
    )


def _judging(bundle: Folder | None) -> tuple[RegistryDemands, tuple[Agreement, ...]]:
    """How long a bundle lets evidence count, and its register of agreements; pins and packs are not asked for here."""
    problems: list[Problem] = []
    files = None if bundle is None else read_bundle(bundle, problems)
    if problems:
        raise InputError(problems)
    if files is None:
        return RegistryDemands(), ()
    return files.settings.registry, () if files.agreements is None else files.agreements[0].agreements


def _changelog(snapshot: Folder) -> str:
    """What the snapshot's changelog says; nothing where it has none.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    path, shown = snapshot.file(_CHANGELOG)
    if not os.path.lexists(path):
        return ""
    problems: list[Problem] = []
    data = read_bytes(path, shown, problems, JUDGED)
    if data is not None and len(data) > JUDGED.size:
        problems.append(too_large(shown, JUDGED))
    if data is None or problems:
        raise InputError(problems)
    return data.decode("utf-8", "replace")


def _indexing(shown: str) -> Callable[[Path], None]:
    from .searching import index

    return lambda folder: index(folder, shown)
