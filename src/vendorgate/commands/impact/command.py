"""`vendorgate impact`: what adopting another registry or other policies would do."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from typing import Final

import click

from ...errors import Problem, UsageError
from ...frame.defaults import inputs_for, paths_for, today
from ...frame.options import as_of_option, help_option, pack_option, repository_option
from ...frame.repository import repository_for
from ...frame.streams import print_report, style_for
from ...frame.verdict import THRESHOLDS
from ...load.files import Folder, folder
from ...model.vocabulary import FailOn
from ...terminal.style import Style
from .adopting import adopt
from .model import Adoption
from .preparing import Place, Question

FAIL_ON: Final[Mapping[str, Callable[[Adoption], int]]] = {
    "new": lambda found: found.summary.refused + found.summary.blocking,
    "worse": lambda found: found.summary.refused + found.summary.blocking + found.summary.worse,
    "any": lambda found: found.summary.refused + len(found.impacts),
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


def _text(found: Adoption, style: Style) -> str:
    from .text import render

    return render(found, style)


def _json(found: Adoption, style: Style) -> str:
    from .json import render

    return render(found)


def _markdown(found: Adoption, style: Style) -> str:
    from .markdown import render

    return render(found)


FORMATS: Final[Mapping[str, Callable[[Adoption, Style], str]]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
}


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option(
    "--from",
    "--registry",
    "registry",
    metavar="DIR",
    help="The snapshot that judges now.  [default: registry-snapshot/, else built in]",
)
@click.option("--to", metavar="DIR", help="The snapshot that might judge instead.  [default: the same]")
@click.option(
    "--policies-from",
    "--policies",
    "policies",
    metavar="DIR",
    help="The bundle that judges now.  [default: policies/, else built in]",
)
@click.option("--policies-to", metavar="DIR", help="The bundle that might judge instead.  [default: the same]")
@pack_option
@as_of_option
@repository_option
@click.option(
    "--threshold", type=click.Choice(THRESHOLDS), help="The least severity that blocks, as `check` has it in --fail-on."
)
@click.option("--format", type=click.Choice([*FORMATS]), default="text", show_default=True, help="What to print.")
@click.option(
    "--fail-on",
    type=click.Choice([*FAIL_ON]),
    default="never",
    show_default=True,
    help="What exits with 1: a result that newly blocks, one that is worse, or any that changes.",
)
@help_option
def impact(
    manifests: tuple[str, ...],
    registry: str | None,
    to: str | None,
    policies: str | None,
    policies_to: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
    threshold: FailOn | None,
    format: str,
    fail_on: str,
) -> int:
    """Tell which results change if another registry or other policies are adopted, and because of what.

    Judges the manifests twice, on the same day: as `check` does now, and as it would. At least one of --to and
    --policies-to says what might be adopted. Agreements and waivers belong to the policies. MANIFEST is
    as for `check`; without one it is the manifest here.

    For example: vendorgate impact --to ../registry-next/registry-snapshot --fail-on new
    """
    if to is None and policies_to is None:
        help = "name what might be adopted: --to DIR for a registry, --policies-to DIR for policies"
        raise UsageError([Problem("nothing to compare with", help=help)])
    paths = paths_for(manifests)
    bundle, snapshot, _ = inputs_for(policies, registry)
    after = Place(_other(policies_to, bundle), _other(to, snapshot))
    known, day = repository_for(repository), as_of or today()
    question = Question(tuple(paths), Place(bundle, snapshot), after, day, pack, threshold, known)
    found = adopt(question)
    print_report(FORMATS[format](found, style_for(sys.stdout)))
    return 1 if FAIL_ON[fail_on](found) else 0


def _other(given: str | None, now: Folder) -> Folder:
    return now if given is None else folder(given)
