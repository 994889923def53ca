"""`vendorgate agreements check`."""

from __future__ import annotations

import sys
from typing import Any

import click

from ...frame.options import Span
from ...frame.streams import print_report, style_for
from ...frame.verdict import THRESHOLDS
from ...model.vocabulary import FailOn
from .findings import check as check_register
from .model import RegisterCheck
from .options import AgreementsRequest, agreement_options, judged

_SOON = 30


@click.command(add_help_option=False)
@click.option(
    "--within", type=Span(), default=_SOON, metavar="SPAN", help="What is soon, as 30d or 4w.  [default: 30d]"
)
@click.option(
    "--fail-on",
    type=click.Choice(THRESHOLDS),
    default="error",
    show_default=True,
    help="The least severity that exits with 1.",
)
@agreement_options(("text", "json", "markdown"))
def check(within: int, fail_on: FailOn, format: str, **options: Any) -> int:
    """Find agreements that end, overlap, contradict or serve nothing, and usages that rely on claims.

    Without MANIFEST: the one here. Without a register the claims that results rely on are told. Exits with 1
    where a finding is severe enough.

    For example: vendorgate agreements check "services/**/vendorgate.yaml" --within 90d
    """
    found = check_register(judged(AgreementsRequest(**options)), within, fail_on)
    print_report(_rendered(found, format))
    return 1 if found.verdict == "fail" else 0


def _rendered(found: RegisterCheck, format: str) -> str:
    if format == "text":
        from .text import check

        return check(found, style_for(sys.stdout))
    from . import check_document, markdown

    return {"json": check_document.check, "markdown": markdown.check}[format](found)
