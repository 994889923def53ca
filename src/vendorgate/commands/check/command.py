"""`vendorgate check`, as click knows it."""

from __future__ import annotations

from typing import Any

import click

from ...frame.formats import FORMATS
from ...frame.options import help_option, inputs
from ...frame.reporting import code_option, fail_on_option, group_by_option, report_options, show_waived_option
from .request import CheckRequest
from .request import check as run_check


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@inputs
@report_options(FORMATS)
@fail_on_option()
@show_waived_option
@code_option
@click.option("--verbose", is_flag=True, help="Have text tell every result, with its reasons.")
@click.option("--quiet", is_flag=True, help="Have text tell the verdict alone.")
@click.option("--statistics", is_flag=True, help="Have text count by policy, offering, project, owner and cause.")
@group_by_option
@help_option
def check(**options: Any) -> int:
    """Judge manifests and fail where usage is outside documented coverage.

    MANIFEST is a file, a folder (every vendorgate.yaml or vendorgate.yml below it that git does not ignore), a glob
    such as "services/**/vendorgate.yaml", or - for standard input. Without one: the manifest here. Where some have
    mistakes the others are judged, and the exit code is 2.

    For example: vendorgate check . --output sarif=vendorgate.sarif
    """
    return run_check(CheckRequest(**options))
