"""`vendorgate evidence pack`."""

from __future__ import annotations

import datetime
import sys

import click

from ...archive.reading import LARGEST
from ...archive.writing import MEBIBYTE
from ...frame.defaults import day_for, inputs_for, manifests_for
from ...frame.formats import FORMATS, Shown
from ...frame.options import help_option, inputs, max_size_option
from ...frame.reporting import fail_on_option
from ...frame.repository import repository_for
from ...frame.streams import print_report, style_for
from ...frame.verdict import EXIT_CODES, say_unjudged
from ...model.evaluation import Evaluation
from ...model.vocabulary import FailOn
from ...report.look import TextLook
from ...terminal.escape import escape
from .pack_file import new_pack
from .packing import PackQuestion, pack_into


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--output", required=True, metavar="FILE.zip", help="The archive to write; an earlier one is replaced.")
@inputs
@fail_on_option()
@max_size_option(LARGEST, "How many MiB the pack may hold, unpacked.")
@help_option
def pack(
    manifests: tuple[str, ...],
    output: str,
    policies: str | None,
    pack: tuple[str, ...],
    registry: str | None,
    as_of: datetime.date | None,
    repository: str | None,
    fail_on: FailOn | None,
    max_size: int,
) -> int:
    """Judge as `check` does, and write the verdict with all that it takes to judge again into one archive.

    It holds the manifests, policies, agreements, waivers and the registry byte for byte, the cells that results rest
    on, every report, a handbook, SHA-256 of all of it, and how to verify it. MANIFEST and exit codes are those of
    `check`: a pack of a check that fails is written, too. Where nothing can be judged, none is.

    For example: vendorgate evidence pack . --output evidence.zip
    """
    found = tuple(manifests_for(manifests))
    judges = inputs_for(policies, registry, pack)
    question = PackQuestion(found, *judges, day_for(as_of), repository_for(repository), fail_on, max_size * MEBIBYTE)
    with new_pack(output, (one.path for one in found), judges[:2]) as file:
        evaluation = pack_into(file, question)
    say_unjudged(evaluation, told=False)
    print_report(_told(evaluation, output))
    return EXIT_CODES[evaluation.verdict]


def _told(evaluation: Evaluation, output: str) -> str:
    """The verdict, and what was written."""
    closing = FORMATS["text"](evaluation, style_for(sys.stdout), Shown(look=TextLook("verdict")))
    assert isinstance(closing, str)
    return f"{closing}written: {escape(output)}\nnext: vendorgate verify {escape(output)}\n"
