"""`vendorgate registry confirm`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence

import click

from ....errors import Problem, UsageError
from ....frame.defaults import day_for
from ....frame.options import Day, as_of_option, help_option
from ....frame.reporting import report_options
from ....load.files import folder
from ....load.snapshot import INDEX
from ....logic.wording import count
from ....model.registry import Reading, Snapshot
from ....snapshots import read_snapshot
from ....source import Location
from ....terminal.escape import escape
from ..formats import DIFF_FORMATS
from ..options import dry_run_option, own_registry_option, yes_option
from ..snapshot_change import changing, files_of, propose_first, telling, wish_of
from .cells import cell_named, cells_of_page
from .confirming import confirmed, refuse_earlier
from .model import CellName, ReadCell, names_words
from .own_cells import own_cells, refuse_own, say_own
from .quotes import quoted
from .readers import reading
from .targets import own_snapshot


@click.command(add_help_option=False)
@click.argument("what", nargs=-1, required=True, metavar="SOURCE|OFFERING DIMENSION")
@click.option("--on", required=True, type=Day(), help="The day on which it was read, YYYY-MM-DD.")
@click.option("--by", metavar="WHO", help="Who read it.  [default: git's user.email]")
@click.option("--quote", metavar="TEXT", help="The passage that says it; its SHA-256 is recorded, and not the passage.")
@click.option("--quote-file", metavar="FILE", help="The same, in a file.")
@click.option("--archived", metavar="URL", help="Where a copy of the source as it was read is kept.")
@click.option(
    "--undated", is_flag=True, help="Of a source: date cells, too, that nobody has dated, and that count from then on."
)
@as_of_option
@own_registry_option
@dry_run_option
@yes_option
@report_options(DIFF_FORMATS)
@help_option
def confirm(
    what: tuple[str, ...],
    on: datetime.date,
    by: str | None,
    quote: str | None,
    quote_file: str | None,
    archived: str | None,
    undated: bool,
    as_of: datetime.date | None,
    registry: str | None,
    dry_run: bool,
    yes: bool,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Record that somebody has read a source, and that it still says what its cells say.

    Every cell that the page feeds, or the one of an OFFERING and a DIMENSION, gets the day as `verified` and an entry
    in `readings`; no grade changes. What changes is shown first. A day to come is refused, and none goes backwards: a
    cell that was verified later keeps its day. A cell without a day is one that nobody has ever held against the page:
    it is left out, unless it is named or --undated says that it was. Comments, quotes, order and line ends stay.

    For example: vendorgate registry confirm https://openai.com/policies/data-processing-addendum --on 2026-11-28 --yes
    """
    wish = wish_of(dry_run=dry_run, yes=yes)
    read = reading(on, day_for(as_of).day, by, quoted(quote, quote_file), archived)
    target = own_snapshot(registry)
    files_of(target)
    with telling(format, output, target) as tell, changing(target):
        files = files_of(target)
        snapshot = read_snapshot(folder(target))
        own = own_cells(target, what)
        cells = _cells(snapshot, what, own, undated=undated)
        refuse_earlier(cells, read)
        new = confirmed(target, files, cells, read)
        _say(cells, read)
        say_own(own)
        propose_first(target, new, tell, wish if new != files else "look", indexed=INDEX in files)
    return 0


def _cells(
    snapshot: Snapshot, what: Sequence[str], own: dict[CellName, Location], *, undated: bool
) -> Sequence[ReadCell]:
    """The cells that the words mean; what is left out of them is said.

    Raises:
        UsageError: there are none, or the bundle states them, or there are too many words.
    """
    if len(what) > 2:
        help = "name one source, or one offering and one dimension; put an address with spaces in quotes"
        raise UsageError([Problem(f"{len(what)} words, where one or two are meant", help=help)])
    try:
        if len(what) == 2:
            return (cell_named(snapshot, what[0], what[1]),)
        found = cells_of_page(snapshot, what[0])
    except UsageError:
        refuse_own(own)
        raise
    return found if undated else _dated(found)


def _dated(found: Sequence[ReadCell]) -> Sequence[ReadCell]:
    """Those that somebody has held against the page before.

    Raises:
        UsageError: nobody has any of them.
    """
    dated = [one for one in found if one.cell.written.verified is not None]
    names = names_words(one.name for one in found if one.cell.written.verified is None)
    if not dated:
        help = "confirm each by OFFERING DIMENSION; where you have held all of them against the page, say --undated"
        raise UsageError([Problem(f"nobody has ever dated what this source feeds: {names}", help=help)])
    if names:
        sys.stderr.write(f"left out, because nobody has ever dated it: {escape(names)} (--undated takes it in)\n")
    return dated


def _say(cells: Sequence[ReadCell], read: Reading) -> None:
    """On the error stream: what the reading is of, and what of it is nothing new."""
    names = names_words(one.name for one in cells)
    sys.stderr.write(f"read on {read.on} by {escape(read.by)}, for {count(len(cells), 'cell')}: {escape(names)}\n")
    for one in cells:
        if one.cell.written.verified is None:
            sys.stderr.write(f"note: {escape(str(one.name))} had no day of reading, and counts from now on\n")
        if one.has(read):
            sys.stderr.write(f"note: {escape(str(one.name))} has this reading already\n")
        if one.is_later_than(read.on):
            day = one.cell.written.verified
            sys.stderr.write(f"note: {escape(str(one.name))} was verified later, on {day}, which stays\n")
