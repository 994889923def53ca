"""`vendorgate registry path`, `list`, `show`, `compare`, `question`, `watch-outs`, `search`."""

from __future__ import annotations

import datetime
import os

import click

from ...errors import Problem, UsageError
from ...evaluate.watch_outs import watch_outs as concerns_of
from ...frame.answer import answer
from ...frame.defaults import day_for, registry_beside, registry_for
from ...frame.names import require_known
from ...frame.options import Day, help_option, registry_option
from ...frame.reporting import report_options
from ...frame.streams import print_report
from ...logic.nearest import suggestion
from ...model.registry import Snapshot
from ...snapshots import read_snapshot
from ...source import Location
from . import selection
from .formats import (
    COMPARE_FORMATS,
    LIST_FORMATS,
    QUESTION_FORMATS,
    SEARCH_FORMATS,
    SHOW_FORMATS,
    WATCH_OUTS_FORMATS,
)
from .model import Matches, OfferingList, OfferingPage, OneDimension, SideBySide, WatchOuts
from .options import overlays_option
from .selection import dimensions_of


def _grades(given: tuple[str, ...], snapshot: Snapshot) -> dict[str, str]:
    """`DIMENSION=GRADE`, a missing cell written `none`.

    Raises:
        UsageError: not of that form, or no dimension.
    """
    found: dict[str, str] = {}
    for word in given:
        dimension, separator, value = word.partition("=")
        if not separator or not value or dimension not in dimensions_of(snapshot):
            help = suggestion(dimension, dimensions_of(snapshot), "there are") if separator else "write DIMENSION=GRADE"
            raise UsageError([Problem(f"--grade {word}: not a dimension and a grade", help=help)])
        found[dimension] = value
    return found


@click.command(add_help_option=False)
@registry_option
@help_option
def path(registry: str | None) -> int:
    """Print the folder of the snapshot that a check from here would use.

    To begin a registry of your own: cp -r "$(vendorgate registry path)" registry-snapshot

    For example: vendorgate registry path
    """
    folder = registry_for(registry)
    if not os.path.isfile(os.path.join(folder.path, "snapshot.yaml")):
        raise UsageError(
            [Problem("no snapshot there", Location(folder.shown, 1, 1), "name a folder that has a snapshot.yaml")]
        )
    print_report(f"{os.path.abspath(folder.path)}\n")
    return 0


