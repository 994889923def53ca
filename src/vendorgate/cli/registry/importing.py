"""`vendorgate registry import`."""

from __future__ import annotations

import sys

import click

from ...registry.upstream import Upstream, read_upstream
from ..options import help_option
from .differing import format_option
from .fetching import fetched, is_url, read_file
from .replacing import files_of, propose, say, target_for

LARGEST = 20 * 1024 * 1024
"""Bytes of what is imported."""


def attribution_of(upstream: Upstream, source: str) -> str:
    """What a snapshot says of what it took from outside."""
    terms = f" {upstream.license}" if upstream.license else ""
    return f"Includes data of {upstream.name}, {source if is_url(source) else 'from a file'}.{terms}"


def merged(files: dict[str, bytes], data: bytes, source: str) -> dict[str, bytes]:
    """The files of a snapshot with what was published merged in; what was not taken as it stood is said."""
    from ...registry.merge import merge

    upstream = read_upstream(data, source)
    found = merge(files, upstream, attribution_of(upstream, source))
    say((*upstream.remarks, *found.remarks))
    return found.files


@click.command("import", add_help_option=False)
@click.argument("source", metavar="FILE|URL")
@click.option("--registry", metavar="DIR", help="The snapshot to merge into.  [default: registry-snapshot/]")
@click.option("--yes", is_flag=True, help="Write without asking.")
@format_option
@help_option
def import_upstream(source: str, registry: str | None, yes: bool, format: str) -> int:
    """Merge what the upstream registry publishes (its data.json) into a snapshot, and show what changes first.

    Scopes, conditions, notes and comments of the snapshot stay, newer evidence of ours is kept, and free text from
    outside becomes a note, never a rule.
    """
    target = target_for(registry)
    files = files_of(target)
    response = fetched(source) if is_url(source) else None
    data = response.data if response is not None else read_file(source, LARGEST)
    new = merged(files, data, source)
    asked = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    if not asked:
        if not propose(target, new, (), format, write=yes):
            sys.stderr.write("nothing is written; say --yes to write it\n")
        return 0
    propose(target, new, (), format, write=False)
    if click.confirm(f"Write this to {target}?"):
        propose(target, new, (), format, write=True)
    return 0
