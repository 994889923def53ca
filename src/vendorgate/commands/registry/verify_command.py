"""`vendorgate registry verify`."""

from __future__ import annotations

import datetime

import click

from ...errors import InputError, Problem
from ...frame.answer import answer
from ...frame.defaults import day_for, policies_named, registry_for
from ...frame.options import Day, Span, help_option, registry_option
from ...frame.reporting import report_options
from ...load.bundle import check_pin
from ...load.bundle_files import read_bundle
from ...load.files import Folder, shipped
from ...load.nearby import POLICIES
from ...model.policy import RegistryDemands
from ...model.registry import Snapshot
from ...snapshots import index_problems, read_snapshot
from .formats import VERIFY_FORMATS
from .freshness import Freshness
from .freshness import freshness as measured
from .verifying import VerifiedSnapshot
from .verifying import verify as verified


@click.command(add_help_option=False)
@click.option(
    "--within", type=Span(), default=0, metavar="SPAN", help="List evidence that ends so soon, as 30d or 4w, too."
)
@click.option(
    "--freshness", type=Span(), metavar="SPAN", help="Tell how many dated cells count on each day so far ahead, as 90d."
)
@click.option("--policies", metavar="DIR", help="A bundle: its pin is checked, and its limits on evidence are used.")
@click.option("--as-of", type=Day(), help="The day to judge by, YYYY-MM-DD.  [default: today, UTC]")
@registry_option
@report_options(VERIFY_FORMATS)
@help_option
def verify(
    within: int,
    freshness: int | None,
    policies: str | None,
    as_of: datetime.date | None,
    registry: str | None,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Check every file of a snapshot, print its digest, and list evidence that is too old or has no source.

    Old evidence is no mistake of the snapshot: a check reads it as unknown. Exits with 2 where a file is not valid,
    the index is not what the files say, or the snapshot is not the one that the bundle pins.

    --freshness measures how much of it will count if nobody reads anything, by the limits of the bundle, else of the
    policies that came with vendorgate, and names the day on which most cells stop counting at once.

    For example: vendorgate registry verify --within 30d --policies policies
    """
    place = registry_for(registry)
    bundle = policies_named(policies, recorded=False) if policies is not None else None
    day = day_for(as_of).day

    def found() -> VerifiedSnapshot:
        snapshot = read_snapshot(place)
        wrong = index_problems(place)
        if wrong:
            raise InputError(wrong)
        demands = _demands(bundle, snapshot.sha256) if bundle is not None else RegistryDemands()
        coming = None if freshness is None else _coming(snapshot, bundle, day, freshness)
        return verified(snapshot, demands, day, within, coming)

    answer(found, VERIFY_FORMATS, format, output, folders=filter(None, (place, bundle)))
    return 0


def _coming(snapshot: Snapshot, bundle: Folder | None, day: datetime.date, ahead: int) -> Freshness:
    """The coming days by the limits of a bundle, or of the one that came with vendorgate."""
    judges = shipped(POLICIES) if bundle is None else bundle
    return measured(snapshot, _demands(judges, snapshot.sha256), judges.shown, day, ahead)


def _demands(bundle: Folder, sha256: str) -> RegistryDemands:
    """What a bundle demands of the registry.

    Raises:
        InputError: the bundle cannot be read, or pins another snapshot.
    """
    problems: list[Problem] = []
    files = read_bundle(bundle, problems)
    if files is not None:
        check_pin(files, sha256, problems)
    if files is None or problems:
        raise InputError(problems)
    return files.settings.registry
