"""`vendorgate check`: judge manifests, report, and exit with the verdict."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from ..gate import Gate
from ..model.evaluation import Evaluation
from ..terminal.style import PLAIN
from .defaults import inputs_for, manifests_for
from .options import help_option, inputs, today
from .streams import print_report, style_for


def _text(evaluation: Evaluation, stream: Any = None) -> str:
    from ..report.text import render

    return render(evaluation, PLAIN if stream is None else style_for(stream))


def _json(evaluation: Evaluation, stream: Any = None) -> str:
    from ..report.json import render

    return render(evaluation)


FORMATS: Final[Mapping[str, Callable[..., str]]] = {"text": _text, "json": _json}
"""Each renders an evaluation; given a stream, as suits it."""


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@inputs
@click.option("--format", type=click.Choice([*FORMATS]), default="text", show_default=True, help="What to print.")
@click.option("--output", multiple=True, metavar="FORMAT=PATH", help="Write a report to a file, too; may be repeated.")
@click.option(
    "--fail-on",
    type=click.Choice(["note", "warning", "error", "never"]),
    help="The least severity that blocks; not laxer than the bundle's.",
)
@help_option
def check(
    manifests: tuple[str, ...],
    policies: str | None,
    registry: str | None,
    as_of: datetime.date | None,
    format: str,
    output: tuple[str, ...],
    fail_on: Any,
) -> int:
    """Judge manifests and fail where usage is outside documented coverage.

    Without MANIFEST: vendorgate.yaml here. A MANIFEST may be a glob, such as "services/**/vendorgate.yaml".
    """
    paths = manifests_for(manifests)
    folders = inputs_for(policies, registry)
    if not output:
        evaluation = Gate(*folders).check(paths, as_of=as_of or today(), fail_on=fail_on)
        return _finish(evaluation, format)
    from .output import destinations, discard

    files = destinations(output, FORMATS, paths, folders)
    try:
        evaluation = Gate(*folders).check(paths, as_of=as_of or today(), fail_on=fail_on)
        for file in files:
            file.write(FORMATS[file.format](evaluation))
    finally:
        discard(files)
    return _finish(evaluation, format)


def _finish(evaluation: Evaluation, format: str) -> int:
    print_report(FORMATS[format](evaluation, sys.stdout))
    return 1 if evaluation.verdict == "fail" else 0
