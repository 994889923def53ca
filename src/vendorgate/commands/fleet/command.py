"""`vendorgate fleet`: judge the manifests of many repositories, and look at all of them together."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "gather": Entry(".gather.command", "gather", "Gather the manifests of many repositories into a store."),
    "check": Entry(".check.command", "check", "Judge the manifests of a store, or rows of others, and write a run."),
    "report": Entry(".report.command", "report", "Show what a run came to: one page to look at, with all its rows."),
    "diff": Entry(".diff.command", "diff", "Tell what turned between two runs, and why."),
    "policy": Entry(".policy.command", "policy", "Hold a run to rules over all its usages."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def fleet() -> None:
    """Judge the manifests of many repositories, and look at all of them together."""
