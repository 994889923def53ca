"""`vendorgate registry diff`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import click

from ...comparison.registry_difference import difference
from ...comparison.registry_model import RegistryDifference
from ...frame.answer import answer
from ...frame.options import help_option
from ...frame.reporting import fail_when_option, report_options
from ...load.files import folder
from ...snapshots import read_snapshot
from .formats import DIFF_FORMATS

FAIL_WHEN: Final[Mapping[str, Callable[[RegistryDifference], int]]] = {
    "worse": lambda found: found.worse,
    "any": lambda found: found.total,
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("old")
@click.argument("new")
@report_options(DIFF_FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: a change for the worse, or any change.")
@help_option
def diff(old: str, new: str, format: str, output: tuple[str, ...], fail_when: str) -> int:
    """Show what changed from the snapshot in folder OLD to the one in folder NEW.

    A fact that is gone, a scope that shrinks, a condition that is added and evidence that is older count as worse. So
    do an end that is announced, a name that is no longer known and what names newly imply.

    For example: vendorgate registry diff registry-snapshot ../registry-next
    """
    before, after = folder(old), folder(new)
    found = answer(
        lambda: difference(read_snapshot(before), read_snapshot(after)),
        DIFF_FORMATS,
        format,
        output,
        folders=(before, after),
    )
    return 1 if FAIL_WHEN[fail_when](found) else 0
