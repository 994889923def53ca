"""`vendorgate waiver remove`."""

from __future__ import annotations

import re
import sys
from typing import Final

import click

from ...errors import Problem, UsageError
from ...frame.defaults import inputs_for
from ...frame.options import help_option, policies_option, registry_option
from ...frame.streams import print_report, style_for
from ...gate import Gate
from ...logic.wording import count
from . import text as report
from .own_waivers import own_waivers
from .removal import named
from .waivers_file import unfiled

_PLACE: Final = re.compile(r"(?:.*?:)??(?P<line>[0-9]{1,9})(?::[0-9]{1,9})?", re.ASCII)


class Line(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A number of a line, also as a place: `policies/waivers.yaml:3:5`."""

    name = "line"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = _PLACE.fullmatch(str(value))
        if found is None:
            self.fail(f"`{value}` is no line; write its number, or the place that `list` shows", param, ctx)
        return int(found["line"])


@click.command(add_help_option=False)
@click.option("--policy", metavar="TEXT", help="Those of a policy, as they write it.")
@click.option("--project", metavar="TEXT", help="Those of a project, as they write it.")
@click.option("--usage", metavar="TEXT", help="Those of a usage, as they write it.")
@click.option("--offering", metavar="TEXT", help="Those of an offering, as they write it.")
@click.option("--account", metavar="TEXT", help="Those of an account, as they write it.")
@click.option("--vendor", metavar="TEXT", help="Those of an unlisted vendor, as they write it.")
@click.option("--ticket", metavar="TEXT", help="Those of a ticket.")
@click.option("--fingerprint", metavar="TEXT", help="Those of a finding.")
@click.option("--line", type=Line(), multiple=True, metavar="N", help="The one on a line, as `list` shows it; repeats.")
@click.option("--dry-run", is_flag=True, help="Show them, and write nothing.")
@policies_option
@registry_option
@help_option
def remove(
    line: tuple[int, ...], dry_run: bool, policies: str | None, registry: str | None, **wanted: str | None
) -> int:
    """Take waivers out of waivers.yaml of the bundle: those that say all that is named, word for word.

    A glob is compared as it is written: `--project "*"` are those for every project. Comments, and every other line of
    the file, stay as they are. What was waived is judged as ever from then on.

    For example: vendorgate waiver remove --policy phi-needs-baa-and-zdr --project clinical-notes --dry-run
    """
    said = {field: text for field, text in wanted.items() if text is not None}
    if not said and not line:
        help = "name a policy, a project, …, or a line that `vendorgate waiver list` shows"
        raise UsageError([Problem("nothing says which waivers", help=help)])
    bundle, snapshot, packs = inputs_for(policies, registry, recorded=False)
    with own_waivers(bundle, dry_run=dry_run) as own:
        file, waivers = own.read(), Gate(bundle, snapshot, packs, pinned=False).bundle.waivers
        gone = named(waivers, said, line)
        text = unfiled(file, gone)
        if not dry_run:
            own.write(text)
    words = f"{count(len(gone), 'waiver')}, {len(waivers) - len(gone)} left"
    print_report(report.removed(gone, own.shown, style_for(sys.stdout), dry_run=dry_run) + f"{words}\n")
    return 0
