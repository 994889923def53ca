"""`vendorgate registry path`, `list`, `show`, `compare`, `question`, `watch-outs`, `search`."""

from __future__ import annotations

import datetime
import os
from types import ModuleType
from typing import Any

import click

from ...errors import Problem, UsageError
from ...frame.defaults import today
from ...frame.options import Day, help_option
from ...logic.nearest import suggestion
from ...model.vocabulary import DIMENSIONS
from ...snapshots import read_snapshot
from ...source import Location
from . import selection, text
from .options import answer, canvas, chosen, registry_options


class Dimension(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """One of the eleven dimensions."""

    name = "dimension"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value not in DIMENSIONS:
            self.fail(f"no dimension `{value}`; {suggestion(str(value), DIMENSIONS, 'there are')}", param, ctx)
        return value


def _json() -> ModuleType:
    """The reports for programs, loaded when one is asked for."""
    from . import document as json

    return json


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


@click.command(add_help_option=False)
@click.option("--registry", metavar="DIR", help="The registry snapshot.  [default: registry-snapshot/, else built in]")
@help_option
def path(registry: str | None) -> int:
    """Print the folder of the snapshot that a check from here would use.

    For example, to start a registry of your own: cp -r "$(vendorgate registry path)" registry-snapshot
    """
    folder = chosen(registry)
    if not os.path.isfile(os.path.join(folder.path, "snapshot.yaml")):
        raise UsageError(
            [Problem("no snapshot there", Location(folder.shown, 1, 1), "name a folder that has a snapshot.yaml")]
        )
    return answer(f"{os.path.abspath(folder.path)}\n")


@click.command("list", add_help_option=False)
@click.option("--grade", multiple=True, metavar="DIMENSION=GRADE", help="Only with this grade; may be repeated.")
@click.option("--developer", metavar="GLOB", help="Only of this developer of models.")
@click.option("--platform", metavar="GLOB", help="Only on this platform.")
@registry_options("text", "json")
def list_offerings(
    grade: tuple[str, ...], developer: str | None, platform: str | None, registry: str | None, format: str
) -> int:
    """List the offerings with their grades.

    For example: vendorgate registry list --grade hipaa_baa=yes_public --platform "AWS*"
    """
    grades = _grades(grade)
    snapshot = read_snapshot(chosen(registry), rules=False)
    found = selection.select(snapshot, grades=grades, developer=developer, platform=platform)
    return answer(_json().listing(snapshot, found) if format == "json" else text.listing(snapshot, found, canvas()))


@click.command(add_help_option=False)
@click.argument("offering")
@click.option("--as-of", type=Day(), help="The day to count from, YYYY-MM-DD.  [default: today, UTC]")
@registry_options("text", "json")
def show(offering: str, as_of: datetime.date | None, registry: str | None, format: str) -> int:
    """Show all that the snapshot says of an offering, watch-outs first."""
    snapshot = read_snapshot(chosen(registry), [offering])
    found = snapshot.offerings[offering]
    from ...evaluate.watch_outs import watch_outs as concerns_of

    concerns = concerns_of(found)
    if format == "json":
        return answer(_json().page(found, snapshot, concerns))
    return answer(text.page(found, snapshot, concerns, as_of or today(), canvas()))


@click.command(add_help_option=False)
@click.argument("offerings", nargs=-1, required=True, metavar="OFFERING OFFERING...")
@registry_options("text", "json")
def compare(offerings: tuple[str, ...], registry: str | None, format: str) -> int:
    """Show offerings side by side; what differs is marked."""
    if len(set(offerings)) < 2:
        raise UsageError([Problem("one offering, and a comparison needs two", help="name another offering")])
    snapshot = read_snapshot(chosen(registry), offerings)
    found = tuple(snapshot.offerings.values())
    return answer(_json().comparison(found, snapshot) if format == "json" else text.comparison(found, canvas()))


@click.command(add_help_option=False)
@click.argument("dimension", type=Dimension())
@registry_options("text", "json")
def question(dimension: Any, registry: str | None, format: str) -> int:
    """Show all offerings by one dimension."""
    snapshot = read_snapshot(chosen(registry))
    found = selection.select(snapshot, grades={})
    if format == "json":
        return answer(_json().question(dimension, snapshot, found))
    return answer(text.question(dimension, snapshot, found, canvas()))


@click.command("watch-outs", add_help_option=False)
@click.argument("offering", required=False)
@registry_options("text", "json")
def watch_outs(offering: str | None, registry: str | None, format: str) -> int:
    """Show every cell that is not a clean public yes, of one offering or of all."""
    snapshot = read_snapshot(chosen(registry), None if offering is None else [offering])
    from ...evaluate.watch_outs import watch_outs as concerns_of

    found = [(one, concerns_of(one)) for one in selection.select(snapshot, grades={})]
    return answer(_json().watch_outs(found, snapshot) if format == "json" else text.watch_outs(found, canvas()))


@click.command(add_help_option=False)
@click.argument("words", nargs=-1, required=True)
@registry_options("text", "json")
def search(words: tuple[str, ...], registry: str | None, format: str) -> int:
    """Find texts of offerings that have all the words, in any case and order."""
    snapshot = read_snapshot(chosen(registry))
    found = [
        (match.offering.id, f"{match.dimension}.{match.field}" if match.dimension else match.field, match.text)
        for match in selection.search(snapshot, " ".join(words))
    ]
    return answer(_json().matches(found, snapshot) if format == "json" else text.matches(found, canvas()))
