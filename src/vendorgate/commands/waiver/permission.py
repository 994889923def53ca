"""Who permits a waiver, why and until when; and what an evaluation comes to with more waivers.

In: results, and what somebody permits. Out: waivers, and the results with them. No file is written here.
"""

from __future__ import annotations

import datetime

import msgspec
from msgspec import UNSET

from ...errors import Problem, UsageError
from ...evaluate import Program, evaluate
from ...evaluate.fingerprint import fingerprint
from ...model.evaluation import Evaluation
from ...model.manifest import RouteName
from ...model.result import Result
from ...model.waiver import Waiver, WaiverEntry
from ...source import Source

Key = tuple[str, str, RouteName, str]
"""What tells a result from the others of an evaluation: the manifest's path, the usage, the route, the policy."""


class Permission(msgspec.Struct, frozen=True):
    """On whose word something is tolerated, why, and until when."""

    reason: str
    approved_by: str
    expires: datetime.date
    ticket: str | None = None


def refuse_past(permission: Permission, as_of: datetime.date) -> None:
    """Refuse a permission that is over.

    Raises:
        UsageError: its last day is before the day to judge by.
    """
    if permission.expires < as_of:
        title = f"a waiver that ends on {permission.expires}, before the day to judge by, {as_of}"
        raise UsageError([Problem(title, help="name a day to come")])


def entry_for(result: Result, permission: Permission) -> WaiverEntry:
    """The waiver of one result and of no other: no name in it is a glob, and the fingerprint has the route's."""
    subject = result.subject
    return WaiverEntry(
        policy=result.policy.id,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        account=subject.name.account or UNSET,
        vendor=subject.name.vendor or UNSET,
        reason=permission.reason,
        approved_by=permission.approved_by,
        ticket=UNSET if permission.ticket is None else permission.ticket,
        expires=permission.expires,
        fingerprint=fingerprint(result.policy, subject, result.requirements),
    )


def judged_with(evaluation: Evaluation, entries: tuple[WaiverEntry, ...]) -> Evaluation:
    """The same manifests, judged with more waivers, which stand behind the others."""
    nowhere, own = Source("", "", lambda text: None), evaluation.bundle.waivers
    more = (Waiver(entry, nowhere, index) for index, entry in enumerate(entries, len(own)))
    return judged_by(evaluation, (*own, *more))


def judged_by(evaluation: Evaluation, waivers: tuple[Waiver, ...]) -> Evaluation:
    """The same manifests, judged with other waivers."""
    program = Program(msgspec.structs.replace(evaluation.bundle, waivers=waivers))
    return evaluate(
        evaluation.manifests,
        evaluation.subjects,
        evaluation.snapshot,
        program,
        evaluation.as_of,
        evaluation.fail_on,
        repository=evaluation.repository,
    )


def key(result: Result) -> Key:
    subject = result.subject
    return subject.manifest.source.path, subject.usage, subject.name, result.policy.id
