"""`vendorgate schema`."""

from __future__ import annotations

from pathlib import Path

import click

from ...frame.defaults import inputs_for
from ...frame.options import NEAREST_POLICIES, NEAREST_REGISTRY, help_option
from ...frame.schemas import schema_text
from ...frame.streams import print_report
from ...frame.writing import new_file, replace_file
from ...logic.nearest import suggestion
from ...schema.kinds import KINDS
from ...terminal.escape import escape


class SchemaKind(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A kind of file."""

    name = "kind"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in KINDS:
            self.fail(f"no schema of `{value}`; {suggestion(str(value), KINDS, 'there are')}", param, ctx)
        return str(value)


@click.command(add_help_option=False)
@click.argument("kind", type=SchemaKind(), metavar="KIND")
@click.option("--into", metavar="PATH", help="Write this file.  [default: standard output]")
@click.option("--policies", metavar="DIR", help=f"The bundle whose data classes exist.  {NEAREST_POLICIES}")
@click.option("--registry", metavar="DIR", help=f"The snapshot whose offerings exist.  {NEAREST_REGISTRY}")
@help_option
def schema(kind: str, into: str | None, policies: str | None, registry: str | None) -> int:
    """Print the JSON Schema (draft-07) of a KIND of file, for editors and other tools.

    Files that are read: manifest, bundle, policy, tests, fleet-policies, agreements, waivers, own-offering,
    offering-extension, observation, accounts, offering, snapshot, index, lock, correction, inventory-view. Their
    schemas hold the data classes of the bundle and the offerings of both.

    Documents that commands write as JSON: report (of check and explain), problems (of any command that can judge
    nothing), review, plan, impact, verify, evidence (of a pack), evidence-cells, evidence-series, detect, repair,
    alternatives, waiver-list, agreements-list, agreements-check, agreements-report, policies, policy-controls,
    policy-lint, policy-test, registry-list, registry-show, registry-compare, registry-question,
    registry-watch-outs, registry-search, registry-diff, registry-verify, registry-due, registry-watch,
    registry-site, observe, fleet-gather, fleet-run, fleet-policy, fleet-diff, push, inventory, inventory-diff.

    For example: vendorgate schema manifest
    """
    text = schema_text(kind, *inputs_for(policies, registry, recorded=False))
    if into is None:
        print_report(text)
        return 0
    path = Path(into)
    (replace_file if path.exists() else new_file)(path, text)
    print_report(f"written: {escape(into)}\n")
    return 0
