"""`vendorgate registry import`."""

from __future__ import annotations

import click

from ...frame.options import help_option
from ...frame.reporting import report_options
from .formats import DIFF_FORMATS
from .imported_files import merged
from .progress import fetched, is_url, read_file
from .snapshot_change import changing, files_of, propose_first, target_for, telling

LARGEST = 20 * 1024 * 1024
"""Bytes of what is imported."""


@click.command("import", add_help_option=False)
@click.argument("source", metavar="FILE|URL")
@click.option("--registry", metavar="DIR", help="The snapshot to merge into.  [default: registry-snapshot/ here]")
@click.option("--yes", is_flag=True, help="Write without asking.")
@report_options(DIFF_FORMATS)
@help_option
def import_upstream(source: str, registry: str | None, yes: bool, format: str, output: tuple[str, ...]) -> int:
    """Merge what the upstream registry publishes (its data.json) into a snapshot, and show what changes first.

    Scopes, conditions, notes and comments of the snapshot stay, newer evidence of ours is kept, and free text from
    outside becomes a note, never a rule.

    For example: vendorgate registry import data.json --registry registry-snapshot
    """
    target = target_for(registry)
    files_of(target)
    with telling(format, output, target) as tell:
        response = fetched(source) if is_url(source) else None
        data = response.data if response is not None else read_file(source, LARGEST)
        with changing(target):
            propose_first(target, merged(target, data, source), tell, "write" if yes else "ask")
    return 0
