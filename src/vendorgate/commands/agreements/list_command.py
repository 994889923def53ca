"""`vendorgate agreements list`."""

from __future__ import annotations

import sys
from typing import Any

import click

from ...frame.names import require_known
from ...frame.options import Span
from ...frame.repository import repository_for
from ...frame.streams import print_report, style_for
from ...model.evaluation import Evaluation
from ...model.vocabulary import AGREEMENT_KINDS
from .listing import Wanted
from .listing import listing as list_register
from .model import Listing
from .options import Asked, agreement_options, judged


@click.command("list", add_help_option=False)
@click.option("--offering", multiple=True, metavar="ID", help="Only for this offering; may be repeated.")
@click.option("--kind", multiple=True, metavar="KIND", help="Only of this kind; may be repeated.")
@click.option("--ending-within", type=Span(), metavar="SPAN", help="Only what ends so soon, as 30d or 4w.")
@agreement_options(("text", "json", "markdown", "csv"))
def list_agreements(
    offering: tuple[str, ...], kind: tuple[str, ...], ending_within: int | None, format: str, **options: Any
) -> int:
    """List the register by offering and kind, with days left.

    No manifest is needed. With MANIFESTs the list says for how many of their usages each agreement is.
    """
    for one in kind:
        require_known(one, AGREEMENT_KINDS, "kind of agreement")
    evaluation = _evaluation(Asked(**options))
    for one in offering:
        require_known(one, evaluation.snapshot.ids, "offering")
    found = list_register(evaluation, Wanted(frozenset(offering), frozenset(kind), ending_within))
    print_report(_rendered(found, format))
    return 0


def _evaluation(asked: Asked) -> Evaluation:
    """Of the manifests that are named; of none where none is."""
    if asked.manifests:
        return judged(asked)
    repository_for(asked.repository)  # nothing is judged, and a name that is none is refused all the same
    gate = asked.gate()
    return Evaluation(asked.day, (), gate.bundle, gate.snapshot(()), (), (), ())


def _rendered(found: Listing, format: str) -> str:
    if format == "text":
        from .text import listing

        return listing(found, style_for(sys.stdout))
    from . import csv, json, markdown

    return {"json": json.listing, "markdown": markdown.listing, "csv": csv.listing}[format](found)
