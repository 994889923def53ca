"""`vendorgate observe attest`: file what a person has read."""

from __future__ import annotations

import datetime
import re
from typing import Final

import click
from msgspec import UNSET

from ...errors import Problem, UsageError
from ...frame.answer import answering
from ...frame.defaults import today
from ...frame.names import require_known, require_offering
from ...frame.options import CENTURY, Day, Digest, help_option, registry_option
from ...frame.reporting import report_options
from ...frame.verdict import INCOMPLETE
from ...gate import Gate
from ...load.bundle_files import BundleFiles
from ...model.manifest import RouteName
from ...model.observation import AccountEntry, ObservationFile
from ...model.vocabulary import LIFECYCLES, TIERS, Lifecycle, Tier
from ...snapshots import read_snapshot
from .attesting import Attested, Said, attested, refuse_other_days, refuse_read, settings_said
from .carrying_out import Judges, Manner, carried_out
from .choosing import Chosen
from .evidence import evidence
from .filing import of_account, standing
from .formats import FORMATS
from .options import bundle_option, dry_run_option, own_bundle, wanted, yes_option
from .readers.table import reader_of
from .reading import ReadAccount

_DAYS: Final = 14
"""For how many an attestation counts: somebody has to look again sooner than a job would."""
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")


@click.command("attest", add_help_option=False)
@click.argument("offering")
@click.option(
    "--setting", "settings", multiple=True, metavar="NAME=VALUE", help="A setting as it was read; may be repeated."
)
@click.option("--region", metavar="REGION", help="The place that the account is pinned to.")
@click.option("--cloud-region", metavar="NAME", help="The platform's own name for it.")
@click.option("--tier", type=click.Choice(TIERS), help="The account's tier.")
@click.option("--lifecycle", type=click.Choice(LIFECYCLES), help="The least mature thing that the account can use.")
@click.option("--feature", "features", multiple=True, metavar="NAME", help="A feature that is on; name all of them.")
@click.option("--by", required=True, metavar="WHO", help="Who has read it.")
@click.option("--evidence", "shown", required=True, metavar="FILE|URL", help="What shows it: a file, or an address.")
@click.option("--evidence-sha256", type=Digest(), metavar="HEX", help="Of what is at an address, which is not asked.")
@click.option("--on", type=Day(), help="The day on which it was read, YYYY-MM-DD.  [default: today, UTC]")
@click.option("--account", metavar="NAME", help="The account, as manifests name it.")
@click.option(
    "--max-age-days",
    type=click.IntRange(1, CENTURY),
    default=_DAYS,
    show_default=True,
    metavar="N",
    help="For how many days it counts, if the bundle allows as many.",
)
@bundle_option
@registry_option
@dry_run_option
@yes_option
@report_options(FORMATS)
@help_option
def attest(
    offering: str,
    settings: tuple[str, ...],
    region: str | None,
    cloud_region: str | None,
    tier: Tier | None,
    lifecycle: Lifecycle | None,
    features: tuple[str, ...],
    by: str,
    shown: str,
    evidence_sha256: str | None,
    on: datetime.date | None,
    account: str | None,
    max_age_days: int,
    bundle: str | None,
    registry: str | None,
    dry_run: bool,
    yes: bool,
    format: str,
    output: tuple[str, ...],
) -> int:
    """File in observations/ what a person has read of an account, where its vendor shows it in a console alone.

    It is marked as attested, with the SHA-256 of what shows it, and counts for fewer days than what is read. An account
    has one such file: attesting again replaces all of it, so that everything in it is shown by the evidence that it
    names. What was read from the vendor comes first and cannot be attested, nor can a setting that nothing reads.

    For example: vendorgate observe attest mistral-la-plateforme --setting zero_data_retention=true
    --by dana@example.org --evidence console.png
    """
    wish, judges = wanted(dry_run=dry_run, yes=yes), own_bundle(bundle, registry)
    with answering(FORMATS, format, output, (shown,), judges[:2]) as write:
        gate = Gate(*judges)
        name = _account(gate, offering, account)
        said = Said(
            settings_said(settings, _known(gate, judges, offering), offering),
            region or UNSET,
            cloud_region or UNSET,
            tier or UNSET,
            lifecycle or UNSET,
            features or UNSET,
        )
        now = today()
        attestation = Attested(by, on or now, evidence(shown, evidence_sha256), max_age_days)
        found = attested(name, said, attestation)
        _refuse_others(gate.files, name, said, found, now)
        read = ReadAccount(
            Chosen(AccountEntry(offering=offering, name=account), None), found, beside=_beside(gate, said, name)
        )
        carried = carried_out(judges, [read], Manner(now, wish, attesting=True))
        write(carried.found)
    carried.show(format)
    return INCOMPLETE if carried.found.undone else 0


def _account(gate: Gate, offering: str, account: str | None) -> RouteName:
    """The account that is meant.

    Raises:
        UsageError: the offering or the account does not exist.
    """
    require_offering(offering, gate.index.ids)
    listed = gate.files.accounts
    if listed is not None:
        own = [one.name for one in listed[0].accounts if one.offering == offering]
        if account is None and None not in own:
            title = f"accounts.yaml lists no account of `{offering}` without a name"
            named = [name for name in own if name is not None]
            raise UsageError([Problem(title, help=f"name it: --account {'|'.join(named) or 'NAME'}")])
        if account is not None:
            require_known(account, [name for name in own if name is not None], f"account of `{offering}`")
    elif account is not None and not _SLUG.fullmatch(account):
        help = "write lower-case letters, digits, hyphens, dots and underscores, as manifests do"
        raise UsageError([Problem(f"--account: `{account}` is no name of an account", help=help)])
    return RouteName(offering, account)


def _known(gate: Gate, judges: Judges, offering: str) -> frozenset[str]:
    """The settings that anything reads."""
    found = read_snapshot(judges[1], [offering], bundle=judges[0]).offerings[offering]
    return found.settings_read.union(*(policy.settings_read for policy in gate.bundle.policies))


def _refuse_others(
    files: BundleFiles, name: RouteName, said: Said, found: ObservationFile, today: datetime.date
) -> None:
    """Refuse what was read, and a day that is none."""
    read = of_account(name, standing(files.folder, files.observed, attested=False))
    if read is not None:
        refuse_read(said, read.written, files.folder.file(read.name)[1])
    before = of_account(name, standing(files.folder, files.observed, attested=True))
    most = files.settings.observations.max_age_days
    refuse_other_days(found, today, None if before is None else before.written, most)


def _beside(gate: Gate, said: Said, name: RouteName) -> tuple[str, ...]:
    """What whoever attests should know."""
    reader = reader_of(name.offering)
    told = [f"`{one}`" for one in said.names if reader is not None and one in reader.tells]
    command = f"vendorgate observe {name.offering}{f' --account {name.account}' if name.account else ''}"
    found = [f"{', '.join(told)} can be read from the vendor: {command}"] if told else []
    if not gate.files.settings.observations.attested:
        found.append(
            "bundle.yaml has no `observations: {attested: true}`: it is not enough where a value must be observed"
        )
    return tuple(found)
