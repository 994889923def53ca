"""`vendorgate waiver list`."""

from __future__ import annotations

from typing import Any

import click

from ...evaluate.waiver_index import WaiverIndex
from ...evaluate.waiver_uses import uses_of
from ...frame.answer import answer
from ...frame.defaults import manifests_for
from ...frame.inputs import inputs_given
from ...frame.options import help_option, inputs
from ...frame.reporting import report_options
from ...frame.verdict import exit_code, say_unjudged
from .formats import FORMATS
from .model import WaiverList


@click.command("list", add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@inputs
@report_options(FORMATS)
@help_option
def list_waivers(manifests: tuple[str, ...], format: str, output: tuple[str, ...], **options: Any) -> int:
    """Show every waiver of the bundle, the days that it has left, and what it waives in the manifests.

    Exits with 0 wherever they stand; `check` is the command that fails. MANIFEST is a file, folder or glob, as for
    `check`; without one it is the manifest here.

    For example: vendorgate waiver list . --policies policies
    """
    given = inputs_given(manifests_for(manifests), **options)

    def listed() -> WaiverList:
        evaluation = given.evaluation()
        waivers = WaiverIndex(evaluation.bundle.waivers)
        return WaiverList(evaluation, uses_of(waivers, evaluation.results, evaluation.as_of))

    found = answer(
        listed,
        FORMATS,
        format,
        output,
        manifests=given.paths,
        folders=given.folders,
        before=lambda made: say_unjudged(made.evaluation, told=format == "text"),
    )
    return exit_code(found.evaluation)
