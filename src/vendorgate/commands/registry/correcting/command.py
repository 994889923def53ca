"""`vendorgate registry correct`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ....errors import InputError, Problem, UsageError
from ....frame.changing import values_of
from ....frame.defaults import day_for, registry_for
from ....frame.names import require_known, require_offering
from ....frame.options import NEAREST_REGISTRY, as_of_option, help_option
from ....frame.reporting import report_options
from ....frame.streams import print_report
from ....frame.writing import new_file
from ....load.files import JUDGED, Folder, folder, shown_path
from ....load.language import language
from ....load.lexicon import lexicon_of
from ....load.snapshot import INDEX, read_index
from ....logic import Json
from ....logic.types import Dialect
from ....model.registry import OfferingFile
from ....model.vocabulary import DATA_CLASSES, DIMENSIONS
from ....snapshots import read_snapshot
from ....terminal.escape import escape
from ..formats import DIFF_FORMATS
from ..options import dry_run_option, yes_option
from ..progress import read_file
from ..reading.targets import own_snapshot
from ..snapshot_change import Wish, changing, files_of, propose_first, telling, wish_of
from .applying import applied
from .reading import Correction, Known, read_correction
from .template import template

_BOTH = "name the cell to begin a correction, or the file of one to apply, and not both"


@click.command(add_help_option=False)
@click.argument("what", nargs=-1, metavar="OFFERING DIMENSION")
@click.option("--into", metavar="PATH", help="Write the template here.  [default: a file here, named after the cell]")
@click.option("--apply", "file", metavar="FILE", help="Apply a correction that was filled in.")
@as_of_option
@click.option("--registry", metavar="DIR", help=f"The registry snapshot.  {NEAREST_REGISTRY}")
@dry_run_option
@yes_option
@report_options(DIFF_FORMATS)
@help_option
def correct(
    what: tuple[str, ...],
    into: str | None,
    file: str | None,
    as_of: datetime.date | None,
    registry: str | None,
    dry_run: bool,
    yes: bool,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Begin a correction of a cell from a template, or apply one that was filled in.

    The template says what the cell says and asks what it should say, by which primary source, read by whom on which
    day. --apply holds it against the snapshot, shows what changes, and writes the cell, its reading, and the entry of
    the changelog that credits it. Without a primary source and a day it is refused, and where the cell says something
    else by now.

    For example: vendorgate registry correct openai-api hipaa_baa
    """
    if file is None:
        _refuse_of_applying({"--yes": yes, "--dry-run": dry_run, "--output": bool(output)})
        return _begin(what, into, registry)
    if what or into is not None:
        raise UsageError([Problem("--apply beside a cell", help=_BOTH)])
    wish = wish_of(dry_run=dry_run, yes=yes)
    return _apply(file, own_snapshot(registry), day_for(as_of).day, wish, format, output)


def _refuse_of_applying(given: dict[str, bool]) -> None:
    named = [option for option, is_given in given.items() if is_given]
    if named:
        raise UsageError(
            Problem(f"{one} without --apply", help="name the file of a correction: --apply") for one in named
        )


def _begin(what: Sequence[str], into: str | None, registry: str | None) -> int:
    """Write the template of a cell."""
    if len(what) != 2:
        title = f"{len(what)} words, where an offering and a dimension are meant"
        raise UsageError([Problem(title, help="for example: vendorgate registry correct openai-api hipaa_baa")])
    place = registry_for(registry)
    offering, dimension = what
    snapshot = read_snapshot(place, rules=False)
    require_offering(offering, snapshot.ids)
    require_known(dimension, DIMENSIONS, "dimension")
    says = _cells(place, offering).get(dimension)
    text = template(offering, dimension, says if isinstance(says, dict) else None)
    path = Path(into if into is not None else f"{offering}.{dimension}.correction.yaml")
    new_file(path, text)
    shown = escape(path.as_posix())
    print_report(f"written: {shown}\nnext: fill it in, then: vendorgate registry correct --apply {shown}\n")
    return 0


def _cells(place: Folder, offering: str) -> dict[str, Json]:
    """What the cells of an offering say, in plain values."""
    path, shown = place.file(f"offerings/{offering}.yaml")
    dimensions = values_of(shown, Path(path).read_bytes()).get("dimensions")
    return dimensions if isinstance(dimensions, dict) else {}


def _apply(file: str, target: Path, day: datetime.date, wish: Wish, format: str, output: Sequence[str]) -> int:
    files_of(target)
    with telling(format, output, target) as tell, changing(target):
        files = files_of(target)
        place = folder(target)
        correction = read_correction(shown_path(file), read_file(file, JUDGED.size), _known(place, day))
        new = applied(target, files, correction, day.isoformat())
        _say(correction)
        propose_first(target, new, tell, wish, indexed=INDEX in files)
    return 0


def _known(place: Folder, day: datetime.date) -> Known:
    """What a correction is held against: the snapshot as it is."""
    snapshot = read_snapshot(place)

    def offering(id: str) -> tuple[OfferingFile, dict[str, Json]]:
        return snapshot.offerings[id].written, _cells(place, id)

    return Known(snapshot.ids, offering, _dialect(place), day)


def _dialect(place: Folder) -> Dialect:
    problems: list[Problem] = []
    index = read_index(place, problems)
    dialect = None if index is None else language(frozenset(DATA_CLASSES), lexicon_of(index, problems)).require
    if dialect is None or problems:
        raise InputError(problems)
    return dialect


def _say(correction: Correction) -> None:
    """On the error stream: what is corrected, and whom the changelog will name."""
    credit = correction.written.credit
    named = "CHANGELOG.md will name nobody" if credit is None else f"CHANGELOG.md will name {escape(credit)}"
    sys.stderr.write(f"{escape(str(correction.name))}, read on {correction.reading.on}; {named}\n")
