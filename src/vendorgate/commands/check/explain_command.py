"""`vendorgate explain`: the whole tree of reasons for one usage."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from ...frame.answer import answer
from ...frame.defaults import path_for
from ...frame.inputs import inputs_given
from ...frame.names import known_or_only, require_known
from ...frame.options import help_option, inputs
from ...frame.reporting import report_options
from ...model.evaluation import Evaluation
from .explain_formats import FORMATS


@click.command(add_help_option=False)
@click.argument("manifest", required=False, metavar="[MANIFEST]")
@click.option("--usage", metavar="ID", help="The usage to explain.  [default: the only one]")
@click.option("--policy", metavar="ID", help="The policy to explain.  [default: all]")
@inputs
@report_options(FORMATS)
@help_option
def explain(
    manifest: str | None, usage: str | None, policy: str | None, format: str, output: tuple[str, ...], **options: Any
) -> int:
    """Show the whole tree of reasons for one usage: what passes too, with values, places and citations.

    Without MANIFEST: the one here. Exits with 0 whatever the verdict is; `check` is the command that fails.

    For example: vendorgate explain vendorgate.yaml --usage visit-summaries
    """
    given = inputs_given([path_for(manifest)], **options)
    answer(
        lambda: _only(given.evaluation(full=True), usage, policy),
        FORMATS,
        format,
        output,
        manifests=given.paths,
        folders=given.folders,
    )
    return 0


def _only(evaluation: Evaluation, named: str | None, policy: str | None) -> Evaluation:
    """The evaluation of one usage, by one policy or by all."""
    usage = known_or_only(named, [one.id for manifest in evaluation.manifests for one in manifest.usages], "usage")
    if policy is not None:
        require_known(policy, (one.id for one in evaluation.bundle.policies), "policy")
    return msgspec.structs.replace(
        evaluation,
        subjects=tuple(subject for subject in evaluation.subjects if subject.usage == usage),
        results=tuple(
            result
            for result in evaluation.results
            if result.subject.usage == usage and policy in (None, result.policy.id)
        ),
    )
