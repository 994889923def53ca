"""`vendorgate waiver add`."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

import click

from ...errors import InputError, Problem, UsageError
from ...frame.defaults import day_for, inputs_for, path_for, refuse_elsewhere
from ...frame.dropping import packs_in_force
from ...frame.locking import locked_bundle
from ...frame.names import known_or_only, require_known
from ...frame.options import Day, help_option, inputs
from ...frame.repository import repository_for
from ...frame.streams import print_report, style_for
from ...frame.writing import new_file, replace_file
from ...gate import Gate
from ...load.files import Folder, read_bytes, shipped
from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...terminal.escape import escape
from . import text as report
from .addition import Addition, WantedWaiver, addition
from .entries import lines
from .waivers_file import WaiversYaml, filed

_NAME = "waivers.yaml"
_TEXTS = ("reason", "approved_by", "ticket")


@click.command(add_help_option=False)
@click.argument("manifest", required=False, metavar="[MANIFEST]")
@click.option("--policy", required=True, metavar="ID", help="The policy to waive.")
@click.option("--usage", metavar="ID", help="The usage to waive it for.  [default: the only one]")
@click.option("--offering", metavar="ID", help="The offering to waive it for.  [default: every route of the usage]")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is tolerated.")
@click.option("--approved-by", required=True, metavar="WHO", help="Who decided it.")
@click.option("--expires", required=True, type=Day(), help="The last day on which it waives, YYYY-MM-DD.")
@click.option("--ticket", metavar="TEXT", help="Where it is tracked.")
@click.option("--dry-run", is_flag=True, help="Print the entry, and write nothing.")
@inputs
@help_option
def add(
    manifest: str | None,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
    dry_run: bool,
    **wanted: Any,
) -> int:
    """Waive what a policy finds in one usage, for a while and as long as the reasons stay the same.

    Each route that fails or is not known gets an entry of its own in waivers.yaml of the bundle, with the fingerprint
    of its reasons. What would waive nothing, or would be void, is refused. Without MANIFEST: the one here.

    For example: vendorgate waiver add vendorgate.yaml --policy phi-needs-baa-and-zdr --usage visit-summaries
    --reason "pilot on 12 patients" --approved-by ciso@example.org --expires 2026-12-31
    """
    _refuse_empty(wanted)
    found = inputs_for(policies, registry, pack)
    if not dry_run:
        refuse_elsewhere(found[0])
    _refuse_built_in(found[0])
    day, bundle, path, known = day_for(as_of).day, found[0].path, path_for(manifest), repository_for(repository)
    with nullcontext() if dry_run or not os.path.isdir(bundle) else locked_bundle(Path(os.path.realpath(bundle))):
        evaluation = Gate(*found).check(path, as_of=day, repository=known)
        wanted["usage"] = _required_names(evaluation, wanted["policy"], wanted["usage"], wanted["offering"])
        register, shown = found[0].file(_NAME)
        added = addition(evaluation, WantedWaiver(**wanted))
        if dry_run:
            return _show(added, shown)
        _write(Path(os.path.realpath(register)), filed(WaiversYaml(shown, _read(register, shown)), added.entries))
        after = Gate(*found).check(path, as_of=day, repository=known)
    return _tell(added, evaluation, after, shown)


def _refuse_empty(wanted: Mapping[str, str | None]) -> None:
    """Refuse texts that say nothing, or that no file could hold.

    Raises:
        UsageError: with each of them.
    """
    problems = []
    for name in _TEXTS:
        option, value = f"--{name.replace('_', '-')}", wanted[name]
        if value is not None and not value.strip():
            problems.append(Problem(f"{option} is empty", help="write something"))
        elif value is not None and not _is_utf_8(value):
            problems.append(Problem(f"{option} is not UTF-8", help="write it in UTF-8"))
    if problems:
        raise UsageError(problems)


def _is_utf_8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_built_in(bundle: Folder) -> None:
    if bundle.path == shipped("policies").path:
        title = "the policies that came with vendorgate have no waivers of yours"
        packs = " ".join(f"--pack {pack}" for pack in packs_in_force(bundle))
        help = (
            f"begin a bundle of your own: vendorgate init bundle --name NAME {packs}; a pack left out asks nothing more"
        )
        raise UsageError([Problem(title, help=help)])


def _required_names(evaluation: Evaluation, policy: str, usage: str | None, offering: str | None) -> str:
    """The usage that is meant; what does not exist is refused, with the nearest name.

    Raises:
        UsageError: no such policy, usage or offering; or no usage is named, and there are several or none.
    """
    require_known(policy, (one.id for one in evaluation.bundle.policies), "policy")
    usage = known_or_only(usage, [one.id for manifest in evaluation.manifests for one in manifest.usages], "usage")
    if offering is not None:
        routes = [subject.offering.id for subject in evaluation.subjects if subject.usage == usage]
        require_known(offering, routes, f"route of usage `{usage}` to")
    return usage


def _read(path: str, shown: str) -> bytes | None:
    if not os.path.lexists(path):
        return None
    problems: list[Problem] = []
    data = read_bytes(path, shown, problems)
    if problems:
        raise InputError(problems)
    return data


def _show(added: Addition, shown: str) -> int:
    """The entries on standard output, what they would do on standard error."""
    sys.stderr.write(f"{_preview(added, sys.stderr)}nothing is written; for {escape(shown)}:\n")
    print_report(_entries(added))
    return 0


def _entries(added: Addition, indent: str = "") -> str:
    return "".join(f"{line}\n" for entry in added.entries for line in lines(entry, indent))


def _preview(added: Addition, stream: TextIO) -> str:
    return report.findings(added.findings, style_for(stream)) + report.spared(added.spared)


def _write(path: Path, text: str) -> None:
    (replace_file if path.exists() else new_file)(path, text)


def _tell(added: Addition, before: Evaluation, after: Evaluation, shown: str) -> int:
    """What was waived, what was written, and what a check says now."""
    waived = after.summary.waived - before.summary.waived
    if waived != len(added.entries):
        raise UsageError([Problem(f"written to {shown}, and it does not waive", help="see what changed meanwhile")])
    numbers = f"{before.summary.blocking} blocking before, {after.summary.blocking} now"
    print_report(
        f"{_preview(added, sys.stdout)}added to {escape(shown)}:\n{_entries(added, '  ')}\n"
        f"{report.outdated(added.outdated)}waived now: {count(waived, 'result')}; {numbers}\n"
    )
    return 0
