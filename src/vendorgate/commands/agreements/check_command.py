"""`vendorgate agreements check`."""

from __future__ import annotations

from typing import Any

import click

from ...frame.inputs import answer_of_inputs
from ...frame.options import Span, help_option
from ...frame.reporting import fail_on_option, report_options
from ...frame.verdict import EXIT_CODES
from ...model.vocabulary import FailOn
from .findings import REVIEWED
from .findings import check as check_register
from .formats import CHECK_FORMATS
from .model import RegisterCheck
from .options import manifests_and_inputs, register_inputs

_SOON = 30


@click.command(add_help_option=False)
@click.option(
    "--within", type=Span(), default=_SOON, metavar="SPAN", help="What is soon, as 30d or 4w.  [default: 30d]"
)
@click.option(
    "--review-within",
    type=Span(),
    default=REVIEWED,
    metavar="SPAN",
    help="For how long a review counts, as 365d or 52w.  [default: 365d]",
)
@fail_on_option("The least severity that exits with 1.", "error")
@manifests_and_inputs
@report_options(CHECK_FORMATS)
@help_option
def check(
    within: int, review_within: int, fail_on: FailOn, format: str, output: tuple[str, ...], **options: Any
) -> int:
    """Find agreements that end, overlap, contradict, serve nothing or lack their paper, and usages that rely on claims.

    Without MANIFEST: the one here. Without a register the claims that results rely on are told. Exits with 1
    where a finding is severe enough.

    For example: vendorgate agreements check "services/**/vendorgate.yaml" --within 90d
    """
    given = register_inputs(**options)

    def checked() -> RegisterCheck:
        folder, _ = given.folders
        return check_register(given.evaluation(), within, fail_on, review_within=review_within, folder=folder)

    found = answer_of_inputs(given, checked, CHECK_FORMATS, format, output)
    return EXIT_CODES[found.verdict]
