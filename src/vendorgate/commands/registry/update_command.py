"""`vendorgate registry update`."""

from __future__ import annotations

import json
import sys
from typing import Final

import click

from ...errors import Problem, UsageError
from ...frame.defaults import policies_named
from ...frame.options import Digest, help_option
from ...frame.reporting import report_options
from ...load.bundle_files import read_bundle
from .formats import DIFF_FORMATS
from .imported_files import merged
from .progress import fetched
from .snapshot_change import ORIGIN, changing, origin_of, other_files, propose, target_for, telling

_WHERE: Final = (
    "say where; for example: vendorgate registry update https://registry.example.org/snapshot.tar.gz --dry-run"
)


@click.command(add_help_option=False)
@click.argument("url", required=False)
@click.option("--registry", metavar="DIR", help="The snapshot to replace.  [default: registry-snapshot/ here]")
@click.option(
    "--sha256", type=Digest(), metavar="HEX", help="What `verify` prints of the new snapshot, or of the file."
)
@click.option("--policies", metavar="DIR", help="A bundle, whose pin the new snapshot must have.")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@report_options(DIFF_FORMATS)
@help_option
def update(
    url: str | None,
    registry: str | None,
    sha256: str | None,
    policies: str | None,
    dry_run: bool,
    format: str,
    output: tuple[str, ...],
) -> int:
    """Replace a snapshot by a published one (an archive), or merge in what upstream publishes (JSON).

    Without URL: where the snapshot was fetched before. What is fetched is checked completely; then it takes the old
    one's place at once. Whatever goes wrong, the old snapshot stays.

    For example: vendorgate registry update https://registry.example.org/snapshot.tar.gz --dry-run
    """
    target = target_for(registry)
    origin = origin_of(target)
    address = url or origin.get("url")
    if not isinstance(address, str):
        raise UsageError([Problem("no address to fetch from", help=_WHERE)])
    with telling(format, output, target) as tell:
        etag = origin.get("etag") if origin.get("url") == address else None
        response = fetched(address, etag if isinstance(etag, str) else None)
        if response is None:
            sys.stderr.write("not changed since it was fetched\n")
            return 0
        pins = _pins(policies)
        if sha256 is not None and sha256 != response.sha256:
            pins.append(sha256)
        archive = response.data[:1] not in (b"{", b"[", b"\xef", b" ", b"\n", b"\t", b"\r")
        unpacked = _unpacked(response.data, address) if archive else None
        with changing(target):
            files = merged(target, response.data, address) if unpacked is None else {**other_files(target), **unpacked}
            files[ORIGIN] = json.dumps({"url": address, "etag": response.etag}, indent=2).encode() + b"\n"
            propose(target, files, pins, tell, write=not dry_run)
    return 0


def _unpacked(data: bytes, address: str) -> dict[str, bytes]:
    from .archive import unpack

    return unpack(data, address)


def _pins(policies: str | None) -> list[str]:
    """The digest that a bundle pins."""
    if policies is None:
        return []
    from ...errors import InputError

    problems: list[Problem] = []
    files = read_bundle(policies_named(policies, recorded=False), problems)
    if files is None or problems:
        raise InputError(problems)
    pin = files.settings.registry.sha256
    return [pin] if isinstance(pin, str) else []
