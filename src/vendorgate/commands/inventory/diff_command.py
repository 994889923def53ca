"""`vendorgate inventory diff`: what is another in a register than before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import click

from ...errors import InputError, Problem
from ...frame.answer import answer
from ...frame.options import help_option
from ...frame.reporting import fail_when_option, report_options
from ...frame.verdict import INCOMPLETE
from .difference import InventoryDifference, difference
from .formats import DIFF_FORMATS
from .register_file import read_register

FAIL_WHEN: Final[Mapping[str, Callable[[InventoryDifference], bool]]] = {
    "new": lambda found: bool(found.added),
    "any": lambda found: not found.is_empty,
    "never": lambda found: False,
}
"""What exits with 1."""


@click.command(add_help_option=False)
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@report_options(DIFF_FORMATS)
@fail_when_option(FAIL_WHEN, "never", "What exits with 1: a row that is new, or anything that is another.")
@help_option
def diff(old: str, new: str, format: str, output: tuple[str, ...], fail_when: str) -> int:
    """Tell what is another in a register than before: rows that are new, gone, or say something else.

    Both are registers of one view, as `vendorgate inventory --format json` writes them. Of sub-processors, text and
    Markdown are the notice of new ones: who, for what, which data, where, since when, and how to object, where the
    view has a `notice`. Exits with 2 where one of the two is incomplete.

    For example: vendorgate inventory diff subprocessors-october.json subprocessors.json --format markdown
    """
    found = answer(lambda: _made(old, new), DIFF_FORMATS, format, output, manifests=(old, new))
    return INCOMPLETE if found.is_incomplete else int(FAIL_WHEN[fail_when](found))


def _made(old: str, new: str) -> InventoryDifference:
    """The difference.

    Raises:
        InputError: one of them is no register, or they are registers of two views.
    """
    problems: list[Problem] = []
    before, after = read_register(old, problems), read_register(new, problems)
    if before is not None and after is not None and before.view.name != after.view.name:
        title = f"a register of the view `{before.view.name}`, and one of `{after.view.name}`"
        problems.append(Problem(title, help="give two registers of one view"))
    if before is None or after is None or problems:
        raise InputError(problems)
    return difference(before, after)
