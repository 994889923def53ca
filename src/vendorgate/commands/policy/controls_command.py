"""`vendorgate policy controls`."""

from __future__ import annotations

import click

from ...errors import Problem, UsageError
from ...frame.answer import answer
from ...frame.options import help_option
from ...frame.reporting import report_options
from ...logic.nearest import suggestion
from ...model.frameworks.table import FRAMEWORKS
from .controls import ControlSelection, served
from .counting import counted
from .formats import CONTROLS_FORMATS
from .open_bundle import OpenBundle
from .options import folder_argument, pack_and_registry, to_open


@click.command(add_help_option=False)
@folder_argument
@click.option("--framework", "only", multiple=True, metavar="ID", help="Only this framework; may be repeated.")
@pack_and_registry
@report_options(CONTROLS_FORMATS)
@help_option
def controls(
    folder: str | None,
    only: tuple[str, ...],
    registry: str | None,
    pack: tuple[str, ...],
    format: str,
    output: tuple[str, ...],
) -> int:
    """Say which policies of DIR serve which control, and which controls no policy addresses.

    Of every framework that a policy names, all controls that vendorgate lists and those that policies name besides. Of
    a framework that none names: with --framework. Rules of `fleet.yaml` count, and are marked. Without DIR: the nearest
    policies/, as for `check`.

    For example: vendorgate policy controls --framework gdpr
    """
    folders, opened = to_open(folder, registry, pack)
    answer(lambda: _selected(opened(), only), CONTROLS_FORMATS, format, output, folders=folders)
    return 0


def _selected(bundle: OpenBundle, only: tuple[str, ...]) -> ControlSelection:
    """The controls of the frameworks that are wanted, of all that are named where nobody says which.

    Raises:
        UsageError: there is no such framework.
    """
    policies = [counted(policy, bundle) for policy in bundle.policies]
    found = served(policies, [id for id in only if id in FRAMEWORKS])
    names = {one.framework.id for one in found}
    problems = [
        Problem(f"no framework `{id}`", help=suggestion(id, {*names, *FRAMEWORKS}, "there are"))
        for id in only
        if id not in names
    ]
    if problems:
        raise UsageError(problems)
    if only:
        return ControlSelection(bundle.bundle, tuple(one for one in found if one.framework.id in only), ())
    return ControlSelection(bundle.bundle, found, tuple(one for one in policies if not one.policy.controls))
