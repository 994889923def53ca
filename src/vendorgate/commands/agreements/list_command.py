"""`vendorgate agreements list`."""

from __future__ import annotations

from typing import Any

import click

from ...frame.inputs import Inputs, answer_of_inputs
from ...frame.names import require_known, require_offering
from ...frame.options import Span, help_option
from ...frame.reporting import report_options
from ...frame.verdict import exit_code
from ...model.evaluation import Evaluation
from .formats import LIST_FORMATS
from .listing import ListFilter
from .listing import listing as list_register
from .model import RegisterListing
from .options import manifests_and_inputs, register_inputs


@click.command("list", add_help_option=False)
@click.option("--offering", multiple=True, metavar="ID", help="Only for this offering; may be repeated.")
@click.option("--kind", multiple=True, metavar="KIND", help="Only of this kind; may be repeated.")
@click.option("--within", type=Span(), metavar="SPAN", help="Only what ends within so many days, as 30d or 4w.")
@manifests_and_inputs
@report_options(LIST_FORMATS)
@help_option
def list_agreements(
    offering: tuple[str, ...],
    kind: tuple[str, ...],
    within: int | None,
    format: str,
    output: tuple[str, ...],
    **options: Any,
) -> int:
    """List the register by offering and kind, with days left.

    No manifest is needed. With MANIFESTs the list says for how many of their usages each agreement is.

    For example: vendorgate agreements list --within 90d
    """
    given = register_inputs(any_manifests=True, **options)

    def listed() -> RegisterListing:
        evaluation = given.evaluation() if given.paths else _register_alone(given)
        for one in kind:
            require_known(one, evaluation.bundle.agreement_kinds, "kind of agreement")
        for one in offering:
            require_offering(one, evaluation.snapshot.ids)
        return list_register(evaluation, ListFilter(frozenset(offering), frozenset(kind), within))

    found = answer_of_inputs(given, listed, LIST_FORMATS, format, output)
    return exit_code(found.evaluation)


def _register_alone(given: Inputs) -> Evaluation:
    """The bundle and the snapshot, which judge nothing."""
    gate = given.gate()
    return Evaluation(given.as_of, (), gate.bundle, gate.snapshot(()), (), (), ())
