"""`vendorgate registry path`, `list`, `show`, `compare`, `question`, `watch-outs`, `search`."""

from __future__ import annotations

import datetime
import os

import click

from ...errors import Problem, UsageError
from ...evaluate.watch_outs import watch_outs as concerns_of
from ...frame.answer import answer
from ...frame.defaults import day_for, policies_chosen, registry_for
from ...frame.options import Day, help_option, registry_option
from ...frame.reporting import report_options
from ...frame.streams import print_report
from ...load.files import Folder
from ...logic.nearest import suggestion
from ...model.vocabulary import DIMENSIONS, Dimension
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


class DimensionName(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """One of the eleven dimensions."""

    name = "dimension"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Dimension:
        found = next((one for one in DIMENSIONS if one == value), None)
        if found is None:
            self.fail(f"no dimension `{value}`; {suggestion(str(value), DIMENSIONS, 'there are')}", param, ctx)
        return found


def _grades(given: tuple[str, ...]) -> dict[str, str]:
    """`DIMENSION=GRADE`, a missing cell written `none`.

    Raises:
        UsageError: not of that form, or no dimension.
    """
    found: dict[str, str] = {}
    for word in given:
        dimension, separator, value = word.partition("=")
        if not separator or not value or dimension not in DIMENSIONS:
            help = suggestion(dimension, DIMENSIONS, "there are") if separator else "write DIMENSION=GRADE"
            raise UsageError([Problem(f"--grade {word}: not a dimension and a grade", help=help)])
        found[dimension] = value
    return found


_bundle_option = click.option(
    "--policies", metavar="DIR", help="A bundle whose own offerings and cells to show, too.  [default: none]"
)


def _bundle(given: str | None) -> Folder | None:
    return None if given is None else policies_chosen(given)[0]


@click.command(add_help_option=False)
@registry_option
@help_option
def path(registry: str | None) -> int:
    """Print the folder of the snapshot that a check from here would use.

    For example, to start a registry of your own: cp -r "$(vendorgate registry path)" registry-snapshot
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
@registry_option
@report_options(LIST_FORMATS)
@help_option
def list_offerings(
    grade: tuple[str, ...],
    developer: str | None,
    platform: str | None,
    registry: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """List the offerings with their grades.

    For example: vendorgate registry list --grade hipaa_baa=yes_public --platform "AWS*"
    """
    grades, folder = _grades(grade), registry_for(registry)

    def listed() -> OfferingList:
        snapshot = read_snapshot(folder, rules=False)
        found = selection.select(snapshot, grades=grades, developer=developer, platform=platform)
        return OfferingList(snapshot, found)

    answer(listed, LIST_FORMATS, format, output, folders=[folder])
    return 0


@click.command(add_help_option=False)
@click.argument("offering")
@click.option("--as-of", type=Day(), help="The day to count from, YYYY-MM-DD.  [default: today, UTC]")
@_bundle_option
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
    """Show all that the snapshot says of an offering, watch-outs first; with --policies, what a bundle adds, too.

    For example: vendorgate registry show openai-api
    """
    folder, day, bundle = registry_for(registry), day_for(as_of).day, _bundle(policies)

    def shown() -> OfferingPage:
        snapshot = read_snapshot(folder, [offering], bundle=bundle)
        found = snapshot.offerings[offering]
        return OfferingPage(snapshot, found, concerns_of(found), day)

    answer(shown, SHOW_FORMATS, format, output, folders=[folder])
    return 0


@click.command(add_help_option=False)
@click.argument("offerings", nargs=-1, required=True, metavar="OFFERING OFFERING...")
@_bundle_option
@registry_option
@report_options(COMPARE_FORMATS)
@help_option
def compare(
    offerings: tuple[str, ...], policies: str | None, registry: str | None, format: str, output: tuple[str, ...]
) -> int:
    """Show offerings side by side; what differs is marked. With --policies, what a bundle adds is in it.

    For example: vendorgate registry compare openai-api azure-openai
    """
    if len(set(offerings)) < 2:
        raise UsageError([Problem("one offering, and a comparison needs two", help="name another offering")])
    folder, bundle = registry_for(registry), _bundle(policies)

    def compared() -> SideBySide:
        snapshot = read_snapshot(folder, offerings, bundle=bundle)
        return SideBySide(snapshot, tuple(snapshot.offerings.values()))

    answer(compared, COMPARE_FORMATS, format, output, folders=[folder])
    return 0


@click.command(add_help_option=False)
@click.argument("dimension", type=DimensionName())
@registry_option
@report_options(QUESTION_FORMATS)
@help_option
def question(dimension: Dimension, registry: str | None, format: str, output: tuple[str, ...]) -> int:
    """Show all offerings by one dimension.

    For example: vendorgate registry question hipaa_baa
    """
    folder = registry_for(registry)

    def answered() -> OneDimension:
        snapshot = read_snapshot(folder)
        return OneDimension(snapshot, dimension, selection.select(snapshot, grades={}))

    answer(answered, QUESTION_FORMATS, format, output, folders=[folder])
    return 0


@click.command("watch-outs", add_help_option=False)
@click.argument("offering", required=False)
@registry_option
@report_options(WATCH_OUTS_FORMATS)
@help_option
def watch_outs(offering: str | None, registry: str | None, format: str, output: tuple[str, ...]) -> int:
    """Show every cell that is not a clean public yes, of one offering or of all."""
    folder = registry_for(registry)

    def found() -> WatchOuts:
        snapshot = read_snapshot(folder, None if offering is None else [offering])
        offerings = selection.select(snapshot, grades={})
        return WatchOuts(snapshot, tuple((one, concerns_of(one)) for one in offerings))

    answer(found, WATCH_OUTS_FORMATS, format, output, folders=[folder])
    return 0


@click.command(add_help_option=False)
@click.argument("words", nargs=-1, required=True)
@registry_option
@report_options(SEARCH_FORMATS)
@help_option
def search(words: tuple[str, ...], registry: str | None, format: str, output: tuple[str, ...]) -> int:
    """Find texts of offerings that have all the words, in any case and order.

    For example: vendorgate registry search zero retention
    """
    folder = registry_for(registry)

    def found() -> Matches:
        snapshot = read_snapshot(folder)
        return Matches(snapshot, tuple(_named(one) for one in selection.search(snapshot, " ".join(words))))

    answer(found, SEARCH_FORMATS, format, output, folders=[folder])
    return 0


def _named(match: selection.Match) -> tuple[str, str, str]:
    """The offering, the place and the text of a match."""
    place = f"{match.dimension}.{match.field}" if match.dimension else match.field
    return match.offering.id, place, match.text
