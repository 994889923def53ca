"""`vendorgate agreements report`."""

from __future__ import annotations

import sys
from typing import Any

import click

from ...frame.streams import print_report, style_for
from .model import Terminations
from .options import Asked, agreement_options, judged
from .register import chosen, required_register
from .terminating import each, together


@click.command(add_help_option=False)
@click.option(
    "--terminate",
    multiple=True,
    metavar="REFERENCE|NUMBER",
    help="Only these, all at once: by reference, or by place in the register from 1; may be repeated.",
)
@agreement_options(("text", "json", "markdown"))
def report(terminate: tuple[str, ...], format: str, **options: Any) -> int:
    """Show which results would change and which usages would lose coverage if an agreement were terminated.

    Tries each agreement of the register by itself. Without MANIFEST: the one here. Exits with 0 whatever
    would happen.

    For example: vendorgate agreements report --terminate LEGAL-482
    """
    evaluation = judged(Asked(**options))
    register = required_register(evaluation.bundle)
    found = together(evaluation, chosen(register, terminate)) if terminate else each(evaluation)
    print_report(_rendered(found, format))
    return 0


def _rendered(found: Terminations, format: str) -> str:
    if format == "text":
        from .text import report

        return report(found, style_for(sys.stdout))
    from . import json, markdown

    return {"json": json.report, "markdown": markdown.report}[format](found)
