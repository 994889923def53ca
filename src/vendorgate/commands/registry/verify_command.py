"""`vendorgate registry verify`."""

from __future__ import annotations

import datetime

import click

from ...errors import InputError, Problem
from ...frame.defaults import today
from ...frame.options import Day
from ...load.bundle import check_pin, read_bundle
from ...load.files import folder
from ...model.policy import RegistryDemands
from ...snapshots import index_problems, read_snapshot
from . import document as json
from . import text
from .options import answer, canvas, chosen, registry_options
from .sources import unsourced
from .staleness import Aging, aging


@click.command(add_help_option=False)
@click.option(
    "--within", type=click.IntRange(min=0), default=0, metavar="DAYS", help="List evidence that ends so soon, too."
)
@click.option("--policies", metavar="DIR", help="A bundle: its pin is checked, and its limits on evidence are used.")
@click.option("--as-of", type=Day(), help="The day to judge by, YYYY-MM-DD.  [default: today, UTC]")
@registry_options("text", "json")
def verify(within: int, policies: str | None, as_of: datetime.date | None, registry: str | None, format: str) -> int:
    """Check every file of a snapshot, print its digest, and list evidence that is too old or has no source.

    Old evidence is no mistake of the snapshot: a check reads it as unknown. Exits with 2 where a file is not valid,
    the index is not what the files say, or the snapshot is not the one that the bundle pins.
    """
    place = chosen(registry)
    snapshot = read_snapshot(place)
    wrong = index_problems(place)
    if wrong:
        raise InputError(wrong)
    demands = _demands(policies, snapshot.sha256) if policies is not None else RegistryDemands()
    day = as_of or today()
    old = [(one.offering.id, one.dimension, _words(one, day)) for one in aging(snapshot, demands, day, within)]
    bare = [(one.offering.id, one.dimension, one.words) for one in unsourced(snapshot)]
    if format == "json":
        return answer(json.verification(snapshot, old, bare, within))
    return answer(text.verification(snapshot, old, bare, within, canvas()))


def _demands(policies: str, sha256: str) -> RegistryDemands:
    """What a bundle demands of the registry.

    Raises:
        InputError: the bundle cannot be read, or pins another snapshot.
    """
    problems: list[Problem] = []
    files = read_bundle(folder(policies), problems)
    if files is not None:
        check_pin(files, sha256, problems)
    if files is None or problems:
        raise InputError(problems)
    return files.settings.registry


def _words(one: Aging, as_of: datetime.date) -> str:
    if one.verified is None or one.last_day is None:
        return "never verified"
    if one.last_day < as_of:
        return f"verified {one.verified}, counted until {one.last_day}"
    days = (one.last_day - as_of).days
    return f"verified {one.verified}, counts until {one.last_day}, {days} more day{'' if days == 1 else 's'}"
