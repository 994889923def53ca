"""`vendorgate agreements report`."""

from __future__ import annotations

from typing import Any

import click

from ...frame.inputs import answer_of_inputs
from ...frame.options import help_option
from ...frame.reporting import report_options
from ...frame.verdict import exit_code
from .formats import REPORT_FORMATS
from .model import Terminations
from .options import manifests_and_inputs, register_inputs
from .register import chosen, required_register
from .terminations import each, together


@click.command(add_help_option=False)
@click.option(
    "--terminate",
    multiple=True,
    metavar="REFERENCE|NUMBER",
    help="Only these, all at once: by reference, or by place in the register from 1; may be repeated.",
)
@manifests_and_inputs
@report_options(REPORT_FORMATS)
@help_option
def report(terminate: tuple[str, ...], format: str, output: tuple[str, ...], **options: Any) -> int:
    """Show which results would change and which usages would lose coverage if an agreement were terminated.

    Tries each agreement of the register by itself. Without MANIFEST: the one here. Exits with 0 whatever
    would happen.

    For example: vendorgate agreements report --terminate LEGAL-482
    """
    given = register_inputs(**options)

    def terminated() -> Terminations:
        evaluation = given.evaluation()
        register = required_register(evaluation.bundle)
        return together(evaluation, chosen(register, terminate)) if terminate else each(evaluation)

    found = answer_of_inputs(given, terminated, REPORT_FORMATS, format, output)
    return exit_code(found.evaluation)
