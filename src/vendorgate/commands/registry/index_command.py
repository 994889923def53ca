"""`vendorgate registry index`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ...frame.defaults import registry_for
from ...frame.options import NEAREST_REGISTRY, help_option
from ...frame.streams import print_report
from ...frame.writing import new_file, replace_file
from ...load.snapshot import INDEX
from ...snapshots import index_text
from ...terminal.escape import escape


@click.command(add_help_option=False)
@click.option("--registry", metavar="DIR", help=f"The registry snapshot.  {NEAREST_REGISTRY}")
@help_option
def index(registry: str | None) -> int:
    """Write the index of a snapshot, index.yaml: the words of all its offerings.

    With it a check of policies that name platforms, endpoints, features or facts reads the offerings alone that
    manifests name. An index of other files than those that are there is not used.

    For example: vendorgate registry index --registry registry-snapshot
    """
    folder = registry_for(registry)
    text = index_text(folder).decode()
    path, shown = folder.file(INDEX)
    if os.path.isfile(path) and Path(path).read_bytes() == text.encode():
        sys.stderr.write(f"{escape(shown)} is up to date\n")
        return 0
    (replace_file if os.path.lexists(path) else new_file)(Path(path), text)
    print_report(f"written: {escape(shown)}\n")
    return 0
