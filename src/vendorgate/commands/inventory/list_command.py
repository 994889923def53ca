"""`vendorgate inventory list`: a view, filled from manifests."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Final

import click

from ...errors import InputError, Problem
from ...frame.answer import answer
from ...frame.defaults import manifests_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.options import help_option, inputs
from ...frame.reporting import GROUPINGS, fail_when_option, report_options
from ...frame.verdict import exit_code, say_unjudged
from ...inventory.filling import filled
from ...inventory.model import Inventory
from ...inventory.reading import ReadView, checked_view, is_file, read_view
from ...inventory.vocabulary import dialect_of, words_of
from .formats import FORMATS, formats

FAIL_WHEN: Final[Mapping[str, Callable[[Inventory], int]]] = {
    "missing": lambda found: found.counts.missing_required,
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option(
    "--view",
    default="systems",
    show_default=True,
    metavar="NAME|FILE.yaml",
    help="Which register: systems, ropa, subprocessors, dora, vendors, dpia, or a view of your own by its file.",
)
@click.option("--group-by", type=click.Choice(GROUPINGS), help="Tell the rows that the policies of each control judge.")
@click.option("--verbose", is_flag=True, help="Have text tell every row.")
@inputs
@report_options(FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: anything missing that the view requires.")
@help_option
def list_inventory(
    manifests: tuple[str, ...],
    view: str,
    group_by: str | None,
    verbose: bool,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
    format: str,
    output: tuple[str, ...],
    fail_when: str,
) -> int:
    """Fill a register from manifests, the register of agreements and the registry, and say what is missing by its name.

    Each cell says whose word it is: the line of a manifest, the reference of an agreement, the source of evidence with
    the day it was read. Evidence that does not count on the day is no value. Names of attributes that only you know:
    vendorgate docs reference/inventory

    For example: vendorgate inventory list . --view ropa --output xlsx=ropa.xlsx
    """
    given = inputs_given(
        manifests_for(manifests), policies=policies, registry=registry, pack=pack, as_of=as_of, repository=repository
    )
    found = answer(
        lambda: _made(given, view, group_by),
        formats(verbose, group_by is not None),
        format,
        output,
        manifests=(*given.paths, *([view] if is_file(view) else ())),
        folders=given.folders,
        before=lambda made: say_unjudged(made.evaluation, told=format == "text"),
    )
    return exit_code(found.evaluation, fails=FAIL_WHEN[fail_when](found) > 0)


def _made(given: Inputs, name: str, group_by: str | None) -> Inventory:
    """The register; what is wrong with the view is said beside what is wrong with the inputs."""
    problems: list[Problem] = []
    read = read_view(name, problems)
    if group_by is not None and read is not None and read.written.public:
        problems.append(_for_everybody(read, group_by))
    gate = given.gate()
    try:
        evaluation = given.evaluation(gate)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    words = words_of(gate.files, gate.lexicon)
    view = None if read is None else checked_view(read, words, dialect_of(gate.files, gate.lexicon), problems)
    if view is None or problems:
        raise InputError(problems)
    return filled(view, evaluation, words)


def _for_everybody(read: ReadView, group_by: str) -> Problem:
    """How uses stand by our own policies is nothing to publish by mistake."""
    title = f"`--group-by {group_by}`, and the view `{read.written.name}` is for everybody (`public: true`)"
    help = "how uses stand by your policies is not for its readers; ask another view, such as --view vendors"
    return Problem(title, read.source.locate(("public",), key=True), help, read.source)
