"""`vendorgate registry diff`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import click

from ...comparison.registry_difference import beside, difference
from ...comparison.registry_model import RegistryDifference
from ...frame.answer import answer
from ...frame.defaults import registry_beside, registry_for
from ...frame.options import help_option
from ...frame.reporting import fail_when_option, report_options
from ...snapshots import read_snapshot
from .formats import DIFF_FORMATS
from .options import overlays_option

FAIL_WHEN: Final[Mapping[str, Callable[[RegistryDifference], int]]] = {
    "worse": lambda found: found.worse,
    "any": lambda found: found.total,
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("old")
@click.argument("new")
@overlays_option
@report_options(DIFF_FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: a change for the worse, or any change.")
@help_option
def diff(old: str, new: str, policies: str | None, format: str, output: tuple[str, ...], fail_when: str) -> int:
    """Show what changed from the snapshot in folder OLD to the one in folder NEW.

    A fact that is gone, a scope that shrinks, a condition that is added and evidence that is older count as worse. So
    do an end that is announced, a name that is no longer known, what names newly imply, and an offering that is gone
    without a word of it in `former`. Where a cell of the bundle's own stands in the place of one that changed, that is
    said.

    For example: vendorgate registry diff registry-snapshot ../registry-next
    """
    (before, bundle), after = registry_beside(old, policies), registry_for(new)

    def compared() -> RegistryDifference:
        found = difference(read_snapshot(before), read_snapshot(after))
        if bundle is None:
            return found
        changed = {one.offering for one in found.cells}
        return beside(found, read_snapshot(before, sorted(changed), bundle=bundle))

    found = answer(compared, DIFF_FORMATS, format, output, folders=filter(None, (before, after, bundle)))
    return 1 if FAIL_WHEN[fail_when](found) else 0
