"""`vendorgate explain`: the whole tree of reasons for one usage."""

from __future__ import annotations

import datetime
import sys

import click
import msgspec

from ...frame.defaults import inputs_for, path_for, today
from ...frame.names import require_known
from ...frame.options import help_option, inputs
from ...frame.repository import repository_for
from ...frame.streams import print_report, style_for
from ...gate import Gate
from ...model.evaluation import Evaluation


@click.command(add_help_option=False)
@click.argument("manifest", metavar="MANIFEST")
@click.option("--usage", required=True, metavar="ID", help="The usage to explain.")
@click.option("--policy", metavar="ID", help="The policy to explain.  [default: all]")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
@inputs
@help_option
def explain(
    manifest: str,
    usage: str,
    policy: str | None,
    format: str,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
) -> int:
    """Show the whole tree of reasons for one usage: what passes too, with values, places and citations.

    Exits with 0 whatever the verdict is; `check` is the command that fails.
    """
    gate, known = Gate(*inputs_for(policies, registry, pack)), repository_for(repository)
    evaluation = gate.check(path_for(manifest), as_of=as_of or today(), full=True, repository=known)
    shown = _only(evaluation, usage, policy)
    if format == "json":
        from ...report.json import render as render_json

        print_report(render_json(shown))
    else:
        from .explain_text import render

        print_report(render(shown, style_for(sys.stdout)))
    return 0


def _only(evaluation: Evaluation, usage: str, policy: str | None) -> Evaluation:
    """The evaluation of one usage, by one policy or by all."""
    require_known(usage, (one.id for manifest in evaluation.manifests for one in manifest.usages), "usage")
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
