"""`vendorgate impact`: what adopting another registry or other policies would do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Final

import click

from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.defaults import day_for, inputs_for, manifests_for, policies_named, registry_for
from ...frame.options import (
    NEAREST_POLICIES,
    NEAREST_REGISTRY,
    as_of_option,
    help_option,
    pack_option,
    repository_option,
)
from ...frame.reporting import fail_on_option, fail_when_option, report_options
from ...frame.repository import repository_for
from ...frame.verdict import exit_code, say_unjudged
from ...model.vocabulary import FailOn
from .analysis import analyse
from .formats import FORMATS
from .model import ImpactAnalysis
from .preparing import ImpactQuestion, SideFolders

FAIL_WHEN: Final[Mapping[str, Callable[[ImpactAnalysis], int]]] = {
    "new": lambda found: found.summary.refused + found.summary.blocking,
    "worse": lambda found: found.summary.refused + found.summary.blocking + found.summary.worse,
    "any": lambda found: found.summary.refused + len(found.impacts),
    "never": lambda found: 0,
}
"""What exits with 1 where there is any of it."""


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option(
    "--from",
    "--registry",
    "registry",
    metavar="DIR",
    help=f"The snapshot that judges now.  {NEAREST_REGISTRY}",
)
@click.option("--to", metavar="DIR", help="The snapshot that might judge instead.  [default: the same]")
@click.option(
    "--policies-from",
    "--policies",
    "policies",
    metavar="DIR",
    help=f"The bundle that judges now.  {NEAREST_POLICIES}",
)
@click.option("--policies-to", metavar="DIR", help="The bundle that might judge instead.  [default: the same]")
@pack_option
@as_of_option
@repository_option
@report_options(FORMATS)
@fail_on_option("The least severity that blocks, on both sides; not laxer than the bundle's of today.")
@fail_when_option(
    FAIL_WHEN, "never", "What exits with 1: a result that newly blocks, one that is worse, or any that changes."
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
    format: str,
    output: tuple[str, ...],
    fail_on: FailOn | None,
    fail_when: str,
) -> int:
    """Tell which results change if another registry or other policies are adopted, and because of what.

    Judges the manifests twice, on the same day: as `check` does now, and as it would. At least one of --to and
    --policies-to says what might be adopted. Agreements and waivers belong to the policies. MANIFEST is
    as for `check`; without one it is the manifest here.

    For example: vendorgate impact --to ../registry-next/registry-snapshot --fail-when new
    """
    if to is None and policies_to is None:
        help = (
            "name what might be adopted: --to DIR for a registry, --policies-to DIR for policies;"
            " for example: vendorgate impact --to ../registry-next/registry-snapshot"
        )
        raise UsageError([Problem("nothing to compare with", help=help)])
    given = manifests_for(manifests)
    bundle, snapshot, _ = inputs_for(policies, registry)
    others = bundle if policies_to is None else policies_named(policies_to, recorded=False)
    after = SideFolders(others, snapshot if to is None else registry_for(to))
    known, day = repository_for(repository), day_for(as_of).day
    question = ImpactQuestion(tuple(given), SideFolders(bundle, snapshot), after, day, pack, fail_on, known)
    folders = (bundle, snapshot, after.policies, after.registry)
    found = answer(
        lambda: analyse(question),
        FORMATS,
        format,
        output,
        manifests=(one.path for one in given),
        folders=folders,
        before=lambda made: say_unjudged(made.before.evaluation, told=format == "text"),
    )
    return exit_code(found.before.evaluation, fails=FAIL_WHEN[fail_when](found) > 0)
