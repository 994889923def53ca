"""`vendorgate waiver add`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TextIO

import click
import msgspec

from ...errors import Problem, UsageError
from ...frame.defaults import manifests_for, options_given, path_for
from ...frame.inputs import Inputs, inputs_given
from ...frame.names import known_or_only, require_known
from ...frame.options import Day, help_option, inputs
from ...frame.reporting import fail_on_option
from ...frame.streams import print_report, style_for
from ...load.finding import alone
from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...model.vocabulary import FailOn
from ...model.waiver import WaiverEntry
from ...terminal.escape import escape
from . import text as report
from .addition import Addition, WantedWaiver, addition
from .baseline import Baseline, baseline
from .entries import lines
from .own_waivers import OwnWaivers, of_every_manifest, own_waivers
from .permission import Permission
from .waivers_file import filed

_TEXTS: Final = ("reason", "approved_by", "ticket")
_ALL: Final = "--all"
_MEANWHILE: Final = "see what changed meanwhile"
_EVERY: Final = "All that blocks: each result gets a waiver of its own."
_LEAST: Final = "With --all: the least severity that blocks; not laxer than the bundle's."


@click.command(add_help_option=False)
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--policy", metavar="ID", help="The policy to waive.")
@click.option("--usage", metavar="ID", help="The usage to waive it for.  [default: the only one]")
@click.option("--offering", metavar="ID", help="The offering to waive it for.  [default: every route of the usage]")
@click.option(_ALL, "every", is_flag=True, help=_EVERY)
@click.option("--reason", required=True, metavar="TEXT", help="Why it is tolerated.")
@click.option("--approved-by", required=True, metavar="WHO", help="Who decided it.")
@click.option("--expires", required=True, type=Day(), help="The last day on which it waives, YYYY-MM-DD.")
@click.option("--ticket", metavar="TEXT", help="Where it is tracked.")
@fail_on_option(_LEAST)
@click.option("--dry-run", is_flag=True, help="Print the entries, and write nothing.")
@inputs
@help_option
def add(
    manifests: tuple[str, ...],
    policy: str | None,
    usage: str | None,
    offering: str | None,
    every: bool,
    reason: str,
    approved_by: str,
    expires: datetime.date,
    ticket: str | None,
    fail_on: FailOn | None,
    dry_run: bool,
    **options: Any,
) -> int:
    """Waive what a policy finds in one usage, or all that blocks, for a while and as long as the reasons stay the same.

    Each route that fails or is not known gets an entry of its own in waivers.yaml of the bundle, with the fingerprint
    of its reasons. What would waive nothing, or would be void, is refused. Without MANIFEST: the one here.

    --all waives what blocks in all manifests, folders and globs that are named, and nothing else: whatever fails later,
    or for other reasons, blocks. What a rule of the bundle would make void is named and goes on blocking, and the
    command ends with 1.

    For example: vendorgate waiver add vendorgate.yaml --policy phi-needs-baa-and-zdr --usage visit-summaries
    --reason "pilot on 12 patients" --approved-by ciso@example.org --expires 2026-12-31
    """
    permission = Permission(reason, approved_by, expires, ticket)
    _refuse_empty({"reason": reason, "approved_by": approved_by, "ticket": ticket})
    if every:
        _refuse_beside_all({"--policy": policy, "--usage": usage, "--offering": offering})
        return _add_all(inputs_given(manifests_for(manifests), **options), permission, fail_on, dry_run=dry_run)
    if policy is None:
        title, help = "neither --policy nor --all", "name the policy to waive, or waive all that blocks: --all"
        raise UsageError([Problem(title, help=help)])
    _refuse_without_all(manifests, fail_on)
    given = inputs_given([alone(path_for(next(iter(manifests), None)))], **options)
    judging = tuple(options_given(**options, fail_on=None))
    wanted = WantedWaiver(policy, usage or "", offering, permission, judging)
    return _add_one(given, wanted, usage, dry_run=dry_run)


def _add_one(given: Inputs, wanted: WantedWaiver, usage: str | None, *, dry_run: bool) -> int:
    with own_waivers(given.folders[0], dry_run=dry_run) as own:
        evaluation = given.evaluation()
        usage = _required_names(evaluation, wanted.policy, usage, wanted.offering)
        added = addition(evaluation, msgspec.structs.replace(wanted, usage=usage))
        if dry_run:
            return _show(_preview(added, sys.stderr), added.entries, own)
        own.write(filed(own.read(), added.entries))
        after = given.evaluation()
    return _tell(added, evaluation, after, own.shown)


def _add_all(given: Inputs, permission: Permission, fail_on: FailOn | None, *, dry_run: bool) -> int:
    with own_waivers(given.folders[0], dry_run=dry_run) as own:
        evaluation = of_every_manifest(given, fail_on)
        found = baseline(evaluation, permission)
        if dry_run:
            _show(report.baselined(found, permission, evaluation.fail_on), found.entries, own)
            return int(bool(found.left))
        if found.entries:
            own.write(filed(own.read(), found.entries))
        after = of_every_manifest(given, fail_on)
    return _tell_all(found, permission, evaluation, after, own.shown)


def _refuse_beside_all(narrower: Mapping[str, str | None]) -> None:
    """Refuse to waive all and something of it."""
    named = [option for option, value in narrower.items() if value is not None]
    if named:
        raise UsageError(
            Problem(
                f"{one} with {_ALL}",
                help=f"leave one of them out: {_ALL} is for every policy, usage and offering that blocks",
            )
            for one in named
        )


def _refuse_without_all(manifests: Sequence[str], fail_on: FailOn | None) -> None:
    """Refuse what only a waiver of all has."""
    problems = []
    if len(manifests) > 1:
        help = f"name one of them, or waive all that blocks: {_ALL}"
        problems.append(Problem(f"{len(manifests)} manifests, and a waiver of one policy is for one", help=help))
    if fail_on is not None:
        help = "leave it out: what a policy finds is waived whether it blocks or not"
        problems.append(Problem(f"--fail-on without {_ALL}", help=help))
    if problems:
        raise UsageError(problems)


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


def _show(words: str, entries: Sequence[WaiverEntry], own: OwnWaivers) -> int:
    """The entries on standard output, what they would do on standard error."""
    sys.stderr.write(f"{words}nothing is written; for {escape(own.shown)}:\n")
    print_report(_written(entries))
    return 0


def _written(entries: Iterable[WaiverEntry], indent: str = "") -> str:
    return "".join(f"{line}\n" for entry in entries for line in lines(entry, indent))


def _preview(added: Addition, stream: TextIO) -> str:
    return report.findings(added.findings, style_for(stream)) + report.spared(added.spared)


def _tell(added: Addition, before: Evaluation, after: Evaluation, shown: str) -> int:
    """What was waived, what was written, and what a check says now."""
    waived = after.summary.waived - before.summary.waived
    if waived != len(added.entries):
        raise UsageError([Problem(f"written to {shown}, and it does not waive", help=_MEANWHILE)])
    print_report(
        f"{_preview(added, sys.stdout)}added to {escape(shown)}:\n{_written(added.entries, '  ')}\n"
        f"{report.outdated(added.outdated)}waived now: {count(waived, 'result')}; {_numbers(before, after)}\n"
    )
    return 0


def _tell_all(found: Baseline, permission: Permission, before: Evaluation, after: Evaluation, shown: str) -> int:
    """What was waived, what was written, and what goes on blocking."""
    if after.summary.waived - before.summary.waived != len(found.waived):
        raise UsageError([Problem(f"written to {shown}, and they do not waive", help=_MEANWHILE)])
    added = f"added to {escape(shown)}: {count(len(found.entries), 'waiver')}\n" if found.entries else ""
    print_report(
        f"{report.baselined(found, permission, before.fail_on)}{report.outdated(found.outdated)}{added}"
        f"waived now: {count(len(found.waived), 'result')}; {_numbers(before, after)}\n"
    )
    return int(after.summary.blocking > 0)


def _numbers(before: Evaluation, after: Evaluation) -> str:
    return f"{before.summary.blocking} blocking before, {after.summary.blocking} now"
