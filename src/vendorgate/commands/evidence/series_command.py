"""`vendorgate evidence series`."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from typing import Final

import click

from ...archive.reading import LARGEST
from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.defaults import today
from ...frame.options import Day, Span, help_option, max_size_option
from ...frame.reporting import fail_when_option, report_options
from ...load.files import Folder, folder
from .series import SeriesQuestion, series_of
from .series_files import collected
from .series_formats import FORMATS
from .series_model import EvidenceSeries

_FAILS: Final[Mapping[str, Callable[[EvidenceSeries], bool]]] = {
    "any": lambda found: found.failed,
    "worse": lambda found: any(one.worse for one in found.series),
    "missing": lambda found: bool(found.incomplete) or any(one.missing for one in found.series),
    "never": lambda found: False,
}


@click.command(add_help_option=False)
@click.argument("where", metavar="DIR")
@click.option("--from", "first", type=Day(), help="The first day, YYYY-MM-DD.  [default: that of the first file]")
@click.option("--until", "last", type=Day(), help="The last day, YYYY-MM-DD.  [default: that of the last file]")
@click.option("--every", type=Span(), default="1d", show_default=True, help="For how many days a file speaks at most.")
@report_options(FORMATS)
@fail_when_option(
    _FAILS, "any", "Exit with 1 where a result got worse, some days are not known, or any of that or one that blocks."
)
@max_size_option(LARGEST, "How many MiB of an evidence pack are read, unpacked.")
@help_option
def series(
    where: str,
    first: datetime.date | None,
    last: datetime.date | None,
    every: int,
    format: str,
    output: tuple[str, ...],
    fail_when: str,
    max_size: int,
) -> int:
    """Tell whether it was so on every day of a period, when it turned and why, from the packs and reports in DIR.

    A file (*.zip of `evidence pack`, *.json of `check`) speaks for its own day, and for days that follow until the next
    one, as long as --every says and never beyond the last day of what a result rests on. Days for which none speaks are
    no evidence, and no pass. A pack that was tampered with is refused, and the exit code is 2.

    For example: vendorgate evidence series evidence --from 2026-07-01 --until 2026-09-30 --every 7d
    """
    place = _folder(where, every)

    def asked() -> EvidenceSeries:
        return series_of(collected(place, max_size, today()), SeriesQuestion(first, last, every))

    found = answer(asked, FORMATS, format, output, folders=(place,))
    return 2 if found.refused else int(_FAILS[fail_when](found))


def _folder(given: str, every: int) -> Folder:
    """The folder that is meant.

    Raises:
        UsageError: there is none, or a file is to speak for no day.
    """
    if every < 1:
        raise UsageError([Problem("--every 0d: a file speaks for its own day at least", help="write 1d or more")])
    found = folder(given)
    if not os.path.isdir(found.path):
        title = f"{given}: no folder"
        raise UsageError([Problem(title, help="name the folder in which packs and reports are kept")])
    return found