@click.command("list", add_help_option=False)
@click.option("--grade", multiple=True, metavar="DIMENSION=GRADE", help="Only with this grade; may be repeated.")
@click.option("--developer", metavar="GLOB", help="Only of this developer of models.")
@click.option("--platform", metavar="GLOB", help="Only on this platform.")
@overlays_option
@registry_option
@report_options(LIST_FORMATS)
@help_option
def list_offerings(
    grade: tuple[str, ...],
    developer: str | None,
    platform: str | None,
    policies: str | None,
    registry: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """List the offerings with their grades.

    For example: vendorgate registry list --grade hipaa_baa=yes_public --platform "AWS*"
    """
    folder, bundle = registry_beside(registry, policies)

    def listed() -> OfferingList:
        snapshot = read_snapshot(folder, rules=False, bundle=bundle)
        found = selection.select(snapshot, grades=_grades(grade, snapshot), developer=developer, platform=platform)
        return OfferingList(snapshot, found)

    answer(listed, LIST_FORMATS, format, output, folders=filter(None, (folder, bundle)))
    return 0


@click.command(add_help_option=False)
@click.argument("offering")
@click.option("--as-of", type=Day(), help="The day to count from, YYYY-MM-DD.  [default: today, UTC]")
@overlays_option
@registry_option
@report_options(SHOW_FORMATS)
@help_option
def show(
    offering: str,
    as_of: datetime.date | None,
    policies: str | None,
    registry: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Show all that the snapshot says of an offering, watch-outs first, and what the bundle adds to it.

    For example: vendorgate registry show openai-api
    """
    (folder, bundle), day = registry_beside(registry, policies), day_for(as_of).day

    def shown() -> OfferingPage:
        snapshot = read_snapshot(folder, [offering], bundle=bundle)
        found = snapshot.offerings[offering]
        return OfferingPage(snapshot, found, concerns_of(found), day)

    answer(shown, SHOW_FORMATS, format, output, folders=filter(None, (folder, bundle)))
    return 0


@click.command(add_help_option=False)
@click.argument("offerings", nargs=-1, required=True, metavar="OFFERING OFFERING...")
@overlays_option
@registry_option
@report_options(COMPARE_FORMATS)
@help_option
def compare(
    offerings: tuple[str, ...], policies: str | None, registry: str | None, format: str, output: tuple[str, ...]
) -> int:
    """Show offerings side by side; what differs is marked; what the bundle adds is in it.

    For example: vendorgate registry compare openai-api azure-openai
    """
    if len(set(offerings)) < 2:
        raise UsageError([Problem("one offering, and a comparison needs two", help="name another offering")])
    folder, bundle = registry_beside(registry, policies)

    def compared() -> SideBySide:
        snapshot = read_snapshot(folder, offerings, bundle=bundle)
        return SideBySide(snapshot, tuple(snapshot.offerings.values()))

    answer(compared, COMPARE_FORMATS, format, output, folders=filter(None, (folder, bundle)))
    return 0


@click.command(add_help_option=False)
@click.argument("dimension")
@overlays_option
@registry_option
@report_options(QUESTION_FORMATS)
@help_option
def question(dimension: str, policies: str | None, registry: str | None, format: str, output: tuple[str, ...]) -> int:
    """Show all offerings by one dimension, one of the bundle's own included.

    For example: vendorgate registry question hipaa_baa
    """
    folder, bundle = registry_beside(registry, policies)

    def answered() -> OneDimension:
        snapshot = read_snapshot(folder, bundle=bundle)
        known = {str(name): name for name in dimensions_of(snapshot)}
        require_known(dimension, known, "dimension")
        return OneDimension(snapshot, known[dimension], selection.select(snapshot, grades={}))

    answer(answered, QUESTION_FORMATS, format, output, folders=filter(None, (folder, bundle)))
    return 0


@click.command("watch-outs", add_help_option=False)
@click.argument("offering", required=False)
@overlays_option
@registry_option
@report_options(WATCH_OUTS_FORMATS)
@help_option
def watch_outs(
    offering: str | None, policies: str | None, registry: str | None, format: str, output: tuple[str, ...]
) -> int:
    """Show every cell that is not a clean public yes, of one offering or of all.

    For example: vendorgate registry watch-outs openai-api
    """
    folder, bundle = registry_beside(registry, policies)

    def found() -> WatchOuts:
        snapshot = read_snapshot(folder, None if offering is None else [offering], bundle=bundle)
        offerings = selection.select(snapshot, grades={})
        return WatchOuts(snapshot, tuple((one, concerns_of(one)) for one in offerings))

    answer(found, WATCH_OUTS_FORMATS, format, output, folders=filter(None, (folder, bundle)))
    return 0


@click.command(add_help_option=False)
@click.argument("words", nargs=-1, required=True)
@overlays_option
@registry_option
@report_options(SEARCH_FORMATS)
@help_option
def search(
    words: tuple[str, ...], policies: str | None, registry: str | None, format: str, output: tuple[str, ...]
) -> int:
    """Find texts of offerings that have all the words, in any case and order.

    For example: vendorgate registry search zero retention
    """
    folder, bundle = registry_beside(registry, policies)

    def found() -> Matches:
        snapshot = read_snapshot(folder, bundle=bundle)
        return Matches(snapshot, selection.search(snapshot, " ".join(words)))

    answer(found, SEARCH_FORMATS, format, output, folders=filter(None, (folder, bundle)))
    return 0
